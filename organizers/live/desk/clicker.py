"""A presenter's clicker: its key for the next page presses the next step."""

from functools import cache
from pathlib import Path

import streamlit as st


@cache
def _script() -> str:
    return (Path(__file__).parent / "clicker.js").read_text(encoding="utf-8")


_keys = st.components.v2.component("arena_clicker", html="<span hidden></span>", js=_script())


def clicker() -> None:
    """Listen for the key as long as the page is shown."""
    with st.container(key="clicker"):
        _keys(key="arena-clicker", height="content")
