"""Pairs of judge and entrant in the sample, and the words of a page."""

import re

from tests.opening import Sample

TAGS = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)


def pair(sample: Sample, state: str) -> tuple[str, str]:
    """A judge and an entrant in a state of assignment: recused, absent."""
    with sample.store.reading() as tx:
        rows = tx.rows(
            """SELECT x.number, a.entrant_id FROM assignments a
            JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
            WHERE a.round_id = :r AND a.state = :s ORDER BY x.number, a.entrant_id""",
            r=sample.round_id,
            s=state,
        )
    return f"judge{rows[0]['number']}", str(rows[0]["entrant_id"])
