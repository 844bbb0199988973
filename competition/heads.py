"""Heads of the event chain: sent with every answer, compared with those that tablets show.

A tablet keeps the head of its last answer and shows it with every request. One that does not
lie on the chain proves that this file is an older or another one.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from competition import clock
from competition.acting import Act
from competition.times import stamp
from competition.visitor import Visitor
from db import Busy, DatabaseError, Store, Transaction, sightings
from db import heads as rows

NOTED_EVERY = timedelta(minutes=1)
CHAINED_EVERY = timedelta(minutes=10)
"""A device that goes on agreeing is chained as a witness at most this often."""


@dataclass(frozen=True)
class HeadAnswer:
    """The server's head, and how the tablet's head compares with it."""

    head: str
    state: str


@dataclass(frozen=True)
class _Noted:
    state: str
    at: datetime
    chained: datetime


_noted: dict[tuple[Path, str], _Noted] = {}
_guard = threading.Lock()


def answer_head(
    store: Store, who: Visitor, given: str, *, is_broken: bool = False, at: datetime
) -> HeadAnswer | None:
    """The head after what was just done, and the state of the head that a tablet showed.

    The tablet is noted as a witness, at most once a minute; a database that is busy or full
    does not hold the answer up.

    Parameters
    ----------
    given : str
        The head the tablet showed; empty for none.
    is_broken : bool
        Whether the tablet says that the chain it was shown does not grow from that head.
    """
    owner = who.competition_id
    if owner is None:
        return None
    with store.reading() as tx:
        now = rows.last(tx, owner)
        head = rows.parse(given)
        state = "same" if head is None else rows.state_of(tx, owner, head)
        if head is not None and is_broken and state == "same":
            state = "fork"
        waits = _is_awaited(tx, who)
    if now is None:
        return None
    if head is not None and who.seat_hash is not None:
        with suppress(Busy, DatabaseError):
            if _witness(store, who, str(head), state, waits=waits, at=at):
                with store.reading() as tx:
                    now = rows.last(tx, owner)
    return HeadAnswer(str(now), state)


def present_head(store: Store, who: Visitor) -> str:
    """The whole present head of the visitor's competition; empty before its first event."""
    with store.reading() as tx:
        head = rows.last(tx, str(who.competition_id))
    return str(head) if head else ""


def shown_head(store: Store, who: Visitor) -> str:
    """The present head as it stands on paper."""
    head = rows.parse(present_head(store, who))
    return head.short if head else ""


def as_printed(text: str) -> str:
    """A whole head in the short form that stands on paper."""
    head = rows.parse(text)
    return head.short if head else ""


def _is_awaited(tx: Transaction, who: Visitor) -> bool:
    """Whether this tablet is waited for and all that its judge gave back has been taken."""
    owner = str(who.competition_id)
    person = who.person_id
    waiting = {
        row["device"] for row in rows.waiting_devices(tx, owner) if row["person_id"] == person
    }
    if not waiting or who.seat_hash is None or not waiting & rows.former_devices(tx, who.seat_hash):
        return False
    return not rows.has_waits(tx, owner, str(who.person_id))


def _witness(
    store: Store, who: Visitor, head: str, state: str, *, waits: bool, at: datetime
) -> bool:
    """Note a tablet where it is due; return whether anything was written."""
    device = str(who.seat_hash)
    key = (store.path, device)
    before = _noted.get(key)
    is_due = before is None or before.at + NOTED_EVERY <= at or before.state != state
    if not is_due and not (waits and state == "same"):
        return False
    chains = before is None or before.state != state or before.chained + CHAINED_EVERY <= at
    with store.writing(waits=False, shares=True) as tx:
        _note(tx, who, head, state, chains=chains, at=clock.never_before(tx, at))
    with _guard:
        _noted[key] = _Noted(state, at, at if chains or before is None else before.chained)
    return True


def _note(
    tx: Transaction, who: Visitor, head: str, state: str, *, chains: bool, at: datetime
) -> None:
    owner, person, device = str(who.competition_id), str(who.person_id), str(who.seat_hash)
    shown = {"competition_id": owner, "device": device, "person_id": person, "head": head}
    rows.note_witness(tx, {**shown, "state": state, "since": stamp(at), "at": stamp(at)})
    if chains:
        sightings.append(
            tx,
            competition_id=owner,
            kind="witnessed",
            subject=device,
            actor=person,
            detail=f"{state} {head}",
            at=stamp(at),
        )
    if state == "same":
        _report(tx, who, at)
    else:
        _await(tx, who, head, at)


def _report(tx: Transaction, who: Visitor, at: datetime) -> None:
    """A tablet whose head lies on this generation's chain has given back all it kept.

    Not while something of its judge still waits for another tablet. What it keeps for another
    judge, who had it before, is given back from that judge's pad only.
    """
    owner, device = str(who.competition_id), str(who.seat_hash)
    if rows.has_waits(tx, owner, str(who.person_id)):
        return
    for name in sorted(rows.former_devices(tx, device)):
        device_row = rows.awaited_device(tx, owner, name)
        if (
            device_row
            and device_row["state"] == "waiting"
            and device_row["person_id"] == who.person_id
        ):
            tx.put("awaited", {**device_row, "state": "reported", "seen_at": stamp(at)})
    if tx.changes:
        Act(tx, who, "show_head", at).record("tablet_reported", who.person_id)


def _await(tx: Transaction, who: Visitor, head: str, at: datetime) -> None:
    """A tablet that proves what this file has not is waited for."""
    owner, device = str(who.competition_id), str(who.seat_hash)
    device_row = rows.awaited_device(tx, owner, device)
    if device_row is not None and device_row["state"] != "reported":
        return
    await_device(tx, owner, device, str(who.person_id), head, stamp(at))
    Act(tx, who, "show_head", at).record("tablet_awaited", who.person_id)


def await_device(
    tx: Transaction, owner: str, device: str, person_id: str, head: str, seen_at: str
) -> None:
    """Inside an act: wait for a tablet before certifying."""
    tx.put(
        "awaited",
        {
            "competition_id": owner,
            "device": device,
            "person_id": person_id,
            "head": head,
            "seen_at": seen_at,
            "state": "waiting",
            "waived_by": None,
            "reason": "",
        },
    )
