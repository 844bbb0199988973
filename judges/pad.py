"""Page: the pad, on which a judge marks; it works on without a network."""

import streamlit as st

from judges.pad_files import markup, script, style
from judges.pad_settings import settings
from ui.access import enter_page
from ui.html import element
from words import t

draw_pad = st.components.v2.component("arena_pad", html=markup(), css=style(), js=script())


def main() -> None:
    """Mount the pad for the signed-in judge; it fetches its work by itself."""
    now = enter_page("own_sheets", density="judge", top=False, page="judges.pad")
    st.html(element("h1", t("judges.pad.title", now.lang), cls="a-hidden"))
    given = settings(now.who, now.lang) | {"entrant": st.query_params.get("entrant")}
    draw_pad(key=f"pad-{now.who.person_id}", data=given)


main()
