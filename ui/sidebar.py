"""The organisers' sidebar: brand on top, entries in groups, who is signed in at the bottom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import glossary
from ui.html import brand, element
from ui.ways import carried

NO_PAGES: Mapping[str, StreamlitPage] = MappingProxyType({})
"""Where links bring their pages, or Streamlit is to look their files up."""


@dataclass(frozen=True)
class Link:
    """An entry of the menu.

    Attributes
    ----------
    page
        The page it opens, or its file.
    is_here
        Whether the page shown lies under it.
    """

    key: str
    page: str | StreamlitPage
    label: str
    is_here: bool = False


def sidebar(
    groups: Mapping[str, Sequence[Link]],
    who: str,
    lang: str,
    own: Sequence[Link] = (),
    at_file: Mapping[str, StreamlitPage] = NO_PAGES,
) -> None:
    """Draw the sidebar. ``st.navigation`` must run with ``position="hidden"``.

    Parameters
    ----------
    groups
        Heading to its entries; a group without entries is left out.
    who
        The line at the bottom, e.g. role and place. Escaped.
    own
        Links about the person, below that line.
    at_file
        The page that Streamlit finds for a file; it looks the others up on the disk.
    """
    along = carried()
    with st.sidebar, st.container(key="sidebar-body"):
        st.html(brand(lang))
        for heading, links in groups.items():
            if links:
                st.html(element("div", heading, cls="a-group"))
            for link in links:
                _link(link, along, at_file)
        with st.container(key="sidebar-who"):
            st.html(element("div", who, element("br"), glossary.link(lang), cls="a-who"))
            for link in own:
                _link(link, along, at_file)


def _link(link: Link, along: dict[str, str], at_file: Mapping[str, StreamlitPage]) -> None:
    page = link.page if isinstance(link.page, StreamlitPage) else at_file.get(link.page, link.page)
    with st.container(key="sidebar-here" if link.is_here else f"sidebar-to-{link.key}"):
        st.page_link(page, label=link.label, width="stretch", query_params=along)
