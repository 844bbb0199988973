"""The panels of 一屏 on what must be acted on: overdue, changed in a week, dispatches."""

import re

from competition.programme.overview import CountyFigures, Overview
from overview import figures
from overview.choice import link
from overview.screen_parts import late_villages, spell
from overview.states import letter_state
from ui.access import Visit, saying
from ui.html import Markup, card, element, join
from ui.icons import state_label
from ui.tables import Column, list_table
from words import t

_say = saying("overview.screen")
PARTS = "overview.screen"
CLAUSE = re.compile("[\uff0c\u3002\uff1b,;]")
"""Where the first clause of a reason ends; the whole stands on the dispatch."""
CHANGED = ("filed", "finished", "reviewed", "special", "people", "needs", "met", "overdue")
MOST_MOVED = 3


def overdue(now: Visit, view: Overview) -> Markup:
    """Counties whose villages wait at a step that is overdue."""
    rows = [
        (
            element("b", one.county),
            _say(now, "step", number=one.step),
            late_villages(one),
            figures.nb_day(one.due_on),
            figures.said(
                now.lang,
                f"{PARTS}.days",
                count=figures.marked(one.days_late, "days_late", one.step),
            ),
        )
        for one in view.overdue
    ]
    columns = [
        Column(_say(now, "county")),
        Column(_say(now, "at_step")),
        Column(_say(now, "villages"), "right"),
        Column(_say(now, "due"), "right"),
        Column(_say(now, "longest"), "right"),
    ]
    count, _, _ = figures.of_measure("overdue", view.total.figures["overdue"], "")
    counties = figures.marked(len({one.code for one in view.overdue}), "late_counties")
    head = figures.said(now.lang, f"{PARTS}.overdue", count=count, counties=counties)
    title = (
        state_label("attention", now.lang, word=element("span", head))
        if view.overdue
        else _say(now, "no_overdue")
    )
    table = list_table(columns, rows, now.lang) if rows else ""
    return card(title, table, note=figures.about(now, "overdue", view))


def week(now: Visit, view: Overview) -> Markup:
    """What changed since a week before, by measure, with the counties that moved most."""
    rows = []
    for key in CHANGED:
        moved = [one for one in view.counties if one.figures[key].change]
        moved.sort(key=lambda one: (-one.figures[key].change, one.county))
        names = join(
            (_moved(one, key) for one in moved[:MOST_MOVED]),
            t("list.between", now.lang),
        )
        change = figures.of_measure(key, view.total.figures[key], "")[2]
        rows.append((element("b", t(f"programme.measure.{key}", now.lang)), change, names))
    if view.idle:
        names = Markup(t("list.between", now.lang)).join(view.idle)
        rows.append(
            (element("b", _say(now, "idle")), figures.marked(len(view.idle), "idle"), names)
        )
    columns = [Column(_say(now, "measure")), Column(_say(now, "change"), "right"), Column("")]
    note = join([figures.about(now, "week", view), spell(view)], " · ")
    return card(_say(now, "week"), list_table(columns, rows, now.lang, stacks=True), note=note)


def _moved(one: CountyFigures, key: str) -> Markup:
    """A county with its change, in one piece at a line's end."""
    change = figures.of_measure(key, one.figures[key], one.code)[2]
    return element("span", one.county, " ", change, cls="a-nb")


def letters(now: Visit, view: Overview) -> Markup:
    """Dispatches that are not closed."""
    rows = [
        (
            element("span", _say(now, "number", number=one["number"]), cls="a-nb"),
            element("b", one["county"]),
            link(CLAUSE.split(one["reason"], maxsplit=1)[0], "overview.dispatches"),
            figures.short_day(one["due_on"]),
            letter_state(now, one, view.day),
        )
        for one in view.dispatches
    ]
    columns = [
        Column(_say(now, "no")),
        Column(_say(now, "county")),
        Column(_say(now, "reason")),
        Column(_say(now, "until"), "right"),
        Column(_say(now, "state")),
    ]
    head = figures.said(now.lang, f"{PARTS}.letters", count=figures.marked(len(rows), "letters"))
    table = list_table(columns, rows, now.lang) if rows else ""
    return card(head, table, note=figures.about(now, "letters", view))
