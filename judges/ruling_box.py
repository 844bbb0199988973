"""The panel's rulings on the chair's first page; the chair signs those another person entered."""

import streamlit as st

from competition.marks.pending import Decision
from competition.marks.pending import rulings as rulings_of
from competition.results import rulings
from competition.rights import refusal
from competition.saying import listed
from ui.access import Visit, acting
from ui.html import element
from ui.icons import state_label
from words import t

STATES = {"waiting": "pending", "confirmed": "done", "withdrawn": "recused"}


def show(now: Visit) -> bool:
    """Every ruling of the round; nothing before closing, or for a judge who is not the chair.

    Returns
    -------
    bool
        Whether there was one.
    """
    if refusal(now.store, now.who, "rulings", now.round_id) is not None:
        return False
    rulings = rulings_of(now.store, now.who, now.round_id)
    if not rulings:
        return False
    with st.container(key="rulings", border=True):
        st.html(element("h2", t("organizers.ruling.title", now.lang), cls="j-h2"))
        for one in rulings:
            _ruling(now, one)
    return True


def _ruling(now: Visit, one: Decision) -> None:
    numbers = [t("list.number", now.lang, number=place["number"]) for place in one.entrants]
    before = t("organizers.ruling.before", now.lang)
    names = before.join(numbers) if one.kind == "order" else listed(numbers, now.lang)
    by = t("organizers.ruling.by", now.lang, name=one.entered_by)
    if one.confirmed_by:
        by += t("organizers.ruling.and", now.lang, name=one.confirmed_by)
    kind = t(f"organizers.ruling.kind.{one.kind}", now.lang)
    state = t(f"organizers.ruling.{one.state}", now.lang)
    st.html(
        element(
            "div",
            element("div", element("b", kind, " ", names)),
            state_label(STATES[one.state], now.lang, word=state),
            element("div", one.reason, " · ", by, cls="a-reason"),
            cls="a-item",
        )
    )
    mine = one.entered_by_id == now.who.person_id
    may_sign = refusal(now.store, now.who, "confirm_ruling", now.round_id) is None
    if (
        one.state == "waiting"
        and not mine
        and may_sign
        and st.button(
            t("organizers.act.confirm_ruling", now.lang), key=f"sign-{one.id}", width="stretch"
        )
    ):
        with acting(now.lang) as problems:
            rulings.confirm_ruling(now.store, now.who, one.id, at=now.at)
        if not problems:
            st.rerun()
