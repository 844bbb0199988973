"""Faults on Streamlit's pages, of the machine and of the program: in words, with what to do."""

import streamlit as st

from competition import DatabaseError, Store
from competition.machine import machine
from competition.network import reaches_others
from competition.standby import fencing
from ui.frame import refused
from ui.html import Markup, element
from ui.icons import state_label
from ui.language import language
from ui.unexpected import noted
from words import t


def show_fault(error: Exception) -> bool:
    """Show an error in our words, in place of what it broke; True, so that Streamlit shows none.

    A fault of the store is named; another error has a number that stands in the log, too.
    """
    if isinstance(error, DatabaseError):
        refused(error, language())
    else:
        refused(noted(error), language(), head="ui.failed")
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


def superseded_notice(store: Store, lang: str) -> None:
    """Say on every page that another laptop has taken over, and where it is."""
    if not store.superseded:
        return
    number = store.superseded.partition("-")[0]
    head = state_label("attention", lang, word=t("ui.superseded.title", lang, generation=number))
    places = [
        element("p", element("a", address, href=address, target="_self"))
        for address in fencing.second_addresses(store)
        if reaches_others(address)
    ]
    text = element("p", t("ui.superseded.text", lang))
    st.html(element("div", head, text, *places, cls="a-refused", role="alert"))


def room(store: Store, lang: str) -> Markup:
    """How much room the disk has, for the overview."""
    free = machine(store).free
    return element("span", t("ui.machine.free", lang, free=megabytes(free)), cls="a-n")


def megabytes(size: int) -> str:
    """``12.3 GB`` or ``640 MB``."""
    return f"{size / 10**9:.1f} GB" if size >= 10**9 else f"{size // 10**6} MB"
