"""Rows moved by their handle: mouse, finger or pen; buttons beside them stay for the keyboard."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from ui.html import Markup, element

KEY = "arena-dragging"


@cache
def _script() -> str:
    return (Path(__file__).parent / "dragging.js").read_text(encoding="utf-8")


_rows = st.components.v2.component("arena_dragging", html="<span hidden></span>", js=_script())


def grip(title: str, row_id: str, group: str = "") -> Markup:
    """The handle of a row; rows of another group are no place for it."""
    return element("span", "", cls="a-grip", title=title, data_id=row_id, data_session=group)


def dragging(moved: Callable[[str, str], None]) -> None:
    """Let the rows of a running order be dragged.

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


def in_place_of(order: Sequence[str], moved: str, to: str) -> list[str]:
    """The order with one row in the place of another; as it was where a row is not in it."""
    if moved not in order or to not in order:
        return list(order)
    rest = [one for one in order if one != moved]
    rest.insert(order.index(to), moved)
    return rest
