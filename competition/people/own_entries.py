"""Other links and sign-ins under the visitor's name, shown to supervisors and checkers.

An organizer makes the supervisor's link and so can open it. One machine cannot prevent
that; it is shown on every device of the supervisor until read there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competition.acting import acting, changed
from competition.ids import token
from competition.people.links import put_link
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, entries, pins
from db import people as rows

WATCHED = frozenset({"supervisor", "checker"})
"""Roles that see the notice: each answers for what others have done."""

DEVICES = (
    ("MicroMessenger", "wechat"),
    ("iPad", "ipad"),
    ("iPhone", "iphone"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("Macintosh", "mac"),
    ("Linux", "linux"),
)
"""What a browser calls itself, to the word for it (``device.<key>``)."""


@dataclass(frozen=True)
class OtherLink:
    """A live link of the visitor other than this device's own."""

    at: str
    by: str


@dataclass(frozen=True)
class OtherEntry:
    """Another browser's sign-in under the visitor's name.

    Attributes
    ----------
    device : str
        Key of the word for it.
    now : str
        Person who signed in later in that browser; empty for none.
    is_live : bool
        Whether it may still act.
    """

    at: str
    device: str
    now: str
    is_live: bool


@dataclass(frozen=True)
class OtherPin:
    """The visitor's PIN, where it was set in another browser."""

    at: str
    device: str


@dataclass(frozen=True)
class Entries:
    """Links, sign-ins and a PIN not yet shown on this device."""

    links: tuple[OtherLink, ...] = ()
    entries: tuple[OtherEntry, ...] = ()
    pin: OtherPin | None = None

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to show."""
        return not (self.links or self.entries or self.pin)


def own_entries(store: Store, who: Visitor) -> Entries:
    """New links and sign-ins under the visitor's name since this device last saw the notice."""
    with store.reading() as tx:
        require_read(tx, who, "own_entries")
        mine = None if who.seat_hash is None else rows.sign_in(tx, who.seat_hash)
        if mine is None:
            return Entries()
        sign_ins = entries.sign_ins_of(tx, str(who.person_id))
        chain = _own_chain(sign_ins, mine["id_hash"])
        since = mine["told_at"] or ""
        links = entries.other_links(
            tx, str(who.competition_id), str(who.person_id), mine["link_id"], since
        )
        return Entries(
            links=tuple(OtherLink(row["created_at"], row["by"] or "") for row in links),
            entries=tuple(
                _entry(tx, row)
                for row in sign_ins
                if row["id_hash"] not in chain and row["created_at"] > since
            ),
            pin=_other_pin(tx, str(who.person_id), chain, since),
        )


def _own_chain(sign_ins: Sequence[Mapping[str, Any]], mine: str) -> set[str]:
    """This browser's sign-in with those it replaced: a link opened twice is one entry."""
    chain = {mine}
    for row in reversed(sign_ins):
        if row["replaced_by"] in chain:
            chain.add(row["id_hash"])
    return chain


def _other_pin(tx: Transaction, person_id: str, chain: set[str], since: str) -> OtherPin | None:
    pin = pins.of_person(tx, person_id)
    if pin is None or pin["set_in"] in chain or pin["set_at"] <= since:
        return None
    return OtherPin(pin["set_at"], _device(rows.sign_in(tx, pin["set_in"]) or {"device": ""}))


def _device(row: Mapping[str, Any]) -> str:
    return next((key for name, key in DEVICES if name in row["device"]), "other")


def _entry(tx: Transaction, row: Mapping[str, Any]) -> OtherEntry:
    later = row
    while later["replaced_by"] is not None:
        later = rows.sign_in(tx, later["replaced_by"]) or {**later, "replaced_by": None}
    other = later["person_id"] != row["person_id"]
    person = rows.find(tx, later["person_id"]) if other else None
    return OtherEntry(
        at=row["created_at"],
        device=_device(row),
        now=str(person["name"]) if person else "",
        is_live=not other and later["revoked_at"] is None,
    )


def note_shown(store: Store, who: Visitor, *, at: datetime) -> None:
    """Record that this device, and no other, has shown the notice."""
    if who.seat_hash is not None:
        with store.writing() as tx:
            entries.note_shown(tx, who.seat_hash, stamp(at))


def end_other_entries(store: Store, who: Visitor, *, at: datetime) -> None:
    """End every other link and sign-in under the visitor's name.

    This device continues by a new link that was never shown.
    """
    with acting(store, who, "end_other_entries", at=at) as (act, tx):
        person_id, now = str(who.person_id), stamp(act.at)
        former = [link for link in rows.links(tx, person_id) if link["revoked_at"] is None]
        link_id = put_link(tx, person_id, token(), act.at)
        if who.seat_hash is not None:
            entries.move_sign_in(tx, who.seat_hash, link_id)
            entries.note_shown(tx, who.seat_hash, now)
        for one in former:
            tx.put("links", changed(one, revoked_at=now))
            rows.end_sign_ins(tx, one["id"], now)
        act.record("other_entries_ended", person_id)
