"""A page goes on at the laptop that took over: that one proves itself, then takes the sign-in.

A cookie belongs to an address, and no script can read it. So each page has a question that only a
copy of the file can answer, and a ticket that is good only above the generation it was made in. The
page sends the ticket, in a form's body, to a laptop whose answer is right, and to no other.
"""

import hmac
import secrets
from datetime import datetime
from typing import TypedDict

from competition.errors import SignInNeeded
from competition.ids import digest, token
from competition.people import links
from competition.sign_ins import visitor_behind
from competition.standby import bearers, fencing
from competition.visitor import Visitor
from db import Store, Transaction, entries, heads, people, rounds

LONGEST = 400
SIGNS = 32


class Pass(TypedDict):
    """What a page needs to go on at the other laptop.

    Attributes
    ----------
    generation : str
        The generation in which it was made.
    question, answer : str
        What the page asks the other laptop, and what that one must say.
    ticket : str
        The sign-in, for a laptop of a higher generation; empty for a screen without one.
    """

    generation: str
    question: str
    answer: str
    ticket: str


def pass_of(store: Store, who: Visitor) -> Pass | None:
    """The pass of a sign-in, the same as long as the generation; None without a sign-in."""
    owner = who.competition_id
    if owner is None or who.seat_hash is None:
        return None
    with store.reading() as tx:
        head, row = heads.last(tx, owner), people.sign_in(tx, who.seat_hash)
        if head is None or row is None:
            return None
        said = f"{row['id_hash']}.{row['person_id']}.{row['link_id']}.{head.generation}"
        question = fencing.mac(tx, owner, f"question {said}")[:SIGNS]
        ticket = f"{said}.{fencing.mac(tx, owner, _ticket(said))}"
        return _made(tx, owner, head.generation, question, ticket)


def pass_of_screen(store: Store, round_id: str) -> Pass | None:
    """The pass of a screen that no person is signed in on; None where the round is not here."""
    with store.reading() as tx:
        row = rounds.find(tx, round_id)
        head = heads.last(tx, row["competition_id"]) if row else None
        if row is None or head is None:
            return None
        question = secrets.token_hex(SIGNS // 2)
        return _made(tx, row["competition_id"], head.generation, question, "")


def _made(tx: Transaction, owner: str, generation: str, question: str, ticket: str) -> Pass:
    answer = fencing.answer_to(tx, owner, generation, question)
    return {"generation": generation, "question": question, "answer": answer, "ticket": ticket}


def _ticket(said: str) -> str:
    return f"ticket {said}"


def bearer_of_ticket(store: Store, ticket: str, *, at: datetime) -> Visitor:
    """The person whose page brings a ticket; nothing is written but a sign-in the copy lacked.

    Raises
    ------
    SignInNeeded
        If the ticket is not of this competition, its generation is not below the one served here,
        or its link or sign-in was ended; so, too, where this file is superseded.
    Replaced, LinkExpired
        As `sign_ins.who_is`.
    """
    id_hash, person_id, link_id, generation, shown = _parts(ticket)
    with store.reading() as tx:
        person = people.find(tx, person_id)
        if person is None:
            raise SignInNeeded
        owner = person["competition_id"]
        right = fencing.mac(tx, owner, _ticket(f"{id_hash}.{person_id}.{link_id}.{generation}"))
        head = heads.last(tx, owner)
    if not right or not hmac.compare_digest(shown.encode(), right.encode()):
        raise SignInNeeded
    is_above = head is not None and fencing.order(generation) < fencing.order(head.generation)
    if store.superseded or not is_above:
        raise SignInNeeded
    bearers.know_sign_in(store, id_hash, person_id, link_id, at=at)
    return visitor_behind(store, id_hash, at=at)


def enter(store: Store, ticket: str, *, device: str, at: datetime) -> str:
    """Sign a browser in by its page's ticket; return the secret for its cookie.

    It takes the place of the sign-in that the ticket names, so that a supervisor carried over is
    no news to themselves. The first to bring a ticket does; who brings it again is a sign-in more.

    Raises
    ------
    SignInNeeded, Replaced, LinkExpired
        As `bearer_of_ticket`.
    """
    who = bearer_of_ticket(store, ticket, at=at)
    cookie = token()
    with store.writing() as tx:
        row = people.sign_in(tx, str(who.seat_hash))
        if row is None:
            raise SignInNeeded
        links.sign_in(tx, cookie, row["person_id"], row["link_id"], device, row["id_hash"], at)
        if row["told_at"] is not None:
            entries.note_shown(tx, digest(cookie), row["told_at"])
    return cookie


def _parts(ticket: str) -> list[str]:
    parts = ticket[:LONGEST].split(".")
    if len(parts) != 5:
        raise SignInNeeded
    return parts
