"""A change of the list: entered by one person, signed by another, or withdrawn with a reason."""

from datetime import datetime

import streamlit as st

from competition.results.deciding import ListChange, confirm_list_change, withdraw_list_change
from organizers import second
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.forms import Form, Values
from ui.html import element, tag

_say = saying("organizers.decided")


def prize(now: Visit, name: str | None) -> str:
    """A prize by name; where the list is not divided, whether on it."""
    return _say(now, "out") if name is None else name or _say(now, "in")


def show(now: Visit, one: ListChange, *, is_open: bool, since: int | None = None) -> None:
    """A change with its signatures, and what may still be done with it.

    Parameters
    ----------
    since
        The version whose change it repeats.
    """
    moved = _say(
        now,
        "moved",
        place=f"{one.place} {one.county}",
        before=prize(now, one.before),
        after=prize(now, one.prize),
    )
    signed = _say(now, "signed", first=one.entered_by, second=one.confirmed_by or "—")
    tone = {"confirmed": "ok", "waiting": "wait"}.get(one.state, "")
    label = tag(_say(now, f"state.{one.state}"), tone=tone)
    said = [one.reason, *[_say(now, "carried.since", version=since)] * (since is not None), signed]
    st.html(element("div", element("b", moved), " ", label, element("p", " · ".join(said))))
    if not is_open:
        return
    if one.state == "waiting":
        second.offer(now, "list_change", one.id, by=one.entered_by_id, about=moved)
        _sign(now, one)
    if one.state != "withdrawn" and can(now, "withdraw_list_change"):
        _withdraw(now, one)


def _withdraw(now: Visit, one: ListChange) -> None:
    form = Form(now, f"withdraw-{one.id}", watch=False)
    form.text("reason", _say(now, "withdraw_reason"))

    def back(values: Values, at: datetime) -> None:
        reason = str(values["reason"])
        withdraw_list_change(now.store, now.who, one.id, reason=reason, at=at)

    form.send(_say(now, "withdraw"), back, primary=False)


def _sign(now: Visit, one: ListChange) -> None:
    if one.entered_by_id == now.who.person_id or not can(now, "confirm_list_change"):
        return
    if st.button(_say(now, "confirm"), key=f"sign-{one.id}", type="primary"):
        with acting(now.lang) as problems:
            confirm_list_change(now.store, now.who, one.id, at=now.at)
        if not problems:
            st.rerun()
