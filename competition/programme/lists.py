"""Lists of daily work: needs, meetings, dispatches, steps to confirm."""

import json
from dataclasses import dataclass

from competition.programme.overview import require_last
from competition.programme.scope import reach
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store
from db import programmes as rows
from db.programme_shapes import (
    Dispatch,
    Meeting,
    MeetingTask,
    Need,
    ProgrammeStep,
    TaskVillage,
    VillageStep,
)


@dataclass(frozen=True)
class NeedAt:
    """A need and its village; ``is_own`` says whether the visitor reaches the village."""

    need: Need
    village: TaskVillage
    is_own: bool


@dataclass(frozen=True)
class MeetingAt:
    """A meeting, the villages visited and what follows."""

    meeting: Meeting
    villages: tuple[TaskVillage, ...]
    tasks: tuple[MeetingTask, ...]


@dataclass(frozen=True)
class LetterAt:
    """A dispatch and the villages it names."""

    dispatch: Dispatch
    villages: tuple[TaskVillage, ...]


@dataclass(frozen=True)
class Reported:
    """A step that a village reported and the office has not confirmed."""

    village: TaskVillage
    step: VillageStep


def programme_steps(store: Store, who: Visitor, programme_id: str = "") -> list[ProgrammeStep]:
    """The steps of a programme in order."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        return rows.steps(tx, require_last(tx, who, programme_id)["id"])


def needs_list(store: Store, who: Visitor, programme_id: str = "") -> list[NeedAt]:
    """Needs: those of reached villages first, open before settled, then by day.

    Open needs are public to the counties: they may help.
    """
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        places = {one["code"]: one for one in rows.villages(tx, programme["id"])}
        codes = reach(who)
        found = [
            NeedAt(one, places[one["code"]], codes is None or one["code"][:6] in codes)
            for one in rows.needs(tx, programme["id"])
        ]
    shown = [one for one in found if one.is_own or one.need["matched_on"] is None]
    return sorted(shown, key=_order)


def _order(one: NeedAt) -> tuple[bool, int, str, str]:
    return (not one.is_own, _state(one.need), one.need["asked_on"], one.need["id"])


def _state(need: Need) -> int:
    return (need["matched_on"] is not None) + (need["met_on"] is not None)


def meetings_list(store: Store, who: Visitor, programme_id: str = "") -> list[MeetingAt]:
    """Meetings, the last first; a county sees tasks and names of its villages alone."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        codes = reach(who)
        places = {
            one["code"]: one
            for one in rows.villages(tx, programme["id"])
            if codes is None or one["code"][:6] in codes
        }
        tasks = [
            one
            for one in rows.tasks(tx, programme["id"])
            if codes is None or one["county_code"] in codes
        ]
        return [
            MeetingAt(
                meeting,
                tuple(places[one] for one in json.loads(meeting["villages"]) if one in places),
                tuple(one for one in tasks if one["meeting_id"] == meeting["id"]),
            )
            for meeting in rows.meetings(tx, programme["id"])
        ]


def dispatches_list(store: Store, who: Visitor, programme_id: str = "") -> list[LetterAt]:
    """Dispatches, the last first; a county sees its own."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        codes = reach(who)
        places = {one["code"]: one for one in rows.villages(tx, programme["id"])}
        return [
            LetterAt(one, tuple(places[c] for c in json.loads(one["villages"]) if c in places))
            for one in rows.dispatches(tx, programme["id"])
            if codes is None or one["county_code"] in codes
        ]


def steps_reported(store: Store, who: Visitor, programme_id: str = "") -> list[Reported]:
    """Steps that wait for the office, the oldest first."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        codes = reach(who)
        places = {one["code"]: one for one in rows.villages(tx, programme["id"])}
        return [
            Reported(places[one["code"]], one)
            for one in rows.unconfirmed(tx, programme["id"])
            if codes is None or one["code"][:6] in codes
        ]
