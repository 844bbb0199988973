"""Entrants: entered in the competition and in a round."""

from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting
from competition.errors import BadInput, Duplicate, Missing, NeverInPractice
from competition.ids import mint
from competition.lineup.errors import BadCode
from competition.rights import require_read
from competition.rounds.rounds import require_session
from competition.visitor import Visitor
from db import Store, Transaction, panel
from db import entrants as rows
from db.shapes import Entrant


def add_entrant(
    store: Store,
    who: Visitor,
    *,
    code: str,
    county: str,
    at: datetime,
    township: str = "",
    village: str = "",
    title: str = "",
    presenter: str = "",
    post: str = "",
    unit: str = "",
) -> str:
    """Add an entrant to the competition; return its id.

    Parameters
    ----------
    code : str
        9 digits of a township or 12 of a village, as text: names repeat, codes do not.

    Raises
    ------
    BadCode, Blank, Duplicate
    """
    digits = fields.text(code, "code", required=True)
    if not (digits.isascii() and digits.isdigit() and len(digits) in (9, 12)):
        raise BadCode(code=digits)
    entrant_id = mint()
    with acting(store, who, "add_entrant", at=at) as (act, tx):
        row = {
            "id": entrant_id,
            "competition_id": who.competition_id,
            "code": digits,
            "county": fields.text(county, "county", required=True),
            "township": fields.text(township, "township"),
            "village": fields.text(village, "village"),
            "title": fields.text(title, "title"),
            "presenter": fields.text(presenter, "presenter"),
            "post": fields.text(post, "post"),
            "unit": fields.text(unit, "unit"),
        }
        if rows.by_code(tx, str(who.competition_id), digits, str(row["title"])):
            raise Duplicate(what=f"{digits} {row['village']}")
        tx.put("entrants", row)
        act.record("entrant_added", entrant_id)
    return entrant_id


def enter_entrant(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    *,
    at: datetime,
    number: int | None = None,
    session_id: str | None = None,
) -> None:
    """Enter an entrant in a round in draft, with its drawn number and session.

    Moved to another session, it has no judges until that session's panel is set again.
    """
    with acting(store, who, "enter_entrant", round_id, at=at) as (act, tx):
        if number is not None and not 0 < number < 10_000:
            raise BadInput(field="number", value=str(number)[:20])
        entrant = rows.find(tx, entrant_id)
        if entrant is None or entrant["competition_id"] != who.competition_id:
            raise Missing(what="entrant")
        if rows.is_practising(tx, entrant_id):
            raise NeverInPractice
        if session_id is not None:
            require_session(tx, round_id, session_id)
        if number is not None and rows.by_number(tx, round_id, number) not in (None, entrant_id):
            raise Duplicate(what=str(number))
        before = rows.place(tx, round_id, entrant_id)
        if before is not None and before["session_id"] != session_id:
            tx.remove_rows("assignments", panel.of_entrant(tx, round_id, entrant_id))
        tx.put(
            "round_entrants",
            {
                "round_id": round_id,
                "entrant_id": entrant_id,
                "session_id": session_id,
                "number": number,
                "stage": "waiting",
            },
        )
        act.record("entrant_entered", entrant_id)


def require_place(tx: Transaction, round_id: str, entrant_id: str) -> dict[str, Any]:
    """An entrant's place in this round, or `Missing`."""
    place = rows.place(tx, round_id, entrant_id)
    if place is None:
        raise Missing(what="entrant")
    return place


def all_entrants(store: Store, who: Visitor) -> list[Entrant]:
    """Every entrant of the competition, in a round or not, by code."""
    with store.reading() as tx:
        require_read(tx, who, "entrants")
        return rows.of_competition(tx, str(who.competition_id))
