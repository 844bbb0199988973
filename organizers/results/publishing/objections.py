"""Objections to the public notice: entered as received, tracked to their written answer."""

from datetime import datetime

import streamlit as st

from competition.results.objecting import (
    FINDINGS,
    Objection,
    answer_objection,
    enter_objection,
    objections_of,
)
from organizers import naming
from organizers.offers import can
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import Markup, element, tag

_say = saying("organizers.objections")


def panel(now: Visit, *, noticed: bool) -> None:
    """Every objection with its answer or the fields of one; the form once there is a notice."""
    if not can(now, "objections"):
        return
    listed = objections_of(now.store, now.who, now.round_id)
    if not listed and not noticed:
        return
    st.html(element("h2", _say(now, "title"), cls="a-h2 a-over"))
    for one in listed:
        with st.container(border=True, key=f"objection-{one.id}"):
            st.html(_about(now, one))
            if not one.finding and can(now, "answer_objection"):
                _answer(now, one)
    if noticed and can(now, "enter_objection"):
        _enter(now)


def _about(now: Visit, one: Objection) -> Markup:
    state = one.finding or "waiting"
    tags = [tag(_say(now, f"finding.{state}"), tone="ok" if one.finding else "wait")]
    if one.is_late:
        tags.append(tag(_say(now, "late"), tone="alert"))
    head = element("h3", one.raised_by, *tags, cls="a-waits-head")
    entered = _say(now, "entered", day=one.received_on, name=one.entered_by)
    lines = [element("p", one.claim), element("p", entered, cls="a-reason")]
    if one.finding:
        at = naming.clock(now, one.answered_at, day=True)
        said = _say(now, "answered", name=one.answered_by, at=at, answer=one.answer)
        lines.append(element("p", said))
    return element("div", head, *lines, cls="a-waits")


def _answer(now: Visit, one: Objection) -> None:
    if one.entered_by_id == now.who.person_id:
        st.html(element("p", _say(now, "other"), cls="a-reason"))
        return
    form = Form(now, f"objected-{one.id}", watch=False)
    names = {finding: _say(now, f"finding.{finding}") for finding in FINDINGS}
    form.choose("finding", _say(now, "field.finding"), FINDINGS, FINDINGS[0], lambda k: names[k])
    form.text("answer", _say(now, "field.answer"), hint=_say(now, "hint.answer"))

    def put(values: Values, at: datetime) -> None:
        finding, said = str(values["finding"]), str(values["answer"])
        answer_objection(now.store, now.who, one.id, finding=finding, answer=said, at=at)

    form.send(_say(now, "answer"), put)


def _enter(now: Visit) -> None:
    with st.container(border=True, key="objection-form"):
        form = Form(now, f"objection-{now.round_id}", watch=False)
        one, two = st.columns(2, gap="small")
        with one:
            form.text("raised_by", _say(now, "field.raised_by"))
        with two:
            form.text("received_on", _say(now, "field.received_on"))
        form.text("claim", _say(now, "field.claim"))

        def put(values: Values, at: datetime) -> None:
            typed = {name: str(value) for name, value in values.items()}
            enter_objection(now.store, now.who, now.round_id, **typed, at=at)

        form.send(_say(now, "enter"), put)
