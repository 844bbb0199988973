"""The caterpillar: judges from severe to lenient, filled only where the interval is clear."""

import pandas as pd
import pytest

from charts.caterpillar import caterpillar
from tests.charts.reading import rows_with, spec_of
from words import LANGS

MINUS = "\N{MINUS SIGN}"


def test_judges_are_sorted_and_nobody_is_dropped(severities: pd.DataFrame):
    """Severe first, whatever the order of the frame."""
    drawn = rows_with(caterpillar(severities, "zh"), "estimate")
    assert list(drawn["estimate"]) == sorted(severities["estimate"])
    assert len(drawn) == 15


def test_the_title_names_the_clearest_at_each_end(severities: pd.DataFrame):
    """By number, never by name."""
    title = spec_of(caterpillar(severities, "zh"))["title"]["text"]
    assert title == "评委宽严尺度：评委04、评委08 最严，评委11、评委02 最宽"


def test_nobody_is_named_who_does_not_stand_out(severities: pd.DataFrame):
    """Inside a wide band there is no finding, and the title says so."""
    title = spec_of(caterpillar(severities, "zh", band=10))["title"]["text"]
    assert "没有显示出哪位评委" in title


def test_filled_means_that_the_whole_interval_is_outside_the_band(severities: pd.DataFrame):
    """An interval that touches the band is hollow."""
    drawn = rows_with(caterpillar(severities, "zh"), "clear").set_index("label")
    assert drawn.loc["评委04", "clear"]
    assert not drawn.loc["评委10", "clear"]
    edge = pd.DataFrame(
        {"label": ["a"], "estimate": [2.0], "low": [1.0], "high": [3.0], "sheets": [9]}
    )
    assert not rows_with(caterpillar(edge, "zh"), "clear")["clear"].any()


@pytest.mark.parametrize("lang", LANGS)
def test_values_are_figures_with_the_number_of_sheets(severities: pd.DataFrame, lang: str):
    """A true minus, two decimals, how many sheets it rests on."""
    drawn = rows_with(caterpillar(severities, lang), "value").set_index("label")
    assert drawn.loc["评委04", "value"].startswith(f"{MINUS}3.15")
    assert "20" in drawn.loc["评委04", "value"]


def test_too_few_sheets_is_a_word_and_no_mark(severities: pd.DataFrame):
    """Missing is never zero: the judge is listed, without a point."""
    few = pd.DataFrame(
        {"label": ["评委16"], "estimate": [None], "low": [None], "high": [None], "sheets": [1]}
    ).astype({"estimate": float, "low": float, "high": float})
    both = pd.concat([severities, few], ignore_index=True)
    chart = caterpillar(both, "zh")
    drawn = rows_with(chart, "value").set_index("label")
    assert drawn.loc["评委16", "value"] == "数据不足（1）"
    sets = spec_of(chart)["datasets"].values()
    pointed = min((rows for rows in sets if "estimate" in rows[0]), key=len)
    assert "评委16" not in {row["label"] for row in pointed}


def test_what_prints_as_nought_is_no_finding(severities: pd.DataFrame):
    """Judges who agree exactly: an estimate of -1e-15 and an interval as narrow."""
    none = severities.assign(estimate=-1e-15, low=-2e-15, high=-1e-16)
    chart = caterpillar(none, "zh", of="drift", band=0)
    assert "看不出变化" in spec_of(chart)["title"]["text"]
    assert not rows_with(chart, "clear")["clear"].any()


def test_a_missing_column_is_named(severities: pd.DataFrame):
    """A severity without its interval is refused."""
    with pytest.raises(KeyError, match="low"):
        caterpillar(severities.drop(columns="low"), "zh")
