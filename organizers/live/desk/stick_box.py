"""The second folder on the desk: its line among what keeps the day safe, and the choice of it."""

import time
from datetime import datetime

import streamlit as st

from competition.standby import second_folder
from competition.standby.saying import problem_words
from competition.standby.sticks import StickState, stick_state
from organizers.asking import Dialog, ask, close_when_done, done
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.forms import Form, Values
from ui.html import element

_say = saying("organizers.safety")

MINUTE = 60


def seen(now: Visit) -> StickState:
    """How old the copy in the second folder is."""
    return stick_state(now.store, now.who, now=time.monotonic())


def line(now: Visit, shown: StickState) -> tuple[str, str]:
    """Its state, and what is said of it, or why there is none."""
    if not shown.folder:
        return "not_begun", _say(now, "stick_none")
    minutes = None if shown.seconds is None else shown.seconds // MINUTE
    values = {"folder": shown.folder, "minutes": minutes}
    if shown.problem:
        key = "stick_problem_first" if minutes is None else "stick_problem"
        problem = problem_words(shown.problem, now.lang)
        return "attention", _say(now, key, problem=problem, **values)
    if minutes is None:
        return "marking", _say(now, "stick_first", **values)
    key = "stick_age" if minutes else "stick_fresh"
    return "attention" if shown.is_late else "done", _say(now, key, **values)


def button(now: Visit) -> None:
    """The way to the dialog, for organizers."""
    if not can(now, "choose_copy_folder"):
        return
    if st.button(_say(now, "stick_choose"), key="act-stick", width="stretch"):
        ask("stick")
        st.rerun()


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialog in which the folder is chosen, changed or given up."""
    return {"stick": (_say(now, "stick_title"), lambda: _dialog(now))}


def _dialog(now: Visit) -> None:
    close_when_done("stick")
    shown = seen(now)
    st.html(element("p", _say(now, "stick_text")))
    if shown.folder:
        st.html(element("p", _say(now, "stick_now", folder=shown.folder)))
    if shown.folder and shown.is_same_disk:
        st.html(element("p", _say(now, "stick_same_disk"), cls="a-reason"))
    form = Form(now, "stick", watch=False)
    form.text("folder", _say(now, "stick_folder"), shown.folder, placeholder="/media/usb")

    def choose(values: Values, at: datetime) -> None:
        second_folder.choose_copy_folder(now.store, now.who, str(values["folder"]), at=at)

    form.send(_say(now, "stick_save"), choose, after=done)
    if shown.folder and st.button(_say(now, "stick_stop"), key="stop-stick"):
        with acting(now.lang) as problems:
            second_folder.stop_copies(now.store, now.who, at=now.at)
        if not problems:
            done()
            st.rerun()
