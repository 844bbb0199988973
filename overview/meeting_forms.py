"""The office's forms of a meeting: entered before or after it was held, completed later."""

from collections.abc import Mapping, Sequence

import streamlit as st

from competition.programme import meetings as acts
from competition.programme.lists import MeetingAt
from overview.choice import Choice
from overview.entered import tasks_in
from overview.picking import pick_villages
from ui.access import Visit, saying
from ui.forms import Form

_say = saying("overview.meetings")


def enter(now: Visit, choice: Choice, counties: Mapping[str, str]) -> None:
    """A new meeting."""
    with st.expander(_say(now, "enter")):
        form = Form(now, f"meeting-{choice.id}")
        _fields(now, choice, form, None)
        form.send(
            _say(now, "send"),
            lambda values, at: acts.hold_meeting(
                now.store,
                now.who,
                choice.id,
                title=values["title"],
                held_on=values["held_on"],
                villages=values["villages"],
                minutes=values["minutes"],
                tasks=tasks_in(values["tasks"], counties),
                at=at,
            ),
        )


def update(
    now: Visit, choice: Choice, listed: Sequence[MeetingAt], counties: Mapping[str, str]
) -> None:
    """Minutes and further tasks of a meeting that is there."""
    with st.expander(_say(now, "update")):
        chosen = pick_meeting(now, listed, "meeting-update")
        form = Form(now, f"meeting-{chosen.meeting['id']}")
        _fields(now, choice, form, chosen)
        form.send(
            _say(now, "save"),
            lambda values, at: acts.update_meeting(
                now.store,
                now.who,
                chosen.meeting["id"],
                title=values["title"],
                held_on=values["held_on"],
                villages=values["villages"],
                minutes=values["minutes"],
                tasks=tasks_in(values["tasks"], counties),
                at=at,
            ),
        )


def pick_meeting(now: Visit, listed: Sequence[MeetingAt], key: str) -> MeetingAt:
    """One of the meetings, the last by itself."""
    ids = {one.meeting["id"]: one for one in listed}
    names = {
        one.meeting["id"]: f"{one.meeting['held_on']} {one.meeting['title']}" for one in listed
    }
    chosen = st.selectbox(_say(now, "which"), list(ids), format_func=names.__getitem__, key=key)
    return ids[str(chosen)]


def _fields(now: Visit, choice: Choice, form: Form, one: MeetingAt | None) -> None:
    row = one.meeting if one else None
    form.text("title", _say(now, "title_of"), row["title"] if row else "")
    held_on = row["held_on"] if row else ""
    form.text("held_on", _say(now, "held_on"), held_on, placeholder="2022-03-28", width=200)
    visited = [each["code"] for each in one.villages] if one else []
    pick_villages(now, choice, form, _say(now, "villages"), visited)
    form.area("minutes", _say(now, "minutes"), row["minutes"] if row else "")
    form.area("tasks", _say(now, "tasks"), hint=_say(now, "tasks_hint"))
