"""Faults of the machine on Streamlit's pages: said in words, with what to do."""

import streamlit as st

from competition import DatabaseError, Store
from competition.machine import machine
from ui.frame import refused
from ui.html import Markup, element
from ui.icons import state_label
from ui.language import language
from words import t


def show_fault(error: Exception) -> bool:
    """Show a fault of the store in place of what it broke; leave others to Streamlit.

    Returns
    -------
    bool
        Whether it was shown.
    """
    if not isinstance(error, DatabaseError):
        return False
    refused(error, language())
    return True


def machine_notice(store: Store, lang: str) -> None:
    """Warn of a full disk or a clock that was set back; nothing where all is well."""
    state = machine(store)
    lines = []
    if not state.has_room:
        lines.append(t("ui.machine.full", lang, free=megabytes(state.free)))
    if state.is_behind:
        lines.append(t("ui.machine.behind", lang, seconds=state.seconds_behind))
    if lines:
        head = state_label("attention", lang, word=t("ui.machine.title", lang))
        texts = [element("p", line) for line in lines]
        st.html(element("div", head, *texts, cls="a-refused", role="alert"))


def room(store: Store, lang: str) -> Markup:
    """How much room the disk has, for the overview."""
    free = machine(store).free
    return element("span", t("ui.machine.free", lang, free=megabytes(free)), cls="a-n")


def megabytes(size: int) -> str:
    """``12.3 GB`` or ``640 MB``."""
    return f"{size / 10**9:.1f} GB" if size >= 10**9 else f"{size // 10**6} MB"
