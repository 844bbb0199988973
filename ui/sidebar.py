"""The organisers' sidebar: brand on top, pages in groups, who is signed in at the bottom."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.html import brand, element

Link = tuple[StreamlitPage, str]
"""A page and its name in the reader's language."""


def sidebar(groups: Mapping[str, Sequence[Link]], here: StreamlitPage, who: str, lang: str) -> None:
    """Draw the sidebar. ``st.navigation`` must run with ``position="hidden"``.

    Parameters
    ----------
    groups
        Heading (may be empty) to its pages; a group without pages is left out.
    here
        The page shown now, as ``st.navigation`` returned it.
    who
        The line at the bottom, e.g. role and place. Escaped.
    """
    with st.sidebar, st.container(key="sidebar-body"):
        st.html(brand(lang))
        for heading, links in groups.items():
            if links:
                st.html(element("div", heading, cls="a-group"))
            for page, label in links:
                _link(page, label, current=page.url_path == here.url_path)
        with st.container(key="sidebar-who"):
            st.html(element("div", who, cls="a-who"))


def _link(page: StreamlitPage, label: str, *, current: bool) -> None:
    key = "sidebar-here" if current else f"sidebar-to-{page.url_path or 'home'}"
    with st.container(key=key):
        st.page_link(page, label=label, icon="", width="stretch")
