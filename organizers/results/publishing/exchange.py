"""交流: what counties may read after the contest, released and taken back here."""

from datetime import datetime

import streamlit as st

from competition.programme.releasing import (
    Exchange,
    Released,
    exchange_of,
    release_feedback,
    release_plan,
    withdraw_exchange,
)
from organizers import naming
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.forms import Form, Values
from ui.html import element, tag

_say = saying("organizers.exchange")


def panel(now: Visit) -> None:
    """Feedback, then winners' plans; nothing before the result is public."""
    if not can(now, "exchange_releases"):
        return
    offered = exchange_of(now.store, now.who, now.round_id)
    if not offered.is_public:
        return
    st.html(element("h2", _say(now, "title"), cls="a-h2 a-over"))
    st.html(element("p", _say(now, "text"), cls="a-reason"))
    _feedback(now, offered)
    for one in offered.plans:
        with st.container(border=True, key=f"exchange-{one.id}"):
            st.html(element("b", f"{one.place} {one.title}"))
            _released(now, one)
    if offered.feedback is not None and can(now, "release_plan"):
        _plan(now, offered)


def _feedback(now: Visit, offered: Exchange) -> None:
    with st.container(border=True, key="exchange-feedback"):
        st.html(element("b", _say(now, "feedback")))
        if offered.feedback is not None:
            _released(now, offered.feedback)
        elif can(now, "release_feedback") and st.button(
            _say(now, "release_feedback"), key="release-feedback", type="primary"
        ):
            with acting(now.lang) as problems:
                release_feedback(now.store, now.who, now.round_id, at=now.at)
            if not problems:
                st.rerun()


def _released(now: Visit, one: Released) -> None:
    at = naming.clock(now, one.at, day=True)
    lines = [_say(now, "released", name=one.by, at=at)]
    lines += [_say(now, "agreed", agreement=one.agreement)] * bool(one.agreement)
    st.html(element("p", tag(_say(now, "open"), tone="ok"), " ", " · ".join(lines)))
    if not can(now, "withdraw_exchange"):
        return
    form = Form(now, f"exchange-back-{one.id}", watch=False)
    form.text("reason", _say(now, "why_back"))

    def back(values: Values, at: datetime) -> None:
        withdraw_exchange(now.store, now.who, one.id, reason=str(values["reason"]), at=at)

    form.send(_say(now, "back"), back, primary=False)


def _plan(now: Visit, offered: Exchange) -> None:
    """Choose a winner with documents, and declare the agreement."""
    released = {one.entrant_id for one in offered.plans}
    left = {
        one.entrant_id: f"{one.place} {one.title}"
        for one in offered.winners
        if one.documents and one.entrant_id not in released
    }
    if not left:
        st.html(element("p", _say(now, "no_more"), cls="a-reason"))
        return
    with st.container(border=True, key="exchange-plan"):
        form = Form(now, f"exchange-plan-{now.round_id}-{len(released)}", watch=False)
        form.pick("entrant", _say(now, "plan"), list(left), None, lambda key: left[key])
        form.text("agreement", _say(now, "agreement"), hint=_say(now, "agreement_hint"))

        def put(values: Values, at: datetime) -> None:
            entrant, said = str(values["entrant"] or ""), str(values["agreement"])
            release_plan(now.store, now.who, now.round_id, entrant, said, at=at)

        form.send(_say(now, "release_plan"), put)
