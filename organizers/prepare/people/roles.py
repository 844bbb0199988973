"""The dialogs that add or remove a person's role."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from competition.people import people, staffing
from competition.people.people import PersonView
from competition.rounds.composites import is_composite
from organizers.asking import Dialog, act_buttons, reason_field
from ui.access import Visit, saying
from ui.html import element
from words import t

_say = saying("organizers.roles")

Held = tuple[str, str | None, str | None]
"""A role, and the round or the county it is held for."""


def dialogs(now: Visit, people: Sequence[PersonView]) -> dict[str, Dialog]:
    """The dialogs about roles."""
    by_id = {one["id"]: one for one in people}
    return {
        "give_role": (_say(now, "give_title"), lambda person_id: _give(now, by_id[person_id])),
        "take_role": (_say(now, "take_title"), lambda person_id: _take(now, by_id[person_id])),
    }


def _name(now: Visit, held: Held) -> str:
    """统分员; 评委组长 · 村级决赛."""
    role, round_id, county = held
    name = t(f"role.{role}", now.lang)
    titles = {row["id"]: row["title"] for row in now.rounds}
    if round_id is not None:
        return _say(now, "in_round", role=name, round=titles.get(round_id, ""))
    return name if county is None else _say(now, "in_county", role=name, county=county)


def _give(now: Visit, one: PersonView) -> None:
    st.html(element("p", _say(now, "give_text", name=one["name"]), cls="a-reason"))
    composed = [row["id"] for row in now.rounds if is_composite(row)]  # no seat is in one
    chairs = [("chair", round_id, None) for round_id in [*one["numbers"], *composed]]
    wanted: Held = st.selectbox(
        _say(now, "which"),
        [*((role, None, None) for role in staffing.STAFF_ROLES), *chairs],
        format_func=lambda held: _name(now, held),
        key="role-given",
    )
    role, round_id, _ = wanted

    def give(at: datetime) -> None:
        people.grant_role(now.store, now.who, one["id"], role, round_id=round_id, at=at)

    act_buttons(now, _say(now, "give_confirm"), "give_role", give)


def _take(now: Visit, one: PersonView) -> None:
    held = [
        (grant["role"], grant["round_id"], grant["county"])
        for grant in one["grants"]
        if grant["role"] != "judge"
    ]
    if not held:
        st.html(element("p", _say(now, "nothing"), cls="a-reason"))
        return
    st.html(element("p", _say(now, "take_text", name=one["name"]), cls="a-reason"))
    chosen: Held = st.selectbox(
        _say(now, "which"), held, format_func=lambda one: _name(now, one), key="role-taken"
    )
    role, round_id, county = chosen
    reason = reason_field(now, "take_role", hint=_say(now, "take_hint"))

    def take(at: datetime) -> None:
        staffing.revoke_role(
            now.store,
            now.who,
            one["id"],
            role,
            round_id=round_id,
            county=county,
            reason=reason,
            at=at,
        )

    act_buttons(now, _say(now, "take_confirm"), "take_role", take)
