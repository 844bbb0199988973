"""Awards handed over at meetings: which goes to which village, when, by whom."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from competition.programme import awards as acts
from competition.programme.contest import contest
from competition.programme.lists import MeetingAt
from overview.choice import Choice, link
from overview.meeting_forms import pick_meeting
from overview.picking import pick_village
from ui.access import Visit, saying
from ui.forms import Form
from ui.html import Markup, element, join
from ui.icons import state_label
from ui.pressing import button
from ui.tables import Column, list_table

_say = saying("overview.meetings")


def award_table(now: Visit, one: MeetingAt) -> Markup:
    """The awards of a meeting, handed over or to come."""
    rows = [
        (
            link(f"{place['county']} {place['village']}", "overview.village", code=place["code"]),
            award["award"],
            award["handed_by"],
            _state(now, award["handed_on"]),
        )
        for place, award in one.awards
    ]
    columns = [Column(_say(now, f"award_{key}")) for key in ("village", "name", "by", "state")]
    heading = element("p", element("b", _say(now, "awards")), cls="o-said")
    return join([heading, list_table(columns, rows, now.lang, stacks=True)])


def _state(now: Visit, handed_on: str | None) -> Markup:
    if handed_on:
        return state_label("done", now.lang, word=_say(now, "award_handed", day=handed_on), size=14)
    return state_label("not_begun", now.lang, word=_say(now, "award_planned"), size=14)


def award_acts(now: Visit, choice: Choice, listed: Sequence[MeetingAt]) -> None:
    """An award planned, recorded as handed over, or dropped with a reason."""
    with st.expander(_say(now, "plan_award")):
        _plan(now, choice, listed)
    waiting = [
        (one, place, award)
        for one in listed
        for place, award in one.awards
        if award["handed_on"] is None
    ]
    if not waiting:
        return
    names = {a["id"]: f"{place['village']} · {a['award']}" for _, place, a in waiting}
    with st.expander(_say(now, "drop")):
        form = Form(now, f"drop-{choice.id}", watch=False)
        form.pick("award", _say(now, "drop_which"), list(names), None, names.__getitem__)
        form.text("reason", _say(now, "reason"))
        form.send(
            _say(now, "drop_now"),
            lambda values, at: acts.drop_award(
                now.store, now.who, values["award"], reason=values["reason"], at=at
            ),
            primary=False,
        )
    with st.container(horizontal=True, gap="small", wrap=True):
        for one, place, award in waiting:
            if one.meeting["held_on"] <= choice.today:
                button(
                    now,
                    _say(now, "hand", village=place["village"], award=award["award"]),
                    f"hand-{award['id']}",
                    partial(_hand, now, award["id"], one.meeting["held_on"]),
                )


def _hand(now: Visit, award_id: str, day: str, at: datetime) -> None:
    acts.hand_award(now.store, now.who, award_id, day=day, at=at)


def _plan(now: Visit, choice: Choice, listed: Sequence[MeetingAt]) -> None:
    """Villages that a certified round selected stand first, with their place."""
    one = pick_meeting(now, listed, "award-meeting")
    won = {
        each.code: _say(now, "selected", round=each.round, place=each.place)
        for each in contest(now.store, now.who).awarded
    }
    form = Form(now, f"award-{one.meeting['id']}")
    like = _say(now, "award_like")
    pick_village(now, choice, form, _say(now, "award_village"), first=won, hint=like)
    form.text("award", _say(now, "award_name"))
    form.text("handed_by", _say(now, "award_by"))
    form.send(
        _say(now, "plan_now"),
        lambda values, at: acts.plan_award(
            now.store,
            now.who,
            one.meeting["id"],
            code=values["code"],
            award=values["award"],
            handed_by=values["handed_by"],
            at=at,
        ),
    )
