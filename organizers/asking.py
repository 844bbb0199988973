"""Dialogs, opened from the session's state: any button may ask for one, also in a fragment."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from competition import clock
from ui.access import ROUND, Visit, acting
from ui.html import element
from ui.plain import plain
from words import t

OPEN = "dialog-open"
RESTS = "acts-rest"
Dialog = tuple[str, Callable[..., None]]
"""A dialog's title and its body."""


def ask(dialog: str, **about: Any) -> None:
    """Open a dialog in the next run of the page; its body is called with ``about``."""
    st.session_state[OPEN] = (dialog, about, st.query_params.get(ROUND))


def done() -> None:
    """Close the open dialog."""
    st.session_state.pop(OPEN, None)


def is_asked(dialog: str) -> bool:
    """Whether this dialog is open."""
    return bool(st.session_state.get(OPEN, ("",))[0] == dialog)


def close_when_done(dialog: str) -> None:
    """Inside a dialog: leave it once its act is done."""
    if not is_asked(dialog):
        st.rerun()


def answer(now: Visit, bodies: dict[str, Dialog]) -> None:
    """Show the dialog that was asked for, if it is one of this page; it names the round first.

    A dialog asked for in one round is not shown in another: the browser's way back may change
    the round while it is open.

    Parameters
    ----------
    bodies
        Name of the dialog to its title and its body, which is called with what it is about.
    """
    dialog, about, round_id = st.session_state.get(OPEN, ("", {}, None))
    if dialog not in bodies:
        return
    if now.of_round and round_id not in (None, now.round_id):
        done()
        return
    title, body = bodies[dialog]

    def whole(**values: Any) -> None:
        if now.of_round and now.round:
            st.html(element("p", now.round["title"], cls="a-about"))
        body(**values)

    st.dialog(plain(title), on_dismiss=done)(whole)(**about)


def rest() -> None:
    """Let the acts of this page rest until it has shown what this press did."""
    st.session_state[RESTS] = True


def rests() -> bool:
    """Whether the acts of this page rest in this run: it shows what the last press did."""
    return bool(st.session_state.pop(RESTS, False))


def reason_field(now: Visit, key: str, *, hint: str = "") -> str:
    """Ask for a reason; it is written to the log."""
    return st.text_area(
        t("organizers.ask.reason", now.lang),
        key=f"reason-{key}",
        placeholder=hint or t("organizers.ask.reason_hint", now.lang),
        height=92,
    )


def act_buttons(
    now: Visit, label: str, key: str, act: Callable[[datetime], object], *, stay: bool = False
) -> None:
    """Offer the act and a way back; a refusal is shown in the dialog, which then stays open.

    Parameters
    ----------
    act
        Called with the time of the press: a dialog may have been open for a while.
    stay
        Whether the dialog goes on afterwards, to show what the act gave.
    """
    with st.container(horizontal=True, gap="small", horizontal_alignment="right"):
        back = st.button(t("organizers.ask.cancel", now.lang), key=f"cancel-{key}")
        pressed = st.button(plain(label), key=f"confirm-{key}", type="primary")
    if back:
        done()
        st.rerun()
    if pressed:
        with acting(now.lang) as problems:
            act(clock.now(now.store))
        if not problems and stay:
            st.rerun()
        if not problems:
            done()
            st.rerun()
