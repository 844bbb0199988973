"""本人 PIN / Your PIN: its owner alone sets and changes it here."""

from datetime import datetime

import streamlit as st

from competition.people import pins
from organizers import naming
from ui.access import Visit, enter_page
from ui.forms import Form, Values
from ui.frame import page_title
from ui.html import element
from ui.icons import state_label
from ui.ways import to_page
from words import t


def page(now: Visit) -> None:
    """Say what it is for and whether there is one; set or change it."""
    own = pins.own_pin(now.store, now.who)
    state = (
        state_label("saved", now.lang, word=_say(now, "set_at", at=_when(now, own.set_at)))
        if own.set_at
        else state_label("not_begun", now.lang, word=_say(now, "unset"))
    )
    page_title(_say(now, "title"), state=state, note=_say(now, "note"))
    st.html(element("p", _say(now, "text"), cls="a-reason"))
    with st.container(key="own-pin", border=True, width=420):
        _form(now, is_set=bool(own.set_at))
    minutes = int(pins.LOCKED_FOR.total_seconds() // 60)
    tries = _say(now, "tries", tries=pins.TRIES, minutes=minutes)
    st.html(element("p", tries, cls="a-reason"))
    if now.who.roles <= {"judge", "chair", "public"}:  # they have no menu
        to_page("judges.chair", _say(now, "back"))


def _say(now: Visit, key: str, **values: object) -> str:
    return t(f"organizers.pin.{key}", now.lang, **values)


def _when(now: Visit, at: str) -> str:
    return naming.clock(now, at, day=True)


def _form(now: Visit, *, is_set: bool) -> None:
    form = Form(now, "own-pin", watch=False)
    if is_set:
        form.secret("former", _say(now, "former"))
    form.secret("pin", _say(now, "new"))
    form.secret("again", _say(now, "again"))

    def put(values: Values, at: datetime) -> None:
        former = str(values.get("former", ""))
        pins.set_pin(
            now.store, now.who, str(values["pin"]), str(values["again"]), former=former, at=at
        )

    label = _say(now, "change" if is_set else "set")
    form.send(label, put, done=_say(now, "done"))


page(enter_page("own_pin", of_round=False))
