"""The caterpillar chart: each judge's severity with its 95% interval."""

from typing import Literal

import altair as alt
import pandas as pd

from charts.palette import LIGHT, Palette
from charts.style import configured, heading, layered, require
from words import t

ROW = 34
LABELS, VALUES, WIDTH = 80, 120, 390
FIGURE_AT = WIDTH + VALUES


def caterpillar(
    judges: pd.DataFrame, lang: str, palette: Palette = LIGHT, *, band: float = 1.0
) -> alt.LayerChart:
    """Draw severity with its 95% interval per judge, from severe to lenient.

    Parameters
    ----------
    judges
        Columns label (by number, never by name), severity, low, high (points; negative is
        severe; NaN where too few sheets), sheets.
    band
        Points either side of 0 without practical meaning; discs are filled only where the whole
        interval lies outside.
    """
    require(judges, ["label", "severity", "low", "high", "sheets"])
    shown = judges.sort_values(["severity", "label"], kind="stable").assign(
        clear=lambda f: (f["low"] > band) | (f["high"] < -band),
        value=lambda f: _values(f, lang),
    )
    reach = max(band + 1, float(shown[["low", "high"]].abs().max().max(skipna=True)))
    x = alt.X(
        "severity:Q",
        scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(
            orient="top",
            tickCount=5,
            tickMinStep=1,
            labelColor=palette.mute,
            labelExpr="datum.value == 0 ? '0' : format(datum.value, '+')",
        ),
    )
    title = finding(shown, lang)
    how = [t("charts.caterpillar.how", lang, band=f"{band:g}"), t("charts.caterpillar.who", lang)]
    layers = [*_ground(band, palette), *_directions(lang, palette), *_marks(shown, x, palette)]
    chart = layered(*layers).properties(
        width=WIDTH,
        height=ROW * len(shown),
        description=title,
        title=heading(title, how, palette),
    )
    return configured(chart, palette)


def finding(shown: pd.DataFrame, lang: str) -> str:
    """Return the title: the two clearest judges at each end, or that there are none."""
    clear = shown[shown["clear"]]
    severe = list(clear.loc[clear["severity"] < 0, "label"].head(2))
    lenient = list(clear.loc[clear["severity"] > 0, "label"].tail(2))[::-1]
    ends = [("severe", severe), ("lenient", lenient)]
    clauses = [
        t(f"charts.caterpillar.{end}", lang, judges=t("charts.list", lang).join(labels))
        for end, labels in ends
        if labels
    ]
    if not clauses:
        return t("charts.caterpillar.title_none", lang)
    return t("charts.caterpillar.title", lang, found=t("charts.clause", lang).join(clauses))


def _values(judges: pd.DataFrame, lang: str) -> list[str]:
    texts = []
    for severity, sheets in judges[["severity", "sheets"]].itertuples(index=False):
        key, number = "too_few", ""
        if pd.notna(severity):
            key, number = "value", _signed(severity)
        texts.append(t(f"charts.caterpillar.{key}", lang, value=number, sheets=int(sheets)))
    return texts


def _ground(band: float, palette: Palette) -> list[alt.Chart]:
    edges = alt.Chart(pd.DataFrame({"from": [-band], "to": [band]}))
    zero = alt.Chart(pd.DataFrame({"zero": [0]}))
    return [
        edges.mark_rect(color=palette.soft).encode(x="from:Q", x2="to:Q"),
        zero.mark_rule(strokeWidth=2, color=palette.ink).encode(x="zero:Q"),
    ]


def _directions(lang: str, palette: Palette) -> list[alt.Chart]:
    places: list[tuple[str, int, Literal["left", "right"]]] = [
        ("severe_end", 0, "left"),
        ("lenient_end", WIDTH, "right"),
    ]
    texts = [
        alt.Chart(pd.DataFrame({"end": [t(f"charts.caterpillar.{key}", lang)]}))
        .mark_text(align=align, fontSize=14, color=palette.ink)
        .encode(x=alt.value(at), y=alt.value(-40), text="end:N")
        for key, at, align in places
    ]
    unit = alt.Chart(pd.DataFrame({"end": [t("charts.caterpillar.unit", lang)]}))
    quiet = unit.mark_text(align="right", color=palette.mute)
    return [*texts, quiet.encode(x=alt.value(FIGURE_AT), y=alt.value(-14), text="end:N")]


def _marks(shown: pd.DataFrame, x: alt.X, palette: Palette) -> list[alt.Chart]:
    y = alt.Y("label:N", sort=list(shown["label"]), scale=alt.Scale(padding=0))
    y = y.axis(labels=False)
    base = alt.Chart(shown)
    known = alt.Chart(shown.dropna(subset=["severity", "low", "high"]))
    marks: list[alt.Chart] = []
    for clear, tone in ((False, palette.mute), (True, palette.pri)):
        only = f"datum.clear == {str(clear).lower()}"
        words = base.transform_filter(only).mark_text(
            fontSize=14, fontWeight="bold" if clear else "normal", align="right"
        )
        rule = known.transform_filter(only).mark_rule(strokeWidth=3, color=tone)
        point = known.transform_filter(only).mark_point(
            size=130, opacity=1, strokeWidth=2, stroke=tone, fill=tone if clear else palette.bg
        )
        marks += [
            words.encode(y=y, x=alt.value(-24), text="label:N"),
            words.encode(y=y, x=alt.value(FIGURE_AT), text="value:N"),
            rule.encode(y=y, x="low:Q", x2="high:Q"),
            point.encode(y=y, x=x),
        ]
    return marks


def _signed(value: float) -> str:
    """A number with a true minus sign; one that rounds to 0 has no sign."""
    text = f"{value:+.2f}"
    return text[1:] if float(text) == 0 else text.replace("-", "\N{MINUS SIGN}")
