"""What stops an import, each with its proposals, and a field to type into its cell.

The file stays as it is: corrections are kept in the tab, and laid over it when it is read.
"""

import hashlib
from collections.abc import Sequence

import streamlit as st

from intake.edits import Edit, sheet_key
from intake.findings import Finding
from intake.saying import choice_words, said
from ui.access import Visit, saying
from ui.html import element, tag
from ui.icons import state_label
from ui.plain import plain

_say = saying("overview.imports")
MOST_STOPS, MOST_WAYS = 12, 4
EDITS, FILE = "programme-edits", "programme-file"


def edits_of(content: bytes) -> list[Edit]:
    """The corrections made to this file; none where it is another than before."""
    digest = hashlib.sha256(content).hexdigest()
    if st.session_state.get(FILE) != digest:
        st.session_state[FILE], st.session_state[EDITS] = digest, []
    return [edit for group in st.session_state[EDITS] for edit in group]


def stops(now: Visit, listed: Sequence[Finding]) -> None:
    """Each stop with its ways out; those of the same kind are taken together."""
    with st.container(key="import-stops"):
        if listed:
            word = _say(now, "stops", count=len(listed))
            st.html(element("p", state_label("attention", now.lang, word=word), role="alert"))
        first = [stop.choices[0].edit for stop in listed if stop.choices]
        can = [way for way in first if way.kind != "drop"]
        with st.container(horizontal=True, gap="small"):
            if len(can) > 1:
                every = _say(now, "accept_all", count=len(can))
                st.button(every, key="import-all", on_click=_take, args=can)
            if st.session_state.get(EDITS):
                st.button(_say(now, "take_back"), key="import-back", on_click=_take_back)
        for at, stop in enumerate(listed[:MOST_STOPS]):
            _stop(now, stop, at)
        if len(listed) > MOST_STOPS:
            more = _say(now, "more_stops", more=len(listed) - MOST_STOPS)
            st.html(element("p", more, cls="a-reason"))


def _stop(now: Visit, stop: Finding, at: int) -> None:
    with st.container(key=f"import-stop-{at}"):
        place = tag(stop.place) if stop.place else ""
        st.html(element("p", place, " ", said(stop, now.lang), cls="a-stop-line"))
        with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=True):
            for number, way in enumerate(stop.choices[:MOST_WAYS]):
                words = plain(choice_words(way, now.lang))
                key = f"import-take-{at}-{number}"
                st.button(words, key=key, on_click=_take, args=(way.edit,))
            if stop.cell and ":" not in stop.cell:
                with st.popover(_say(now, "mend_here")):
                    widget = f"import-typed-{at}"
                    st.text_input(_say(now, "write_into"), key=widget)
                    st.button(_say(now, "write"), key=f"import-write-{at}", on_click=_type,
                              args=(stop, widget))  # fmt: skip


def _take(*edits: Edit) -> None:
    """Taken together, they are taken back together."""
    st.session_state[EDITS] = [*st.session_state.get(EDITS, []), edits]


def _take_back() -> None:
    st.session_state[EDITS] = st.session_state.get(EDITS, [])[:-1]


def _type(stop: Finding, widget: str) -> None:
    typed = str(st.session_state.get(widget, ""))
    _take(Edit("set", sheet_key(stop.file, stop.sheet), stop.cell, typed))
