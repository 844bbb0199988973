"""Pairing a tablet with a seat: it shows four digits, the desk types them, it signs in.

The digits are not secret: they only identify the tablet. The tablet holds a secret
of 128 bits; without it no browser can sign in by its pairing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from competition.acting import acting
from competition.errors import Forbidden, Missing
from competition.ids import digest, token
from competition.people.errors import CodeUnknown, PairingOver, TooManyAttempts, TooManyTablets
from competition.people.links import put_link, sign_in
from competition.rights import require_read
from competition.times import parse, stamp
from competition.typed import plain
from competition.visitor import Visitor
from db import Store, Transaction, panel, people
from db import pairings as rows

WAITS = timedelta(minutes=3)
"""How long a tablet's digits are good for."""
FETCHES = timedelta(minutes=1)
"""How long a tablet that was paired has to come in."""
BEGUN_A_MINUTE = 20
WRONG_A_MINUTE = 10
DIGITS = 10_000
MOST_WAITING = 400
"""So few of all digits that a slip of the finger seldom meets another tablet."""
SEATED_ONLY = frozenset({"judge", "chair", "public"})


@dataclass(frozen=True)
class Waiting:
    """A pairing as its tablet reads it.

    Attributes
    ----------
    secret : str
        Value for its cookie.
    code : str
        Four digits to show.
    is_paired : bool
        Whether it may come in now.
    seconds : int
        Until the digits expire.
    """

    secret: str
    code: str
    is_paired: bool
    seconds: int


@dataclass(frozen=True)
class Tablet:
    """A waiting tablet as the desk sees it before confirming."""

    device: str
    address: str
    seconds: int


def begin_pairing(
    store: Store, *, at: datetime, address: str, device: str = "", secret: str | None = None
) -> Waiting:
    """Begin a pairing: four digits for a tablet, or those it shows already while they hold.

    Parameters
    ----------
    secret : str, optional
        What the tablet's cookie holds.

    Raises
    ------
    TooManyTablets
        After twenty in a minute from one address, or when too many wait.
    """
    with store.writing() as tx:
        rows.forget(tx, stamp(at))
        pairing = rows.by_secret(tx, digest(secret)) if secret else None
        if pairing is not None and secret is not None:
            return _waiting(pairing, secret, at)
        since = stamp(at - timedelta(minutes=1))
        taken = rows.codes(tx)
        begun = rows.made_since(tx, address, since)
        if begun >= BEGUN_A_MINUTE or len(taken) >= MOST_WAITING:
            raise TooManyTablets
        fresh = token()
        row = {
            "secret_hash": digest(fresh),
            "code": _draw(taken),
            "address": address[:64],
            "device": device[:200],
            "created_at": stamp(at),
            "expires_at": stamp(at + WAITS),
        }
        rows.add(tx, row)
        return _waiting({**row, "link_id": None}, fresh, at)


def _draw(taken: set[str]) -> str:
    """Four digits that no other waiting tablet shows."""
    while True:
        code = f"{secrets.randbelow(DIGITS):04d}"
        if code not in taken:
            return code


def _waiting(row: Mapping[str, Any], secret: str, at: datetime) -> Waiting:
    left = (parse(row["expires_at"]) - at).total_seconds()
    return Waiting(secret, row["code"], row["link_id"] is not None, max(0, int(left)))


def pairing_state(store: Store, secret: str, *, at: datetime) -> str:
    """The state of a tablet's pairing: waiting, paired or over."""
    with store.reading() as tx:
        pairing = rows.by_secret(tx, digest(secret))
    if pairing is None or pairing["expires_at"] <= stamp(at):
        return "over"
    return "paired" if pairing["link_id"] else "waiting"


