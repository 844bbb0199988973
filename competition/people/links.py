"""Entry by personal link: making, revoking, opening."""

from datetime import datetime, timedelta
from typing import Any

from competition.acting import acting, changed
from competition.errors import LinkExpired, LinkRefused, LinkRevoked, Missing
from competition.ids import digest, mint, token
from competition.link_ends import has_ended
from competition.people.errors import TooManyAttempts
from competition.people.people import begin_competition, require_person
from competition.sign_ins import visitor_of
from competition.times import parse, stamp
from competition.visitor import Visitor
from db import Store, Transaction, competitions
from db import people as rows
from db.shapes import Person

WRONG_LINKS_A_MINUTE = 30
MINUTE = timedelta(minutes=1)


def begin(
    store: Store,
    *,
    title: str,
    organizer: str,
    at: datetime,
    venue: str = "",
    starts_on: str = "",
    sample: bool = False,
    rehearsal: bool = False,
) -> tuple[Visitor, str]:
    """Begin a competition; return its first organizer and the token of their link."""
    with store.writing() as tx:
        _, person_id = begin_competition(
            store,
            title=title,
            organizer=organizer,
            at=at,
            venue=venue,
            starts_on=starts_on,
            sample=sample,
            rehearsal=rehearsal,
        )
        who = visitor_of(tx, person_id)
        secret = make_link(store, who, person_id, at=at)
    return who, secret


def organizer_again(store: Store, *, at: datetime) -> str | None:
    """A new link for an organizer, when every one is lost: the command's act.

    Returns
    -------
    str or None
        The token; None where there is no competition yet.
    """
    with store.writing() as tx:
        person_id = rows.any_organizer(tx)
        if person_id is None:
            return None
        return make_link(store, visitor_of(tx, person_id), person_id, at=at)


def make_link(
    store: Store,
    who: Visitor,
    person_id: str,
    *,
    at: datetime,
    expires_at: datetime | None = None,
) -> str:
    """A new personal link; its token is returned once and stored only as a hash."""
    secret = token()
    with acting(store, who, "make_link", at=at) as (act, tx):
        require_person(tx, who, person_id)
        put_link(tx, person_id, secret, act.at, expires_at)
        act.record("link_made", person_id)
    return secret


def put_link(
    tx: Transaction, person_id: str, secret: str, at: datetime, expires_at: datetime | None = None
) -> str:
    """Inside an act: a link that opens with a secret; return its id."""
    link_id = mint()
    tx.put(
        "links",
        {
            "id": link_id,
            "person_id": person_id,
            "token_hash": digest(secret),
            "created_at": stamp(at),
            "expires_at": None if expires_at is None else stamp(expires_at),
            "revoked_at": None,
        },
    )
    return link_id


def revoke_link(store: Store, who: Visitor, link_id: str, *, at: datetime) -> None:
    """End a link and every device that came in by it."""
    with acting(store, who, "revoke_link", at=at) as (act, tx):
        link = rows.link(tx, link_id)
        if link is None:
            raise Missing(what="link")
        require_person(tx, who, link["person_id"])
        tx.put("links", changed(link, revoked_at=stamp(act.at)))
        rows.end_sign_ins(tx, link_id, stamp(act.at))
        act.record("link_revoked", link["person_id"])


def open_link(
    store: Store,
    secret: str,
    *,
    at: datetime,
    address: str,
    device: str = "",
    former: str | None = None,
) -> str:
    """Open a link in a browser; return the secret for its cookie.

    Parameters
    ----------
    former : str, optional
        The cookie the browser had before.  That sign-in ends here: one browser is one
        seat, and a page still open for the former seat shows the present one.

    Raises
    ------
    LinkRefused, LinkRevoked, LinkExpired
        If the link does not open.
    TooManyAttempts
        For further wrong links after thirty from one address in a minute; a right link
        opens all the same, since a whole hall may share one address.
    """
    with store.reading() as tx:
        _judged(tx, secret, address, at)  # a flood of wrong links never asks for the writer
    with store.writing() as tx:
        link, refused = _judged(tx, secret, address, at)
        if refused is not None or link is None:
            rows.add_attempt(tx, address, stamp(at), stamp(at - MINUTE))
        else:
            cookie = token()
            before = digest(former) if former else None
            sign_in(tx, cookie, link["person_id"], link["id"], device, before, at)
    if refused is not None:
        raise refused
    return cookie


def _judged(
    tx: Transaction, secret: str, address: str, at: datetime
) -> tuple[dict[str, Any] | None, Exception | None]:
    """The link of a secret and why it does not open; raises `TooManyAttempts` of an address."""
    link = rows.link_by_hash(tx, digest(secret))
    refused = refusal(tx, link, at)
    if refused is not None:
        tried = rows.attempts_since(tx, address, stamp(at - MINUTE))
        if tried >= WRONG_LINKS_A_MINUTE:
            raise TooManyAttempts
    return link, refused


def whose(store: Store, secret: str, *, at: datetime) -> Person | None:
    """The person whose link this is; None if it would not open. Nothing is opened or counted."""
    with store.reading() as tx:
        link = rows.link_by_hash(tx, digest(secret))
        if link is None or refusal(tx, link, at) is not None:
            return None
        return rows.find(tx, link["person_id"])


def refusal(tx: Transaction, link: dict[str, Any] | None, at: datetime) -> Exception | None:
    """Why a link does not open; None if it does."""
    person = None if link is None else rows.find(tx, link["person_id"])
    if link is None or person is None:
        return LinkRefused()
    if has_ended(link, competitions.find(tx, person["competition_id"]), at):
        return LinkExpired()
    if link["revoked_at"] is not None:
        return LinkRevoked()
    if link["expires_at"] is not None and parse(link["expires_at"]) <= at:
        return LinkExpired()
    return None


def sign_in(
    tx: Transaction,
    cookie: str,
    person_id: str,
    link_id: str,
    device: str,
    former: str | None,
    at: datetime,
) -> None:
    """Inside an act: sign a browser in by a link; its former sign-in, named by its hash, ends."""
    before = None if former is None else rows.sign_in(tx, former)
    rows.add_sign_in(
        tx,
        {
            "id_hash": digest(cookie),
            "person_id": person_id,
            "link_id": link_id,
            "device": device[:200],
            "lang": before["lang"] if before else "zh",
            "created_at": stamp(at),
            "last_seen": stamp(at),
            "former": former,
        },
    )
    if before is not None:
        rows.replace_sign_in(tx, before["id_hash"], digest(cookie), stamp(at))
