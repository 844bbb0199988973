"""A person's own PIN: set and changed by its owner, reset by an organizer, tried a few times.

With it a second person confirms on another person's device; see `confirming`. A reset only
removes it: the owner sets the next one by their link, so no organizer ever knows one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from competition import clock, fields
from competition.acting import acting
from competition.errors import Blank, SecondPersonNeeded
from competition.people.errors import NoPin, PinBlocked, PinLocked, PinsDiffer, PinWrong
from competition.people.people import require_person
from competition.people.pin_rules import digits, fits, hashed, read_pin
from competition.rights import PIN_ROLES, require_act, require_read
from competition.times import local, parse, stamp
from competition.visitor import Visitor
from db import Store, Transaction, competitions, people
from db import pins as rows

TRIES = 5
"""Wrong PINs of one person in a row before it is locked."""
LOCKED_FOR = timedelta(minutes=15)
"""How long; each further wrong one locks as long again."""
MOST_TRIES = 20
"""Wrong PINs in a row after which only a reset helps."""


@dataclass(frozen=True)
class OwnPin:
    """What a person sees of their PIN.

    Attributes
    ----------
    set_at : str
        Empty while there is none.
    is_asked : bool
        Whether this device asks for one: there is none, it was not postponed here, and another
        person of the competition could ask for a second one.
    """

    set_at: str
    is_asked: bool


def own_pin(store: Store, who: Visitor) -> OwnPin:
    """Whether the visitor has a PIN, for those whose roles need one."""
    with store.reading() as tx:
        require_read(tx, who, "own_pin")
        row = rows.of_person(tx, str(who.person_id))
        device = people.sign_in(tx, who.seat_hash) if who.seat_hash else None
        is_asked = row is None and not (device and device["pin_later"]) and _has_others(tx, who)
    return OwnPin(str(row["set_at"]) if row else "", is_asked)


def _has_others(tx: Transaction, who: Visitor) -> bool:
    """Whether there is another person whose act a second one confirms, or who may confirm."""
    grants = people.grants_in(tx, str(who.competition_id))
    return any(
        grant["person_id"] != who.person_id and grant["role"] in PIN_ROLES for grant in grants
    )


def postpone(store: Store, who: Visitor, *, at: datetime) -> None:
    """Note that this device need not ask again; the page of the PIN goes on naming it."""
    if who.seat_hash is not None:
        with store.writing() as tx:
            rows.postpone(tx, who.seat_hash, stamp(at))


def set_pin(
    store: Store, who: Visitor, pin: str, again: str, *, at: datetime, former: str = ""
) -> None:
    """Set the visitor's own PIN, or change it by the former one.

    Raises
    ------
    BadPin, EasyPin, PinsDiffer
    Blank, PinWrong, PinLocked, PinBlocked
        Of the former PIN, where there is one.
    """
    person_id = str(who.person_id)
    with store.reading() as tx:
        require_act(tx, who, "set_pin")
        competition = competitions.get(tx, str(who.competition_id))
        stored = rows.of_person(tx, person_id)
    wanted = read_pin(pin, competition, "pin")
    if digits(again) != wanted:
        raise PinsDiffer(field="again")
    if stored is not None:
        if not digits(former):
            raise Blank(field="former")
        try_pin(store, who, person_id, former, act="set_pin", field="former", at=at)
    made = hashed(wanted, person_id)
    with acting(store, who, "set_pin", at=at) as (act, tx):
        if rows.of_person(tx, person_id) != stored:
            raise PinWrong(field="former", left=TRIES)
        row = {
            "person_id": person_id,
            "competition_id": who.competition_id,
            "hash": made,
            "set_at": stamp(act.at),
            "set_in": who.seat_hash or "",
        }
        tx.put("pins", row)
        rows.forget_tries(tx, person_id)
        act.record("pin_changed" if stored else "pin_set", person_id)


def reset_pin(store: Store, who: Visitor, person_id: str, *, reason: str, at: datetime) -> None:
    """Remove another person's PIN; only that person sets the next one.

    Raises
    ------
    SecondPersonNeeded
        If it is the visitor's own.
    NoPin
    """
    with acting(store, who, "reset_pin", at=at) as (act, tx):
        why = fields.reason(reason)
        require_person(tx, who, person_id)
        if person_id == who.person_id:
            raise SecondPersonNeeded
        if rows.of_person(tx, person_id) is None:
            raise NoPin
        tx.remove("pins", person_id=person_id)
        rows.forget_tries(tx, person_id)
        act.record("pin_reset", person_id, reason=why)


def try_pin(
    store: Store,
    who: Visitor,
    person_id: str,
    typed: str,
    *,
    act: str,
    field: str,
    at: datetime,
    round_id: str | None = None,
) -> dict[str, Any]:
    """The stored PIN of a person, if what was typed is it; else the try is counted.

    It is counted, and the count is on the disk, before the slow hash is asked: neither many
    windows at once nor a restart give more tries. The store is free meanwhile.

    Raises
    ------
    NoPin, PinWrong, PinLocked, PinBlocked
    """
    stored, count, until = _take_try(store, who, person_id, field, at)
    if fits(digits(typed), stored["hash"], person_id):
        _forget_tries(store, person_id)
        return stored
    if count < TRIES:
        raise PinWrong(field=field, left=TRIES - count)
    with acting(store, who, act, round_id, at=at) as (done, _):
        done.record("pin_locked", person_id)
    raise PinBlocked(field=field) if count >= MOST_TRIES else PinLocked(field=field, until=until)


def _take_try(
    store: Store, who: Visitor, person_id: str, field: str, at: datetime
) -> tuple[dict[str, Any], int, str]:
    """Count a try: the stored PIN, which try it is, and until when a wrong one would lock it."""
    with store.writing() as tx:
        at = clock.never_before(tx, at)
        stored = rows.of_person(tx, person_id)
        if stored is None:
            raise NoPin(field=field)
        count, last = rows.tries(tx, person_id)
        if count >= MOST_TRIES:
            raise PinBlocked(field=field)
        if count >= TRIES and at < parse(last) + LOCKED_FOR:
            raise PinLocked(field=field, until=_shown(tx, stored, parse(last) + LOCKED_FOR))
        rows.add_try(tx, person_id, str(who.person_id), stamp(at))
        return stored, count + 1, _shown(tx, stored, at + LOCKED_FOR)


def _shown(tx: Transaction, stored: dict[str, Any], until: datetime) -> str:
    """A time on the competition's own clock."""
    competition = competitions.get(tx, stored["competition_id"])
    return local(stamp(until), str(competition["timezone"])).strftime("%H:%M")


def _forget_tries(store: Store, person_id: str) -> None:
    with store.writing() as tx:
        rows.forget_tries(tx, person_id)
