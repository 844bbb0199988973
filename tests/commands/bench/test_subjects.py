"""``arena.py bench`` finds its subjects; what it measures is measured by running it, not here."""

import math

import pytest
from click.testing import CliRunner

from commands.bench import command
from commands.bench.live import Cost
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


def test_a_live_page_costs_what_it_adds_pair_by_pair():
    """The server's other work differs from minute to minute; pairs lie side by side."""
    cost = Cost("organizers-progress", without=[0.20, 0.30, 0.25], open=[0.24, 0.35, 0.28])
    assert cost.added == pytest.approx(0.04)
    assert cost.cells() == ["organizers-progress", "0.250", "0.280", "0.040", "0.40"]


def test_rows_without_a_bar_show_none():
    assert cells(Row("reml", 1.0, 1.0), "en")[3:] == ["", ""]


@pytest.mark.parametrize("shape", [(6, 4, 2)])
def test_the_measured_table_is_a_complete_panel(shape):
    standings = compute_standings(*complete_marks(*shape))
    assert standings.tally.complete
    assert set(standings.entrants["n_judges"]) == {4}
