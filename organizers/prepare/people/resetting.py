"""The dialog that resets a person's PIN, with a reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from competition.people.pins import reset_pin
from organizers.asking import Dialog, act_buttons, reason_field
from ui.access import Visit
from ui.html import element
from words import t


def dialogs(now: Visit, everybody: Sequence[Mapping[str, Any]]) -> dict[str, Dialog]:
    """The dialog about a PIN."""
    by_id = {one["id"]: one for one in everybody}
    return {
        "reset_pin": (_say(now, "reset_title"), lambda person_id: _reset(now, by_id[person_id]))
    }


def _say(now: Visit, key: str, **values: object) -> str:
    return t(f"organizers.pin.{key}", now.lang, **values)


def _reset(now: Visit, one: Mapping[str, Any]) -> None:
    st.html(element("p", _say(now, "reset_text", name=one["name"]), cls="a-reason"))
    reason = reason_field(now, "reset_pin")

    def reset(at: datetime) -> None:
        reset_pin(now.store, now.who, one["id"], reason=reason, at=at)

    act_buttons(now, _say(now, "reset_confirm"), "reset_pin", reset)
