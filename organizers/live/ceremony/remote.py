"""A presenter's remote on the page of the ceremony."""

from functools import cache
from pathlib import Path

import streamlit as st


@cache
def _script() -> str:
    return (Path(__file__).parent / "remote.js").read_text(encoding="utf-8")


_keys = st.components.v2.component("arena_remote", html="<span hidden></span>", js=_script())


def remote() -> None:
    """Listen for the keys as long as the page is shown."""
    with st.container(key="remote"):
        _keys(key="arena-remote", height="content")
