"""What a standing says at its line, and when it is not worth computing yet."""

from dataclasses import replace
from datetime import UTC, datetime

from competition.results.findings import MANY, findings, is_moving
from competition.results.standings import standings
from scoring import seats_that_differ
from tests.opening import Sample


def test_a_big_round_being_marked_leaves_no_judge_out_yet(sample: Sample):
    """Every mark would repeat it; a small round, or a closed one, is tried at once."""
    who = sample.entered.organizer
    found = standings(sample.store, who, sample.round_id, at=datetime.now(UTC))
    assert not is_moving(found)
    big = replace(found, lines=found.lines * (MANY // len(found.lines) + 1))
    assert is_moving(big)
    closed = replace(big, round={**big.round, "state": "closed"})
    assert not is_moving(closed)


def test_the_sentence_and_the_table_count_the_same_seats(sample: Sample):
    """One definition of what recusals changed, for the page, the list and the command."""
    found = standings(sample.store, sample.entered.organizer, sample.round_id, at=datetime.now(UTC))
    at_line = findings(found)
    gained, lost = seats_that_differ(found.numbers)
    assert {line.entrant_id for line in at_line.gained} == set(gained)
    assert {line.entrant_id for line in at_line.lost} == set(lost)
