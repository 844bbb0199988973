"""Rank intervals: entrants in official order, the cut named, shape carrying the state."""

import pandas as pd
import pytest

from charts.rank_intervals import ROW, crossing, rank_intervals
from tests.charts.reading import layers, rows_with, spec_of, texts
from words import LANGS


def test_the_title_is_the_finding(intervals: pd.DataFrame):
    """How many intervals lie on both sides of the cut: ranks 7 to 20 here."""
    assert crossing(intervals, 13) == 14
    spec = spec_of(rank_intervals(intervals, "zh", top=13))
    assert spec["title"]["text"] == "20 个名次区间中，14 个跨过这条线"
    assert spec["description"] == spec["title"]["text"]


def test_an_interval_that_ends_at_the_cut_does_not_cross_it():
    """Rank 13 of 13 is inside; 14 is the first outside."""
    rows = pd.DataFrame({"low": [1, 13, 14, 5], "high": [13, 14, 20, 5]})
    assert crossing(rows, 13) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_the_facts_are_in_the_data(intervals: pd.DataFrame, lang: str):
    """Every interval reaches the chart unchanged, in the order given."""
    drawn = rows_with(rank_intervals(intervals, lang, top=13), "low")
    pd.testing.assert_frame_equal(drawn[list(intervals.columns)], intervals, check_dtype=False)


def test_the_cut_lies_between_two_ranks_and_is_named(intervals: pd.DataFrame):
    """At N + .5, named after what it decides."""
    chart = rank_intervals(intervals, "zh", top=13, line="final")
    assert list(rows_with(chart, "cut")["cut"]) == [13.5]
    assert "获奖线 13" in texts(chart)


def test_state_is_shape_as_well_as_colour(intervals: pd.DataFrame):
    """Above filled, zone half, below hollow."""
    marks = list(layers(spec_of(rank_intervals(intervals, "zh", top=13))))
    filters = [str(layer.get("transform")) for layer in marks if layer["mark"]["type"] == "point"]
    assert sum("'zone'" in text for text in filters) == 1
    assert sum("'above'" in text for text in filters) == 1


def test_rows_are_level_with_the_table(intervals: pd.DataFrame):
    """29 px a row; bare, no title and a fixed head, so that both can stand side by side."""
    spec = spec_of(rank_intervals(intervals, "zh", top=13, bare=True))
    assert spec["height"] == ROW * len(intervals)
    assert "title" not in spec
    assert spec["autosize"]["type"] == "none"


def test_no_name_is_cut_short(intervals: pd.DataFrame):
    """The longest gets the room it takes from the plot; the whole keeps its width."""
    label = "3号 桥头苗族壮族乡"
    named = intervals.assign(label=[label, *intervals.label[1:]])
    usual, wide = (
        spec_of(rank_intervals(rows, "zh", top=13, bare=True)) for rows in (intervals, named)
    )
    assert wide["padding"]["left"] == 133
    assert wide["padding"]["left"] + wide["width"] == usual["padding"]["left"] + usual["width"]
    axes = [layer["encoding"]["y"].get("axis") for layer in layers(wide) if "axis" in str(layer)]
    assert {axis["labelLimit"] for axis in axes if axis} == {0}


def test_the_zone_is_named_where_its_name_stands_on_no_interval(intervals: pd.DataFrame):
    """Else the ground of its rows says it alone."""
    first = intervals.index[intervals.state == "zone"][0]
    to_the_end = intervals.high.where(intervals.index != first, intervals.high.max())
    short, long = intervals, intervals.assign(high=to_the_end)
    assert "临界名单" in texts(rank_intervals(short, "zh", top=13))
    assert "临界名单" not in texts(rank_intervals(long, "zh", top=13))
    assert [
        x for x in layers(spec_of(rank_intervals(long, "zh", top=13))) if "rect" in str(x["mark"])
    ]


def test_without_a_zone_nothing_is_tinted(intervals: pd.DataFrame):
    """No ground, no rules, no word."""
    closed = intervals.assign(state=intervals.state.replace("zone", "below"))
    chart = rank_intervals(closed, "zh", top=13)
    assert "临界名单" not in texts(chart)
    assert not [x for x in layers(spec_of(chart)) if x["mark"]["type"] == "rect"]


def test_a_missing_column_is_named(intervals: pd.DataFrame):
    """A frame without intervals is refused, not drawn empty."""
    with pytest.raises(KeyError, match="high"):
        rank_intervals(intervals.drop(columns="high"), "zh", top=13)


def test_the_frame_given_is_left_alone(intervals: pd.DataFrame):
    """Drawing changes nothing of the caller's."""
    before = intervals.copy()
    rank_intervals(intervals, "zh", top=13)
    pd.testing.assert_frame_equal(intervals, before)
