"""Page: the sign-in of an open page has ended; the same words as the plain landing page."""

import streamlit as st

from judges.landing_html import landing_body
from ui.access import visit
from ui.browser import in_wechat
from ui.html import brand
from ui.language import language_toggle
from ui.theme import page_style


def main() -> None:
    """Draw one column; a sign-in that has ended says why and what to do."""
    now = visit()
    page_style("judge")
    with st.container(key="narrow"):
        with st.container(key="home-top", horizontal=True, vertical_alignment="center"):
            st.html(brand(now.lang), width="stretch")
            language_toggle(now.lang, short=True)
        st.html(landing_body(now.lang, now.ended, wechat=in_wechat()))


main()
