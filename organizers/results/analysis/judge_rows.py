"""A judges report as its chart and its table take it."""

import math
from collections.abc import Sequence
from typing import Literal

import pandas as pd

from charts.caterpillar import Of
from competition.results.judges_report import Home, JudgeLine, JudgesReport
from organizers import naming
from ui.html import Markup, element, join, unbroken
from ui.standings_row import figure
from words import t

Align = Literal["left", "right", "center"]
TEN = 10
"""Positions over which a drift is printed."""
FIGURES = ("n", "severity", "scale", "noise", "correlation", "home", "drift", "effect")


def figures(report: JudgesReport, lang: str) -> dict[Of, pd.DataFrame]:
    """Rows of each chart that any judge has a figure for: severity, home difference, drift."""
    rows: dict[Of, list[dict[str, object]]] = {"severity": [], "home": [], "drift": []}
    for line in report.lines:
        name = naming.seat(line.seat, lang)
        home, drift = line.home, (line.drift, line.drift_low, line.drift_high)
        spans: dict[Of, tuple[int, Sequence[float]]] = {
            "severity": (line.n, (line.severity, line.low, line.high)),
            "home": (home.n, (home.difference, home.low, home.high)),
            "drift": (line.n, [TEN * one for one in drift]),
        }
        for of, (sheets, (value, low, high)) in spans.items():
            if of == "severity" or not math.isnan(value):
                one = {"label": name, "estimate": value, "low": low, "high": high, "sheets": sheets}
                rows[of].append(one)
    frames = {of: pd.DataFrame(some) for of, some in rows.items() if some}
    return {of: frame for of, frame in frames.items() if frame["estimate"].notna().any()}


def table(
    report: JudgesReport, names: dict[int, str], lang: str
) -> tuple[list[tuple[object, Align]], list[Sequence[object]]]:
    """Headings with their alignment, and a row for each judge from strict to lenient."""
    headings: list[tuple[object, Align]] = [(_word("judge", lang), "left")]
    if names:
        headings.append((_word("name", lang), "left"))
    headings += [(_word(key, lang), "right") for key in FIGURES[:-1]]
    headings.append((_word("effect", lang), "left"))
    rows: list[Sequence[object]] = []
    for line in report.lines:
        cells: list[object] = [element("b", naming.seat(line.seat, lang), cls="a-nb")]
        if names:
            cells.append(unbroken(names.get(line.seat, "")))
        rows.append([*cells, *_figures(line, lang)])
    return headings, rows


def _figures(line: JudgeLine, lang: str) -> list[object]:
    few = t("organizers.judges_report.few", lang)
    return [
        str(line.n),
        few
        if math.isnan(line.severity)
        else unbroken(
            join([signed(line.severity), element("small", f" ± {line.severity_se:.2f}")])
        ),
        _plain(line.scale, few),
        _plain(line.noise, few),
        _plain(line.correlation, few),
        _home(line.home, lang),
        _drift(line, lang),
        _effect(line, lang),
    ]


def signed(value: float) -> str:
    """A difference in points with its sign."""
    return figure(value, 2, signed=True)


def _plain(value: float, few: str) -> str:
    return few if math.isnan(value) else figure(value, 2)


def _home(home: Home, lang: str) -> Markup | str:
    def say(key: str, **values: object) -> str:
        return t(f"organizers.judges_report.home_{key}", lang, **values)

    if not home.kind:
        return element("small", say("none"))
    kind = say(home.kind, n=home.n)
    if not home.is_known:
        return element("small", say("few", kind=kind))
    interval = say("interval", low=signed(home.low), high=signed(home.high), kind=kind)
    return join([signed(home.difference), element("small", interval)], " ")


def _drift(line: JudgeLine, lang: str) -> Markup | str:
    if math.isnan(line.drift):
        return t("organizers.judges_report.few", lang)
    low, high = signed(TEN * line.drift_low), signed(TEN * line.drift_high)
    interval = t("organizers.judges_report.drift_interval", lang, low=low, high=high)
    return join([signed(TEN * line.drift), element("small", interval)], " ")


def _effect(line: JudgeLine, lang: str) -> Markup | str:
    def say(key: str, **values: object) -> str:
        return t(f"organizers.judges_report.effect_{key}", lang, **values)

    if line.cannot:
        return say(line.cannot)
    if line.seats is None:
        return say("not_tried")
    if not line.seats:
        return element("span", say("none"), cls="a-mute")
    gained = naming.numbers([one.number for one in line.gained], lang)
    lost = naming.numbers([one.number for one in line.lost], lang)
    who = element("small", say("who", gained=gained, lost=lost))
    return join([say("seats", seats=line.seats), who], " ")


def meanings(lang: str) -> list[Markup]:
    """Each figure in one plain sentence."""
    return [
        element("div", element("dt", _word(key, lang)), element("dd", _word(f"means_{key}", lang)))
        for key in FIGURES[1:]
    ]


def _word(key: str, lang: str) -> str:
    return t(f"organizers.judges_report.{key}", lang)
