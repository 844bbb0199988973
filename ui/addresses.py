"""Pages at their addresses, as Streamlit's navigation takes them."""

from copy import copy
from functools import cache

import streamlit as st
from streamlit.navigation.page import StreamlitPage


def at_address(path: str, title: str, address: str = "") -> StreamlitPage:
    """Return the page of an address; without one it is the front page.

    Streamlit looks every page up on the disk, and a run of any page names them all: they are
    looked up once. The copy is the run's own, which marks the page that it may call.
    """
    return copy(_looked_up(path, title, address))


@cache
def _looked_up(path: str, title: str, address: str) -> StreamlitPage:
    return st.Page(path, title=title, url_path=address or None, default=not address)
