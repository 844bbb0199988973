"""A lost connection, and the rest that Streamlit says in English, in our own words."""

from functools import cache
from pathlib import Path

import streamlit as st

from competition.standby.fencing import Elsewhere
from ui.scripts import SECOND, joined
from words import t


@cache
def _script() -> str:
    return joined((SECOND, Path(__file__).parent / "lost.js"))


_watch = st.components.v2.component("arena_lost", js=_script())


def say_when_lost(lang: str, second: Elsewhere | None) -> None:
    """Let the page say, once the connection is lost, what that means and what to do.

    Where a second laptop has taken over, the page goes on there.
    """
    words = {name: t(f"ui.lost.{name}", lang) for name in ("title", "text", "skip", "close")}
    with st.container(key="lost"):
        _watch(data={"words": words, "second": second}, key="arena-lost", height=0)
