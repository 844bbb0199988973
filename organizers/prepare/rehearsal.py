"""The dialog that copies the competition to a file for a rehearsal, and says how to open it."""

from datetime import datetime

import streamlit as st

from competition.rounds import competitions
from intake.rehearsal_file import free_name, make_file
from organizers.asking import Dialog, act_buttons
from ui.access import Visit, saying
from ui.html import element
from ui.icons import state_label

_say = saying("organizers.rehearsal")

MADE = "rehearsal-made"
PORT = 8502


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialog of a rehearsal."""
    return {"make_rehearsal": (_say(now, "title"), lambda: _make(now))}


def _make(now: Visit) -> None:
    made = st.session_state.pop(MADE, None)
    if made is not None:
        st.html(element("p", state_label("done", now.lang, word=_say(now, "made", file=made))))
        st.html(element("p", _say(now, "open"), cls="a-item"))
        st.code(f"python3 arena.py serve --db {made} --port {PORT} --new-link", language=None)
        st.html(element("p", _say(now, "after"), cls="a-reason"))
        return
    st.html(element("p", _say(now, "text"), cls="a-reason"))

    def copy(at: datetime) -> None:
        assert now.competition is not None
        target = free_name(now.store.path, "rehearsal", now.lang)
        with st.spinner(_say(now, "copying")):
            competitions.note_rehearsal(now.store, now.who, at=at)
            make_file(
                now.store,
                now.who,
                now.competition,
                target,
                what="rehearsal",
                lang=now.lang,
                at=at,
            )
        st.session_state[MADE] = _shown(target.name, now)

    act_buttons(now, _say(now, "confirm"), "make_rehearsal", copy, stay=True)


def _shown(name: str, now: Visit) -> str:
    """The file as the command takes it, from the folder that the server was started in."""
    path = now.store.path.with_name(name)
    here = path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
