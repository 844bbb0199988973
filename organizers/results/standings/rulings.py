"""Rulings of the panel: entered by one person, signed by another."""

import streamlit as st

from competition.marks.pending import Decision
from competition.marks.pending import rulings as rulings_of
from competition.results import rulings
from competition.results.standings import Line, RoundStandings
from organizers import naming, second
from organizers.asking import Dialog, act_buttons, ask, reason_field
from organizers.offers import can
from ui.access import Visit, acting
from ui.html import element
from ui.icons import state_label
from words import t

STATES = {"waiting": "pending", "confirmed": "done", "withdrawn": "recused"}


def panel(now: Visit, result: RoundStandings, tied: list[int | str]) -> None:
    """List the rulings with their acts; what waits for second readings is not theirs."""
    read = {line.called for line in result.awaiting if line.awaits_reading}
    tied = [number for number in tied if number not in read]
    if result.round["state"] == "open":
        return
    entered = rulings_of(now.store, now.who, now.round_id)
    if not entered and not tied:
        return
    with st.container(key="rulings", border=True):
        st.html(element("h2", t("organizers.ruling.title", now.lang), cls="a-h2"))
        if tied:
            st.html(
                element(
                    "p",
                    t("error.awaiting_ruling", now.lang, entrants=naming.numbers(tied, now.lang)),
                    cls="a-reason",
                )
            )
        for one in entered:
            _ruling(now, one)
        if tied and can(now, "enter_ruling"):
            st.button(
                t("organizers.act.enter_ruling", now.lang),
                key="act-enter_ruling",
                on_click=ask,
                args=("enter_ruling",),
            )


def _ruling(now: Visit, one: Decision) -> None:
    between = t("organizers.ruling.before" if one.kind == "order" else "list.between", now.lang)
    names = between.join(naming.number(e["number"], now.lang) for e in one.entrants)
    by = t("organizers.ruling.by", now.lang, name=one.entered_by)
    if one.confirmed_by:
        by += t("organizers.ruling.and", now.lang, name=one.confirmed_by)
    state = state_label(
        STATES[one.state], now.lang, word=t(f"organizers.ruling.{one.state}", now.lang)
    )
    kind = t(f"organizers.ruling.kind.{one.kind}", now.lang)
    st.html(
        element(
            "div",
            element("div", element("b", kind, " ", names), " ", state),
            element("div", one.reason, " · ", by, cls="a-reason"),
            cls="a-item",
        )
    )
    with st.container(horizontal=True, gap="small", key=f"ruling-{one.id}"):
        if one.state == "waiting":
            about = f"{kind} {names}"
            second.offer(now, "ruling", one.id, by=one.entered_by_id, about=about)
        if one.state == "waiting" and can(now, "confirm_ruling"):
            if one.entered_by_id == now.who.person_id:
                st.html(element("div", t("error.second_person_needed", now.lang), cls="a-reason"))
            elif st.button(t("organizers.act.confirm_ruling", now.lang), key=f"sign-{one.id}"):
                with acting(now.lang) as problems:
                    rulings.confirm_ruling(now.store, now.who, one.id, at=now.at)
                if not problems:
                    st.rerun()
        if one.state != "withdrawn" and can(now, "withdraw_ruling"):
            st.button(
                t("organizers.act.withdraw_ruling", now.lang),
                key=f"take-back-{one.id}",
                on_click=ask,
                args=("withdraw_ruling",),
                kwargs={"ruling_id": one.id},
            )


def dialogs(now: Visit, result: RoundStandings) -> dict[str, Dialog]:
    """The dialogs of this panel."""
    return {
        "enter_ruling": (
            t("organizers.ruling.enter_title", now.lang),
            lambda: _enter(now, result),
        ),
        "withdraw_ruling": (
            t("organizers.ruling.withdraw_title", now.lang),
            lambda ruling_id: _withdraw(now, ruling_id),
        ),
    }


def _enter(now: Visit, result: RoundStandings) -> None:
    by_id = {line.entrant_id: line for line in result.lines}
    tied = [line.entrant_id for line in result.awaiting if not line.awaits_reading]
    few = [
        line.entrant_id
        for line in result.lines
        if line.official is not None and not line.comparable
    ]
    kinds = [kind for kind, ids in (("order", tied), ("comparable", few)) if ids]
    kind = st.segmented_control(
        t("organizers.ruling.kind.label", now.lang),
        kinds,
        default=kinds[0],
        required=True,
        format_func=lambda key: t(f"organizers.ruling.kind.{key}", now.lang),
        key="ruling-kind",
    )
    chosen = st.multiselect(
        t(f"organizers.ruling.choose.{kind}", now.lang),
        tied if kind == "order" else few,
        format_func=lambda entrant_id: line_name(by_id[entrant_id], now.lang),
        key=f"ruling-{kind}",
        placeholder=t("organizers.ruling.choose.none", now.lang),
    )
    reason = reason_field(now, "enter_ruling", hint=t("organizers.ruling.reason_hint", now.lang))
    act_buttons(
        now,
        t("organizers.ruling.enter_confirm", now.lang),
        "enter_ruling",
        lambda at: rulings.enter_ruling(
            now.store, now.who, now.round_id, chosen, reason=reason, at=at, kind=str(kind)
        ),
    )


def line_name(line: Line, lang: str) -> str:
    """Number and village."""
    return f"{naming.number(line.number, lang)} {line.village or line.township}"


def _withdraw(now: Visit, ruling_id: str) -> None:
    reason = reason_field(now, "withdraw_ruling")
    act_buttons(
        now,
        t("organizers.act.withdraw_ruling", now.lang),
        "withdraw_ruling",
        lambda at: rulings.withdraw_ruling(now.store, now.who, ruling_id, reason=reason, at=at),
    )
