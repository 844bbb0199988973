"""Channels given by their own class, and rows that layers share, are what Altair would make."""

import altair as alt
import pandas as pd

from charts.channels import encoded
from charts.palette import LIGHT
from charts.style import configured, layered


def test_a_channel_by_its_class_is_what_altair_finds_for_it():
    """Fields, values, conditions, lists and channels alike."""
    mark = alt.Chart(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})).mark_text()
    given = {
        "x": "a:Q",
        "x2": "a:Q",
        "y": alt.value(3),
        "y2": alt.value("height"),
        "text": "b:N",
        "color": alt.condition("datum.a > 1", alt.value("#fff"), alt.value("#000")),
        "stroke": alt.Stroke("b:N", legend=None),
        "tooltip": [alt.Tooltip("b:N", title="B")],
    }
    assert encoded(mark, **given).to_dict() == mark.encode(**given).to_dict()


def test_rows_changed_between_two_charts_are_written_again():
    """Layers of one chart share what was written; the next chart reads the frame again."""
    rows = pd.DataFrame({"a": [1.0, None]})

    def drawn() -> list[list[dict[str, object]]]:
        mark = encoded(alt.Chart(rows).mark_point(), x="a:Q")
        chart = configured(layered(mark, encoded(mark, y="a:Q")), LIGHT)
        return list(chart.to_dict()["datasets"].values())

    assert drawn() == [[{"a": 1.0}, {"a": None}]]
    rows.loc[1, "a"] = 2.0
    assert drawn() == [[{"a": 1.0}, {"a": 2.0}]]
