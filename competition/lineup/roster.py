"""The list of entrants: corrected, removed, entered in a round together."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting, changed
from competition.errors import Duplicate, Missing, NeverInPractice
from competition.lineup.entrants import add_entrant
from competition.lineup.errors import BadCode, InOpenRound
from competition.lineup.expectations import renew, renew_drafts
from competition.rounds.rounds import require_session
from competition.visitor import Visitor
from db import Store, Transaction, document_files, panel, setup
from db import entrants as rows
from db import rounds as round_rows
from db.shapes import Entrant

PLACES = ("code", "county", "township", "village")


def update_entrant(
    store: Store, who: Visitor, entrant_id: str, *, at: datetime, **values: str
) -> None:
    """Correct an entrant that is in no opened round.

    Parameters
    ----------
    values
        Some of ``code, county, township, village, title, presenter, post, unit``.

    Raises
    ------
    InOpenRound, BadCode, Blank, Duplicate
    """
    with acting(store, who, "update_entrant", at=at) as (act, tx):
        before = require_entrant(tx, who, entrant_id)
        rounds = _drafts_of(tx, before)
        tx.put("entrants", read_facts(tx, who, before, values))
        renew_drafts(tx, rounds)
        act.record("entrant_updated", entrant_id)


def read_facts(
    tx: Transaction, who: Visitor, before: Mapping[str, Any], values: Mapping[str, str]
) -> Mapping[str, Any]:
    """An entrant's row with the typed values.

    Raises
    ------
    BadCode, Blank, Duplicate
    """
    unknown = set(values) - set(rows.FACTS)
    if unknown:
        raise TypeError(f"no such column of an entrant: {sorted(unknown)}")
    required = ("code", "county")
    read = {n: fields.text(v, n, required=n in required) for n, v in values.items()}
    row = changed(before, **read)
    if not is_code(row["code"]):
        raise BadCode(code=row["code"])
    other = rows.by_code(tx, str(who.competition_id), row["code"], row["title"])
    if other is not None and other["id"] != before["id"]:
        raise Duplicate(what=f"{row['code']} {row['village']}")
    return row


def enter_new(
    store: Store, who: Visitor, round_id: str, *, at: datetime, code: str, county: str, **names: str
) -> str:
    """Add an entrant to the competition's list and to a round in draft; return its id.

    Where the round has one session, the entrant is heard in it.

    Raises
    ------
    BadCode, Blank, Duplicate
    """
    with acting(store, who, "add_entrant", at=at) as (_, tx):
        entrant_id = add_entrant(store, who, code=code, county=county, at=at, **names)
        session_id = only_session(tx, round_id)
        place_entrants(store, who, round_id, [entrant_id], session_id=session_id, at=at)
    return entrant_id


def correct(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    *,
    at: datetime,
    session_id: str | None,
    **values: str,
) -> None:
    """Correct an entrant of a round in draft, and the session it is heard in."""
    with acting(store, who, "update_entrant", at=at) as (_, tx):
        update_entrant(store, who, entrant_id, at=at, **values)
        place = rows.place(tx, round_id, entrant_id)
        if place is not None and place["session_id"] != session_id:
            place_entrants(store, who, round_id, [entrant_id], session_id=session_id, at=at)


def remove_entrant(store: Store, who: Visitor, entrant_id: str, *, at: datetime) -> None:
    """Remove an entrant from the list and from every round in draft.

    Raises
    ------
    InOpenRound
    """
    with acting(store, who, "remove_entrant", at=at) as (act, tx):
        row = require_entrant(tx, who, entrant_id)
        for round_row in _drafts_of(tx, row):
            _leave(tx, round_row["id"], entrant_id)
        document_files.drop_all(tx, store, entrant_id)
        tx.remove("entrants", id=entrant_id)
        act.record("entrant_removed", entrant_id)


def place_entrants(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_ids: Sequence[str],
    *,
    at: datetime,
    session_id: str | None = None,
) -> None:
    """Enter entrants in a round in draft, or move them to a session; numbers stay."""
    with acting(store, who, "enter_entrant", round_id, at=at) as (act, tx):
        if session_id is not None:
            require_session(tx, round_id, session_id)
        for entrant_id in entrant_ids:
            require_entrant(tx, who, entrant_id)
            put_place(tx, round_id, entrant_id, session_id)
        renew(tx, act.round)
        act.record("entrants_placed")


def leave_round(
    store: Store, who: Visitor, round_id: str, entrant_id: str, *, at: datetime
) -> None:
    """Take an entrant out of a round in draft; it stays on the competition's list."""
    with acting(store, who, "leave_round", round_id, at=at) as (act, tx):
        if rows.place(tx, round_id, entrant_id) is None:
            raise Missing(what="entrant")
        _leave(tx, round_id, entrant_id)
        act.record("entrant_left_round", entrant_id)


def put_place(tx: Transaction, round_id: str, entrant_id: str, session_id: str | None) -> None:
    """Inside an act: put an entrant in a round and session, without its former assignments."""
    before = rows.place(tx, round_id, entrant_id)
    if before is None:
        before = {
            "round_id": round_id,
            "entrant_id": entrant_id,
            "session_id": None,
            "number": None,
            "stage": "waiting",
            "seconds_used": None,
        }
    elif before["session_id"] != session_id:
        _unassign(tx, round_id, entrant_id)
    tx.put("round_entrants", changed(before, session_id=session_id))


def only_session(tx: Transaction, round_id: str) -> str | None:
    """The round's session if there is exactly one: new judges and entrants join it."""
    sessions = round_rows.sessions(tx, round_id)
    return str(sessions[0]["id"]) if len(sessions) == 1 else None


def require_entrant(tx: Transaction, who: Visitor, entrant_id: str) -> Entrant:
    """An entrant of the visitor's own competition, or `Missing`."""
    row = rows.find(tx, entrant_id)
    if row is None or row["competition_id"] != who.competition_id:
        raise Missing(what="entrant")
    if rows.is_practising(tx, entrant_id):
        raise NeverInPractice
    return row


def is_code(digits: str) -> bool:
    """True for the 9 digits of a township or the 12 of a village."""
    return digits.isascii() and digits.isdigit() and len(digits) in (9, 12)


def _drafts_of(tx: Transaction, entrant: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rounds an entrant is in, all of them in draft."""
    rounds = setup.rounds_of_entrant(tx, entrant["id"])
    opened = [row["title"] for row in rounds if row["state"] != "draft"]
    if opened:
        raise InOpenRound(round=opened[0])
    return rounds


def _leave(tx: Transaction, round_id: str, entrant_id: str) -> None:
    _unassign(tx, round_id, entrant_id)
    recusals = panel.recusals(tx, round_id)
    tx.remove_rows("recusals", [row for row in recusals if row["entrant_id"] == entrant_id])
    tx.remove("round_entrants", round_id=round_id, entrant_id=entrant_id)


def _unassign(tx: Transaction, round_id: str, entrant_id: str) -> None:
    tx.remove_rows("assignments", panel.of_entrant(tx, round_id, entrant_id))
