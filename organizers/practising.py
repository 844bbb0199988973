"""The practice on the overview: begun, shown while it runs, and ended."""

import streamlit as st

from competition.lineup import practice
from competition.rounds.rounds import RoundView
from organizers.offers import offer
from ui.access import Visit, acting, choose_round, saying
from ui.frame import Action
from ui.html import element
from ui.ways import go

_say = saying("organizers.practice")


def offers(now: Visit, view: RoundView) -> list[Action]:
    """The button that begins a practice, where there are a rubric and judges and none runs."""
    if _running(now, view) or not view["criteria"] or not view["judges"]:
        return []
    return offer(now, "begin_practice")


def press(now: Visit) -> None:
    """Begin the practice and go to its desk."""
    with acting(now.lang) as problems:
        begun = practice.begin_practice(now.store, now.who, now.round_id, at=now.at)
    if not problems:
        choose_round(begun)
        go("organizers.stage", round=begun)


def box(now: Visit, view: RoundView) -> None:
    """Say that a practice runs, on its own page and on that of its round."""
    running = view["id"] if view["practice_of"] else _running(now, view)
    if not running:
        return
    real = view["practice_of"] or view["id"]
    with st.container(key="practice", border=True):
        st.html(element("h2", _say(now, "title"), cls="a-h2"))
        st.html(element("p", _say(now, "text"), cls="a-item"))
        with st.container(horizontal=True, gap="small", wrap=True):
            if st.button(_say(now, "desk"), key="practice-desk"):
                choose_round(running)
                go("organizers.stage", round=running)
            if st.button(_say(now, "end"), key="act-end_practice", type="primary"):
                _end(now, real)


def _running(now: Visit, view: RoundView) -> str:
    """The practice of this round that runs; empty where none does."""
    return next((row["id"] for row in now.rounds if row["practice_of"] == view["id"]), "")


def _end(now: Visit, real: str) -> None:
    with acting(now.lang) as problems:
        practice.end_practice(now.store, now.who, real, at=now.at)
    if not problems:
        choose_round(real)
        st.rerun()
