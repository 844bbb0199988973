"""Page: what the chair signs, with or without a seat; no standing before it is to be signed."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.corrections import requests
from competition.corrections.chairing import ChairDesk, chair_desk
from competition.corrections.facts import What
from competition.corrections.listing import Correction
from competition.corrections.saying import heading
from competition.rights import refusal
from judges import certificate_box, ruling_box
from judges.top import top
from ui.access import Visit, enter_page, saying
from ui.forms import Form, Values
from ui.html import element
from ui.icons import state_label
from ui.ways import to_page
from words import t

_say = saying("judges.chair")
STATES = {"asked": "pending", "confirmed": "done", "refused": "recused", "withdrawn": "recused"}


def main() -> None:
    """Draw the chair's name, the certificate, the sheets to be set aside, and every ruling."""
    now = enter_page("chair_desk", density="judge", top=False, page="judges.chair")
    desk = chair_desk(now.store, now.who, now.round_id)
    with st.container(key="narrow"):
        st.html(top(now) + element("h1", _say(now, "title"), cls="j-h2"))
        st.html(element("div", now.who.name, cls="j-me"))
        has_certificate = certificate_box.show(now)
        for one in desk.corrections:
            _correction(now, one)
        if not ruling_box.show(now) and not desk.corrections and not has_certificate:
            st.html(element("p", _say(now, "none"), cls="j-note"))
        if refusal(now.store, now.who, "set_aside_sheet", now.round_id) is None:
            _ask(now, desk)
        if refusal(now.store, now.who, "own_sheets", now.round_id) is None:
            _to_sheets(now)
        _elsewhere(now)


def _to_sheets(now: Visit) -> None:
    if st.button(_say(now, "to_sheets"), key="to-sheets", width="stretch"):
        st.switch_page("judges/home.py")


def _elsewhere(now: Visit) -> None:
    """The other rounds and composites of which the visitor is the chair."""
    for row in now.rounds:
        if row["id"] != now.round_id and "chair" in now.who.roles_in(row["id"]):
            label = _say(now, "elsewhere", round=row["title"])
            to_page("judges.chair", label, mark=row["id"], round=row["id"])


def _correction(now: Visit, one: Correction) -> None:
    """A sheet to be set aside: signed here, where a supervisor asked for it."""
    with st.container(key=f"aside-{one.id}", border=True):
        kind = t(f"correction.kind.{one.kind}", now.lang)
        state = t(f"correction.state.{one.state}", now.lang)
        by = _say(now, "by", name=one.asked_by)
        st.html(
            element(
                "div",
                element("div", element("b", kind, " ", heading(one, now.lang))),
                state_label(STATES[one.state], now.lang, word=state),
                element("div", one.reason, " · ", by, cls="a-reason"),
                cls="a-item",
            )
        )
        if one.state == "asked" and one.asked_by_id != now.who.person_id:
            st.html(element("p", t("correction.effect.unseen", now.lang), cls="a-reason"))
            _answer(now, one)


def _answer(now: Visit, one: Correction) -> None:
    form = Form(now, f"aside-{one.id}", watch=False)
    form.text("reason", _say(now, "refusal"))
    for key, approve in (("confirm", True), ("refuse", False)):
        act = partial(_put, now, one.id, approve)
        form.send(_say(now, key), act, key=key, primary=approve)


def _put(now: Visit, key: str, approve: bool, values: Values, at: datetime) -> None:
    requests.answer_correction(
        now.store, now.who, key, approve=approve, reason=str(values["reason"]), at=at
    )


def _ask(now: Visit, desk: ChairDesk) -> None:
    """The chair asks for a sheet to be set aside; the supervisor confirms."""
    with st.expander(_say(now, "ask")):
        form = Form(now, f"ask-aside-{now.round_id}", watch=False)
        form.pick(
            "entrant", _say(now, "entrant"), list(desk.places), None, partial(_place, now, desk)
        )
        form.pick("judge", _say(now, "judge"), list(desk.seats), None, partial(_seat, now, desk))
        form.text("reason", _say(now, "why"))
        form.send(_say(now, "send"), partial(_request, now), done=_say(now, "sent"))


def _place(now: Visit, desk: ChairDesk, key: str) -> str:
    place = desk.places[key]
    number = t("list.number", now.lang, number=place["number"])
    return f"{number} {place['village'] or place['township']}".strip()


def _seat(now: Visit, desk: ChairDesk, key: str) -> str:
    return t("judges.seat", now.lang, seat=f"{desk.seats[key]:02d}")


def _request(now: Visit, values: Values, at: datetime) -> None:
    entrant, judge = str(values["entrant"]), str(values["judge"])
    about: What = {"entrant": entrant, "judge": judge}
    requests.request_correction(
        now.store, now.who, now.round_id, "set_aside", about, reason=str(values["reason"]), at=at
    )


main()
