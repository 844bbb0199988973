"""A second person confirms on another person's device, by their PIN.

The act is the second person's: their right is asked and the log names them; the event also
names whose device it was.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeVar

from competition import clock
from competition.errors import Blank, Forbidden, Missing, Refused, SecondPersonNeeded
from competition.people.errors import ForbiddenPair, NoEntry, PinWrong
from competition.people.links import refusal
from competition.people.people import require_person
from competition.people.pins import TRIES, try_pin
from competition.rights import ACTS, BY_PIN, require_act, require_read
from competition.sign_ins import visitor_of
from competition.visitor import Visitor, excluded_by
from db import Store, Transaction
from db import people as rows
from db import pins as pin_rows

Result = TypeVar("Result")
State = Literal["ready", "no_pin", "no_entry"]


@dataclass(frozen=True)
class Second:
    """A person who may confirm an act.

    Attributes
    ----------
    roles : tuple of str
        Those of their roles to which the act is open.
    state : str
        ``ready``; ``no_pin`` until they set one; ``no_entry`` where their links have ended.
    """

    person_id: str
    name: str
    roles: tuple[str, ...]
    state: State


def seconds(
    store: Store, who: Visitor, act: str, round_id: str, *, without: str, at: datetime
) -> list[Second]:
    """Who may confirm an act on the visitor's device: never the visitor, nor who proposed it.

    Parameters
    ----------
    without : str
        The person who proposed it.
    """
    with store.reading() as tx:
        require_read(tx, who, "seconds", round_id)
        result = []
        competition_id = str(who.competition_id)
        names = {row["id"]: row["name"] for row in rows.of_competition(tx, competition_id)}
        held = _holders(tx, competition_id, act, round_id)
        for person_id in held.keys() - {who.person_id, without}:
            roles = tuple(role for role in ACTS[act].roles if role in held[person_id])
            result.append(Second(person_id, names[person_id], roles, _state(tx, person_id, at)))
    return sorted(result, key=lambda one: (one.roles != ("supervisor",), one.name, one.person_id))


def _holders(tx: Transaction, competition_id: str, act: str, round_id: str) -> dict[str, set[str]]:
    """People to those of their roles in a round to which an act is open."""
    held: dict[str, set[str]] = {}
    for grant in rows.grants_in(tx, competition_id):
        if grant["role"] in ACTS[act].roles and grant["round_id"] in (None, round_id):
            held.setdefault(grant["person_id"], set()).add(grant["role"])
    return held


def _state(tx: Transaction, person_id: str, at: datetime) -> State:
    if not _may_come_in(tx, person_id, at):
        return "no_entry"
    return "ready" if pin_rows.of_person(tx, person_id) else "no_pin"


def _may_come_in(tx: Transaction, person_id: str, at: datetime) -> bool:
    """Whether a link of the person still opens; a PIN is worth no more than a link."""
    return any(refusal(tx, link, at) is None for link in rows.links(tx, person_id))


def confirm_here(
    store: Store,
    who: Visitor,
    second_id: str,
    pin: str,
    do: Callable[[Visitor], Result],
    *,
    act: str,
    round_id: str,
    at: datetime,
) -> Result:
    """Do an act as the second person, on the visitor's device.

    Parameters
    ----------
    do
        Called with the second person, inside the transaction in which the PIN is held to be
        the present one; it does the act.

    Raises
    ------
    Forbidden, NotNow, SignInNeeded
        Of the visitor, or of the second person.
    SecondPersonNeeded, ForbiddenPair
        If both are one person; if an older database gives that person roles that exclude
        each other.
    NoEntry, NoPin, PinWrong, PinLocked, PinBlocked
    Refused
        Whatever the act refuses; nothing is written then.
    """
    if act not in BY_PIN:
        raise Forbidden(act=act, roles=())
    with store.reading() as tx:
        _second(tx, who, second_id, act, round_id, at)
    tried = try_pin(
        store, who, second_id, pin, act="confirm_here", field="pin", at=at, round_id=round_id
    )
    with store.writing() as tx:
        second = _second(tx, who, second_id, act, round_id, clock.never_before(tx, at))
        if pin_rows.of_person(tx, second_id) != tried:
            raise PinWrong(field="pin", left=TRIES)
        return do(second)


def sign_here(
    store: Store,
    who: Visitor,
    pin: str,
    do: Callable[[Visitor], Result],
    *,
    act: str,
    round_id: str,
    at: datetime,
) -> Result:
    """Do an act after the visitor's PIN was typed on this device, which may have lain open.

    Raises
    ------
    Forbidden, NotNow, SignInNeeded
    Blank, NoPin, PinWrong, PinLocked, PinBlocked
    Refused
        Whatever the act refuses; nothing is written then.
    """
    with store.reading() as tx:
        require_act(tx, who, act, round_id)
    if not pin.strip():
        raise Blank(field="pin")
    person_id = str(who.person_id)
    tried = try_pin(store, who, person_id, pin, act="set_pin", field="pin", at=at)
    with store.writing() as tx:
        if pin_rows.of_person(tx, person_id) != tried:
            raise PinWrong(field="pin", left=TRIES)
        return do(who)


def _second(
    tx: Transaction, who: Visitor, second_id: str, act: str, round_id: str, at: datetime
) -> Visitor:
    """The second person as stored now, with the right to the act."""
    require_act(tx, who, "confirm_here", round_id)
    if not second_id:
        raise Missing(what="person", field="second")
    require_person(tx, who, second_id)
    if second_id == who.person_id:
        raise SecondPersonNeeded(field="second")
    second = replace(visitor_of(tx, second_id), machine_of=who.person_id)
    for role in sorted(second.roles):
        for other in sorted(second.roles & excluded_by(role)):
            raise ForbiddenPair(field="second", name=second.name, role=role, other=other)
    try:
        require_act(tx, second, act, round_id)
    except Refused as error:
        error.values["field"] = "second"
        raise
    if not _may_come_in(tx, second_id, at):
        raise NoEntry(field="second", name=second.name)
    return second
