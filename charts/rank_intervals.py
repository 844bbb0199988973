"""The chart of rank intervals: the plausible ranks of each entrant, and the cut."""

from typing import Any

import altair as alt
import pandas as pd

from charts.channels import encoded
from charts.marks import discs, hover, label_room, row, spans, zone_ground
from charts.palette import LIGHT, Palette
from charts.style import configured, heading, layered, plate, require
from words import t

ROW = 29
"""Pixels a row: equal to the standings table, so that the two can stand side by side."""

HEAD = 51
"""Pixels above the first row where ``bare``: the height of that table's head."""

LABELS, RIGHT = 112, 16
"""Pixels beside the plot: for the rows' names, at least, and at its right."""

NARROWEST = 84
"""A plot beside a table gives room to the names, but no more than leaves it this wide."""

ROOM = 72
"""Pixels right of the interval that the zone's name needs; without, the rows' ground says it."""


def rank_intervals(
    rows: pd.DataFrame,
    lang: str,
    palette: Palette = LIGHT,
    *,
    top: int,
    line: str = "advancing",
    bare: bool = False,
    width: int = 244,
) -> alt.LayerChart:
    """Draw rank and rank interval per entrant, in the order given.

    Parameters
    ----------
    rows
        Columns label (unique), rank, low, high, state (above, zone, below).
    top
        Seats N; the cut is drawn at N + .5.
    line
        ``advancing`` or ``final``: how the cut is named.
    bare
        Without a title, level with the rows of the standings table beside it.
    width
        Pixels of the plot, without the labels.
    """
    require(rows, ["label", "rank", "low", "high", "state"])
    last = int(max(rows["high"].max(), top + 1))
    labels = label_room(rows, LABELS)
    if bare:
        width = max(NARROWEST, width - (labels - LABELS))
    x = alt.X("rank:Q", title=None, scale=alt.Scale(domain=[1, last + 1], nice=False))
    x = x.axis(orient="top", values=_ticks(last), format="d", grid=False, labelColor=palette.mute)
    shown, y = rows.assign(**_said(rows, lang)), row(rows, palette)
    hints = hover(lang, t("charts.rank_intervals.hover", lang))
    layers: list[alt.Chart | alt.LayerChart] = [
        *zone_ground(rows, palette, -labels, width + RIGHT),
        _grid(_ticks(last), palette),
        *_zone_name(rows, lang, palette, width, last),
        _cut_rule(top, palette),
        *spans(shown, palette, y, hints),
        *discs(shown, palette, x, y, hints),
        plate(
            t(f"charts.line_{line}", lang, top=top),
            palette,
            x=alt.XDatum(top + 0.5),
            y=alt.value(-34),
            width=88,
        ),
    ]
    title = t("charts.rank_intervals.title", lang, crossing=crossing(rows, top), entrants=len(rows))
    about: dict[str, Any] = {"width": width, "height": ROW * len(rows), "description": title}
    if bare:
        about["autosize"] = alt.AutoSizeParams(type="none")
        about["padding"] = {"left": labels, "right": RIGHT, "top": HEAD, "bottom": 8}
    else:
        how = [t("charts.rank_intervals.how", lang), t("charts.rank_intervals.shapes", lang)]
        about["title"] = heading(title, how, palette)
    return configured(layered(*layers, **about), palette)


def crossing(rows: pd.DataFrame, top: int) -> int:
    """Count the entrants whose interval lies on both sides of the cut."""
    return int(((rows["low"] <= top) & (rows["high"] > top)).sum())


def _said(rows: pd.DataFrame, lang: str) -> dict[str, list[str]]:
    """What hovering says of each row: the village, with its place where it is given."""
    places = rows["place"] if "place" in rows else [""] * len(rows)
    return {
        "who": [
            f"{who} {place}".rstrip() for who, place in zip(rows["label"], places, strict=True)
        ],
        "said": [
            t("charts.rank_intervals.said", lang, rank=rank, low=low, high=high)
            for rank, low, high in rows[["rank", "low", "high"]].itertuples(index=False)
        ],
    }


def _ticks(last: int) -> list[int]:
    step = 1 if last <= 8 else 5 if last <= 60 else 50 if last <= 600 else 500
    return sorted({1, *range(step, last + 1, step)})


def _grid(ticks: list[int], palette: Palette) -> alt.Chart:
    rule = alt.Chart(pd.DataFrame({"tick": ticks})).mark_rule(color=palette.line)
    return encoded(rule, x="tick:Q")


def _cut_rule(top: int, palette: Palette) -> alt.Chart:
    cut = alt.Chart(pd.DataFrame({"cut": [top + 0.5]}))
    rule = cut.mark_rule(strokeWidth=2, color=palette.ink)
    return encoded(rule, x="cut:Q", y=alt.value(-24), y2=alt.value("height"))


def _zone_name(
    rows: pd.DataFrame, lang: str, palette: Palette, width: int, last: int
) -> list[alt.Chart]:
    """Name the zone in its first row, over a halo so that grid lines do not cross the words."""
    first = rows.loc[rows["state"] == "zone", ["label", "high"]].head(1)
    if first.empty or width * (1 - (first["high"].iloc[0] - 1) / last) + RIGHT < ROOM:
        return []
    words = alt.Chart(first[["label"]].assign(name=t("charts.zone", lang)))
    y, x = row(rows, palette), alt.value(width + RIGHT - 8)
    halo = words.mark_text(align="right", fontWeight=600, stroke=palette.waittint, strokeWidth=6)
    name = words.mark_text(align="right", fontWeight=600, color=palette.wait)
    return [encoded(one, y=y, x=x, text="name:N") for one in (halo, name)]
