"""What a supervisor reads first on any page: other links and devices under the same name."""

import streamlit as st

from competition import Store, clock
from competition.people.own_entries import (
    WATCHED,
    Entries,
    OtherEntry,
    OtherLink,
    end_other_entries,
    note_shown,
    own_entries,
)
from competition.times import local
from competition.visitor import Visitor
from ui.html import Markup, element
from ui.icons import state_label
from words import t


def entry_notice(store: Store, who: Visitor, lang: str, timezone: str) -> None:
    """Show it, until this device has read it or has ended the others."""
    if not who.roles & WATCHED:
        return
    entries = own_entries(store, who)
    if entries.is_empty:
        return
    with st.container(key="own-entries", border=True):
        head = state_label("attention", lang, word=_say("title", lang))
        st.html(element("div", head, *_lines(entries, lang, timezone), cls="a-wants"))
        with st.container(horizontal=True, gap="small"):
            st.button(
                _say("told", lang),
                key="entries-told",
                on_click=lambda: note_shown(store, who, at=clock.now(store)),
            )
            st.button(
                _say("end", lang),
                key="entries-end",
                on_click=lambda: end_other_entries(store, who, at=clock.now(store)),
            )
        st.html(element("div", _say("hint", lang), cls="a-reason"))


def _say(key: str, lang: str, **values: object) -> str:
    return t(f"ui.entries.{key}", lang, **values)


def _lines(entries: Entries, lang: str, timezone: str) -> list[Markup]:
    def clock(at: str) -> str:
        return local(at, timezone).strftime("%m-%d %H:%M:%S")

    def link(one: OtherLink) -> str:
        key = "link" if one.by else "link_command"
        return _say(key, lang, at=clock(one.at), by=one.by)

    def entry(one: OtherEntry) -> str:
        key = "entry_live" if one.is_live else "entry_left" if one.now else "entry_ended"
        device = t(f"device.{one.device}", lang)
        return _say(key, lang, at=clock(one.at), device=device, now=one.now)

    lines = [*map(entry, entries.entries), *map(link, entries.links)]
    if entries.pin is not None:
        device = t(f"device.{entries.pin.device}", lang)
        lines.append(_say("pin", lang, at=clock(entries.pin.at), device=device))
    return [element("p", line) for line in lines]
