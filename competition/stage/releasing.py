"""Scores announced to the hall, one by one or the held ones together; publishing paused."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from competition import fields
from competition.acting import acting, changed
from competition.countersigning import state_of
from competition.errors import WrongState
from competition.ids import mint
from competition.marks import overtime
from competition.marks.errors import Withdrawn
from competition.rights import require_read
from competition.rounds.errors import OpenSheets
from competition.rounds.rules import RoundRules
from competition.stage.adjourning import require_going
from competition.stage.announcing_order import held_with, waits_for
from competition.stage.errors import (
    DeductionWaiting,
    Frozen,
    HallShowsNoScores,
    HeldToTheEnd,
    NotItsTurn,
    NotYetOnStage,
    OrderChanged,
    ReleasedAlready,
)
from competition.stage.hall import frozen_content
from competition.stage.hall_scene import parsed, require_listed
from competition.stage.moves import require_seen, was_on_stage
from competition.stage.screens import follow_stage
from competition.stage.stage_scores import figures, stage_score
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, decisions, entrants, sheets, snapshots
from db import releases as rows
from db.canonical import canonical, sha256

Place = Mapping[str, Any]
Shown = TypeVar("Shown", bound=Mapping[str, Any])


def release_score(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    *,
    at: datetime,
    reason: str = "",
    seen: str | None = None,
    together: Sequence[str] | None = None,
) -> list[str]:
    """Announce an entrant's score to the hall; its sheets lock.

    One of the first that are held is announced together with the others of its session. A
    score that the hall has seen is announced again, with a reason, when it has changed: the
    release before stays on record. Once an entrant of the round was called to the stage, only
    those who have been on stage are announced.

    Parameters
    ----------
    seen : str or None
        The entrant's stage state as the button showed it.
    together : sequence of str or None
        The entrants that the button named: exactly these are announced.

    Returns
    -------
    list of str
        The entrants announced.

    Raises
    ------
    HallShowsNoScores, Frozen, Adjourned
        The rules do not let the hall see scores; publishing is paused; the round is adjourned.
    MovedOn, OrderChanged
        The entrant is in another stage state than the button showed; others are announced
        together with it than the button named.
    OpenSheets, DeductionWaiting, OvertimeOpen, Withdrawn, NotYetOnStage
        The score is not final; names what is missing.
    NotItsTurn, HeldToTheEnd
        The rules announce one behind, or all at the end, and others are still to be heard.
    ReleasedAlready, ReasonNeeded
        It was announced and is the same; it has changed and no reason is given.
    """
    with acting(store, who, "release_score", round_id, at=at) as (act, tx):
        row = act.round
        rules = RoundRules.from_json(row["rules"])
        if not rules.releases:
            raise HallShowsNoScores
        if row["frozen"]:
            raise Frozen
        require_going(tx, round_id)
        order = entrants.running(tx, round_id)
        place = require_listed(order, entrant_id)
        require_seen(place, seen)
        last = rows.last_version(tx, round_id, entrant_id)
        before = None if last is None or last["withdrawn_reason"] else last
        batch = batch_of(order, rules, place, rows.ever(tx, round_id))
        if together is not None and sorted(together) != sorted(one["id"] for one in batch):
            raise OrderChanged
        for problem in problems_of(tx, row, order, batch):
            raise problem
        why = last["withdrawn_reason"] or "" if last else ""
        if before is not None:
            if figures(stage_score(tx, row, rules, place)) == figures(parsed(before)):
                raise ReleasedAlready(number=place["number"])
            why = fields.reason(reason)
        _put(tx, who, row, rules, batch, why, act.at)
        _turn_back(tx, round_id)
        follow_stage(tx, round_id)
        subject = " ".join(one["id"] for one in batch)
        act.record("scores_released", subject, reason=why or None)
    return [str(one["id"]) for one in batch]


def announced(store: Store, who: Visitor, round_id: str) -> list[str]:
    """The entrants whose score is announced, the newest first."""
    with store.reading() as tx:
        require_read(tx, who, "hall", round_id)
        return [str(one["entrant_id"]) for one in reversed(rows.latest(tx, round_id))]


def batch_of(
    order: Sequence[Shown], rules: RoundRules, place: Shown, ever: Container[str]
) -> list[Shown]:
    """Who is announced with an entrant: the held ones of its session that never were."""
    if place["id"] in ever:
        return [place]
    return [one for one in held_with(order, rules, place) if one["id"] not in ever]


def problems_of(
    tx: Transaction, round_row: Mapping[str, Any], order: Sequence[Place], batch: Sequence[Place]
) -> Iterator[WrongState]:
    """Why these scores cannot be announced now, each reason by itself."""
    round_id = str(round_row["id"])
    ids = {one["id"]: one["number"] for one in batch}
    if any(one["stage"] == "withdrawn" for one in batch):
        yield Withdrawn()
    left = [pair for one in ids for pair in sheets.open_pairs(tx, round_id, one)]
    if left:
        yield OpenSheets(count=len(left), pairs=[(p["number"], p["seat"]) for p in left])
    for row in decisions.deductions(tx, round_id):
        if row["entrant_id"] in ids and state_of(row) == "waiting":
            yield DeductionWaiting(number=ids[row["entrant_id"]])
    yield from overtime.problems(tx, round_id, ids)
    yield from _too_early(tx, round_row, order, batch)


def _too_early(
    tx: Transaction, row: Mapping[str, Any], order: Sequence[Place], batch: Sequence[Place]
) -> Iterator[WrongState]:
    """Why the stage has not come far enough for these scores."""
    rules = RoundRules.from_json(row["rules"])
    reached = was_on_stage(order)
    off = [place for place in batch if place["id"] not in reached]
    if off and rules.announce == "end":
        yield HeldToTheEnd(count=len(off))
    else:
        for place in off:
            yield NotYetOnStage(number=place["number"])
    if row["state"] == "open" and not rows.ever(tx, row["id"]) & {one["id"] for one in batch}:
        for place in batch:
            after = waits_for(order, rules, place)
            if after is not None:
                yield NotItsTurn(number=place["number"], after=after["number"])


def _put(
    tx: Transaction,
    who: Visitor,
    row: Mapping[str, Any],
    rules: RoundRules,
    batch: Sequence[Place],
    why: str,
    at: datetime,
) -> None:
    together = mint()
    for place in batch:
        content = canonical(stage_score(tx, row, rules, place))
        before = rows.last_version(tx, row["id"], place["id"])
        tx.put(
            "releases",
            {
                "id": mint(),
                "round_id": row["id"],
                "entrant_id": place["id"],
                "version": before["version"] + 1 if before else 1,
                "batch": together,
                "content": content,
                "sha256": sha256(content),
                "reason": why,
                "at": stamp(at),
                "person_id": who.person_id,
            },
        )
        _lock(tx, row["id"], place["id"], at)


def _turn_back(tx: Transaction, round_id: str) -> None:
    """Turn the list back to the page of the newest score."""
    screen = rows.screen(tx, round_id)
    if screen is not None and screen["page"]:
        tx.put("screens", changed(screen, page=0))


def _lock(tx: Transaction, round_id: str, entrant_id: str, at: datetime) -> None:
    """Announced marks can only be changed by a request."""
    for sheet in sheets.of_entrant(tx, round_id, entrant_id):
        open_still = sheet["locked_at"] is None or sheet["locked_at"] > stamp(at)
        if sheet["state"] == "submitted" and open_still:
            tx.put("sheets", changed(sheet, locked_at=stamp(at)))


def freeze(store: Store, who: Visitor, round_id: str, *, at: datetime) -> None:
    """Pause publishing: the hall keeps what it shows now, kept as a snapshot."""
    with acting(store, who, "freeze", round_id, at=at) as (act, tx):
        row = act.round
        if row["frozen"]:
            return act.unchanged()
        before = snapshots.latest(tx, round_id, "freeze")
        version = before["version"] + 1 if before else 1
        seq, content = frozen_content(tx, store, row, version)
        tx.put(
            "snapshots",
            {
                "id": mint(),
                "round_id": round_id,
                "version": version,
                "kind": "freeze",
                "content": content,
                "sha256": sha256(content),
                "seq": seq,
                "at": stamp(act.at),
                "person_id": who.person_id,
            },
        )
        tx.put("rounds", changed(row, frozen=1))
        act.record("publishing_paused")


def unfreeze(store: Store, who: Visitor, round_id: str, *, at: datetime) -> None:
    """Resume publishing: the hall shows the present again."""
    with acting(store, who, "unfreeze", round_id, at=at) as (act, tx):
        if not act.round["frozen"]:
            return act.unchanged()
        tx.put("rounds", changed(act.round, frozen=0))
        act.record("publishing_resumed")
