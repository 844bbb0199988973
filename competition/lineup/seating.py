"""Judges: entered with a seat, corrected, moved to another seat, unseated."""

from datetime import datetime

from competition import fields, typed
from competition.acting import acting, changed
from competition.errors import Duplicate
from competition.lineup import sessions
from competition.lineup.errors import HasEntered, StillSeated
from competition.lineup.expectations import renew, renew_drafts
from competition.lineup.panel import require_seat, seat_judge
from competition.lineup.roster import only_session
from competition.people.people import add_person, put_grant, require_person
from competition.visitor import Visitor
from db import Store, panel, people, setup
from db import rounds as round_rows

PERSONAL = ("name", "county", "native_county", "unit")
ROLES = ("judge", "chair", "reserve")
"""What a seat is for: a judge, the judge who is chair, or a judge in reserve."""


def add_judge(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    name: str,
    number: str,
    at: datetime,
    county: str = "",
    native_county: str = "",
    unit: str = "",
    seat: str = "judge",
    panel_title: str = "",
) -> str:
    """Enter a judge and give them a seat in a round in draft; return their id.

    Parameters
    ----------
    panel_title : str
        Title of the one session made for all where the round has none; empty for no such session.

    Raises
    ------
    BadFields
        With the refusal of each field.
    """
    form = typed.Typed({"name": name, "number": number})
    form.read("name", typed.line(required=True), "")
    wanted = form.read("number", typed.whole(1, 999), 1)
    with acting(store, who, "seat_judge", round_id, at=at) as (_, tx):
        if "number" not in form.problems and panel.by_number(tx, round_id, wanted):
            form.refuse("number", Duplicate(what=f"{wanted:02d}"))
        form.done()
        person_id = add_person(
            store, who, name=name, county=county, native_county=native_county, unit=unit, at=at
        )
        _seat(store, who, round_id, person_id, wanted, seat, at)
        if panel_title:
            sessions.first_panel(store, who, round_id, title=panel_title, at=at)
    return person_id


def seat_person(
    store: Store,
    who: Visitor,
    round_id: str,
    person_id: str,
    *,
    number: str,
    at: datetime,
    seat: str = "judge",
) -> None:
    """Give an existing person a seat in a round in draft.

    Raises
    ------
    BadFields
    """
    form = typed.Typed({"number": number, "person": person_id})
    wanted = form.read("number", typed.whole(1, 999), 1)
    form.read("person", typed.line(required=True), "")
    with acting(store, who, "seat_judge", round_id, at=at) as (_, tx):
        if "number" not in form.problems and panel.by_number(tx, round_id, wanted):
            form.refuse("number", Duplicate(what=f"{wanted:02d}"))
        form.done()
        _seat(store, who, round_id, person_id, wanted, seat, at)


def _seat(
    store: Store, who: Visitor, round_id: str, person_id: str, number: int, seat: str, at: datetime
) -> None:
    """Seat a judge; where the round has one session, also in its panel."""
    with acting(store, who, "seat_judge", round_id, at=at) as (act, tx):
        reserve, chair = seat == "reserve", seat == "chair"
        seat_judge(
            store, who, round_id, person_id, number=number, reserve=reserve, chair=chair, at=act.at
        )
        session_id = only_session(tx, round_id)
        if session_id is not None:
            tx.put("panels", {"session_id": session_id, "person_id": person_id})
            renew(tx, act.round)
            act.record("panel_set", session_id)


def correct_judge(
    store: Store,
    who: Visitor,
    round_id: str,
    person_id: str,
    *,
    number: str,
    seat: str,
    at: datetime,
    **values: str,
) -> None:
    """Correct a judge and their seat in a round in draft, both or neither."""
    with acting(store, who, "update_person", at=at):
        update_person(store, who, person_id, at=at, **values)
        change_seat(store, who, round_id, person_id, number=number, seat=seat, at=at)


