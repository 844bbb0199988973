"""``arena.py bench page``: what it prints, and that a changed mark is a real one."""

from datetime import UTC, datetime

import pytest

from commands.bench import page
from commands.bench.page import Row, timed
from competition.results.standings import standings
from tests.opening import Sample
from words import LANGS


@pytest.mark.parametrize("lang", LANGS)
def test_a_row_gives_medians_and_the_share_of_a_second(lang: str):
    row = Row("ranked", {}, [300.0, 100.0, 200.0], [90.0, 120.0, 60.0])
    assert row.cells(lang)[1:] == ["200", "90", "300", "0.09"]


def test_the_first_repetition_is_not_counted_and_each_has_a_change_before_it():
    done: list[str] = []
    walls, cpus = timed(lambda: done.append("work"), 2, before=lambda: done.append("change"))
    assert done == ["change", "work"] * 3
    assert len(walls) == len(cpus) == 2


def test_a_change_moves_a_mark_through_its_acts(sample: Sample):
    """Asked for, granted, changed, submitted: the standing after it is another one."""
    who = sample.entered.organizer
    before = standings(sample.store, who, sample.round_id, at=datetime.now(UTC))
    next(page.changed_marks(sample.store, sample.entered, sample.round_id))
    after = standings(sample.store, who, sample.round_id, at=datetime.now(UTC))
    assert after.seq > before.seq
    assert after.sheets == before.sheets
    assert [line.adjusted for line in after.lines] != [line.adjusted for line in before.lines]
