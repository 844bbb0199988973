"""What keeps the day safe, in a line each: the pads, the witnesses, the record's head."""

from collections import Counter

import streamlit as st

from competition.stage.live import Live
from organizers.live import returns
from ui.access import Visit, saying
from ui.html import element
from ui.icons import icon

_say = saying("organizers.safety")

Line = tuple[str, str, str]
"""A state, what it is about, and what is to be said of it."""


def safety(now: Visit, shown: Live) -> None:
    """Draw the lines; nothing for a role that sees neither pads nor records."""
    lines = [*_pads(now, shown), *_records(now)]
    if not lines:
        return
    rows = [
        element("div", icon(state, 18), element("b", name), element("span", text))
        for state, name, text in lines
    ]
    st.html(element("section", *rows, cls="a-box a-safety"))


def _pads(now: Visit, shown: Live) -> list[Line]:
    if shown.faces is None:
        return []
    signs = Counter(face.sign.state for face in shown.faces)
    silent = signs["unopened"] + signs["unknown"]
    state = "done" if signs["online"] == len(shown.faces) else "marking"
    text = _say(now, "pads", online=signs["online"], offline=signs["offline"], silent=silent)
    return [(state, _say(now, "pads_name"), text)]


def _records(now: Visit) -> list[Line]:
    """How many tablets show the same record as this file, and its head."""
    seen = returns.given_back(now)
    if seen is None:
        return []
    same = sum(one.state == "same" for one in seen.witnesses)
    apart = len(seen.witnesses) - same
    state = "attention" if apart else "done" if same else "not_begun"
    text = _say(now, "apart" if apart else "witnesses", same=same, apart=apart)
    return [
        (state, _say(now, "witnesses_name"), text),
        ("done", _say(now, "head_name"), seen.head),
    ]
