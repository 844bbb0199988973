"""Second readings of the open zone: a fresh judge's paper sheet, entered and confirmed.

The zone is fixed by the first marks; readings join them and order the zone, nothing outside it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting, acting_on, changed
from competition.countersigning import confirmed, confirmed_by, withdrawn
from competition.errors import BadFields, Blank, Missing, Refused
from competition.ids import mint
from competition.lineup.panel import derived_recusal
from competition.results.errors import (
    NoSecondReading,
    NotInZone,
    ReadAlready,
    ReaderHasMarked,
    ReaderRecused,
    ReaderSeesScores,
)
from competition.results.standings import RoundStandings, current
from competition.rights import require_act
from competition.rounds.floors import require_total
from competition.times import stamp
from competition.visitor import Visitor, excluded_by
from db import Store, Transaction, entrants, panel, people
from db import readings as rows
from db import rounds as round_rows

SEES_SCORES = excluded_by("judge")
"""Roles that see scores, or announce them: a second reading is blind to scores."""


def enter_reading(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    reader_id: str,
    values: Mapping[str, str],
    *,
    at: datetime,
) -> str:
    """Enter the sheet of a reader: every criterion of one entrant in the open zone.

    Parameters
    ----------
    values : mapping of str to str
        Criterion's id to the mark as typed.

    Raises
    ------
    NoSecondReading
        If the round's rules have none.
    BadFields
        By field ``entrant``, ``reader``, or a criterion's id; nothing is written.
    BelowFloor
    """
    with store.reading() as tx:
        current(tx, store, require_act(tx, who, "enter_reading", round_id))  # not while others wait
    with acting(store, who, "enter_reading", round_id, at=at) as (act, tx):
        result = current(tx, store, act.round)
        problems = _unfit(tx, who, result, entrant_id, reader_id)
        if "reader" not in problems and is_read(tx, round_id, entrant_id, reader_id):
            problems["reader"] = ReadAlready(field="reader")
        marks, wrong = _parsed(tx, round_id, values)
        if problems | wrong:
            raise BadFields(problems | wrong)
        require_total(tx, act.round, marks)
        row = {
            "id": mint(),
            "round_id": round_id,
            "entrant_id": entrant_id,
            "person_id": reader_id,
            "entered_by": who.person_id,
            "entered_at": stamp(act.at),
        }
        tx.put("readings", row)
        for criterion_id, value in marks.items():
            line = {"reading_id": row["id"], "criterion_id": criterion_id, "value": value}
            tx.put("reading_marks", line)
        act.record("reading_entered", str(row["id"]))
    return str(row["id"])


def confirm_reading(store: Store, who: Visitor, reading_id: str, *, at: datetime) -> None:
    """Confirm a reading that another person entered, compared with the paper.

    Raises
    ------
    SecondPersonNeeded, WrongState
    NotInZone, ReaderHasMarked, ReaderRecused, ReaderSeesScores
        If the zone, the reader's marks or roles have changed since it was entered.
    """
    with acting_on(store, who, "confirm_reading", rows.find, reading_id, what="reading", at=at) as (
        act,
        tx,
        row,
    ):
        if confirmed_by(row, who):
            return act.unchanged()
        signed = changed(confirmed(row, who), confirmed_at=stamp(act.at))
        result = current(tx, store, act.round)
        for problem in _unfit(tx, who, result, row["entrant_id"], row["person_id"]).values():
            raise problem
        tx.put("readings", signed)
        act.record("reading_confirmed", reading_id)


def withdraw_reading(
    store: Store, who: Visitor, reading_id: str, *, reason: str, at: datetime
) -> None:
    """Withdraw a reading, with a reason; the row stays."""
    with acting_on(
        store, who, "withdraw_reading", rows.find, reading_id, what="reading", at=at
    ) as (act, tx, row):
        taken = changed(
            withdrawn(row, reason), withdrawn_by=who.person_id, withdrawn_at=stamp(act.at)
        )
        tx.put("readings", taken)
        act.record("reading_withdrawn", reading_id, reason=fields.reason(reason))


def _unfit(
    tx: Transaction, who: Visitor, result: RoundStandings, entrant_id: str, reader_id: str
) -> dict[str, Refused]:
    """Why this entrant, or this person as its reader, cannot be; by field."""
    if result.rules.scoring.at_cut != "jury":
        raise NoSecondReading
    problems: dict[str, Refused] = {}
    if entrant_id not in zone(result):
        problems["entrant"] = NotInZone(field="entrant") if entrant_id else Blank(field="entrant")
    reader = people.find(tx, reader_id)
    if reader is None or reader["competition_id"] != who.competition_id:
        unknown = Missing(what="person", field="reader")
        problems["reader"] = unknown if reader_id else Blank(field="reader")
    elif problem := unfit_reader(tx, result, entrant_id, reader):
        problems["reader"] = problem
    return problems


def unfit_reader(
    tx: Transaction, result: RoundStandings, entrant_id: str, reader: Mapping[str, Any]
) -> Refused | None:
    """Why a person cannot read an entrant: they see scores, have marked it or are recused."""
    round_id, name = str(result.round["id"]), reader["name"]
    if held_roles(tx, round_id, reader["id"]) & SEES_SCORES:
        return ReaderSeesScores(field="reader", name=name)
    if (entrant_id, reader["id"]) in rows.marked(tx, round_id):
        return ReaderHasMarked(field="reader", name=name)
    places = {place["id"]: place for place in entrants.in_round(tx, round_id)}
    if entrant_id in places and (
        panel.recusal(tx, round_id, entrant_id, reader["id"])
        or derived_recusal(places[entrant_id], reader, result.rules.recusal_level)
    ):
        return ReaderRecused(field="reader", name=name)
    return None


def held_roles(tx: Transaction, round_id: str, person_id: str) -> set[str]:
    """The roles of a person in a round."""
    return {
        grant["role"]
        for grant in people.grants(tx, person_id)
        if grant["round_id"] in (None, round_id)
    }


def is_read(tx: Transaction, round_id: str, entrant_id: str, reader_id: str) -> bool:
    """Whether a reading of this entrant by this reader stands."""
    pairs = {(row["entrant_id"], row["person_id"]) for row in rows.standing(tx, round_id)}
    return (entrant_id, reader_id) in pairs


def _parsed(
    tx: Transaction, round_id: str, values: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, Refused]]:
    """The marks by criterion, and what cannot be used."""
    marks: dict[str, int] = {}
    wrong: dict[str, Refused] = {}
    for row in round_rows.criteria(tx, round_id):
        typed = values.get(row["id"], "")
        try:
            if not typed.strip():
                raise Blank(field="value")
            marks[row["id"]] = fields.parse_mark(typed, row)
        except Refused as error:
            wrong[row["id"]] = error
    return marks, wrong


def zone(result: RoundStandings) -> tuple[str, ...]:
    """The entrants of the open zone, by number."""
    lines = [line for line in result.lines if line.in_zone]
    return tuple(line.entrant_id for line in sorted(lines, key=lambda line: line.by_number))
