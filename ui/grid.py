"""Links in a grid: one stop of the Tab key, the arrow keys from one to the next."""

from functools import cache
from pathlib import Path

import streamlit as st


@cache
def _script() -> str:
    return (Path(__file__).parent / "grid.js").read_text(encoding="utf-8")


_keys = st.components.v2.component("arena_grid", js=_script())


def arrow_keys() -> None:
    """Let the arrow keys go over the links of every element of class ``o-grid`` of the page."""
    with st.container(key="grid-keys"):
        _keys(key="arena-grid", height=0)
