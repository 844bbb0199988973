"""Ways to other pages of the app; each takes the round and the language along."""

from collections.abc import Sequence

import streamlit as st

from ui.pages import PAGE, Page
from words import t

CARRIED = ("round", "lang")
"""Parameters of an address that a link to another page keeps."""
HERE, PARTS = "page-here", "page-parts"
"""Where the router keeps the page shown, and the pages of its entry open to the visitor."""


def carried() -> dict[str, str]:
    """Return what a link to another page takes along."""
    values = {name: st.query_params.get(name) for name in CARRIED}
    return {name: value for name, value in values.items() if value}


def to_page(key: str, label: str, *, mark: str = "", **params: str) -> None:
    """Draw a link to another page as a quiet button.

    Parameters
    ----------
    key
        The page, e.g. ``organizers.rules``.
    mark
        What tells it from another link to the same page on this one.
    params
        Parameters of its address.
    """
    page = PAGE[key]
    name = "-".join(filter(None, ["to", page.address, mark]))
    with st.container(key=name, width="content"):
        st.page_link(page.path, label=label, query_params=carried() | params)


def go(key: str, **params: str) -> None:
    """Leave for another page at once."""
    st.switch_page(PAGE[key].path, query_params=carried() | params)


def set_here(page: Page, parts: Sequence[Page]) -> None:
    """Remember the page shown; the router calls it before it runs the page."""
    st.session_state[HERE] = page.key
    st.session_state[PARTS] = [part.key for part in parts]


def parts_of_entry(lang: str) -> None:
    """Draw the pages of the menu's entry as links in a row, where it has several."""
    parts: list[str] = st.session_state.get(PARTS, [])
    if len(parts) < 2:
        return
    here = st.session_state.get(HERE)
    with st.container(key="parts", horizontal=True, gap="small", wrap=True):
        for key in parts:
            page = PAGE[key]
            place = "here" if key == here else "to"
            with st.container(key=f"part-{place}-{page.address}", width="content"):
                st.page_link(page.path, label=t(f"{key}.title", lang), query_params=carried())
