"""The panel: seats, sessions' panels, recusals, absences, presence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting, changed
from competition.errors import BadInput, Duplicate, Missing, WrongState
from competition.lineup.entrants import require_place
from competition.lineup.errors import CountsAtOnce, NotAssigned, SeatTaken
from competition.people.people import put_grant, require_person
from competition.rounds.rounds import require_session
from competition.rounds.rules import RoundRules
from competition.states import SEAT, allows
from competition.visitor import Visitor
from db import Store, Transaction, entrants, sheets
from db import panel as rows
from db.shapes import Place, Seat


def seat_judge(
    store: Store,
    who: Visitor,
    round_id: str,
    person_id: str,
    *,
    number: int,
    at: datetime,
    reserve: bool = False,
    chair: bool = False,
) -> None:
    """Add a person with a numbered judge's seat in a round in draft."""
    with acting(store, who, "seat_judge", round_id, at=at) as (act, tx):
        if not 0 < number < 1000:
            raise BadInput(field="number", value=str(number)[:20])
        require_person(tx, who, person_id)
        if rows.seat(tx, round_id, person_id) or rows.by_number(tx, round_id, number):
            raise Duplicate(what=str(number))
        tx.put(
            "seats",
            {
                "round_id": round_id,
                "person_id": person_id,
                "number": number,
                "reserve": int(reserve),
                "presence": "not_arrived",
            },
        )
        put_grant(tx, person_id, "judge", round_id)
        if chair:
            put_grant(tx, person_id, "chair", round_id)
        act.record("judge_seated", person_id)


def set_panel(
    store: Store,
    who: Visitor,
    round_id: str,
    session_id: str,
    person_ids: list[str],
    *,
    at: datetime,
) -> None:
    """Set a session's judges; each is then assigned to each of its entrants.

    Recusals follow from where people work, at the level of the rules (unit, township,
    county or none), and from what has been declared.
    """
    with acting(store, who, "set_panel", round_id, at=at) as (act, tx):
        require_session(tx, round_id, session_id)
        level = RoundRules.from_json(act.round["rules"]).recusal_level
        for old in rows.members(tx, session_id):
            tx.remove("panels", session_id=session_id, person_id=old["person_id"])
        places = [e for e in entrants.in_round(tx, round_id) if e["session_id"] == session_id]
        for place in places:
            tx.remove_rows("assignments", rows.of_entrant(tx, round_id, place["id"]))
        derived = [old for old in rows.recusals(tx, round_id) if old["cause"] != "declared"]
        here = {place["id"] for place in places}
        tx.remove_rows("recusals", [old for old in derived if old["entrant_id"] in here])
        for person_id in person_ids:
            require_seat(tx, round_id, person_id)
            tx.put("panels", {"session_id": session_id, "person_id": person_id})
            for place in places:
                expect(tx, round_id, place, require_person(tx, who, person_id), level)
        act.record("panel_set", session_id)


def expect(
    tx: Transaction, round_id: str, place: Place, person: Mapping[str, Any], level: str
) -> None:
    """Inside an act: assign a judge to an entrant, or recuse the judge by place of work."""
    key = {"round_id": round_id, "entrant_id": place["id"], "person_id": person["id"]}
    known = rows.recusal(tx, round_id, place["id"], person["id"])
    derived = derived_recusal(place, person, level)
    if known is None and derived is not None:
        cause, reason = derived
        known = {**key, "cause": cause, "reason": reason}
        tx.put("recusals", known)
    state = "expected" if known is None else "recused"
    tx.put("assignments", {**key, "state": state, "reason": known["reason"] if known else ""})


def derived_recusal(
    entrant: Mapping[str, Any], person: Mapping[str, Any], level: str
) -> tuple[str, str] | None:
    """Cause and reason of a recusal that follows from a person's unit or county of work.

    The native county only prompts a question; it never recuses by itself.
    """
    unit, county = person["unit"], person["county"]
    if level in ("unit", "township", "county") and unit and unit == entrant["unit"]:
        return "unit", unit
    township = entrant["township"]
    if level in ("township", "county") and township and unit and township in unit:
        return "township", township
    if level == "county" and county and county == entrant["county"]:
        return "county", county
    return None


def declare_recusal(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    person_id: str,
    *,
    reason: str,
    at: datetime,
) -> None:
    """Record a declared recusal; marks already given stay stored and no longer count.

    A judge declares it for this judge's sheet, the organizer for any judge.

    Raises
    ------
    CountsAtOnce
        If the sheet counts: one person alone takes none out.
    """
    with acting(store, who, "declare_recusal", round_id, at=at) as (act, tx):
        if "organizer" not in who.roles_in(round_id) and person_id != who.person_id:
            raise NotAssigned
        why = fields.reason(reason)
        require_place(tx, round_id, entrant_id)
        require_seat(tx, round_id, person_id)
        if rows.recusal(tx, round_id, entrant_id, person_id):
            raise Duplicate(what=why)
        if _counts(tx, round_id, entrant_id, person_id):
            raise CountsAtOnce
        put_recusal(tx, round_id, entrant_id, person_id, why)
        act.record("recusal_declared", entrant_id, reason=why)


