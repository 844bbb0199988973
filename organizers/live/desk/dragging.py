"""Rows moved by their handle: mouse, finger or pen; buttons beside them stay for the keyboard."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st

KEY = "arena-dragging"


@cache
def _script() -> str:
    return (Path(__file__).parent / "dragging.js").read_text(encoding="utf-8")


_rows = st.components.v2.component("arena_dragging", html="<span hidden></span>", js=_script())


def dragging(moved: Callable[[str, str], None]) -> None:
    """Let the rows of the running order be dragged.

    Parameters
    ----------
    moved
        Called with the id of the row that was dropped and the id of the row whose place it takes.
    """

    def dropped() -> None:
        told = st.session_state[KEY].get("moved")
        if isinstance(told, dict):
            moved(str(told.get("id", "")), str(told.get("to", "")))

    with st.container(key="dragging"):
        _rows(key=KEY, height="content", on_moved_change=dropped)
