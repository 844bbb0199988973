"""A figure of each row on one axis: a disc, its span, and what it is compared with."""

from collections.abc import Mapping, Sequence
from typing import Literal

import altair as alt
import pandas as pd

from charts.channels import encoded
from charts.marks import discs, hover, label_room, row, spans, zone_ground
from charts.palette import LIGHT, Palette
from charts.style import configured, heading, layered, require
from words import t

ROW = 26
LABELS, WIDTH, FIGURE = 96, 170, 56
"""Pixels: of the names at least, of the plot, of the figures at least."""
WHOLE, QUARTERS = (0.0, 100.0), (0, 25, 50, 75, 100)
Kind = Literal["chances", "bounds", "variance", "criteria", "composite"]
UNITS: dict[Kind, str] = {
    "chances": "entrant",
    "bounds": "entrant",
    "composite": "entrant",
    "variance": "source",
    "criteria": "criterion",
}
"""What a row is; all but bounds and composites are percentages."""


def around(
    rows: pd.DataFrame,
    lang: str,
    palette: Palette = LIGHT,
    *,
    kind: Kind,
    values: Mapping[str, object],
    domain: Sequence[float],
    line: float | None = None,
    width: int = WIDTH,
) -> alt.LayerChart:
    """Draw a row a figure, in the order given.

    Parameters
    ----------
    rows
        Columns label (unique), who and said (what hovering says), figure (at the right), value,
        low, high (NaN for no span), state (above, zone, below); tick where a second value, such
        as a weight, is marked.
    kind
        Its words are at ``charts.<kind>``.
    values
        Values of the title.
    domain
        Ends of the axis.
    line
        Where an upright line stands.
    """
    require(rows, ["label", "who", "said", "figure", "value", "low", "high", "state"])
    labels, figures = label_room(rows, LABELS), label_room(rows, FIGURE, "figure")
    percent, whole = kind not in ("bounds", "composite"), tuple(domain) == WHOLE
    axis = alt.Axis(
        orient="top",
        values=list(QUARTERS) if whole else alt.Undefined,
        tickCount=3,
        labelColor=palette.mute,
        gridColor=palette.line,
        labelExpr="datum.label + '%'" if percent else "datum.label",
    )
    x = alt.X(
        "value:Q",
        title=None,
        axis=axis,
        scale=alt.Scale(domain=list(domain), nice=False, zero=False),
    )
    y = row(rows, palette)
    hints = hover(lang, t(f"charts.{kind}.hover", lang), UNITS[kind])
    layers: list[alt.Chart | alt.LayerChart] = [
        *zone_ground(rows, palette, -labels, width + figures),
        *([] if line is None else [_line(line, palette)]),
        *spans(rows, palette, y, hints),
        *(_ticks(rows, palette, y, hints) if "tick" in rows else []),
        *discs(rows, palette, x, y, hints),
        _figures(rows, y, width + figures - 6),
    ]
    title = t(f"charts.{kind}.title", lang, **values)
    chart = layered(
        *layers,
        width=width,
        height=ROW * len(rows),
        description=title,
        title=heading(title, [t(f"charts.{kind}.how", lang)], palette),
    )
    return configured(chart, palette)


def _line(at: float, palette: Palette) -> alt.Chart:
    rule = alt.Chart(pd.DataFrame({"line": [at]})).mark_rule(strokeWidth=2, color=palette.ink)
    return encoded(rule, x="line:Q")


def _ticks(
    rows: pd.DataFrame, palette: Palette, y: alt.Y, hints: list[alt.Tooltip]
) -> list[alt.Chart]:
    tick = alt.Chart(rows).mark_tick(
        thickness=3, size=16, orient="vertical", opacity=1, color=palette.ink
    )
    return [encoded(tick, x="tick:Q", y=y, tooltip=hints)]


def _figures(rows: pd.DataFrame, y: alt.Y, at: int) -> alt.Chart:
    text = alt.Chart(rows).mark_text(align="right")
    return encoded(text, x=alt.value(at), y=y, text="figure:N")
