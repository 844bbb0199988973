"""Shared by all charts: configuration instead of a theme, titles, the cut's label."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from charts.palette import QUOTES, SANS, Palette

FONT = ", ".join(name for name in SANS if name not in ("system-ui", QUOTES))
"""Unquoted and without system-ui, which a picture renderer does not know."""

HALF_DISC = "M0,-1A1,1,0,0,0,0,1Z"


def require(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    """Refuse a frame that lacks a column of the chart, naming it."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise KeyError(f"the chart needs columns {missing}")


def heading(title: str, subtitle: Sequence[str], palette: Palette) -> alt.TitleParams:
    """Return a title with the finding, and lines that explain the chart."""
    return alt.TitleParams(
        text=title,
        subtitle=list(subtitle),
        anchor="start",
        frame="bounds",
        fontSize=20,
        fontWeight=700,
        color=palette.ink,
        subtitleFontSize=14,
        subtitleColor=palette.mute,
        subtitleLineHeight=21,
        subtitlePadding=6,
        offset=16,
    )


def layered(*layers: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """Put charts above each other, the first undermost."""
    return alt.LayerChart(layer=list(layers))


def configured(chart: alt.LayerChart, palette: Palette) -> alt.LayerChart:
    """Set fonts, background and axes of a chart; show it with ``theme=None``."""
    view: dict[str, Any] = {"stroke": None}
    if chart.autosize is alt.Undefined:
        # Streamlit would fit the chart into its width, labels and title out of view.
        chart = chart.properties(autosize=alt.AutoSizeParams(type="pad"))
    done: alt.LayerChart = (
        chart.configure(font=FONT, background=palette.bg)
        .configure_view(**view)
        .configure_text(fontSize=13, color=palette.ink)
        .configure_axis(
            labelFontSize=13,
            labelColor=palette.ink,
            gridColor=palette.line,
            domain=False,
            ticks=False,
            labelPadding=8,
            title=None,
        )
    )
    return done


def plate(text: str, palette: Palette, *, x: Any, y: Any, width: int) -> alt.LayerChart:
    """Return a reversed label centred on x and y: the name of the cut."""
    at = alt.Chart(pd.DataFrame({"plate": [text]}))
    ground = at.mark_point(
        shape=f"M-{width / 2},-10H{width / 2}V10H-{width / 2}Z",
        size=4,
        filled=True,
        opacity=1,
        color=palette.ink,
    ).encode(x=x, y=y)
    label = at.mark_text(fontWeight=700, color=palette.bg, dy=1).encode(x=x, y=y, text="plate:N")
    return layered(ground, label)
