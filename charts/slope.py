"""The slope chart: announced rank on the left, adjusted on the right."""

from typing import Literal

import altair as alt
import pandas as pd

from charts.channels import encoded
from charts.palette import LIGHT, Palette
from charts.style import configured, heading, layered, plate, require
from words import t

ROW = 24
WIDTH, LABELS = 172, 216
GAP = "\N{EM SPACE}"
"""Between rank and label: plain spaces collapse in a picture."""

BELOW = 4
"""Ranks shown below the cut where nothing changes."""


def slope(
    entrants: pd.DataFrame,
    lang: str,
    palette: Palette = LIGHT,
    *,
    top: int,
    line: str = "advancing",
) -> alt.LayerChart:
    """Draw both ranks of the entrants around the cut; only changed places are strong.

    Parameters
    ----------
    entrants
        Columns label, before (announced rank), after (adjusted rank), before_tied, after_tied,
        selected_before, selected_after. Entrants without both ranks are left out.
    top
        Seats N; one line across both sides at N + .5.
    """
    columns = ["before", "after", "before_tied", "after_tied", "selected_before", "selected_after"]
    require(entrants, ["label", *columns])
    placed = _placed(entrants.dropna(subset=["before", "after"]), lang)
    near = placed[["before", "after"]].min(axis=1) <= top + BELOW
    shown = placed[near | (placed["kind"] != "same")]
    last = float(max(shown["left"].max(), shown["right"].max(), top + 1))
    y = alt.Y("left:Q", scale=alt.Scale(domain=[0.5, last + 0.5], reverse=True, nice=False))
    y = y.axis(None)
    announced = t(f"results.score.{'judges_mean' if line == 'advancing' else 'announced'}", lang)
    gained = int((placed["kind"] == "gained").sum())
    title = t("charts.slope.title", lang, announced=announced, seats=gained)
    how = [t("charts.slope.how", lang, announced=announced), t("charts.slope.lines", lang)]
    layers = [
        *_cut(top, lang, palette, line),
        *_heads(lang, palette, announced),
        *_lines(shown, y, palette),
        *_labels(shown),
    ]
    chart = layered(
        *layers,
        width=WIDTH,
        height=ROW * last,
        description=title,
        title=heading(title, how, palette),
    )
    return configured(chart, palette)


def _placed(entrants: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Add places (ties spread by one step), kind of change, and the text of both labels."""
    spread = {
        side: entrants.sort_values([rank, other], kind="stable")[rank]
        .rank(method="first")
        .reindex(entrants.index)
        for side, rank, other in (("left", "before", "after"), ("right", "after", "before"))
    }
    # Ranks have gaps where entrants were left out: a step stays inside its tie.
    for side, rank in (("left", "before"), ("right", "after")):
        first = spread[side].groupby(entrants[rank]).transform("min")
        spread[side] = entrants[rank] + spread[side] - first
    gained = entrants["selected_after"].astype(bool) & ~entrants["selected_before"].astype(bool)
    lost = entrants["selected_before"].astype(bool) & ~entrants["selected_after"].astype(bool)
    kind = pd.Series("same", index=entrants.index).mask(gained, "gained").mask(lost, "lost")
    placed = entrants.assign(**spread, kind=kind)
    return placed.assign(
        left_label=_texts(placed, "before", lang), right_label=_texts(placed, "after", lang)
    )


def _texts(placed: pd.DataFrame, rank: Literal["before", "after"], lang: str) -> list[str]:
    texts = []
    for row in placed.to_dict("records"):
        key = "tied" if row[f"{rank}_tied"] else "rank"
        number = t(f"charts.slope.{key}", lang, rank=int(row[rank]))
        if rank == "before":
            texts.append(f"{row['label']}{GAP}{number}")
        else:
            change = "" if row["kind"] == "same" else GAP + t(f"charts.slope.{row['kind']}", lang)
            texts.append(f"{number}{GAP}{row['label']}{change}")
    return texts


def _cut(top: int, lang: str, palette: Palette, line: str) -> list[alt.Chart | alt.LayerChart]:
    at = alt.YDatum(top + 0.5)
    rule = alt.Chart(pd.DataFrame({"cut": [top + 0.5]})).mark_rule(strokeWidth=2, color=palette.ink)
    name = t(f"charts.line_{line}", lang, top=top)
    left, right = alt.value(-LABELS), alt.value(WIDTH + LABELS)
    return [
        encoded(rule, y="cut:Q", x=left, x2=right),
        plate(name, palette, x=alt.value(-LABELS + 40), y=at, width=80),
    ]


def _heads(lang: str, palette: Palette, announced: str) -> list[alt.Chart]:
    sides: list[tuple[str, int, Literal["left", "right"]]] = [
        ("before", -10, "right"),
        ("after", WIDTH + 10, "left"),
    ]
    return [
        encoded(
            alt.Chart(
                pd.DataFrame({"head": [t(f"charts.slope.{key}", lang, announced=announced)]})
            ).mark_text(align=align, fontSize=14, fontWeight=700, color=palette.ink),
            x=alt.value(at),
            y=alt.value(-14),
            text="head:N",
        )
        for key, at, align in sides
    ]


def _lines(shown: pd.DataFrame, y: alt.Y, palette: Palette) -> list[alt.Chart]:
    looks: dict[str, tuple[str, float, list[float]]] = {
        "same": (palette.edge, 1.5, [1, 0]),
        "lost": (palette.ink, 3, [6, 4]),
        "gained": (palette.pri, 3, [1, 0]),
    }
    marks = []
    for kind, (tone, thick, dash) in looks.items():
        one = alt.Chart(shown).transform_filter(f"datum.kind == '{kind}'")
        line = one.mark_rule(color=tone, strokeWidth=thick, strokeDash=dash)
        dot = one.mark_point(filled=True, opacity=1, size=64, color=tone)
        marks += [
            encoded(line, x=alt.value(0), x2=alt.value(WIDTH), y=y, y2="right:Q"),
            encoded(dot, x=alt.value(0), y=y),
            encoded(dot, x=alt.value(WIDTH), y="right:Q"),
        ]
    return marks


def _labels(shown: pd.DataFrame) -> list[alt.Chart]:
    marks = []
    strengths: list[tuple[str, Literal["normal", "bold"]]] = [
        ("datum.kind == 'same'", "normal"),
        ("datum.kind != 'same'", "bold"),
    ]
    for only, weight in strengths:
        one = alt.Chart(shown).transform_filter(only)
        left = one.mark_text(align="right", fontWeight=weight)
        right = one.mark_text(align="left", fontWeight=weight)
        marks += [
            encoded(left, x=alt.value(-10), y="left:Q", text="left_label:N"),
            encoded(right, x=alt.value(WIDTH + 10), y="right:Q", text="right_label:N"),
        ]
    return marks
