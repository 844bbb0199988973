"""Ways to other pages of the app."""

import streamlit as st

from ui.pages import PAGE


def to_page(key: str, label: str) -> None:
    """A link to another page, as a quiet button; ``key`` is e.g. ``organizers.rules``."""
    page = PAGE[key]
    with st.container(key=f"to-{page.address}"):
        st.page_link(page.path, label=label)
