"""What a standing says at its line, and when it is not worth computing yet."""

from dataclasses import replace
from datetime import UTC, datetime

from competition.findings import MANY, findings, is_moving
from competition.standings import standings
from tests.opening import Sample


def test_a_big_round_being_marked_leaves_no_judge_out_yet(sample: Sample):
    """Every mark would make it anew; a small round, or a closed one, is tried at once."""
    who = sample.entered.organizer
    found = standings(sample.store, who, sample.round_id, at=datetime.now(UTC))
    assert not is_moving(found)
    assert findings(found).left_out.tried == len(found.judges)
    big = replace(found, lines=found.lines * (MANY // len(found.lines) + 1))
    assert is_moving(big)
    assert findings(big).left_out.tried == 0
    closed = replace(big, round={**big.round, "state": "closed"})
    assert not is_moving(closed)
