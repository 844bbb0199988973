"""Rules or rubric changed after opening: the same fields, sent as a correction by two people."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from competition import Store
from competition.corrections.effects import effect
from competition.corrections.facts import What
from competition.corrections.requests import answer_correction, request_correction
from competition.corrections.saying import effect_lines
from competition.errors import Refused
from competition.rounds.rounds import RoundView
from competition.saying import sentence
from competition.visitor import Visitor
from organizers.offers import can
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from ui.ways import to_page
from words import t

_say = saying("organizers.changing")
Read = Callable[[Values], What]
"""The fields of the form as a correction; raises by field what cannot be read."""


def is_asked(now: Visit, view: RoundView) -> bool:
    """Offer to change what the opening fixed; whether the visitor does so now."""
    if view["state"] == "draft" or not can(now, "change_rules"):
        return False
    key = f"changes-{now.round_id}"
    with st.container(key="changing", border=True):
        asked = st.toggle(_say(now, "change"), key=key)
        st.html(element("p", _say(now, "text"), cls="a-reason"))
        to_page("organizers.corrections", _say(now, "to_list"))
    return bool(asked)


def send(now: Visit, form: Form, read: Read) -> None:
    """The reason, who would move, and the request."""
    form.text("change_reason", _say(now, "reason"), hint=_say(now, "hint"))
    st.html(element("div", *_effect(now, form, read), cls="a-effect"))

    def ask(values: Values, at: datetime) -> None:
        reason = str(values["change_reason"])
        _request(now, now.store, read(values), reason, at)

    form.send(_say(now, "send"), ask, done=_say(now, "sent"))


def _request(now: Visit, store: Store, what: What, reason: str, at: datetime) -> str:
    return request_correction(store, now.who, now.round_id, "rules", what, reason=reason, at=at)


def _effect(now: Visit, form: Form, read: Read) -> list[object]:
    """Who would move by what is in the fields now; or why it could not be asked for."""

    def do(copy: Store, person: Visitor) -> None:
        key = _request(now, copy, read(form.values()), _say(now, "change"), now.at)
        answer_correction(copy, person, key, approve=True, at=now.at)

    head = element("b", t("correction.effect.title", now.lang))
    try:
        lines = effect_lines(effect(now.store, now.who, now.round_id, do, at=now.at), now.lang)
    except Refused as error:
        lines = [sentence(error, now.lang)]
    return [head, *[element("p", line) for line in lines]]
