"""Changes of an earlier version that still apply: entered again, or dropped with a reason."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from competition.results.carrying import Carried, carry_over, drop_carried
from organizers.offers import can
from organizers.results.publishing import changes
from ui.access import Visit, acting, saying
from ui.forms import Form, Values
from ui.html import element

_say = saying("organizers.decided")


def panel(now: Visit, waiting: Sequence[Carried]) -> None:
    """Each change that waits for an answer; nothing where none does."""
    if not waiting:
        return
    st.html(element("h2", _say(now, "carried.title"), cls="a-h2 a-over"))
    st.html(element("p", _say(now, "carried.text"), cls="a-reason"))
    for one in waiting:
        with st.container(border=True, key=f"carried-{one.id}"):
            _one(now, one)


def _one(now: Visit, one: Carried) -> None:
    names = {"before": changes.prize(now, one.before), "after": changes.prize(now, one.prize)}
    moved = _say(now, "moved", place=f"{one.place} {one.county}", **names)
    signed = {"first": one.entered_by, "second": one.confirmed_by}
    was = _say(now, "carried.was", version=one.version, **signed)
    st.html(element("div", element("b", moved), element("p", one.reason, " · ", was)))
    if can(now, "enter_list_change") and st.button(
        _say(now, "carried.again"), key=f"carry-{one.id}", type="primary"
    ):
        with acting(now.lang) as problems:
            carry_over(now.store, now.who, one.id, at=now.at)
        if not problems:
            st.rerun()
    if can(now, "withdraw_list_change"):
        _drop(now, one)


def _drop(now: Visit, one: Carried) -> None:
    form = Form(now, f"drop-{one.id}", watch=False)
    form.text("reason", _say(now, "carried.why_drop"))

    def drop(values: Values, at: datetime) -> None:
        drop_carried(now.store, now.who, one.id, reason=str(values["reason"]), at=at)

    form.send(_say(now, "carried.drop"), drop, primary=False)
