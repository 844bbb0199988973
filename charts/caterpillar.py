"""The caterpillar chart: a figure of each judge with its 95% interval."""

from typing import Literal

import altair as alt
import pandas as pd

from charts.channels import encoded
from charts.palette import LIGHT, Palette
from charts.style import configured, heading, layered, require
from words import t

ROW = 34
WIDTH, VALUES = 390, 120
BY_CHANCE = 0.05
"""Share of 95% intervals that leave out the truth."""
Of = Literal["severity", "home", "drift"]


def caterpillar(
    judges: pd.DataFrame,
    lang: str,
    palette: Palette = LIGHT,
    *,
    of: Of = "severity",
    band: float = 1.0,
    width: int = WIDTH,
) -> alt.LayerChart:
    """Draw a figure with its 95% interval per judge, from the lowest to the highest.

    Parameters
    ----------
    judges
        Columns label (by number, never by name), estimate, low, high (points; NaN where too few
        sheets), sheets.
    of
        The figure: severity (negative is severe), home difference or drift.
    band
        Points either side of 0 without practical meaning; discs are filled only where the whole
        interval lies outside.
    width
        Pixels of the plot.
    """
    require(judges, ["label", "estimate", "low", "high", "sheets"])
    shown = judges.sort_values(["estimate", "label"], kind="stable").assign(
        clear=lambda f: (f["low"].round(2) > band) | (f["high"].round(2) < -band),
        value=lambda f: _values(f, lang),
        said=lambda f: _said(f, lang),
    )
    reach = max(band + 1, float(shown[["low", "high"]].abs().max().max(skipna=True)))
    x = alt.X(
        "estimate:Q",
        scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(
            orient="top",
            tickCount=5,
            tickMinStep=1,
            labelColor=palette.mute,
            labelExpr="datum.value == 0 ? '0' : format(datum.value, '+')",
        ),
    )
    title = finding(shown, lang, of)
    how = [
        t(
            f"charts.caterpillar.{of}.how",
            lang,
            band=f"{band:g}",
            n=len(shown),
            by_chance=f"{BY_CHANCE * len(shown):.1f}",
        ),
        t("charts.caterpillar.who", lang),
    ]
    layers = [
        *_ground(band, palette),
        *_directions(lang, palette, of, width),
        *_marks(shown, x, palette, lang, width),
    ]
    chart = layered(
        *layers,
        width=width,
        height=ROW * len(shown),
        description=title,
        title=heading(title, how, palette),
    )
    return configured(chart, palette)


def finding(shown: pd.DataFrame, lang: str, of: Of = "severity") -> str:
    """Return the title: the two clearest judges at each end, or that none is shown to differ."""
    clear = shown[shown["clear"]]
    lowest = list(clear.loc[clear["estimate"] < 0, "label"].head(2))
    highest = list(clear.loc[clear["estimate"] > 0, "label"].tail(2))[::-1]
    ends = [("lowest", lowest), ("highest", highest)]
    clauses = [
        t(f"charts.caterpillar.{of}.{end}", lang, judges=t("charts.list", lang).join(labels))
        for end, labels in ends
        if labels
    ]
    if not clauses:
        return t(f"charts.caterpillar.{of}.none", lang)
    return t(f"charts.caterpillar.{of}.title", lang, found=t("charts.clause", lang).join(clauses))


def _values(judges: pd.DataFrame, lang: str) -> list[str]:
    texts = []
    for estimate, sheets in judges[["estimate", "sheets"]].itertuples(index=False):
        key, number = "too_few", ""
        if pd.notna(estimate):
            key, number = "value", _signed(estimate)
        texts.append(t(f"charts.caterpillar.{key}", lang, value=number, sheets=int(sheets)))
    return texts


def _said(judges: pd.DataFrame, lang: str) -> list[str]:
    """What hovering says: the estimate and its interval."""
    return [
        t(
            "charts.caterpillar.said",
            lang,
            value=_signed(value),
            low=_signed(low),
            high=_signed(high),
        )
        for value, low, high in judges[["estimate", "low", "high"]].itertuples(index=False)
    ]


def _ground(band: float, palette: Palette) -> list[alt.Chart]:
    edges = alt.Chart(pd.DataFrame({"from": [-band], "to": [band]}))
    zero = alt.Chart(pd.DataFrame({"zero": [0]}))
    ground = encoded(edges.mark_rect(color=palette.soft), x="from:Q", x2="to:Q")
    rule = encoded(zero.mark_rule(strokeWidth=2, color=palette.ink), x="zero:Q")
    return [ground, rule] if band else [rule]


def _directions(lang: str, palette: Palette, of: Of, width: int) -> list[alt.Chart]:
    places: list[tuple[str, int, Literal["left", "right"]]] = [
        ("low_end", 0, "left"),
        ("high_end", width, "right"),
    ]
    texts = [
        encoded(
            alt.Chart(pd.DataFrame({"end": [t(f"charts.caterpillar.{of}.{key}", lang)]})).mark_text(
                align=align, fontSize=14, color=palette.ink
            ),
            x=alt.value(at),
            y=alt.value(-40),
            text="end:N",
        )
        for key, at, align in places
    ]
    unit = alt.Chart(pd.DataFrame({"end": [t(f"charts.caterpillar.{of}.unit", lang)]}))
    quiet = unit.mark_text(align="right", color=palette.mute)
    return [*texts, encoded(quiet, x=alt.value(width + VALUES), y=alt.value(-14), text="end:N")]


def _marks(
    shown: pd.DataFrame, x: alt.X, palette: Palette, lang: str, width: int
) -> list[alt.Chart]:
    y = alt.Y("label:N", sort=list(shown["label"]), scale=alt.Scale(padding=0))
    y = y.axis(labels=False)
    base = alt.Chart(shown)
    known = alt.Chart(shown.dropna(subset=["estimate", "low", "high"]))
    hints = [
        alt.Tooltip("label:N", title=t("charts.hover.judge", lang)),
        alt.Tooltip("said:N", title=t("charts.caterpillar.hover", lang)),
    ]
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
            encoded(words, y=y, x=alt.value(-24), text="label:N"),
            encoded(words, y=y, x=alt.value(width + VALUES), text="value:N"),
            encoded(rule, y=y, x="low:Q", x2="high:Q", tooltip=hints),
            encoded(point, y=y, x=x, tooltip=hints),
        ]
    return marks


def _signed(value: float) -> str:
    """A number with a true minus sign; one that rounds to 0 has no sign."""
    text = f"{value:+.2f}"
    return text[1:] if float(text) == 0 else text.replace("-", "\N{MINUS SIGN}")
