"""一键: one village: plans, steps, evidence, needs, figures, results, and what happened when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competition import typed
from competition.programme.by_day import need_by, plan_by, step_by
from competition.programme.lines import VillageLine, line_of
from competition.programme.overview import require_last
from competition.programme.results import VillageResult, results_of
from competition.programme.scope import require_village, today
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, entrants, people, programme_counts
from db import programme_work as work
from db import programmes as rows
from db.programme_shapes import (
    AwardHanded,
    Evidence,
    Meeting,
    Need,
    Programme,
    ProgrammeStep,
    TaskVillage,
    VillageFigure,
    VillagePlan,
    VillageStep,
)


@dataclass(frozen=True)
class StepBeside:
    """A step of the template, and what the village reported of it."""

    step: ProgrammeStep
    reported: VillageStep | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Happened:
    """Something that happened to the village on a day: a key of words and their values."""

    on: str
    kind: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class VillageView:
    """A village by a day.

    Attributes
    ----------
    names : dict
        Person's id to name, of those who reported and confirmed.
    entrant : dict or None
        The contest's entrant of this village: plan title, presenter and post.
    dispatches : tuple of dict
        Dispatches that name the village.
    """

    programme: Programme
    village: TaskVillage
    day: str
    line: VillageLine
    steps: tuple[StepBeside, ...]
    plans: dict[str, VillagePlan]
    evidence: tuple[Evidence, ...]
    needs: tuple[Need, ...]
    figures: tuple[VillageFigure, ...]
    meetings: tuple[Meeting, ...]
    awards: tuple[AwardHanded, ...]
    dispatches: tuple[Mapping[str, Any], ...]
    results: tuple[VillageResult, ...]
    entrant: Mapping[str, Any] | None
    names: dict[str, str]
    history: tuple[Happened, ...]


def village_view(
    store: Store, who: Visitor, programme_id: str, code: str, *, day: str = "", at: datetime
) -> VillageView:
    """One village that the visitor reaches, by a day.

    Raises
    ------
    NoProgramme, Missing, BadDay
    """
    with store.reading() as tx:
        require_read(tx, who, "programme")
        programme = require_last(tx, who, programme_id)
        village = require_village(tx, who, programme["id"], code)
        until = typed.day(day, "day") or today(tx, who, at)
        owner = str(who.competition_id)
        entrant = next((e for e in entrants.of_competition(tx, owner) if e["code"] == code), None)
        view = VillageView(
            programme,
            village,
            until,
            line_of(tx, programme["id"], until, code),
            _steps(tx, programme["id"], code, until),
            _plans(tx, programme["id"], code, until),
            _evidence(tx, programme["id"], code, until),
            tuple(
                need
                for one in work.needs_of(tx, programme["id"], code)
                if (need := need_by(one, until)) is not None
            ),
            tuple(
                one for one in rows.figures(tx, programme["id"], code) if one["said_on"] <= until
            ),
            tuple(
                one for one in work.meetings(tx, programme["id"]) if f'"{code}"' in one["villages"]
            ),
            tuple(one for one in work.awards(tx, programme["id"]) if one["code"] == code),
            tuple(
                one
                for one in programme_counts.dispatches_of(tx, programme["id"], code)
                if one["issued_on"] <= until
            ),
            tuple(results_of(tx, store, who, code)),
            entrant,
            {one["id"]: one["name"] for one in people.of_competition(tx, owner)},
            (),
        )
    return _with_history(view)


def _steps(tx: Transaction, programme_id: str, code: str, day: str) -> tuple[StepBeside, ...]:
    reported = {
        one["number"]: step_by(one, day) for one in rows.village_steps(tx, programme_id, code)
    }
    proofs = _evidence(tx, programme_id, code, day)
    return tuple(
        StepBeside(
            step,
            reported.get(step["number"]),
            tuple(one for one in proofs if one["about"] == str(step["number"])),
        )
        for step in rows.steps(tx, programme_id)
    )


def _plans(tx: Transaction, programme_id: str, code: str, day: str) -> dict[str, VillagePlan]:
    stood = [plan_by(one, day) for one in rows.plans(tx, programme_id, code)]
    return {one["kind"]: one for one in stood if one is not None}


def _evidence(tx: Transaction, programme_id: str, code: str, day: str) -> tuple[Evidence, ...]:
    return tuple(one for one in rows.evidence(tx, programme_id, code) if one["said_on"] <= day)


def _with_history(view: VillageView) -> VillageView:
    """The view with what happened until its day, the last first."""
    happened = [
        Happened(one["said_on"], "evidence", {"name": one["name"]}) for one in view.evidence
    ]
    for step in view.steps:
        for kind in ("done", "confirmed"):
            on = step.reported and step.reported[f"{kind}_on"]  # type: ignore[literal-required]
            if on:
                happened.append(Happened(on, f"step_{kind}", {"number": step.step["number"]}))
    for plan in view.plans.values():
        for kind in ("finished", "reviewed", "filed"):
            on = plan[f"{kind}_on"]  # type: ignore[literal-required]
            if on:
                happened.append(Happened(on, f"plan_{kind}", {"plan": plan["kind"]}))
    for need in view.needs:
        for kind in ("asked", "matched", "met"):
            on = need[f"{kind}_on"]  # type: ignore[literal-required]
            if on:
                values = {"text": need["text"], "unit": need["offered_by"]}
                happened.append(Happened(on, f"need_{kind}", values))
    for meeting in view.meetings:
        happened.append(Happened(meeting["held_on"], "meeting", {"title": meeting["title"]}))
    for award in view.awards:
        if award["handed_on"]:
            happened.append(Happened(award["handed_on"], "award", {"award": award["award"]}))
    for letter in view.dispatches:
        happened.append(Happened(letter["issued_on"], "dispatch", {"number": letter["number"]}))
    shown = [one for one in happened if one.on <= view.day]
    shown.sort(key=lambda one: (one.on, one.kind, str(one.values)), reverse=True)
    return VillageView(**{**vars(view), "history": tuple(shown)})
