"""Corrections that wait for a second person, among what needs a person on the page of the day."""

from collections.abc import Callable, Iterator
from functools import partial

import streamlit as st

from competition.corrections.listing import Correction, corrections_of
from competition.corrections.saying import heading
from organizers import naming, second
from organizers.offers import can
from ui.access import Visit, saying
from ui.html import element
from ui.icons import state_label
from ui.ways import to_page
from words import t

_say = saying("organizers.attention")


def items(now: Visit) -> Iterator[Callable[[], object]]:
    """One drawing for each correction that waits, for those who ask for them or confirm them."""
    if not (can(now, "request_correction") or can(now, "confirm_correction")):
        return
    for one in corrections_of(now.store, now.who, now.round_id, waiting=True):
        yield partial(_item, now, one)


def _item(now: Visit, one: Correction) -> None:
    kind = t(f"correction.kind.{one.kind}", now.lang)
    title = _say(now, "correction", kind=kind, about=heading(one, now.lang))
    at = naming.clock(now, one.asked_at)[:5]
    text = _say(now, "correction_text", reason=one.reason, name=one.asked_by, at=at)
    head = state_label("pending", now.lang, word=title, size=18)
    st.html(element("div", head, element("p", text), cls="a-wants"))
    if can(now, one.answers) and one.asked_by_id != now.who.person_id:
        to_page("organizers.waiting", _say(now, "correction_sign"), mark=one.id)
        return
    kind_key = "set_aside" if one.kind == "set_aside" else "correction"
    second.offer(now, kind_key, one.id, by=one.asked_by_id, about=title)