def put_recusal(
    tx: Transaction, round_id: str, entrant_id: str, person_id: str, reason: str
) -> None:
    """Inside an act: a declared recusal, and its assignment where there is one."""
    key = {"round_id": round_id, "entrant_id": entrant_id, "person_id": person_id}
    tx.put("recusals", {**key, "cause": "declared", "reason": reason})
    if rows.assignment(tx, round_id, entrant_id, person_id):
        tx.put("assignments", {**key, "state": "recused", "reason": reason})


def _counts(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> bool:
    """Whether a judge's sheet of an entrant counts now."""
    pair = rows.assignment(tx, round_id, entrant_id, person_id)
    is_expected = pair is not None and pair["state"] == "expected"
    return is_expected and sheets.is_submitted(tx, round_id, entrant_id, person_id)


def mark_absent(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    person_id: str,
    *,
    reason: str,
    at: datetime,
) -> None:
    """Record that a judge did not hear an entrant: the sheet is not counted, never a zero.

    Raises
    ------
    WrongState
        If the sheet is submitted: one person alone cannot remove it from the count.
    """
    _set_expectation(store, who, "mark_absent", round_id, entrant_id, person_id, reason, at)


def undo_absence(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    person_id: str,
    *,
    reason: str,
    at: datetime,
) -> None:
    """Undo a judge's absence: the sheet is expected again.

    A sheet that was handed over to another judge, who has not begun it, comes back.

    Raises
    ------
    SeatTaken
        If a judge in reserve has taken over the seat for this entrant, or the other has begun.
    CountsAtOnce
        If the sheet is submitted: one person alone adds none.
    """
    _set_expectation(store, who, "undo_absence", round_id, entrant_id, person_id, reason, at)


def _set_expectation(
    store: Store,
    who: Visitor,
    name: str,
    round_id: str,
    entrant_id: str,
    person_id: str,
    reason: str,
    at: datetime,
) -> None:
    before, after, kind = {
        "mark_absent": ("expected", "absent", "absence_recorded"),
        "undo_absence": ("absent", "expected", "absence_undone"),
    }[name]
    with acting(store, who, name, round_id, at=at) as (act, tx):
        why = fields.reason(reason)
        pair = rows.assignment(tx, round_id, entrant_id, person_id)
        if pair is None:
            raise NotAssigned
        if pair["state"] != before:
            raise WrongState(before=pair["state"], after=after)
        sheet = sheets.of_pair(tx, round_id, entrant_id, person_id)
        if after == "absent" and sheet is not None and sheet["state"] == "submitted":
            raise WrongState(before="submitted", after=after, clears="ask_reopening")
        if after == "expected" and sheet is not None and sheet["state"] == "submitted":
            raise CountsAtOnce
        if after == "expected":
            _give_back(tx, round_id, entrant_id, person_id)
        kept = why if after == "absent" else ""
        tx.put("assignments", changed(pair, state=after, reason=kept))
        act.record(kind, f"{entrant_id} {person_id}", reason=why)


def _give_back(tx: Transaction, round_id: str, entrant_id: str, person_id: str) -> None:
    """Take a sheet back that was handed over, unless the other judge has begun it."""
    taken = rows.stand_in(tx, round_id, entrant_id, person_id)
    if taken is None:
        return
    place = require_place(tx, round_id, entrant_id)
    begun = sheets.of_pair(tx, round_id, entrant_id, taken["person_id"])
    if place["session_id"] is not None or begun is not None:
        raise SeatTaken(seat=taken["number"])
    tx.remove("assignments", round_id=round_id, entrant_id=entrant_id, person_id=taken["person_id"])


def set_presence(
    store: Store, who: Visitor, round_id: str, person_id: str, presence: str, *, at: datetime
) -> None:
    """Note that a judge has arrived or is away."""
    with acting(store, who, "set_presence", round_id, at=at) as (act, tx):
        seat = require_seat(tx, round_id, person_id)
        if presence not in SEAT or not allows(SEAT, seat["presence"], presence):
            raise WrongState(before=seat["presence"], after=presence)
        tx.put("seats", changed(seat, presence=presence))
        act.record(f"judge_{presence}", person_id)


def require_seat(tx: Transaction, round_id: str, person_id: str) -> Seat:
    """A judge's seat in this round, or `Missing`."""
    seat = rows.seat(tx, round_id, person_id)
    if seat is None:
        raise Missing(what="seat")
    return seat