def seats_to_pair(store: Store, who: Visitor, round_id: str) -> list[dict[str, Any]]:
    """The seats of a round, by number, with how many devices each has now."""
    with store.reading() as tx:
        row = require_read(tx, who, "pairing", round_id)
        devices: dict[str, int] = {}
        for link in people.live_links_in(tx, row["competition_id"]):
            devices[link["person_id"]] = devices.get(link["person_id"], 0) + link["devices"]
        return [
            {
                **{k: seat[k] for k in ("person_id", "number", "reserve", "presence", "name")},
                "devices": devices.get(seat["person_id"], 0),
            }
            for seat in panel.seats(tx, round_id)
        ]


def find_tablet(store: Store, who: Visitor, round_id: str, code: str, *, at: datetime) -> Tablet:
    """The tablet that shows these digits, to be checked before pairing.

    Raises
    ------
    CodeUnknown
        If none waits with them.
    TooManyAttempts
        After ten wrong ones by one person in a minute.
    """
    with acting(store, who, "pair_tablet", round_id, at=at) as (act, tx):
        pairing = _by_code(tx, who, code, act.at)
        act.unchanged()
    if pairing is None:
        raise CodeUnknown(code=code[:8])
    seconds = int((at - parse(pairing["created_at"])).total_seconds())
    return Tablet(pairing["device"], pairing["address"], max(0, seconds))


def pair_tablet(
    store: Store, who: Visitor, round_id: str, person_id: str, code: str, *, at: datetime
) -> None:
    """Pair the tablet that shows these digits with a judge's seat; it then signs in by itself.

    It gets a separate link whose token is never shown: revoking it ends the tablet.

    Raises
    ------
    CodeUnknown, TooManyAttempts
        As `find_tablet`.
    Forbidden
        If the person at that seat may do more than mark: such people come in by their link.
    Missing
        If the person has no seat in the round.
    """
    with acting(store, who, "pair_tablet", round_id, at=at) as (act, tx):
        if panel.seat(tx, round_id, person_id) is None:
            raise Missing(what="seat")
        roles = {grant["role"] for grant in people.grants(tx, person_id)}
        if roles - SEATED_ONLY:
            raise Forbidden(act="pair_tablet", roles=("judge",))
        pairing = _by_code(tx, who, code, act.at)
        if pairing is None:
            act.unchanged()  # and the wrong attempt stays counted: the refusal follows below
        else:
            link_id = put_link(tx, person_id, token(), act.at)
            rows.pair(tx, pairing["secret_hash"], link_id, stamp(act.at + FETCHES))
            act.record("tablet_paired", person_id)
    if pairing is None:
        raise CodeUnknown(code=code[:8])


def _by_code(tx: Transaction, who: Visitor, code: str, at: datetime) -> dict[str, Any] | None:
    """The waiting tablet with a code; a wrong code counts as an attempt of its typist."""
    desk, since = f"desk {who.person_id}", stamp(at - timedelta(minutes=1))
    if people.attempts_since(tx, desk, since) >= WRONG_A_MINUTE:
        raise TooManyAttempts
    pairing = rows.by_code(tx, plain(code), stamp(at))
    if pairing is None:
        people.add_attempt(tx, desk, stamp(at), since)
    return pairing


def enter_paired(store: Store, secret: str, *, at: datetime, former: str | None = None) -> str:
    """Sign in by a confirmed pairing; return the secret for the seat's cookie.

    It opens once: afterwards the pairing is forgotten.

    Raises
    ------
    PairingOver
        If this tablet was not paired, or too long ago, or its link was revoked.
    """
    with store.writing() as tx:
        rows.forget(tx, stamp(at))
        pairing = rows.by_secret(tx, digest(secret))
        link = people.link(tx, pairing["link_id"]) if pairing and pairing["link_id"] else None
        if pairing is None or link is None or link["revoked_at"] is not None:
            raise PairingOver
        cookie, before = token(), digest(former) if former else None
        sign_in(tx, cookie, link["person_id"], link["id"], pairing["device"], before, at)
        rows.remove(tx, pairing["secret_hash"])
    return cookie
