"""The slope: both ranks of those around the cut; only seats that change are strong."""

import pandas as pd
import pytest

from charts.slope import slope
from tests.charts.reading import layers, rows_with, spec_of, texts
from words import LANGS


@pytest.mark.parametrize("lang", LANGS)
def test_the_title_counts_the_seats_that_differ(seats: pd.DataFrame, lang: str):
    """Three in, three out: three seats, in the subtitle's two lines of how to read."""
    title = spec_of(slope(seats, lang, top=13))["title"]
    assert "3" in title["text"]
    assert len(title["subtitle"]) == 2


def test_changes_are_gained_and_lost(seats: pd.DataFrame):
    """4, 7 and 13 gain a seat; 14, 20 and 21 lose one."""
    drawn = rows_with(slope(seats, "zh", top=13), "kind")
    by = drawn.groupby("kind")["label"].agg(set)
    assert by["gained"] == {"4号 那庵村", "7号 团山村", "13号 地谷白村"}
    assert by["lost"] == {"14号 无浪村", "20号 波黑村", "21号 团山村"}


def test_change_is_carried_by_the_line_not_only_by_colour(seats: pd.DataFrame):
    """Gained solid, lost dashed, unchanged thin."""
    marks = [x["mark"] for x in layers(spec_of(slope(seats, "zh", top=13)))]
    lines = [m for m in marks if m["type"] == "rule" and "strokeDash" in m]
    assert [(m["strokeWidth"], m["strokeDash"]) for m in lines] == [
        (1.5, [1, 0]),
        (3, [6, 4]),
        (3, [1, 0]),
    ]


def test_ties_are_spread_by_one_step_and_marked(seats: pd.DataFrame):
    """Two at 13= stand at 13 and 14, the better by the other rank first."""
    drawn = rows_with(slope(seats, "zh", top=13), "left").set_index("label")
    assert drawn.loc["10号 毛家村", "left"] == 13
    assert drawn.loc["13号 地谷白村", "left"] == 14
    assert "13=" in drawn.loc["13号 地谷白村", "left_label"]


def test_gaps_stay_where_not_everybody_is_given(seats: pd.DataFrame):
    """Rank 20 stands at 20 even though 18 and 19 are not drawn on that side."""
    drawn = rows_with(slope(seats, "zh", top=13), "left").set_index("label")
    assert drawn.loc["7号 团山村", "left"] == 20


def test_those_far_below_are_left_out_unless_their_seat_changed(seats: pd.DataFrame):
    """Rank 19 and 20 on both sides say nothing here."""
    shown = set(rows_with(slope(seats, "zh", top=13), "kind")["label"])
    assert "2号 妥垤村" not in shown
    assert "4号 那庵村" in shown


def test_an_entrant_without_both_ranks_is_left_out(seats: pd.DataFrame):
    """There is nothing to join."""
    holes = seats.astype({"before": float})
    holes.loc[0, "before"] = float("nan")
    assert "37号 荣盛村" not in texts(slope(holes, "zh", top=13))


def test_one_line_is_drawn_across_both_sides(seats: pd.DataFrame):
    """At N + .5, with its name."""
    chart = slope(seats, "zh", top=13)
    assert list(rows_with(chart, "cut")["cut"]) == [13.5]
    assert "入围线 13" in texts(chart)
