"""The top of a judge's or chair's first page: the mark, the language, and the round."""

import streamlit as st

from competition import sign_ins
from ui.access import Visit, say_lost
from ui.html import Markup, brand, element, join
from ui.language import language_toggle


def top(now: Visit) -> Markup:
    """Draw the mark and the language; return the line with competition and round."""
    say_lost(now)
    with st.container(key="home-top", horizontal=True, vertical_alignment="center"):
        st.html(brand(now.lang), width="stretch")
        language_toggle(
            now.lang,
            short=True,
            on_change=lambda lang: sign_ins.choose_language(now.store, now.who, lang),
        )
    where = [row["title"] for row in (now.competition, now.round) if row]
    return element("div", join(where, " · "), cls="j-where")
