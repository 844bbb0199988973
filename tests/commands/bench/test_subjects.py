"""``arena.py bench`` finds its subjects; what it measures is measured by running it, not here."""

import math

import pytest
from click.testing import CliRunner

from commands.bench import command
from commands.bench.scoring import Row, cells, complete_marks, timed
from scoring import compute_standings
from words import LANGS


def test_subjects_are_found_and_an_unknown_one_is_refused():
    assert "scoring" in CliRunner().invoke(command, ["--help"]).output
    assert CliRunner().invoke(command, ["nothing"]).exit_code != 0


def test_a_row_holds_medians_of_wall_and_processor_time():
    row = timed("reml", lambda: sum(range(1000)), 3, 15)
    assert row.wall > 0
    assert math.isfinite(row.cpu)
    for lang in LANGS:
        assert cells(row, lang)[3] == "15"


def test_rows_without_a_bar_show_none():
    assert cells(Row("reml", 1.0, 1.0), "en")[3:] == ["", ""]


@pytest.mark.parametrize("shape", [(6, 4, 2)])
def test_the_measured_table_is_a_complete_panel(shape):
    standings = compute_standings(*complete_marks(*shape))
    assert standings.tally.complete
    assert set(standings.entrants["n_judges"]) == {4}
