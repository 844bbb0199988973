"""Adjusted score over the running order: one disc an entrant."""

import altair as alt
import pandas as pd

from charts.marks import discs, hover
from charts.palette import LIGHT, Palette
from charts.style import configured, heading, layered, require
from words import t

WIDTH, HEIGHT = 290, 220


def order(
    rows: pd.DataFrame, lang: str, palette: Palette = LIGHT, *, rho: str, p: str
) -> alt.LayerChart:
    """Draw each entrant's adjusted score at its position.

    Parameters
    ----------
    rows
        Columns who (what hovering names), position, score, state (above, zone, below).
    rho, p
        The test's figures, as the title prints them.
    """
    require(rows, ["who", "position", "score", "state"])
    shown = rows.assign(
        said=[
            t("charts.order.said", lang, position=position, score=f"{score:.2f}")
            for position, score in rows[["position", "score"]].itertuples(index=False)
        ]
    )
    scale = alt.Scale(zero=False, padding=12)
    axis = alt.Axis(
        titleColor=palette.mute, titleFontSize=13, titleFontWeight="normal", tickCount=5
    )
    x = alt.X("position:Q", title=t("charts.order.position", lang), scale=scale, axis=axis)
    y = alt.Y("score:Q", title=t("charts.order.score", lang), scale=scale, axis=axis)
    hints = hover(lang, t("charts.order.score", lang))
    title = t("charts.order.title", lang, rho=rho, p=p)
    chart = layered(
        *discs(shown, palette, x, y, hints),
        width=WIDTH,
        height=HEIGHT,
        description=title,
        title=heading(title, [t("charts.order.how", lang)], palette),
    )
    return configured(chart, palette)
