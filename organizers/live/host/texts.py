"""The dialog in which the host's texts are edited, each from its sample."""

from datetime import datetime

import streamlit as st

from competition.stage import host_texts as texts
from competition.stage.host_texts import KINDS, PLACEHOLDERS
from organizers.asking import act_buttons
from ui.access import Visit, saying
from ui.html import element

_say = saying("organizers.host")


def host_texts(now: Visit) -> None:
    """Ask for every text; what was changed is saved, what was emptied is the sample again."""
    known = texts.host_texts(now.store, now.who, now.round_id, now.lang)
    named = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    st.html(element("p", _say(now, "edit_text", placeholders=named), cls="a-reason"))
    typed = {
        kind: st.text_area(
            _say(now, f"kind.{kind}"), known[kind], key=f"host-text-{kind}", height=92
        )
        for kind in KINDS
    }

    def save(at: datetime) -> None:
        changed = {kind: text for kind, text in typed.items() if text != known[kind]}
        texts.set_host_texts(now.store, now.who, now.round_id, changed, at=at)

    act_buttons(now, _say(now, "edit_save"), "set_host_text", save)
