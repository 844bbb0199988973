"""Recusals: those that follow from where judges work, those declared, questions still to ask."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from competition.lineup.panel import declare_recusal
from competition.lineup.sessions import withdraw_recusal
from competition.rounds.readiness import PanelView, Recusal
from competition.rounds.rounds import RoundView
from competition.saying import listed
from intake.places import short_county
from organizers import naming
from organizers.asking import ask, close_when_done, done
from organizers.prepare.entrants.forms import name as entrant_name
from organizers.prepare.panel.seats import name as seat_name
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from ui.icons import icon
from ui.long_table import long_table
from ui.tables import Column
from words import t

_say = saying("organizers.panel")

Dialog = tuple[str, Callable[..., None]]
LISTED = 200


def dialogs(now: Visit, panel: PanelView) -> dict[str, Dialog]:
    """The dialogs about recusals."""
    return {
        "declare_recusal": (
            _say(now, "declare_title"),
            lambda person_id="", entrant_id="": _declare(now, panel, person_id, entrant_id),
        ),
        "withdraw_recusal": (_say(now, "withdraw_title"), lambda: _withdraw(now, panel)),
    }


def recusals(now: Visit, view: RoundView, panel: PanelView) -> None:
    """The level of the rules, the list with its reasons, and what is still to be asked."""
    level = t(f"organizers.rules.recusal.{panel.level}.text", now.lang)
    st.html(element("p", _say(now, "level", level=level), cls="a-reason"))
    declared = [one for one in panel.recusals if one.cause == "declared"]
    with st.container(horizontal=True, gap="small", wrap=True):
        st.button(
            _say(now, "declare"),
            key="act-declare_recusal",
            on_click=ask,
            args=("declare_recusal",),
            disabled=view["state"] not in ("draft", "open"),
        )
        if declared and view["state"] == "draft":
            st.button(
                _say(now, "withdraw"),
                key="act-withdraw_recusal",
                on_click=ask,
                args=("withdraw_recusal",),
            )
    if panel.questions:
        _questions(now, panel)
    if not panel.recusals:
        st.html(element("p", _say(now, "no_recusals"), cls="a-item"))
        return
    _table(now, panel.recusals)


def _questions(now: Visit, panel: PanelView) -> None:
    """A shared native county is only a question to the judge, who then declares a recusal."""
    for person_id, asked in _by_judge(panel.questions).items():
        numbers = listed([entrant_name(now, one.entrant) for one in asked], now.lang)
        seat = asked[0].seat
        question = _say(
            now,
            "question",
            judge=seat_name(now, seat),
            native=seat["native_county"],
            numbers=numbers,
        )
        with st.container(
            horizontal=True, gap="small", vertical_alignment="center", key=f"question-{person_id}"
        ):
            st.html(element("div", icon("zone", 18), element("span", question), cls="a-asked"))
            st.button(
                _say(now, "declare"),
                key=f"ask-{person_id}",
                on_click=ask,
                args=("declare_recusal",),
                kwargs={"person_id": person_id, "entrant_id": asked[0].entrant["id"]},
            )


def _by_judge(questions: tuple[Recusal, ...]) -> dict[str, list[Recusal]]:
    by_judge: dict[str, list[Recusal]] = {}
    for one in questions:
        by_judge.setdefault(one.seat["person_id"], []).append(one)
    return by_judge


def _table(now: Visit, recusals: tuple[Recusal, ...]) -> None:
    columns = [
        Column(_say(now, "column.judge")),
        Column(_say(now, "column.entrant")),
        Column(_say(now, "column.cause")),
        Column(_say(now, "column.reason")),
    ]
    rows = [
        (
            element("b", naming.seat(one.seat["number"], now.lang), " ", one.seat["name"]),
            entrant_name(now, one.entrant),
            _say(now, f"cause.{one.cause}"),
            short_county(one.reason),  # a county, where the judge works there
        )
        for one in recusals[:LISTED]
    ]
    caption, title = _say(now, "recused_count", count=len(recusals)), _say(now, "part_recusals")
    long_table(now, "recusals", title, columns, rows, read="people", caption=caption)


def _declare(now: Visit, panel: PanelView, person_id: str, entrant_id: str) -> None:
    close_when_done("declare_recusal")
    seats = {seat["person_id"]: seat for seat in panel.seats}
    places = {line.entrant["id"]: line.entrant for line in panel.expected}
    form = Form(now, f"declare-{now.round_id}", watch=False)
    form.pick(
        "person_id",
        _say(now, "field.judge"),
        list(seats),
        person_id or None,
        lambda one: seat_name(now, seats[one]),
    )
    form.pick(
        "entrant_id",
        _say(now, "field.entrant"),
        list(places),
        entrant_id or None,
        lambda one: entrant_name(now, places[one]),
    )
    form.text("reason", _say(now, "field.reason"), hint=_say(now, "hint.reason"))

    def declare(values: Values, at: datetime) -> None:
        declare_recusal(
            now.store,
            now.who,
            now.round_id,
            str(values["entrant_id"]),
            str(values["person_id"]),
            reason=str(values["reason"]),
            at=at,
        )

    form.send(_say(now, "declare_confirm"), declare, after=done)


def _withdraw(now: Visit, panel: PanelView) -> None:
    close_when_done("withdraw_recusal")
    declared = {
        f"{one.entrant['id']} {one.seat['person_id']}": one
        for one in panel.recusals
        if one.cause == "declared"
    }
    form = Form(now, f"withdraw-{now.round_id}", watch=False)
    form.pick(
        "pair",
        _say(now, "field.recusal"),
        list(declared),
        None,
        lambda pair: (
            f"{seat_name(now, declared[pair].seat)} — {entrant_name(now, declared[pair].entrant)}"
        ),
    )

    def withdraw(values: Values, at: datetime) -> None:
        entrant_id, _, person_id = str(values["pair"]).partition(" ")
        withdraw_recusal(now.store, now.who, now.round_id, entrant_id, person_id, at=at)

    form.send(_say(now, "withdraw_confirm"), withdraw, after=done)
