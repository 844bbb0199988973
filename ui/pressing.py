"""Buttons that do an act at once; what it refuses stands at the top of the page."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

import streamlit as st

from competition import DatabaseError, clock
from competition.errors import Refused
from ui.access import Visit
from ui.frame import refused
from ui.plain import plain

PROBLEM = "press-problem"
Act = Callable[[datetime], object]


def do(now: Visit, act: Act) -> None:
    """In a button's callback: do an act with the time of the press, keep its refusal."""
    st.session_state.pop(PROBLEM, None)
    try:
        act(clock.now(now.store))
    except (Refused, DatabaseError) as error:
        st.session_state[PROBLEM] = error


def button(
    now: Visit,
    label: str,
    key: str,
    act: Act,
    *,
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
    reason: str = "",
) -> None:
    """A button for an act; with a reason it cannot be pressed now."""
    st.button(plain(label), key=key, type=kind, disabled=bool(reason), on_click=do, args=(now, act))


def say_problem(now: Visit) -> None:
    """Show once what the last press was refused with."""
    error = st.session_state.pop(PROBLEM, None)
    if error is not None:
        refused(error, now.lang)
