"""A field over a long table: rows are found while one types, without asking the server."""

from functools import cache
from pathlib import Path

import streamlit as st

from words import t

HTML = '<input type="search" autocomplete="off"><output aria-live="polite"></output>'
CSS = """
:host, div { display: block; }
input { font: inherit; font-size: 15px; line-height: 24px; width: 280px; max-width: 100%;
  padding: 6px 12px; border: 1px solid var(--edge, #7a8894); border-radius: 6px;
  background: var(--bg, #fff); color: var(--ink, #16212b); box-sizing: border-box; }
output { margin-left: 12px; font-size: 14px; color: var(--mute, #475563); }
"""


@cache
def _script() -> str:
    return (Path(__file__).parent / "finder.js").read_text(encoding="utf-8")


_field = st.components.v2.component("arena_finder", html=HTML, css=CSS, js=_script())


def finder(lang: str, *, hint: str = "") -> None:
    """Draw the field; it looks through every table of the page.

    Parameters
    ----------
    hint
        What may be typed; empty for a place or a number.
    """
    words = {
        "label": t("ui.find.label", lang),
        "hint": hint or t("ui.find.hint", lang),
        "found": t("ui.find.found", lang, count="{count}"),
    }
    with st.container(key="finder"):
        _field(data=words, key="arena-finder", height="content")
