"""Lists of daily work: needs, meetings, dispatches, steps to confirm."""

import json
from dataclasses import dataclass

from competition.programme.by_day import need_by
from competition.programme.overview import require_last
from competition.programme.scope import reach
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store
from db import programme_work as work
from db import programmes as rows
from db.programme_shapes import (
    AwardHanded,
    Dispatch,
    DispatchRound,
    Meeting,
    MeetingTask,
    Need,
    ProgrammeStep,
    StepVersion,
    TaskVillage,
    VillageStep,
)

FAR = "9999-12-31"
"""A day after all others."""


@dataclass(frozen=True)
class NeedAt:
    """A need and its village.

    Attributes
    ----------
    is_own, is_taken : bool
        Whether the visitor reaches the village, and whether the visitor took the need on.
    """

    need: Need
    village: TaskVillage
    is_own: bool
    is_taken: bool = False


@dataclass(frozen=True)
class MeetingAt:
    """A meeting, the villages visited, what follows, and the awards handed over there."""

    meeting: Meeting
    villages: tuple[TaskVillage, ...]
    tasks: tuple[MeetingTask, ...]
    awards: tuple[tuple[TaskVillage, AwardHanded], ...] = ()


@dataclass(frozen=True)
class LetterAt:
    """A dispatch, the villages it names, and earlier answers that the office did not take."""

    dispatch: Dispatch
    villages: tuple[TaskVillage, ...]
    earlier: tuple[DispatchRound, ...] = ()


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


def step_versions(store: Store, who: Visitor, programme_id: str = "") -> list[StepVersion]:
    """The versions of the steps since the year began, the last first."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        return rows.step_versions(tx, require_last(tx, who, programme_id)["id"])[::-1]


def task_villages(store: Store, who: Visitor, programme_id: str = "") -> list[TaskVillage]:
    """The task villages that the visitor reaches, by their codes."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme, codes = require_last(tx, who, programme_id), reach(who)
        listed = rows.villages(tx, programme["id"])
    return [one for one in listed if codes is None or one["code"][:6] in codes]


def needs_list(
    store: Store, who: Visitor, programme_id: str = "", *, day: str = ""
) -> list[NeedAt]:
    """Needs by a day: those of reached villages first, open before settled, then by day.

    Open needs are public to the counties, for they may help; who took one on goes on seeing it.
    """
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        places = {one["code"]: one for one in rows.villages(tx, programme["id"])}
        codes = reach(who)
        stood = [need_by(one, day or FAR) for one in work.needs(tx, programme["id"])]
        needs = [
            NeedAt(
                one,
                places[one["code"]],
                codes is None or one["code"][:6] in codes,
                one["offered_person"] == who.person_id,
            )
            for one in stood
            if one is not None
        ]
    shown = [one for one in needs if one.is_own or one.is_taken or one.need["matched_on"] is None]
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
        awards = [one for one in work.awards(tx, programme["id"]) if one["code"] in places]
        tasks = [
            one
            for one in work.tasks(tx, programme["id"])
            if codes is None or one["county_code"] in codes
        ]
        return [
            MeetingAt(
                meeting,
                tuple(places[one] for one in json.loads(meeting["villages"]) if one in places),
                tuple(one for one in tasks if one["meeting_id"] == meeting["id"]),
                tuple(
                    (places[one["code"]], one)
                    for one in awards
                    if one["meeting_id"] == meeting["id"]
                ),
            )
            for meeting in work.meetings(tx, programme["id"])
        ]


def dispatches_list(store: Store, who: Visitor, programme_id: str = "") -> list[LetterAt]:
    """Dispatches, the last first; a county sees its own."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        codes = reach(who)
        places = {one["code"]: one for one in rows.villages(tx, programme["id"])}
        return [
            LetterAt(
                one,
                tuple(places[c] for c in json.loads(one["villages"]) if c in places),
                tuple(work.dispatch_rounds(tx, one["id"])),
            )
            for one in work.dispatches(tx, programme["id"])
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
