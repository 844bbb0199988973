"""Parts of the sheet that are only read: rows, state line, own totals as ticks."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor

import streamlit as st

from competition.marks.marking import Line, SheetView
from competition.results.typed_in_words import came_word
from competition.saying import Sayable, sentence, way_out
from judges.desk import Desk
from ui.html import Markup, element, join
from ui.icons import icon, state_label
from words import t

STATE_ICONS = {
    "not_begun": "not_begun",
    "marking": "marking",
    "submitted": "submitted",
    "locked": "locked",
    "reopened": "marking",
    "recused": "recused",
    "absent": "absent",
    "withdrawn": "stage_withdrawn",
}


def work_state(state: str, lang: str, *, detail: object = "") -> Markup:
    """Icon and word of a sheet's state, as it is called to its judge."""
    word = t(f"judges.state.{state}", lang)
    return state_label(STATE_ICONS[state], lang, word=word, detail=detail)


def where_of(entrant: dict[str, object]) -> str:
    """County of an entrant, and its township unless that is its name."""
    within = entrant["township"] if entrant["village"] else ""
    return f"{entrant['county']} {within}".strip()


def number_of(entrant: dict[str, object], lang: str) -> str:
    """12号; 012号 where that is all a judge is told."""
    number = entrant["number"]
    if not number:
        return ""
    shown = number if entrant["county"] else f"{number:03d}"
    return t("judges.number", lang, number=shown)


def name_of(entrant: dict[str, object], lang: str) -> str:
    """What an entrant is called: its village, else its township, else its plan's title.

    In a blind round it is called nothing, and that is said.
    """
    name = entrant["village"] or entrant["township"] or entrant["title"]
    return str(name) if entrant["county"] else t("judges.unnamed", lang)


def state_line(desk: Desk, view: SheetView) -> Markup:
    """What the server holds of this sheet: the only place that says saved."""
    echo, lang = view.echo, desk.lang
    when = t("judges.sheet.saved_at", lang, time=desk.clock(echo["saved_at"]))
    count = f"{echo['saved']}/{echo['of']}"
    if view.state in ("submitted", "locked"):
        since = echo["submitted_at"] if view.state == "submitted" else echo["locked_at"]
        when = t("judges.sheet.since", lang, time=desk.clock(since)) if since else ""
        shown = work_state(view.state, lang)
    elif view.state == "reopened":
        shown, when = work_state("reopened", lang), t("judges.sheet.reopened_note", lang)
    elif view.state in ("recused", "absent", "withdrawn"):
        shown, when = work_state(view.state, lang), ""
    elif echo["saved"]:
        shown = state_label("saved", lang, detail=count)
    else:
        shown, when = state_label("not_begun", lang, detail=count), ""
    said = element("span", when, cls="a-mute")
    return element("div", shown, came_tag(echo["came"], lang), said, cls="j-state", role="status")


def came_tag(came: str, lang: str) -> Markup:
    """补录 or 代录 on a sheet that was typed in for its judge; nothing on others."""
    return element("span", came_word(came, lang), cls="a-tag") if came else Markup()


def line_head(line: Line, lang: str) -> Markup:
    """A criterion with its maximum, its step and what to look for."""
    size = element("b", t("judges.sheet.maximum", lang, points=line.maximum))
    step = element("span", t("judges.sheet.step", lang, step=line.step))
    head = element(
        "div", element("h2", line.name), element("div", size, step, cls="j-size"), cls="j-q"
    )
    return head + element("p", line.points, cls="j-points")


def anchor_texts(line: Line, chosen: int | None) -> Markup:
    """The text of the chosen anchor; of every anchor while none is chosen."""
    shown = line.anchors if chosen is None else (line.anchors[chosen],)
    rows = [
        element(
            "div",
            element("b", anchor.level),
            element("span", f"{anchor.low}–{anchor.high}", cls="a-nb")
            if chosen is None and line.keys
            else "",
            element("span", anchor.text),
        )
        for anchor in shown
    ]
    return element("div", *rows, cls="j-anchors")


