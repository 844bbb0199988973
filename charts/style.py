"""Shared by all charts: configuration instead of a theme, titles, the cut's label."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
from altair.utils import schemapi

from charts.channels import encoded
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


def layered(*layers: alt.Chart | alt.LayerChart, **about: Any) -> alt.LayerChart:
    """Put charts above each other, the first undermost; ``about`` are properties of the whole.

    Each later call of ``properties`` would copy all layers.
    """
    return alt.LayerChart(layer=list(layers), **about)


def configured(chart: alt.LayerChart, palette: Palette) -> alt.LayerChart:
    """Set fonts, background and axes of a new chart; show it with ``theme=None``."""
    _written.clear()  # a frame may be changed between two charts
    if chart.autosize is alt.Undefined:
        # Streamlit would fit the chart into its width, labels and title out of view.
        chart.autosize = alt.AutoSizeParams(type="pad")
    axis = alt.AxisConfig(
        labelFontSize=13,
        labelColor=palette.ink,
        gridColor=palette.line,
        domain=False,
        ticks=False,
        labelPadding=8,
        title=None,
    )
    chart.config = alt.Config(
        font=FONT,
        background=palette.bg,
        view={"stroke": None},
        text=alt.MarkConfig(fontSize=13, color=palette.ink),
        axis=axis,
    )
    return chart


_written: dict[int, tuple[Any, Any]] = {}
"""Rows, by their id, with what they are in a specification, since the last chart was made."""


def written(rows: Any) -> Any:
    """Write rows out for a specification: once for all layers that share them."""
    known = _written.get(id(rows))
    if known is None:
        known = _written[id(rows)] = rows, alt.default_data_transformer(rows)
    return known[1]


schemapi.disable_debug_mode()  # each part would be checked by itself; tests check whole charts
alt.data_transformers.register("written", written)
alt.data_transformers.enable("written")


def plate(text: str, palette: Palette, *, x: Any, y: Any, width: int) -> alt.LayerChart:
    """Return a reversed label centred on x and y: the name of the cut."""
    at = alt.Chart(pd.DataFrame({"plate": [text]}))
    ground = at.mark_point(
        shape=f"M-{width / 2},-10H{width / 2}V10H-{width / 2}Z",
        size=4,
        filled=True,
        opacity=1,
        color=palette.ink,
    )
    label = at.mark_text(fontWeight=700, color=palette.bg, dy=1)
    return layered(encoded(ground, x=x, y=y), encoded(label, x=x, y=y, text="plate:N"))
