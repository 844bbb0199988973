"""An audience vote's state, report and next step: on its page, and on the page of the day."""

from datetime import datetime

import streamlit as st

from competition.rights import refusal
from competition.voting import holding
from competition.voting.views import VoteView, vote_step, votes_on
from organizers.asking import Dialog, act_buttons, ask
from ui.access import Visit, saying
from ui.frame import disabled_reason
from ui.html import element
from ui.icons import state_label
from words import t

_say = saying("organizers.vote")

ICONS = {"waiting": "not_begun", "open": "marking", "closed": "done", "shown": "done"}


def state(now: Visit, view: VoteView, *, size: int = 18) -> None:
    """What the vote is at."""
    word = _say(now, f"state.{view.state}")
    st.html(element("p", state_label(ICONS[view.state], now.lang, word=word, size=size)))


def step_button(now: Visit, view: VoteView) -> None:
    """The next step, for those who may take it; why not yet where entrants are still to come."""
    step = vote_step(view)
    if not step or refusal(now.store, now.who, f"{step}_vote", view.round_id) is not None:
        return
    label, key = _say(now, f"act.{step}"), f"vote-step-{view.round_id}"
    if st.button(label, key=key, type="primary", disabled=bool(view.waiting)):
        ask("vote", step=step, vote_id=view.round_id)
        st.rerun()
    if view.waiting:
        disabled_reason(t("error.stage_goes_on", now.lang, count=view.waiting))


def box(now: Visit) -> None:
    """The votes on the entrants of the round of the day, each in a small box."""
    for view in votes_on(now.store, now.who, now.round_id):
        with st.container(border=True, key=f"vote-box-{view.round_id}"):
            st.html(element("h2", view.part, cls="a-h2"))
            state(now, view)
            st.html(element("p", _say(now, "report", **view.counts), cls="a-reason"))
            step_button(now, view)


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialog in which a step is confirmed."""
    return {"vote": (_say(now, "title"), lambda step, vote_id: _step(now, step, vote_id))}


def _step(now: Visit, step: str, vote_id: str) -> None:
    st.html(element("p", _say(now, f"text.{step}"), cls="a-item"))

    def act(at: datetime) -> None:
        holding.STEPS[step](now.store, now.who, vote_id, at=at)

    act_buttons(now, _say(now, f"act.{step}"), f"{step}_vote", act)
