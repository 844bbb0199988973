"""Page: the rulings that a chair without a seat signs."""

import streamlit as st

from competition import sign_ins
from judges import ruling_box
from ui.access import Visit, enter_page
from ui.html import brand, element, join
from ui.language import language_toggle
from words import t


def main() -> None:
    """Draw the chair's name and every ruling of the round."""
    now = enter_page("rulings", density="judge", top=False, page="judges.chair")
    with st.container(key="narrow"):
        _top(now)
        if not ruling_box.show(now):
            st.html(element("p", t("judges.chair.none", now.lang), cls="j-note"))


def _top(now: Visit) -> None:
    with st.container(key="home-top", horizontal=True, vertical_alignment="center"):
        st.html(brand(now.lang), width="stretch")
        language_toggle(
            now.lang,
            short=True,
            on_change=lambda lang: sign_ins.choose_language(now.store, now.who, lang),
        )
    where = [now.competition["title"]] if now.competition else []
    where += [now.round["title"]] if now.round else []
    title = element("h1", t("judges.chair.title", now.lang), cls="j-h2")
    st.html(element("div", join(where, " · "), cls="j-where") + title)
    st.html(element("div", now.who.name, cls="j-me"))


main()
