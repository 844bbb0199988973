"""A correction that waits is taken back by the person who asked for it."""

from functools import partial

import streamlit as st

from competition.corrections.listing import Correction
from competition.corrections.requests import withdraw_correction
from organizers.asking import Dialog, act_buttons, ask, reason_field
from organizers.offers import can
from ui.access import Visit, saying

_say = saying("organizers.corrections")


def offer(now: Visit, one: Correction) -> None:
    """The button, for the person who asked."""
    if one.asked_by_id != now.who.person_id or not can(now, "withdraw_correction"):
        return
    st.button(
        _say(now, "withdraw"),
        key=f"withdraw-{one.id}",
        on_click=ask,
        args=("withdraw_correction",),
        kwargs={"key": one.id},
    )


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialog that asks for the reason."""
    return {"withdraw_correction": (_say(now, "withdraw_title"), partial(_withdraw, now))}


def _withdraw(now: Visit, *, key: str) -> None:
    reason = reason_field(now, "withdraw_correction")
    act_buttons(
        now,
        _say(now, "withdraw_now"),
        "withdraw_correction",
        lambda at: withdraw_correction(now.store, now.who, key, reason=reason, at=at),
    )
