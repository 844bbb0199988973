"""What a person who may be the second one is asked at first: to set a PIN, now or later."""

import streamlit as st

from competition import Store, clock
from competition.people.pins import own_pin, postpone
from competition.rights import PIN_ROLES
from competition.visitor import Visitor
from ui.html import element
from ui.icons import state_label
from ui.pages import LANDS
from ui.ways import HERE, to_page
from words import t

ASKS = {LANDS[role] for role in PIN_ROLES} | {"judges.home"}
"""The pages to which these people come first; a chair with a seat comes to the judges'."""


def pin_notice(store: Store, who: Visitor, lang: str) -> None:
    """Ask for a PIN on the page one comes to, until it is set, or postponed on this device."""
    if st.session_state.get(HERE) not in ASKS or not who.roles & set(PIN_ROLES):
        return
    if not own_pin(store, who).is_asked:
        return
    with st.container(
        key="pin-notice",
        border=True,
        horizontal=True,
        gap="small",
        vertical_alignment="center",
        wrap=True,
    ):
        head = state_label("not_begun", lang, word=t("ui.pin.title", lang))
        text = element("span", t("ui.pin.text", lang), cls="a-reason")
        st.html(element("div", head, " ", text), width="stretch")
        with st.container(
            key="pin-choice",
            horizontal=True,
            gap="small",
            vertical_alignment="center",
            width="content",
        ):
            to_page("organizers.pin", t("ui.pin.set", lang), mark="notice")
            st.button(
                t("ui.pin.later", lang),
                key="pin-later",
                on_click=lambda: postpone(store, who, at=clock.now(store)),
            )
