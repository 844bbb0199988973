"""The dialog in which the round is adjourned: for minutes, or to another day."""

import streamlit as st

from competition.stage.adjourning import adjourn
from organizers.asking import Dialog, act_buttons, reason_field
from ui.access import Visit, saying
from ui.html import element

_say = saying("organizers.adjourn")


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialog of an adjournment."""
    return {"adjourn": (_say(now, "title"), lambda: _adjourn(now))}


def _adjourn(now: Visit) -> None:
    st.html(element("p", _say(now, "text"), cls="a-reason"))
    until = st.text_input(
        _say(now, "until"), key="adjourn-until", placeholder=_say(now, "until_hint")
    )
    reason = reason_field(now, "adjourn", hint=_say(now, "hint"))
    act_buttons(
        now,
        _say(now, "confirm"),
        "adjourn",
        lambda at: adjourn(now.store, now.who, now.round_id, until=until, reason=reason, at=at),
    )
