"""What needs a person: at most three things at once, red only what is past its time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice

import streamlit as st

from competition.marks import deductions, reopening
from competition.marks.desk import Request
from competition.marks.pending import Decision
from competition.shapes import Place
from competition.stage import moves
from competition.stage.live import Live
from competition.stage.seat_faces import SeatFace
from organizers import naming, second
from organizers.asking import ask
from organizers.live import returns, tablets
from organizers.live.clock import overtimes
from organizers.live.desk import corrections
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.html import element
from ui.icons import state_label
from words import t

_say = saying("organizers.attention")

MARKING_TIME = timedelta(minutes=3)
"""How long sheets may be missing after marking began before that is red."""
SHOWN = 3
NAMED = 4
Act = Callable[[], object]


@dataclass(frozen=True)
class Item:
    """One thing to do: how it is drawn, and whether it is past its time."""

    draw: Act
    is_overdue: bool = False


def box(now: Visit, shown: Live) -> None:
    """The first three, at a constant height; the others behind a button."""
    items = sorted(_items(now, shown), key=lambda item: not item.is_overdue)
    with st.container(key="attention", border=True):
        word = _say(now, "title", count=len(items)) if items else _say(now, "nothing")
        st.html(element("h2", word, cls="a-h2"))
        with st.container(key="todo-items"):
            for item in islice(items, SHOWN):
                item.draw()
            if not items:
                st.html(element("p", _say(now, "nothing_text"), cls="a-reason"))
            if len(items) > SHOWN:
                with st.popover(_say(now, "others", count=len(items) - SHOWN), key="todo-more"):
                    for item in items[SHOWN:]:
                        item.draw()


def _items(now: Visit, shown: Live) -> Iterator[Item]:
    for face in shown.faces or ():
        if face.is_overdue:
            yield Item(partial(_offline, now, face), is_overdue=True)
    called, asked = tablets.waiting(now)
    for row in called:
        yield Item(partial(tablets.call, now, row))
    for place in shown.desk.order:
        if place["stage"] == "fault":
            yield Item(partial(_fault, now, place))
    for draw in overtimes(now):
        yield Item(draw)
    for one in shown.desk.deductions:
        yield Item(partial(_deduction, now, one))
    for request in shown.desk.requests:
        yield Item(partial(_request, now, request))
    yield from map(Item, corrections.items(now))
    if asked:
        yield Item(partial(tablets.changes, now, len(asked)))
    for draw in returns.items(now):
        yield Item(draw)
    yield from _missing(now, shown)


def _missing(now: Visit, shown: Live) -> Iterator[Item]:
    subject, missing = shown.desk.subject, shown.desk.missing
    if subject is None or subject["stage"] not in ("marking", "done") or not missing:
        return
    overdue = shown.since is not None and now.at - shown.since > MARKING_TIME
    seats = [naming.seat(seat.number, now.lang) for seat in missing[:NAMED]]
    names = t("list.between", now.lang).join(seats)
    if len(missing) > NAMED:
        names = t("hall.more", now.lang, count=len(missing))
    number = naming.number(subject["number"], now.lang)
    title = _say(now, "missing", number=number, count=len(missing))
    minutes = MARKING_TIME.seconds // 60
    text = _say(now, "missing_text", seats=names, minutes=minutes)
    state = "attention" if overdue else "stage_waiting"
    yield Item(partial(_item, state, title, text, now), is_overdue=overdue)


def _item(state: str, title: str, text: str, now: Visit) -> None:
    head = state_label(state, now.lang, word=title, size=18)
    red = " a-overdue" if state in ("attention", "seat_overdue") else ""
    st.html(element("div", head, element("p", text), cls=f"a-wants{red}"))


def _offline(now: Visit, face: SeatFace) -> None:
    seat = naming.seat(face.seat.number, now.lang)
    title = _say(now, "offline", seat=seat, count=face.sign.silent // 60)
    text = _say(now, "offline_text", unsent=face.sign.unsent, marked=face.seat.marked, of=face.of)
    _item("seat_overdue", title, text, now)


def _fault(now: Visit, place: Place) -> None:
    number = naming.number(place["number"], now.lang)
    _item("pending", _say(now, "fault", number=number), _say(now, "fault_text"), now)
    if can(now, "move_stage") and st.button(
        t("organizers.next.step.again", now.lang, number=number), key=f"again-{place['number']}"
    ):
        with acting(now.lang) as problems:
            moves.move_stage(
                now.store, now.who, now.round_id, place["id"], "called", seen="fault", at=now.at
            )
        if not problems:
            st.rerun()


def _request(now: Visit, one: Request) -> None:
    number, seat = naming.number(one.number, now.lang), naming.seat(one.seat, now.lang)
    title = _say(now, "request", number=number, seat=seat)
    at = naming.clock(now, one.asked_at)
    text = _say(now, "request_text", reason=one.reason, name=one.asked_by, at=at)
    _item("pending", title, text, now)
    if not can(now, "answer_reopening"):
        st.html(element("div", _say(now, "request_who"), cls="a-reason"))
    elif one.asked_by_id == now.who.person_id:
        st.html(element("div", t("error.second_person_needed", now.lang), cls="a-reason"))
    else:
        _answers(now, one)
        return
    second.offer(now, "reopening", one.id, by=one.asked_by_id, about=title)


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
    text = _say(now, "deduction_text", reason=one.reason, name=one.entered_by)
    _item("pending", title, text, now)
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
