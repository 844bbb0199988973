"""A lost connection, and the rest that Streamlit says in English, in our own words."""

from functools import cache
from pathlib import Path

import streamlit as st

from words import t


@cache
def _script() -> str:
    return (Path(__file__).parent / "lost.js").read_text(encoding="utf-8")


_watch = st.components.v2.component("arena_lost", js=_script())


def say_when_lost(lang: str) -> None:
    """Let the page say, once the connection is lost, what that means and what to do."""
    words = {name: t(f"ui.lost.{name}", lang) for name in ("title", "text", "skip", "close")}
    with st.container(key="lost"):
        _watch(data=words, key="arena-lost", height=0)
