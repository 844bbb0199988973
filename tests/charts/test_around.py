"""Figures around a line, scores over the running order: shape says the state, hovering who."""

import pandas as pd
import pytest

from charts.around import UNITS, around
from charts.caterpillar import caterpillar
from charts.order import order
from charts.rank_intervals import rank_intervals
from tests.charts.reading import layers, rows_with, spec_of, texts
from words import LANGS

TITLES = {
    "chances": {"count": 3, "top": 1},
    "bounds": {"count": 3},
    "variance": {"share": "49%"},
    "criteria": {"criterion": "展示"},
    "composite": {"top": 3, "width": "0.20"},
}


@pytest.fixture
def rows() -> pd.DataFrame:
    """Three rows, one of each state; the last without a span."""
    frame = pd.DataFrame(
        {
            "label": ["3号 新荣村", "5号 白土村", "8号 团山村"],
            "said": ["95%", "50%", "5%"],
            "figure": ["95%", "50%", "5%"],
            "value": [95.0, 50.0, 5.0],
            "low": [90.0, 40.0, None],
            "high": [100.0, 60.0, None],
            "state": ["above", "zone", "below"],
        }
    )
    return frame.assign(who=frame.label + " 石屏县")


@pytest.mark.parametrize("kind", UNITS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_has_its_words_in_both_languages(rows: pd.DataFrame, lang: str, kind):
    """Title and explanation; the figures stand at the right, so that no hover is needed."""
    chart = around(rows, lang, kind=kind, values=TITLES[kind], domain=(0, 100))
    assert spec_of(chart)["title"]["text"]
    assert set(rows.figure) <= texts(chart)


def test_a_row_without_a_span_has_a_disc_and_no_line(rows: pd.DataFrame):
    chart = around(rows, "zh", kind="chances", values=TITLES["chances"], domain=(0, 100))
    counts = {
        layer["mark"]["type"]: len(spec_of(chart)["datasets"][layer["data"]["name"]])
        for layer in layers(spec_of(chart))
    }
    assert (counts["rule"], counts["point"]) == (2, 3)


def test_the_line_and_a_weight_are_drawn_where_they_are_given(rows: pd.DataFrame):
    values = TITLES["criteria"]
    bare = around(rows, "zh", kind="criteria", values=values, domain=(0, 100))
    full = around(
        rows.assign(tick=[25, 15, 10]),
        "zh",
        kind="criteria",
        values=values,
        domain=(0, 100),
        line=42.5,
    )
    assert list(rows_with(full, "line")["line"]) == [42.5]
    ticks = [sum(x["mark"]["type"] == "tick" for x in layers(spec_of(c))) for c in (bare, full)]
    assert ticks[1] == ticks[0] + 1


def hints(chart) -> set[str]:
    """The columns that hovering names."""
    shown = [layer["encoding"].get("tooltip", []) for layer in layers(spec_of(chart))]
    return {hint["field"] for some in shown for hint in some}


def test_hovering_names_the_village_or_the_judge_by_number(
    rows: pd.DataFrame, intervals: pd.DataFrame, severities: pd.DataFrame
):
    """In every chart with discs; an entrant with its place, a judge never by name."""
    places = intervals.assign(place="石屏县坝心镇")
    ranks = rank_intervals(places, "zh", top=13)
    chances = around(rows, "zh", kind="chances", values=TITLES["chances"], domain=(0, 100))
    points = order(
        rows.assign(position=[1, 2, 3], score=rows.value), "zh", rho="+0.1", p="p = 0.500"
    )
    for chart in (ranks, chances, points):
        assert hints(chart) == {"who", "said"}
    assert "37号 荣盛村 石屏县坝心镇" in texts(ranks)
    assert "第 1，95% 在第 1 至 3" in texts(ranks)
    assert hints(caterpillar(severities, "zh")) == {"label", "said"}


def test_the_running_order_keeps_state_as_shape(rows: pd.DataFrame):
    chart = order(
        rows.assign(position=[1, 2, 3], score=rows.value), "en", rho="+0.10", p="p = 0.500"
    )
    assert "+0.10" in spec_of(chart)["title"]["text"]
    filters = [str(layer.get("transform")) for layer in layers(spec_of(chart))]
    assert sum("'zone'" in text for text in filters) == sum("'above'" in x for x in filters) == 1


@pytest.mark.parametrize("of", ["home", "drift"])
@pytest.mark.parametrize("lang", LANGS)
def test_home_and_drift_never_say_that_there_is_none(severities: pd.DataFrame, lang: str, of):
    """Without a clear judge the title says what the intervals do not show; and chance is named."""
    wide = severities.assign(low=-9.0, high=9.0)
    spec = spec_of(caterpillar(wide, lang, of=of, band=0))
    silent = {"zh": "不等于没有", "en": "none is ruled out"}[lang]
    assert silent in spec["title"]["text"]
    assert "0.8" in " ".join(spec["title"]["subtitle"])
    assert not [x for x in layers(spec) if x["mark"]["type"] == "rect"]
    clear = spec_of(caterpillar(severities, lang, of=of, band=0))["title"]["text"]
    assert "评委04" in clear
    assert silent not in clear