def line_value(line: Line, lang: str, *, is_open: bool) -> Markup:
    """The mark at the right of a criterion's row: a figure and a tick, or a word and a ring."""
    if line.value is None:
        word = t("judges.sheet.open_now" if is_open else "judges.sheet.unmarked", lang)
        return element("div", element("span", word), icon("not_begun", 22), cls="j-val j-none")
    shown = element("b", line.value)
    done = element("span", icon("saved", 22), cls="a-ok")
    return element("div", shown, done, cls="j-val")


def line_row(line: Line, lang: str) -> Markup:
    """A criterion and its mark to read, where nothing can be changed."""
    name = element("div", line.name, element("small", line.maximum), cls="j-name")
    value = "" if line.value is None else line_value(line, lang, is_open=False)
    return element("div", name, value, cls="j-row")


def subtotal(view: SheetView, lang: str) -> Markup:
    """The judge's own sum so far, beside the maxima of what is marked."""
    marked = len(view.lines) - view.left
    if not marked:
        word, of = t("judges.sheet.none_marked", lang), view.maximum
    elif not view.left:
        word, of = t("judges.sheet.total", lang), view.maximum
    else:
        word, of = t("judges.sheet.subtotal", lang, count=marked), view.out_of
    small = element("small", t("judges.sheet.of", lang, maximum=of))
    figure = element("b", view.subtotal, small) if marked else ""
    return element("div", element("span", word, cls="a-mute"), figure, cls="j-sum")


def ticks(totals: Sequence[tuple[int, str]], lang: str) -> Markup:
    """The judge's own totals on a line: lowest, latest and highest named, nobody else's."""
    label = element(
        "div",
        element("span", t("judges.sheet.own_totals", lang)),
        element(
            "span",
            t("judges.sheet.own_count", lang, count=len(totals))
            if totals
            else t("judges.sheet.own_none", lang),
            cls="a-mute",
        ),
        cls="j-ticks-label",
    )
    if not totals:
        return element("div", label, cls="j-ticks")
    values = {number: Decimal(total) for number, total in totals}
    low, high = min(values, key=values.__getitem__), max(values, key=values.__getitem__)
    scale = _Scale(values[low], values[high])
    named = {low: "low", high: "high"} | {totals[-1][0]: "last"}
    marks = [
        element("i", style=f"left:{scale.at(value)}%", cls="j-tick") for value in values.values()
    ]
    names = _names(named, values, scale, lang)
    axis = [
        element("small", str(value), style=f"left:{scale.at(Decimal(value))}%")
        for value in scale.labels
    ]
    words = t(
        "judges.sheet.own_words",
        lang,
        count=len(totals),
        low=str(values[low]),
        high=str(values[high]),
    )
    line = element("div", *names, *marks, *axis, cls="j-axis", role="img", aria_label=words)
    return element("div", label, line, cls="j-ticks")


def _names(
    named: dict[int, str], values: dict[int, Decimal], scale: "_Scale", lang: str
) -> list[Markup]:
    """Names over ticks; one that would run into another is left out."""
    kept: list[tuple[float, int]] = []
    for number in sorted(named, key=lambda n: ("low", "high", "last").index(named[n])):
        where = scale.at(values[number])
        if all(abs(where - other) >= NAME_WIDTH for other, _ in kept):
            kept.append((where, number))
    return [
        element("em", t("judges.number", lang, number=number), style=f"left:{where}%")
        for where, number in kept
    ]


NAME_WIDTH = 16
"""Percent of the line that a name over a tick takes."""


class _Scale:
    """A line from a multiple of five to another, as percent from its left end."""

    def __init__(self, low: Decimal, high: Decimal) -> None:
        self.low, self.high = floor(low / 5) * 5, ceil(high / 5) * 5
        if self.high == self.low:
            self.high += 5
        inner = range(self.low, self.high + 1, 5 if self.high - self.low <= 20 else 10)
        self.labels = list(inner)

    def at(self, value: Decimal) -> float:
        return round(float((value - self.low) / (self.high - self.low)) * 100, 2)


def trouble(error: Sayable | None, lang: str) -> None:
    """Say at the field why nothing was saved and what clears it; nothing if all is well."""
    if error is None:
        return
    lines = [line for line in (sentence(error, lang), way_out(error, lang)) if line]
    head = state_label("attention", lang, word=t("judges.sheet.nothing_saved_now", lang))
    body = element("p", join(lines, " "))
    st.html(element("div", head, body, cls="j-trouble", role="alert"))
