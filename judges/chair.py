"""Page: the rulings that a chair without a seat signs."""

import streamlit as st

from judges import ruling_box
from judges.top import top
from ui.access import enter_page
from ui.html import element
from words import t


def main() -> None:
    """Draw the chair's name and every ruling of the round."""
    now = enter_page("rulings", density="judge", top=False, page="judges.chair")
    with st.container(key="narrow"):
        title = element("h1", t("judges.chair.title", now.lang), cls="j-h2")
        st.html(top(now) + title)
        st.html(element("div", now.who.name, cls="j-me"))
        if not ruling_box.show(now):
            st.html(element("p", t("judges.chair.none", now.lang), cls="j-note"))


main()
