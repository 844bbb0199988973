"""Rows of a chart: the zone's ground, spans, and discs whose shape says the state.

A row is an entrant or another unit; its columns are label (unique), state (above, zone, below)
and whatever the chart's x encodes.
"""

import altair as alt
import pandas as pd

from charts.channels import encoded
from charts.palette import Palette
from charts.style import HALF_DISC
from words import t

GAP, WIDE, NARROW = 12, 13, 7.5
"""Pixels between name and plot; of a Chinese character, of any other."""


def label_room(rows: pd.DataFrame, least: int, column: str = "label") -> int:
    """Width of the longest text of a column in pixels, so that none is cut off."""

    def long(name: str) -> float:
        return sum(WIDE if ord(letter) > 0x2E7F else NARROW for letter in name)

    return int(max(least, max(long(str(name)) for name in rows[column]) + GAP + 2))


def row(rows: pd.DataFrame, palette: Palette, *, band: float = 0.5) -> alt.Y:
    """The place of a row, named at the left."""
    axis = alt.Axis(labelLimit=0, labelColor=palette.ink, zindex=1, labelPadding=GAP)
    return alt.Y(
        "label:N",
        sort=list(rows["label"]),
        title=None,
        scale=alt.Scale(padding=0),
        axis=axis,
        bandPosition=band,
    )


def zone_ground(rows: pd.DataFrame, palette: Palette, begin: int, end: int) -> list[alt.Chart]:
    """Shade the open zone, with an edge above and below; nothing without one."""
    zone = rows.loc[rows["state"] == "zone", ["label"]]
    if zone.empty:
        return []
    left, right = alt.value(begin), alt.value(end)

    def edge(one: pd.DataFrame, band: float) -> alt.Chart:
        rule = alt.Chart(one).mark_rule(strokeWidth=2, color=palette.wait)
        return encoded(rule, y=row(rows, palette, band=band), x=left, x2=right)

    ground = alt.Chart(zone).mark_rect(color=palette.waittint)
    return [
        encoded(ground, y=row(rows, palette), x=left, x2=right),
        edge(zone.head(1), 0),
        edge(zone.tail(1), 1),
    ]


def hover(lang: str, said: str, name: str = "entrant") -> list[alt.Tooltip]:
    """What hovering says: who (column ``who``), and a figure in words (column ``said``)."""
    return [
        alt.Tooltip("who:N", title=t(f"charts.hover.{name}", lang)),
        alt.Tooltip("said:N", title=said),
    ]


def spans(
    rows: pd.DataFrame, palette: Palette, y: alt.Y, hints: list[alt.Tooltip]
) -> list[alt.Chart]:
    """A line from low to high with an end at each, where there are both."""
    base = alt.Chart(rows.dropna(subset=["low", "high"]))
    color = alt.Color("state:N", scale=_tones(palette), legend=None)
    line = base.mark_rule(strokeWidth=3)
    cap = base.mark_tick(thickness=1.5, size=8, orient="vertical", opacity=1)
    return [
        encoded(line, y=y, x="low:Q", x2="high:Q", color=color, tooltip=hints),
        encoded(cap, y=y, x="low:Q", color=color),
        encoded(cap, y=y, x="high:Q", color=color),
    ]


def discs(
    rows: pd.DataFrame, palette: Palette, x: alt.X, y: alt.Y, hints: list[alt.Tooltip]
) -> list[alt.Chart]:
    """A disc a row: filled above the line, half in the zone, hollow below."""
    scale, base = _tones(palette), alt.Chart(rows)
    color = alt.Color("state:N", scale=scale, legend=None)
    stroke = alt.Stroke("state:N", scale=scale, legend=None)
    ring = base.mark_point(size=100, fill=palette.bg, strokeWidth=2, opacity=1)
    half = base.transform_filter("datum.state == 'zone'").mark_point(
        shape=HALF_DISC, size=110, filled=True, opacity=1, color=palette.wait
    )
    full = base.transform_filter("datum.state == 'above'").mark_point(
        size=120, filled=True, opacity=1
    )
    return [
        encoded(ring, y=y, x=x, stroke=stroke, tooltip=hints),
        encoded(half, y=y, x=x, tooltip=hints),
        encoded(full, y=y, x=x, color=color, tooltip=hints),
    ]


def _tones(palette: Palette) -> alt.Scale:
    tones = {"above": palette.pri, "zone": palette.wait, "below": palette.mute}
    return alt.Scale(domain=list(tones), range=list(tones.values()))
