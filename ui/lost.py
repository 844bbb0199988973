"""A lost connection, and the rest that Streamlit says in English, in our own words."""

from functools import cache
from pathlib import Path

import streamlit as st

from competition.standby.fencing import Elsewhere
from competition.standby.passes import Pass
from ui.scripts import SECOND, joined
from words import t


@cache
def _script() -> str:
    return joined((SECOND, Path(__file__).parent / "lost.js"))


_watch = st.components.v2.component("arena_lost", js=_script())


def say_when_lost(
    lang: str, second: Elsewhere | None, way: Pass | None = None, *, over: bool = False
) -> None:
    """Let the page say, once the connection is lost, what that means and what to do.

    Where a second laptop has taken over, the page goes on there.

    Parameters
    ----------
    way : Pass or None
        By what the page knows the second laptop, and signs in there.
    over : bool
        Whether this server was superseded: then the page need not wait for silence.
    """
    words = {name: t(f"ui.lost.{name}", lang) for name in ("title", "text", "skip", "close")}
    with st.container(key="lost"):
        _watch(
            data={"words": words, "second": second, "pass": way, "over": over},
            key="arena-lost",
            height=0,
        )
