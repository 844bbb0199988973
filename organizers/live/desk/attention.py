"""What needs a person at the stage desk: requests, deductions, missing sheets, faults."""

import streamlit as st

from competition.marks import deductions, reopening
from competition.marks.desk import Desk, Request
from competition.marks.pending import Decision
from organizers import naming, second
from organizers.asking import ask
from organizers.live import returns
from organizers.live import tablets as desk_tablets
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.html import element
from ui.icons import state_label
from words import t

_say = saying("organizers.attention")


def box(now: Visit, desk: Desk) -> None:
    """List the waiting items, each with its act or with the role that can do it."""
    faults = [place for place in desk.order if place["stage"] == "fault"]
    waits = desk.subject is not None and desk.subject["stage"] in ("marking", "done")
    missing = desk.missing if waits else ()
    called, asked = desk_tablets.waiting(now)
    given_back = returns.given_back(now)
    count = len(desk.requests) + len(desk.deductions) + len(faults) + bool(missing)
    count += len(called) + bool(asked) + returns.wants(given_back)
    with st.container(key="attention", border=True):
        word = _say(now, "title", count=count) if count else _say(now, "nothing")
        state = "attention" if count else "done"
        st.html(element("h2", state_label(state, now.lang, word=word), cls="a-h2"))
        desk_tablets.on_the_desk(now, called, asked)
        for place in faults:
            _item(
                "stage_fault",
                now,
                _say(now, "fault", number=naming.number(place["number"], now.lang)),
                _say(now, "fault_text"),
            )
        for request in desk.requests:
            _request(now, request)
        for deduction in desk.deductions:
            _deduction(now, deduction)
        if missing and desk.subject is not None:
            seats = t("list.between", now.lang).join(
                naming.seat(seat.number, now.lang) for seat in missing
            )
            number = naming.number(desk.subject["number"], now.lang)
            _item(
                "marking",
                now,
                _say(now, "missing", number=number, count=len(missing)),
                _say(now, "missing_text", seats=seats),
            )
        if not count:
            st.html(element("p", _say(now, "nothing_text"), cls="a-reason"))
        returns.box(now, given_back)


def _item(state: str, now: Visit, title: str, text: str) -> None:
    head = state_label(state, now.lang, word=title, size=18)
    st.html(element("div", head, element("p", text), cls="a-wants"))


def _request(now: Visit, one: Request) -> None:
    _item(
        "attention",
        now,
        _request_title(now, one),
        _say(
            now,
            "request_text",
            reason=one.reason,
            name=one.asked_by,
            at=naming.clock(now, one.asked_at),
        ),
    )
    if not can(now, "answer_reopening"):
        st.html(element("div", _say(now, "request_who"), cls="a-reason"))
    elif one.asked_by_id == now.who.person_id:
        st.html(element("div", t("error.second_person_needed", now.lang), cls="a-reason"))
    else:
        _answers(now, one)
        return
    second.offer(now, "reopening", one.id, by=one.asked_by_id, about=_request_title(now, one))


def _request_title(now: Visit, one: Request) -> str:
    number, seat = naming.number(one.number, now.lang), naming.seat(one.seat, now.lang)
    return _say(now, "request", number=number, seat=seat)


def _answers(now: Visit, one: Request) -> None:
    with st.container(horizontal=True, gap="small"):
        for key, approve in (("approve", True), ("refuse", False)):
            if st.button(_say(now, key), key=f"{key}-{one.id}"):
                with acting(now.lang) as problems:
                    reopening.answer_reopening(
                        now.store, now.who, one.id, approve=approve, at=now.at
                    )
                if not problems:
                    st.rerun()


def _deduction(now: Visit, one: Decision) -> None:
    number = naming.number(one.entrants[0]["number"], now.lang)
    title = _say(now, "deduction", number=number, points=one.points)
    _item(
        "pending",
        now,
        title,
        _say(now, "deduction_text", reason=one.reason, name=one.entered_by),
    )
    if not can(now, "confirm_deduction"):
        st.html(element("div", _say(now, "deduction_who"), cls="a-reason"))
        second.offer(now, "deduction", one.id, by=one.entered_by_id, about=title)
        return
    with st.container(horizontal=True, gap="small"):
        if one.entered_by_id == now.who.person_id:
            st.html(element("div", t("error.second_person_needed", now.lang), cls="a-reason"))
        elif st.button(_say(now, "confirm"), key=f"confirm-{one.id}"):
            with acting(now.lang) as problems:
                deductions.confirm_deduction(now.store, now.who, one.id, at=now.at)
            if not problems:
                st.rerun()
        if st.button(t("organizers.act.withdraw_deduction", now.lang), key=f"withdraw-{one.id}"):
            ask("withdraw_deduction", deduction_id=one.id)
            st.rerun()
