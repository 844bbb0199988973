"""A correction asked for by one person and answered by another, on the same data or not at all."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from competition import fields
from competition.acting import Act, acting, acting_on, changed
from competition.corrections.effects import kept, standing
from competition.corrections.errors import ChairAndSupervisor, GroundMoved
from competition.corrections.facts import What
from competition.corrections.kinds import KINDS, Kind
from competition.countersigning import answered_by
from competition.errors import BadInput, Missing, SecondPersonNeeded, WrongState
from competition.ids import mint
from competition.results.errors import CorrectionWaits
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, people
from db import corrections as rows
from db.canonical import canonical
from db.shapes import CorrectionRow

BOTH = frozenset({"chair", "supervisor"})


def request_correction(
    store: Store,
    who: Visitor,
    round_id: str,
    kind: str,
    what: What,
    *,
    reason: str,
    at: datetime,
) -> str:
    """Ask for a correction; nothing changes before a second person confirms it.

    Parameters
    ----------
    kind : str
        Key of `kinds.KINDS`.

    Returns
    -------
    str
        The id of what waits.

    Raises
    ------
    CorrectionWaits
        If one of this kind waits for the same judge and entrant.
    Refused
        Whatever the kind refuses; nothing is written then.
    """
    if kind not in KINDS:
        raise BadInput(field="kind", value=kind[:20])
    with acting(store, who, KINDS[kind].asks, round_id, at=at) as (act, tx):
        row = _asked(act, kind, what, fields.reason(reason))
        for other in rows.of_round(tx, round_id):
            same = ("kind", "entrant_id", "person_id")
            if other["state"] == "asked" and all(other[name] == row[name] for name in same):  # type: ignore[literal-required]
                raise CorrectionWaits
        tx.put("corrections", row)
        act.record("correction_asked", row["id"], reason=row["reason"])
    return row["id"]


def _asked(act: Act, kind: str, what: What, reason: str) -> CorrectionRow:
    facts = KINDS[kind].facts(act.tx, act.round, what)
    return {
        "id": mint(),
        "round_id": act.round["id"],
        "kind": kind,
        "entrant_id": what.get("entrant"),
        "person_id": what.get("judge"),
        "what": canonical(what),
        "ground": canonical(facts.ground),
        "old": canonical(facts.old),
        "new": canonical(facts.new),
        "reason": reason,
        "asked_by": str(act.who.person_id),
        "asked_at": stamp(act.at),
        "state": "asked",
        "answered_by": None,
        "answered_at": None,
        "answer": "",
        "before": None,
        "after": None,
    }


def answer_correction(
    store: Store,
    who: Visitor,
    correction_id: str,
    *,
    approve: bool,
    at: datetime,
    reason: str = "",
) -> None:
    """Confirm a correction as it was asked for, or refuse it with a reason.

    One event has the rows changed, what was old and new, and both standings.

    Raises
    ------
    SecondPersonNeeded, ChairAndSupervisor
        If the same person asked; if a sheet is set aside by others than these two.
    WrongState
        If it has another answer already.
    GroundMoved
        If what it was asked for on has changed since; names what.
    """
    kind = _kind_of(store, correction_id)
    with acting_on(
        store, who, kind.answers, rows.find, correction_id, what="correction", at=at
    ) as (act, tx, request):
        row, answer = cast("CorrectionRow", request), "confirmed" if approve else "refused"
        require_second(act.tx, act.who, row)
        if answered_by(row, who, answer):
            return act.unchanged()
        if row["state"] != "asked":
            raise WrongState(before=row["state"], after=answer)
        if approve:
            confirm(act, store, row, str(who.person_id))
            act.record("correction_confirmed", row["id"], reason=row["reason"])
            return None
        why = fields.reason(reason)
        tx.put("corrections", _answered(row, act, answer, answer_text=why))
        act.record("correction_refused", row["id"], reason=why)


def _kind_of(store: Store, correction_id: str) -> Kind:
    """The kind of a stored correction, which never changes."""
    with store.reading() as tx:
        row = rows.find(tx, correction_id)
    if row is None:
        raise Missing(what="correction")
    return KINDS[row["kind"]]


def require_second(tx: Transaction, second: Visitor, row: CorrectionRow) -> None:
    """Refuse a signature of the person who asked; of a set-aside sheet one of the other two."""
    if row["asked_by"] == second.person_id:
        raise SecondPersonNeeded
    if KINDS[row["kind"]].answers == "confirm_set_aside":
        own = second.roles_in(row["round_id"]) & BOTH
        other = _roles(tx, row["asked_by"], row["round_id"]) & BOTH
        if not own or not other or len(own | other) < len(BOTH):
            raise ChairAndSupervisor


def _roles(tx: Transaction, person_id: str, round_id: str) -> set[str]:
    grants = people.grants(tx, person_id)
    return {grant["role"] for grant in grants if grant["round_id"] in (None, round_id)}


def confirm(act: Act, store: Store, row: CorrectionRow, by: str) -> None:
    """Inside an act: do what was asked for, on the same data or not at all; keep both standings.

    Parameters
    ----------
    by
        The person who confirms.
    """
    tx, kind, what = act.tx, KINDS[row["kind"]], what_of(row)
    facts = kind.facts(tx, act.round, what)
    if canonical(facts.ground) != row["ground"]:
        raise GroundMoved(changed=_moved(json.loads(row["ground"]), facts.ground))
    before = kept(standing(tx, store, row["round_id"]))
    kind.put(act, what, row["reason"])
    after = kept(standing(tx, store, row["round_id"]))
    both = {"before": canonical(before), "after": canonical(after)}
    given = _answered(row, act, "confirmed") | {"answered_by": by}
    tx.put("corrections", changed(given, **both))


def _moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of what is another now; the page says them in words."""
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return tuple(sorted({name if name in GROUND else "marks" for name in names}))


GROUND = (
    "rev",
    "state",
    "other_rev",
    "other_state",
    "assignment",
    "stands_for",
    "sheets",
    "owner",
    "submitted",
    "version",
    "rules",
    "rules_hash",
)
"""What a correction can rest on, beside the marks of a sheet."""


def _answered(row: CorrectionRow, act: Act, state: str, *, answer_text: str = "") -> CorrectionRow:
    given = {"answered_by": act.who.person_id, "answered_at": stamp(act.at)}
    return changed(row, state=state, answer=answer_text, **given)


def withdraw_correction(
    store: Store, who: Visitor, correction_id: str, *, reason: str, at: datetime
) -> None:
    """Take back a correction that waits; only the person who asked for it.

    Raises
    ------
    WrongState
        If it was answered, or another person asked.
    """
    with acting_on(
        store, who, "withdraw_correction", rows.find, correction_id, what="correction", at=at
    ) as (act, tx, request):
        row = cast("CorrectionRow", request)
        if row["state"] != "asked" or row["asked_by"] != who.person_id:
            raise WrongState(before=row["state"], after="withdrawn")
        why = fields.reason(reason)
        tx.put("corrections", _answered(row, act, "withdrawn", answer_text=why))
        act.record("correction_withdrawn", row["id"], reason=why)


def what_of(row: CorrectionRow) -> What:
    """What a stored correction changes."""
    return cast("What", json.loads(row["what"]))