def update_person(
    store: Store, who: Visitor, person_id: str, *, at: datetime, **values: str
) -> None:
    """Correct a person's name, county of work, native county or unit.

    Recusals in rounds still in draft follow; those of an opened round stay as they are.

    Raises
    ------
    Blank
    """
    unknown = set(values) - set(PERSONAL)
    if unknown:
        raise TypeError(f"no such column of a person: {sorted(unknown)}")
    with acting(store, who, "update_person", at=at) as (act, tx):
        row = require_person(tx, who, person_id)
        read = {n: fields.text(v, n, required=n == "name") for n, v in values.items()}
        tx.put("people", changed(row, **read))
        renew_drafts(tx, setup.rounds_of_judge(tx, person_id))
        act.record("person_updated", person_id)


def remove_person(store: Store, who: Visitor, person_id: str, *, at: datetime) -> None:
    """Remove a person entered by mistake, with roles and unused links.

    Raises
    ------
    StillSeated, HasEntered
    """
    with acting(store, who, "remove_person", at=at) as (act, tx):
        require_person(tx, who, person_id)
        if setup.rounds_of_judge(tx, person_id):
            raise StillSeated
        if setup.has_entered(tx, person_id):
            raise HasEntered
        tx.remove_rows("grants", people.grants(tx, person_id))
        tx.remove_rows("links", people.links(tx, person_id))
        tx.remove("people", id=person_id)
        act.record("person_removed", person_id)


def remove_judge(
    store: Store, who: Visitor, round_id: str, person_id: str, *, at: datetime
) -> None:
    """Unseat and remove a judge who was entered by mistake; both or neither.

    Raises
    ------
    StillSeated, HasEntered
        If they sit in another round, or have come in already.
    """
    with store.writing():
        unseat(store, who, round_id, person_id, at=at)
        remove_person(store, who, person_id, at=at)


def change_seat(
    store: Store,
    who: Visitor,
    round_id: str,
    person_id: str,
    *,
    number: str,
    at: datetime,
    seat: str = "judge",
) -> None:
    """Give a judge another number, or make them chair, member or reserve.

    Raises
    ------
    BadFields
    """
    form = typed.Typed({"number": number})
    wanted = form.read("number", typed.whole(1, 999), 1)
    with acting(store, who, "change_seat", round_id, at=at) as (act, tx):
        row = require_seat(tx, round_id, person_id)
        holder = panel.by_number(tx, round_id, wanted)
        if holder is not None and holder["person_id"] != person_id:
            form.refuse("number", Duplicate(what=f"{wanted:02d}"))
        form.done()
        tx.put("seats", changed(row, number=wanted, reserve=int(seat == "reserve")))
        grants = setup.grants_in_round(tx, person_id, round_id)
        chair = [grant for grant in grants if grant["role"] == "chair"]
        if seat == "chair" and not chair:
            put_grant(tx, person_id, "chair", round_id)
        if seat != "chair":
            tx.remove_rows("grants", chair)
        act.record("seat_changed", person_id)


def unseat(store: Store, who: Visitor, round_id: str, person_id: str, *, at: datetime) -> None:
    """Take a judge's seat away in a round in draft, and with it every place in a panel."""
    with acting(store, who, "unseat", round_id, at=at) as (act, tx):
        require_seat(tx, round_id, person_id)
        for session in round_rows.sessions(tx, round_id):
            tx.remove("panels", session_id=session["id"], person_id=person_id)
        pairs = panel.assignments(tx, round_id)
        tx.remove_rows("assignments", [row for row in pairs if row["person_id"] == person_id])
        recusals = panel.recusals(tx, round_id)
        tx.remove_rows("recusals", [row for row in recusals if row["person_id"] == person_id])
        tx.remove("seats", round_id=round_id, person_id=person_id)
        grants = setup.grants_in_round(tx, person_id, round_id)
        tx.remove_rows("grants", [one for one in grants if one["role"] in ("judge", "chair")])
        renew(tx, act.round)
        act.record("judge_unseated", person_id)
