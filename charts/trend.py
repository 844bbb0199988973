"""The trend: a measure week by week, the last week named in figures."""

import altair as alt
import pandas as pd

from charts.channels import encoded
from charts.palette import LIGHT, Palette
from charts.style import configured, heading, layered, require
from words import t

WIDTH, HEIGHT = 560, 180


def trend(weeks: pd.DataFrame, lang: str, palette: Palette = LIGHT) -> alt.LayerChart:
    """Draw how many villages had filed their plan by each day.

    Parameters
    ----------
    weeks
        Columns day (``2022-03-18``) and value, in order.
    """
    require(weeks, ["day", "value"])
    last = weeks.tail(1)
    title = t("charts.trend.title", lang, value=int(last["value"].iloc[0]))
    x = alt.X("day:O", axis=alt.Axis(labelAngle=0, labelExpr="slice(datum.value, 5)"))
    y = alt.Y("value:Q", axis=alt.Axis(tickCount=4, format="d"), scale=alt.Scale(zero=True))
    every = alt.Chart(weeks).encode(x=x, y=y)
    layers = [
        every.mark_line(color=palette.pri, strokeWidth=3),
        every.mark_point(color=palette.pri, fill=palette.bg, size=60, opacity=1),
        encoded(
            alt.Chart(last).mark_text(
                align="right", dy=-14, fontSize=16, fontWeight=700, color=palette.ink
            ),
            x=x,
            y=y,
            text="value:Q",
        ),
    ]
    chart = layered(
        *layers,
        width=WIDTH,
        height=HEIGHT,
        description=title,
        title=heading(title, [t("charts.trend.how", lang)], palette),
    )
    return configured(chart, palette)
