"""The tools over a long table: search while typing, copy, download."""

from functools import cache
from pathlib import Path

import streamlit as st

from words import t

HTML = """<input type="search" autocomplete="off"><button type="button"></button>
<output aria-live="polite"></output>"""


@cache
def _beside(ending: str) -> str:
    return (Path(__file__).parent / f"finder.{ending}").read_text(encoding="utf-8")


_field = st.components.v2.component("arena_finder", html=HTML, css=_beside("css"), js=_beside("js"))


def finder(lang: str, *, hint: str = "", finds: bool = True) -> None:
    """Draw the field and 复制; both mean every long table of the page, as it is shown.

    Parameters
    ----------
    hint
        What may be typed; empty for a place or a number.
    finds
        Whether the field is drawn; not where the page has its search already.
    """
    words = {
        "finds": finds,
        "label": t("ui.find.label", lang),
        "hint": hint or t("ui.find.hint", lang),
        "found": t("ui.find.found", lang, count="{count}"),
        "copy": t("ui.find.copy", lang),
        "copied": t("ui.find.copied", lang, count="{count}"),
        "failed": t("ui.find.failed", lang),
    }
    with st.container(key="finder"):
        _field(data=words, key="arena-finder", height="content")
