"""Requests of judges' tablets: calls for staff, and marks that came after the lock."""

from typing import Any

import streamlit as st

from competition.errors import Refused
from competition.marks import change_requests
from competition.stage import calls
from organizers import naming, second
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.html import element
from ui.icons import state_label
from words import t

_say = saying("organizers.tablets")

Row = dict[str, Any]


def waiting(now: Visit) -> tuple[list[Row], list[Row]]:
    """The calls and the change requests that wait, as far as the visitor may see them."""
    return _calls(now), _changes(now)


def _calls(now: Visit) -> list[Row]:
    try:
        return calls.waiting_calls(now.store, now.who, now.round_id)
    except Refused:
        return []


def _changes(now: Visit) -> list[Row]:
    try:
        requests = change_requests.change_requests(now.store, now.who, now.round_id)
    except Refused:
        return []
    return [row for row in requests if row["state"] == "asked"]


def box(now: Visit) -> None:
    """List what waits, each with its act or with who can do it."""
    called, asked = waiting(now)
    for row in called:
        call(now, row)
    for row in asked:
        _change(now, row)


def changes(now: Visit, count: int) -> None:
    """Say that changes wait: no mark is shown on the desk."""
    head = state_label("pending", now.lang, word=_say(now, "changes", count=count), size=18)
    st.html(element("div", head, element("p", _say(now, "changes_text")), cls="a-wants"))


def call(now: Visit, row: Row) -> None:
    """A judge's call for staff, with the answer to it."""
    seat = naming.seat(row["seat"], now.lang)
    head = state_label("pending", now.lang, word=_say(now, "call", seat=seat), size=18)
    text = _say(now, "call_text", at=naming.clock(now, row["at"]))
    st.html(element("div", head, element("p", text), cls="a-wants"))
    if can(now, "answer_call") and st.button(_say(now, "came"), key=f"came-{row['id']}"):
        with acting(now.lang) as problems:
            calls.answer_call(now.store, now.who, row["id"], at=now.at)
        if not problems:
            st.rerun()


def _change(now: Visit, row: Row) -> None:
    number = naming.number(row["number"], now.lang)
    seat = naming.seat(row["seat"], now.lang)
    word = _say(now, f"change_{row['cause']}", number=number, seat=seat)
    head = state_label("attention", now.lang, word=word, size=18)
    lines = [
        element(
            "p",
            _say(
                now,
                "line",
                criterion=mark["criterion"],
                before=mark["before"] or _say(now, "unmarked"),
                value=mark["value"],
            ),
        )
        for mark in row["marks"]
    ]
    reason = [element("p", row["reason"])] if row["reason"] else []
    st.html(element("div", head, *reason, *lines, cls="a-wants"))
    if not can(now, "answer_change"):
        st.html(element("div", _say(now, "change_who"), cls="a-reason"))
        second.offer(now, "change", row["id"], by=row["asked_by"], about=word)
        return
    if now.who.person_id in (row["asked_by"], row["person_id"]):
        st.html(element("div", t("error.second_person_needed", now.lang), cls="a-reason"))
        second.offer(now, "change", row["id"], by=row["asked_by"], about=word)
        return
    with st.container(horizontal=True, gap="small"):
        for key, approve in (("approve", True), ("refuse", False)):
            if st.button(_say(now, key), key=f"change-{key}-{row['id']}"):
                _answer(now, row["id"], approve=approve)


def _answer(now: Visit, request_id: str, *, approve: bool) -> None:
    with acting(now.lang) as problems:
        change_requests.answer_change(now.store, now.who, request_id, approve=approve, at=now.at)
    if not problems:
        st.rerun()
