"""交流 / Exchange: a county's own feedback after the contest, and plans to learn from."""

import streamlit as st

from competition.programme.exchanging import CountyExchange, OwnVillage, SharedPlan, exchange
from exports.papers.feedback import signed
from ui.access import Visit, enter_page, saying
from ui.frame import empty, page_title
from ui.html import Markup, card, element, join
from ui.tables import Column, list_table

_say = saying("counties.exchange")


def page(now: Visit) -> None:
    """Round by round: where the county is weak, the plans released, and its own villages."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    listed = exchange(now.store, now.who)
    if not listed:
        empty(_say(now, "none"), _say(now, "none_text"))
    for one in listed:
        _round(now, one)


def _round(now: Visit, one: CountyExchange) -> None:
    title = _say(now, "heading", round=one.round, county=one.lesson.county)
    st.html(element("h2", title, cls="a-h2 a-over"))
    st.html(card(_say(now, "criteria"), _criteria(now, one), _weak(now, one)))
    plans = [_plan(now, plan) for plan in one.plans] or [
        element("div", _say(now, "no_plans"), cls="a-pad")
    ]
    st.html(card(_say(now, "plans"), *plans))
    for village in one.villages:
        st.html(_village(now, village))


def _criteria(now: Visit, one: CountyExchange) -> Markup:
    heads = ("criterion", "maximum", "own", "field", "selected", "gap")
    columns = [
        Column(_say(now, f"column.{key}"), "left" if key == "criterion" else "right")
        for key in heads
    ]
    rows = [
        (
            each.name,
            f"{each.maximum:f}",
            f"{each.own:.2f}",
            f"{each.field:.2f}",
            "—" if each.selected is None else f"{each.selected:.2f}",
            signed(each.gap),
        )
        for each in one.lesson.criteria
    ]
    return list_table(columns, rows, now.lang)


def _weak(now: Visit, one: CountyExchange) -> Markup:
    names = [each.name for each in one.lesson.weakest]
    said = (
        _say(now, "weak", names=_say(now, "between").join(names)) if names else _say(now, "level")
    )
    return element("div", element("p", said, cls="a-reason"), cls="a-pad")


def _plan(now: Visit, plan: SharedPlan) -> Markup:
    place = f"{plan.line.county} {plan.line.village or plan.line.township}"
    strong = _say(now, "between").join(plan.strong)
    files = [
        element(
            "a",
            _say(now, "file", number=number, ending=one.ending.upper(), size=one.megabytes),
            href=f"/exchange/{plan.exchange_id}/{one.id}",
            cls="a-file",
            target="_blank",
        )
        for number, one in enumerate(plan.documents, 1)
    ]
    head = element("b", place, " ", plan.line.title)
    about = [element("p", _say(now, "strong", names=strong), cls="a-reason")] * bool(strong)
    return element("div", head, *about, join(files, " "), cls="a-pad")


def _village(now: Visit, one: OwnVillage) -> Markup:
    heads = ("criterion", "maximum", "village", "field", "gap")
    columns = [
        Column(_say(now, f"column.{key}"), "left" if key == "criterion" else "right")
        for key in heads
    ]
    rows = [
        (
            each.name,
            f"{each.maximum:f}",
            f"{each.mean:.2f}",
            f"{each.field:.2f}",
            signed(each.mean - each.field),
        )
        for each in one.criteria
    ]
    name = f"{one.line.village or one.line.township} {one.line.title}"
    key = "selected" if one.line.selected else "not_selected"
    note = _say(now, key, score=one.line.official)
    return card(name, list_table(columns, rows, now.lang), note=note)


page(enter_page("exchange", of_round=False, page="counties.exchange"))
