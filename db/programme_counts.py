"""What the villages of a programme had reached by a day, one row a village: read in one scan each.

Steps come as a mask of bits, bit 19 for step 19: a step stands once for a village, so the sum of
its bits is their union.
"""

from dataclasses import dataclass
from typing import Any

from db.store import Transaction

Columns = dict[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Span:
    """Two days of a programme, and the codes from ``low`` to before ``high``; all by default."""

    programme_id: str
    day: str
    before: str
    low: str = ""
    high: str = "~"

    @property
    def values(self) -> dict[str, str]:
        """Values of a query's names."""
        return {
            "p": self.programme_id,
            "d": self.day,
            "b": self.before,
            "low": self.low,
            "high": self.high,
        }


BIT = "(CAST(1 AS BIGINT) << CAST(number AS INTEGER))"
"""A step in a mask."""


def masks(tx: Transaction, span: Span) -> Columns:
    """Code, and each village's steps as masks: done and confirmed by the day, done before."""
    return tx.columns(
        f"""SELECT code,
            sum(CASE WHEN done_on <= :d THEN {BIT} ELSE 0 END) AS done,
            sum(CASE WHEN confirmed_on <= :d THEN {BIT} ELSE 0 END) AS confirmed,
            sum(CASE WHEN done_on <= :b THEN {BIT} ELSE 0 END) AS done_before
        FROM village_steps WHERE programme_id = :p AND code >= :low AND code < :high
            AND done_on <= :d
        GROUP BY code""",
        **span.values,
    )


SPECIALS = """CASE kind WHEN 'industry' THEN 1 WHEN 'talent' THEN 2 WHEN 'culture' THEN 4
                WHEN 'ecology' THEN 8 WHEN 'organisation' THEN 16 ELSE 0 END"""
"""A bit for each special plan, in their order; a village has one plan of a kind."""


def plans(tx: Transaction, span: Span) -> Columns:
    """Code; by the day and before: village plan finished, reviewed, filed, mask of specials."""
    return tx.columns(
        f"""SELECT code,
            count(*) FILTER (WHERE kind = 'village' AND finished_on <= :d) AS finished,
            count(*) FILTER (WHERE kind = 'village' AND reviewed_on <= :d) AS reviewed,
            count(*) FILTER (WHERE kind = 'village' AND filed_on <= :d) AS filed,
            sum(CASE WHEN finished_on <= :d THEN {SPECIALS} ELSE 0 END) AS special,
            count(*) FILTER (WHERE kind = 'village' AND finished_on <= :b) AS finished_before,
            count(*) FILTER (WHERE kind = 'village' AND reviewed_on <= :b) AS reviewed_before,
            count(*) FILTER (WHERE kind = 'village' AND filed_on <= :b) AS filed_before,
            sum(CASE WHEN finished_on <= :b THEN {SPECIALS} ELSE 0 END) AS special_before
        FROM village_plans WHERE programme_id = :p AND code >= :low AND code < :high
            AND finished_on <= :d
        GROUP BY code""",
        **span.values,
    )


def figures(tx: Transaction, span: Span) -> Columns:
    """Code; people who came home and yuan of funds by the day, and before."""
    return tx.columns(
        """SELECT code,
            sum(CASE WHEN kind = 'people' THEN amount ELSE 0 END) AS people,
            sum(CASE WHEN kind = 'fund' THEN amount ELSE 0 END) AS fund,
            sum(CASE WHEN kind = 'people' AND said_on <= :b THEN amount ELSE 0 END)
                AS people_before,
            sum(CASE WHEN kind = 'fund' AND said_on <= :b THEN amount ELSE 0 END) AS fund_before
        FROM village_figures WHERE programme_id = :p AND code >= :low AND code < :high
            AND said_on <= :d
        GROUP BY code""",
        **span.values,
    )


def needs(tx: Transaction, span: Span) -> Columns:
    """Code; needs asked and met by the day, and before."""
    return tx.columns(
        """SELECT code, count(*) AS asked, count(*) FILTER (WHERE met_on <= :d) AS met,
            count(*) FILTER (WHERE asked_on <= :b) AS asked_before,
            count(*) FILTER (WHERE met_on <= :b) AS met_before
        FROM needs WHERE programme_id = :p AND code >= :low AND code < :high AND asked_on <= :d
        GROUP BY code""",
        **span.values,
    )


LAST_DAYS = {
    "steps": "SELECT max(done_on) FROM village_steps WHERE programme_id = :p AND done_on <= :d",
    "plans": """SELECT max(day) FROM (
        SELECT finished_on AS day FROM village_plans WHERE programme_id = :p AND finished_on <= :d
        UNION ALL SELECT reviewed_on FROM village_plans
            WHERE programme_id = :p AND finished_on <= :d
        UNION ALL SELECT filed_on FROM village_plans
            WHERE programme_id = :p AND finished_on <= :d) AS days""",
    "people": """SELECT max(said_on) FROM village_figures
        WHERE programme_id = :p AND kind = 'people' AND said_on <= :d""",
    "funds": """SELECT max(said_on) FROM village_figures
        WHERE programme_id = :p AND kind = 'fund' AND said_on <= :d""",
    "needs": """SELECT max(day) FROM (
        SELECT asked_on AS day FROM needs WHERE programme_id = :p AND asked_on <= :d
        UNION ALL SELECT met_on FROM needs WHERE programme_id = :p AND asked_on <= :d) AS days""",
}
"""A source to the query of the last day on which it was said."""


def last_days(tx: Transaction, programme_id: str, day: str) -> dict[str, str]:
    """Each source to the last day, by a day, on which it was said; missing where never."""
    days = {source: tx.value(sql, p=programme_id, d=day) for source, sql in LAST_DAYS.items()}
    return {source: min(last, day) for source, last in days.items() if last}


def funds(tx: Transaction, programme_id: str, day: str) -> Columns:
    """County's code, source of the money, and yuan by a day."""
    return tx.columns(
        """SELECT substr(code, 1, 6) AS county, source, sum(amount) AS amount
        FROM village_figures WHERE programme_id = :p AND kind = 'fund' AND said_on <= :d
        GROUP BY 1, 2 ORDER BY 1, 2""",
        p=programme_id,
        d=day,
    )


def dispatches_of(tx: Transaction, programme_id: str, code: str) -> list[dict[str, Any]]:
    """Dispatches that name a village, the last first."""
    return tx.rows(
        """SELECT * FROM dispatches WHERE programme_id = :p AND villages LIKE :c
        ORDER BY number DESC""",
        p=programme_id,
        c=f'%"{code}"%',
    )


def filed_days(tx: Transaction, programme_id: str, day: str) -> Columns:
    """County's code, day and villages whose plan was filed on it, until a day."""
    return tx.columns(
        """SELECT substr(code, 1, 6) AS county, filed_on, count(*) AS n
        FROM village_plans WHERE programme_id = :p AND kind = 'village' AND filed_on <= :d
        GROUP BY 1, 2 ORDER BY 2""",
        p=programme_id,
        d=day,
    )
