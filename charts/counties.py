"""Counties coloured by a measure in five steps of one blue: as tiles, or as simplified outlines.

Lightness alone tells the steps apart, and each county says its figure, so that no colour is
needed to read either; a copier keeps them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from charts.channels import encoded
from charts.palette import LIGHT, Palette
from charts.style import configured, heading, layered, require

TILE, TALL = 150, 92
"""Width and height of a tile."""
WIDTH, HEIGHT = 760, 560
MIX = (0.08, 0.24, 0.42, 0.84, 1.0)
"""The share of blue in each step."""
LIGHT_TEXT_FROM = 3
"""The first step that is too dark for dark text."""
COLUMNS = ["code", "county", "step", "value", "detail"]


def steps(palette: Palette) -> list[str]:
    """The colours of the five steps, from the ground to the blue."""
    ground, blue = _channels(palette.bg), _channels(palette.pri)
    mixed = [[round(g + (b - g) * part) for g, b in zip(ground, blue, strict=True)] for part in MIX]
    return [f"#{red:02X}{green:02X}{blue_:02X}" for red, green, blue_ in mixed]


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def tiles(
    counties: pd.DataFrame, title: str, lines: Sequence[str], palette: Palette = LIGHT
) -> alt.LayerChart:
    """Draw a tile a county.

    Parameters
    ----------
    counties
        Columns code, county, step (0 to 4), value and detail (texts), row and column.
    title, lines
        The finding, and how to read it.
    """
    require(counties, [*COLUMNS, "row", "column"])
    x = alt.X("column:O", axis=None, scale=alt.Scale(paddingInner=0.06, paddingOuter=0))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.08, paddingOuter=0))
    base = alt.Chart(counties).encode(x=x, y=y)
    ground = base.mark_rect(stroke=palette.line, cornerRadius=6).encode(color=_fill(palette))
    texts = [_text(base, field, dy, size, bold, palette) for field, dy, size, bold in WRITTEN]
    across, down = counties["column"].max() + 1, counties["row"].max() + 1
    chart = layered(ground, *texts, width=int(TILE * across), height=int(TALL * down))
    return _finished(chart, title, lines, palette)


WRITTEN = (("county", -28, 15, 700), ("value", 0, 24, 700), ("detail", 28, 13, 400))
"""What a tile says: column, distance from its middle, size and weight."""


def outlines(
    counties: pd.DataFrame,
    collection: Mapping[str, Any],
    title: str,
    lines: Sequence[str],
    palette: Palette = LIGHT,
) -> alt.LayerChart:
    """Draw the simplified outlines of counties.

    Parameters
    ----------
    counties
        Columns code, county, step (0 to 4), value and detail (texts).
    collection
        GeoJSON; a feature's properties name adcode, lon and lat. Counties that are not among
        ``counties`` stay empty.
    lines
        The first must say that this is a sketch that no authority has examined.
    """
    require(counties, COLUMNS)
    known = counties.set_index("code")
    shapes, names = [], []
    for feature in collection["features"]:
        code, about = feature["properties"]["adcode"], feature["properties"]
        if code in known.index:
            row = {**known.loc[code].to_dict(), "lon": about["lon"], "lat": about["lat"]}
            shapes.append({**feature, "step": int(row["step"])})
            names.append({**row, "step": int(row["step"])})
    flat = alt.Projection(type="identity", reflectY=True)
    drawn = (
        alt.Chart(alt.InlineData(values=shapes))
        .mark_geoshape(stroke=palette.edge, strokeWidth=1)
        .encode(color=_fill(palette))
    )
    at = encoded(alt.Chart(pd.DataFrame(names)), longitude="lon:Q", latitude="lat:Q")
    texts = [
        _text(at, field, dy, size, bold, palette)
        for field, dy, size, bold in (("county", -9, 13, 700), ("value", 9, 14, 700))
    ]
    halos = [
        encoded(
            at.mark_text(dy=dy, fontSize=size, fontWeight=700, strokeWidth=4),
            text=f"{field}:N",
            stroke=_stroke(palette),
        )
        for field, dy, size in (("county", -9, 13), ("value", 9, 14))
    ]
    chart = layered(drawn, *halos, *texts, projection=flat, width=WIDTH, height=HEIGHT)
    return _finished(chart, title, lines, palette)


def _fill(palette: Palette) -> alt.Color:
    scale = alt.Scale(domain=list(range(len(MIX))), range=steps(palette))
    return alt.Color("step:O", scale=scale, legend=None)


def _stroke(palette: Palette) -> alt.Stroke:
    """The ground's colour around a name that reaches over its county's edge."""
    scale = alt.Scale(domain=list(range(len(MIX))), range=steps(palette))
    return alt.Stroke("step:O", scale=scale, legend=None)


def _text(
    at: alt.Chart, field: str, dy: int, size: int, weight: Any, palette: Palette
) -> alt.Chart:
    """A text of each county, light on a dark ground."""
    colour = alt.condition(
        f"datum.step >= {LIGHT_TEXT_FROM}", alt.value(palette.bg), alt.value(palette.ink)
    )
    mark = at.mark_text(dy=dy, fontSize=size, fontWeight=weight)
    return encoded(mark, text=f"{field}:N", color=colour)


def _finished(
    chart: alt.LayerChart, title: str, lines: Sequence[str], palette: Palette
) -> alt.LayerChart:
    chart.description, chart.title = title, heading(title, lines, palette)
    return configured(chart, palette)
