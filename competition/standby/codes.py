"""Pairing a second laptop: an organizer makes a code, the laptop exchanges it once for a token."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from competition.acting import Act, acting, changed
from competition.errors import Missing
from competition.ids import digest, mint, token
from competition.people.errors import TooManyAttempts
from competition.standby.errors import (
    StandbyCodeOver,
    StandbyCodeUsed,
    StandbyCodeWrong,
    StandbyNotAlone,
    StandbyOtherEvent,
    StandbyRefused,
    StandbyUnknown,
    StandbyVersion,
)
from competition.times import parse, stamp
from competition.typed import plain
from competition.visitor import Visitor
from db import Store, Transaction, competitions, people
from db import standbys as rows
from db.store import Row

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is taken for a digit."""
LENGTH = 10
HELD_FOR = timedelta(minutes=15)
WRONG_A_MINUTE = 10
MINUTE = timedelta(minutes=1)
MOST_ADDRESSES = 12
LONGEST_ADDRESS = 120


@dataclass(frozen=True)
class Request:
    """What a second laptop says of itself when it brings its code.

    Attributes
    ----------
    bound : str
        The code's MAC over the certificate that the laptop was shown, instead of the code itself:
        so a stranger between the two learns no code and gets no token.
    schema : str
        `db.standbys.schema_name` of its version.
    event : str
        The competition its folder follows already; empty for none.
    first, second : tuple of str
        The addresses of the first laptop as it knows them, and its own.
    """

    bound: str
    schema: str
    event: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class Paired:
    """The answer to a right code: the token, once, and what it may follow.

    Attributes
    ----------
    proof : str
        The code's MAC over the token, by which the second laptop knows the first one.
    """

    token: str
    event: str
    title: str
    proof: str


def make_code(store: Store, who: Visitor, *, at: datetime) -> str:
    """A code for a second laptop, ten signs, good for fifteen minutes; an earlier one ends.

    Raises
    ------
    StandbyNotAlone
        If the file holds another competition: a copy would take it along.
    """
    code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    with acting(store, who, "make_standby_code", at=at) as (act, tx):
        owner = str(who.competition_id)
        if len(competitions.all_of(tx)) != 1:
            raise StandbyNotAlone
        for row in rows.in_state(tx, owner, "offered"):
            tx.put("standbys", changed(row, state="ended"))
        tx.put(
            "standbys",
            {
                "id": mint(),
                "competition_id": owner,
                "state": "offered",
                "code_hash": digest(code),
                "token_hash": "",
                "expires_at": stamp(act.at + HELD_FOR),
                "first": "",
                "second": "",
                "at": stamp(act.at),
            },
        )
        act.record("standby_offered", owner)
    return f"{code[:5]}-{code[5:]}"


def read_code(typed: str) -> str:
    """A code as typed: without blanks and hyphens, O, I and L read as the digits they look like."""
    signs = plain(typed).upper().replace("-", "").replace(" ", "")
    return signs.translate(str.maketrans("OIL", "011"))[: LENGTH + 1]


def bound(code_hash: str, shown: bytes) -> str:
    """The MAC of a code, by its hash, over what the other end has shown."""
    return hmac.new(code_hash.encode(), hashlib.sha256(shown).digest(), "sha256").hexdigest()


def pair(store: Store, request: Request, certificate: bytes, *, at: datetime) -> Paired:
    """Exchange a code for a token; the standby that was paired before ends.

    Parameters
    ----------
    certificate : bytes
        This server's own certificate; empty without TLS.

    Raises
    ------
    StandbyCodeWrong, StandbyCodeUsed, StandbyCodeOver
    StandbyOtherEvent, StandbyVersion
        The code stays good then.
    TooManyAttempts
        After ten wrong codes from one address in a minute.
    """
    with store.writing() as tx:
        asker = f"standby {request.address}"
        if people.attempts_since(tx, asker, stamp(at - MINUTE)) >= WRONG_A_MINUTE:
            raise TooManyAttempts
        row = next(
            (
                one
                for one in rows.all_offers(tx)
                if hmac.compare_digest(bound(one["code_hash"], certificate), request.bound)
            ),
            None,
        )
        refused = _refusal(tx, row, request, at)
        if refused is None and row is not None:
            return _paired(tx, row, request, at)
        people.add_attempt(tx, asker, stamp(at), stamp(at - MINUTE))
    raise refused or StandbyCodeWrong


def _refusal(
    tx: Transaction, row: Row | None, request: Request, at: datetime
) -> StandbyRefused | None:
    if row is None:
        return StandbyCodeWrong()
    if row["token_hash"]:
        return StandbyCodeUsed()
    if row["state"] != "offered" or parse(row["expires_at"]) <= at:
        return StandbyCodeOver()
    if request.event not in ("", row["competition_id"]):
        return StandbyOtherEvent(title=competitions.get(tx, row["competition_id"])["title"])
    if request.schema != rows.schema_name():
        return StandbyVersion()
    return None


def _paired(tx: Transaction, row: Row, request: Request, at: datetime) -> Paired:
    owner, secret = row["competition_id"], token()
    act = Act(tx, Visitor(competition_id=owner), "pair_standby", at)
    for former in rows.in_state(tx, owner, "paired"):
        tx.put("standbys", changed(former, state="ended"))
        act.record("standby_ended", owner)
    tx.put(
        "standbys",
        changed(
            row,
            state="paired",
            token_hash=digest(secret),
            first=" ".join(request.first),
            second=" ".join(request.second),
            at=stamp(at),
        ),
    )
    act.record("standby_paired", owner)
    title = str(competitions.get(tx, owner)["title"])
    return Paired(secret, owner, title, bound(row["code_hash"], secret.encode()))


def end_standby(store: Store, who: Visitor, *, at: datetime) -> None:
    """End the pairing: the second laptop gets no further copy, tablets forget its address.

    Raises
    ------
    Missing
        If none is paired.
    """
    with acting(store, who, "end_standby", at=at) as (act, tx):
        paired = rows.in_state(tx, str(who.competition_id), "paired")
        if not paired:
            raise Missing(what="standby")
        for row in paired:
            tx.put("standbys", changed(row, state="ended"))
        act.record("standby_ended", str(who.competition_id))


def require_paired(tx: Transaction, secret: str) -> Row:
    """The paired standby behind a token.

    Raises
    ------
    StandbyUnknown
    StandbyNotAlone
        If another competition came into the file since.
    """
    row = rows.by_token(tx, digest(secret)) if secret else None
    if row is None:
        raise StandbyUnknown
    if len(competitions.all_of(tx)) != 1:
        raise StandbyNotAlone
    return row


def addresses(given: object) -> tuple[str, ...]:
    """The web addresses in what a laptop sent: scheme, host and port alone."""
    if not isinstance(given, list):
        return ()
    kept = [one.rstrip("/") for one in given if isinstance(one, str)]
    return tuple(dict.fromkeys(one for one in kept if is_address(one)))[:MOST_ADDRESSES]


def is_address(text: str) -> bool:
    """Whether a text is ``http://host:port`` or ``https://host:port`` and nothing more."""
    scheme, mark, rest = text.partition("://")
    host, _, port = rest.rpartition(":")
    return (
        scheme in ("http", "https")
        and bool(mark)
        and len(text) <= LONGEST_ADDRESS
        and port.isascii()
        and port.isdigit()
        and bool(host)
        and all(sign.isascii() and (sign.isalnum() or sign in ".-") for sign in host)
    )
