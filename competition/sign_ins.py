"""The person behind a cookie, and that person's language."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from competition.errors import LinkExpired, Missing, Replaced, SignInNeeded
from competition.ids import digest
from competition.link_ends import end_of
from competition.times import parse, stamp
from competition.visitor import PUBLIC, Grant, Visitor
from db import DatabaseError, Store, Transaction, competitions
from db import people as rows

SEEN_EVERY = timedelta(seconds=20)


def who_is(store: Store, cookie: str | None, *, at: datetime) -> Visitor:
    """The person behind a cookie; the public without one.

    Raises
    ------
    Replaced
        If another link has been opened in this browser since; names that person.
    SignInNeeded
        If the cookie is unknown, or its link was revoked.
    LinkExpired
        If the event and its grace are over.
    """
    return visitor_behind(store, digest(cookie), at=at) if cookie else PUBLIC


def visitor_behind(store: Store, id_hash: str, *, at: datetime) -> Visitor:
    """The person of a sign-in, by the hash that is stored; raises as `who_is`."""
    with store.reading() as tx:
        sign_in = tx.once(_live, id_hash)
    if sign_in.end is not None and sign_in.end <= at:
        raise LinkExpired
    if sign_in.noted_again < at:
        _note_seen(store, id_hash, at)
    return sign_in.visitor


@dataclass(frozen=True)
class _SignIn:
    """A sign-in that has not ended, until when it is good, and when its device is noted again."""

    visitor: Visitor
    end: datetime | None
    noted_again: datetime


def _live(tx: Transaction, id_hash: str) -> _SignIn:
    row = rows.sign_in(tx, id_hash)
    if row is None:
        raise SignInNeeded
    require_live(tx, id_hash)
    link, person = rows.link(tx, row["link_id"]), rows.find(tx, row["person_id"])
    if link is None or person is None:
        raise SignInNeeded
    competition = competitions.find(tx, person["competition_id"])
    return _SignIn(
        visitor=visitor_of(tx, row["person_id"], seat_hash=id_hash),
        end=None if competition is None else end_of(link, competition),
        noted_again=parse(row["last_seen"]) + SEEN_EVERY,
    )


def _note_seen(store: Store, seat_hash: str, at: datetime) -> None:
    """Record a device's presence if the file can be written immediately; never waits."""
    with suppress(DatabaseError), store.writing(waits=False, shares=True) as tx:
        rows.touch_sign_in(tx, seat_hash, stamp(at))


def require_live(tx: Transaction, seat_hash: str) -> None:
    """Refuse a sign-in that has ended; raises as `who_is`.

    One that was replaced by the same person's next one goes on: they opened their link
    twice in one browser.
    """
    row = rows.sign_in(tx, seat_hash)
    if row is None:
        raise SignInNeeded
    now = row
    while now["replaced_by"] is not None:
        now = rows.sign_in(tx, now["replaced_by"]) or {**now, "replaced_by": None}
    if now["person_id"] != row["person_id"]:
        person = rows.find(tx, now["person_id"])
        raise Replaced(name="" if person is None else person["name"])
    link = rows.link(tx, row["link_id"])
    if now["revoked_at"] is not None or link is None or link["revoked_at"] is not None:
        raise SignInNeeded


def live_visitor(tx: Transaction, id_hash: str, person_id: str) -> Visitor:
    """A person with present roles, if the sign-in has not ended; raises as `who_is`."""
    require_live(tx, id_hash)
    return visitor_of(tx, person_id, seat_hash=id_hash)


def visitor_of(tx: Transaction, person_id: str, *, seat_hash: str | None = None) -> Visitor:
    """The stored person as a visitor."""
    person = rows.find(tx, person_id)
    if person is None:
        raise Missing(what="person")
    return Visitor(
        person_id=person_id,
        competition_id=person["competition_id"],
        name=person["name"],
        grants=tuple(
            Grant(row["role"], row["round_id"], row["county"]) for row in rows.grants(tx, person_id)
        ),
        seat_hash=seat_hash,
    )


def language(store: Store, who: Visitor) -> str:
    """The language this device chose; Chinese at first."""
    if who.seat_hash is None:
        return "zh"
    with store.reading() as tx:
        return tx.once(_language, who.seat_hash)


def _language(tx: Transaction, seat_hash: str) -> str:
    row = rows.sign_in(tx, seat_hash)
    return str(row["lang"]) if row else "zh"


def choose_language(store: Store, who: Visitor, lang: str) -> None:
    """Remember the language of this device."""
    if who.seat_hash is not None and lang in ("zh", "en"):
        with store.writing() as tx:
            rows.set_language(tx, who.seat_hash, lang)
