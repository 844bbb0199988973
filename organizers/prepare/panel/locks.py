"""Pairs locked by hand before judges are shared out: the list, and the forms that change it."""

from datetime import datetime

import streamlit as st

from competition.lineup import locking
from competition.rounds.readiness import PanelView
from organizers.prepare.entrants.forms import name as entrant_name
from organizers.prepare.panel.seats import name as seat_name
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element

_say = saying("organizers.locks")


def locks(now: Visit, panel: PanelView) -> None:
    """Show the locked pairs, each with its way out, and a form that locks another."""
    with st.expander(_say(now, "title", count=len(panel.locked)), key="locks"):
        st.html(element("p", _say(now, "text"), cls="a-reason"))
        for place, seat in panel.locked:
            pair = f"{place['id']}-{seat['person_id']}"
            with st.container(key=f"lock-{pair}", horizontal=True, vertical_alignment="center"):
                st.html(element("div", entrant_name(now, place), " — ", seat_name(now, seat)))
                _unlock(now, place["id"], seat["person_id"], pair)
        _lock(now, panel)


def _unlock(now: Visit, entrant_id: str, person_id: str, pair: str) -> None:
    form = Form(now, f"unlock-{pair}")

    def unlock(_: Values, at: datetime) -> None:
        locking.unlock_pair(now.store, now.who, now.round_id, entrant_id, person_id, at=at)

    form.send(_say(now, "unlock"), unlock, primary=False)


def _lock(now: Visit, panel: PanelView) -> None:
    seats = {seat["person_id"]: seat for seat in panel.seats if not seat["reserve"]}
    places = {line.entrant["id"]: line.entrant for line in panel.expected}
    form = Form(now, f"lock-{now.round_id}", watch=False)
    form.pick(
        "entrant_id",
        _say(now, "entrant"),
        list(places),
        None,
        lambda one: entrant_name(now, places[one]),
    )
    form.pick(
        "person_id", _say(now, "judge"), list(seats), None, lambda one: seat_name(now, seats[one])
    )

    def lock(values: Values, at: datetime) -> None:
        entrant_id, person_id = str(values["entrant_id"] or ""), str(values["person_id"] or "")
        locking.lock_pair(now.store, now.who, now.round_id, entrant_id, person_id, at=at)

    form.send(_say(now, "lock"), lock, primary=False)
