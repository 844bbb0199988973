"""Sessions of a round: time, venue, entrants and panel; and declared recusals withdrawn."""

from collections.abc import Sequence
from datetime import datetime

from competition import typed
from competition.acting import acting, changed
from competition.errors import Missing, Refused
from competition.lineup.errors import UnknownNumber
from competition.lineup.expectations import renew
from competition.lineup.panel import require_seat
from competition.lineup.roster import put_place
from competition.rounds.rounds import add_session, require_session
from competition.visitor import Visitor
from db import Store, Transaction, entrants, panel
from db import rounds as round_rows


def update_session(
    store: Store,
    who: Visitor,
    round_id: str,
    session_id: str,
    *,
    title: str,
    at: datetime,
    venue: str = "",
    starts_at: str = "",
    numbers: str | None = None,
    person_ids: Sequence[str] | None = None,
) -> None:
    """Set a session whole: title, time, venue, its entrants by number and its panel.

    Parameters
    ----------
    numbers : str or None
        Such as ``1-10, 15``; None leaves the entrants as they are.
    person_ids : sequence of str or None
        The judges of the panel, reserves included; None leaves it as it is.

    Raises
    ------
    BadFields
        With the refusal of each field.
    """
    form = typed.Typed({"title": title, "starts_at": starts_at, "venue": venue})
    with acting(store, who, "update_session", round_id, at=at) as (act, tx):
        row = require_session(tx, round_id, session_id)
        values = {
            "title": form.read("title", typed.line(required=True), ""),
            "venue": form.read("venue", typed.line(), ""),
            "starts_at": form.read("starts_at", typed.moment, ""),
        }
        wanted: list[str] | None = None
        if numbers is not None:
            try:
                wanted = _by_number(tx, round_id, numbers)
            except Refused as error:
                form.refuse("numbers", error)
        form.done()
        tx.put("sessions", changed(row, **values))
        if wanted is not None:
            _place(tx, round_id, session_id, wanted)
        if person_ids is not None:
            _sit(tx, round_id, session_id, person_ids)
        renew(tx, act.round)
        act.record("session_updated", session_id)


def one_panel(store: Store, who: Visitor, round_id: str, *, title: str, at: datetime) -> str:
    """Make one session with every entrant and every judge of the round: the usual final.

    Returns
    -------
    str
        The session's id: the round's only one, or a new one.
    """
    with acting(store, who, "set_panel", round_id, at=at) as (act, tx):
        there = round_rows.sessions(tx, round_id)
        session_id = (
            str(there[0]["id"])
            if there
            else add_session(store, who, round_id, title=title, at=act.at)
        )
        _place(tx, round_id, session_id, [e["id"] for e in entrants.in_round(tx, round_id)])
        _sit(tx, round_id, session_id, [s["person_id"] for s in panel.seats(tx, round_id)])
        renew(tx, act.round)
        act.record("panel_set", session_id)
    return session_id


def first_panel(store: Store, who: Visitor, round_id: str, *, title: str, at: datetime) -> None:
    """Make the one session of all entrants and judges where no judge is assigned yet."""
    with store.reading() as tx:
        is_assigned = round_rows.sessions(tx, round_id) or panel.assignments(tx, round_id)
    if not is_assigned:
        one_panel(store, who, round_id, title=title, at=at)


def remove_session(
    store: Store, who: Visitor, round_id: str, session_id: str, *, at: datetime
) -> None:
    """Remove a session; its entrants stay in the round without one, its judges keep their seats."""
    with acting(store, who, "remove_session", round_id, at=at) as (act, tx):
        require_session(tx, round_id, session_id)
        for member in panel.members(tx, session_id):
            tx.remove("panels", session_id=session_id, person_id=member["person_id"])
        for place in entrants.in_round(tx, round_id):
            if place["session_id"] == session_id:
                put_place(tx, round_id, place["id"], None)
        tx.remove("sessions", id=session_id)
        renew(tx, act.round)
        act.record("session_removed", session_id)


def withdraw_recusal(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    person_id: str,
    *,
    at: datetime,
) -> None:
    """Take back a declared recusal before the round is opened; one that is derived stays."""
    with acting(store, who, "withdraw_recusal", round_id, at=at) as (act, tx):
        recusal = panel.recusal(tx, round_id, entrant_id, person_id)
        if recusal is None or recusal["cause"] != "declared":
            raise Missing(what="recusal")
        tx.remove("recusals", round_id=round_id, entrant_id=entrant_id, person_id=person_id)
        renew(tx, act.round)
        act.record("recusal_withdrawn", entrant_id)


def _by_number(tx: Transaction, round_id: str, numbers: str) -> list[str]:
    places = []
    for number in typed.numbers(numbers, "numbers"):
        entrant_id = entrants.by_number(tx, round_id, number)
        if entrant_id is None:
            raise UnknownNumber(number=number)
        places.append(entrant_id)
    return places


def _place(tx: Transaction, round_id: str, session_id: str, entrant_ids: Sequence[str]) -> None:
    """Put exactly these entrants into a session; others that were in it have no session."""
    for place in entrants.in_round(tx, round_id):
        is_here = place["session_id"] == session_id
        if is_here != (place["id"] in entrant_ids):
            put_place(tx, round_id, place["id"], None if is_here else session_id)


def _sit(tx: Transaction, round_id: str, session_id: str, person_ids: Sequence[str]) -> None:
    """Put exactly these judges in a session's panel."""
    for person_id in person_ids:
        require_seat(tx, round_id, person_id)
    there = {member["person_id"] for member in panel.members(tx, session_id)}
    for person_id in there - set(person_ids):
        tx.remove("panels", session_id=session_id, person_id=person_id)
    for person_id in person_ids:
        if person_id not in there:
            tx.put("panels", {"session_id": session_id, "person_id": person_id})
