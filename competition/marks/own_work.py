"""A judge's own work in a round: every entrant they mark, and how each sheet stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

from competition import fields
from competition.blind import is_blind, unnamed
from competition.documents.materials import Materials, of_judge
from competition.lineup.entrants import require_place
from competition.marks.echoes import Echo
from competition.marks.echoing import sheet_echo
from competition.rights import require_read
from competition.rounds.rubric import CriterionView, criteria_of
from competition.states import sheet_state
from competition.visitor import Visitor
from db import Store, Transaction, panel, transcriptions
from db import rounds as round_rows
from db.shapes import RoundRow, Seat, Session


def own_sheet(store: Store, who: Visitor, round_id: str, entrant_id: str, *, at: datetime) -> Echo:
    """The judge's own sheet of one entrant as the server holds it."""
    with store.reading() as tx:
        round_row = require_read(tx, who, "own_sheets", round_id)
        require_place(tx, round_id, entrant_id)
        return sheet_echo(tx, round_row, entrant_id, str(who.person_id), at)


class OwnWork(TypedDict):
    """A judge's whole work in a round.

    Attributes
    ----------
    materials : dict
        What there is to read of each entrant, by its id.
    sheets : list of dict
        One for each assigned entrant, with ``state`` in not_begun, marking, submitted, locked,
        reopened, recused, absent, withdrawn; ``came`` dictated or paper where it was typed in
        for the judge; ``total`` the judge's points as a decimal string when complete.
    """

    round: RoundRow
    seat: Seat | None
    criteria: list[CriterionView]
    materials: dict[str, Materials]
    sheets: list[dict[str, Any]]


class OwnSession(Session):
    """A session that a judge sits for: first and last number of the entrants, and how many."""

    first: int
    last: int
    count: int


def own_work(store: Store, who: Visitor, round_id: str, *, at: datetime) -> OwnWork:
    """A judge's seat in a round, its entrants and the judge's sheets."""
    with store.reading() as tx:
        round_row = require_read(tx, who, "own_sheets", round_id)
        person_id = str(who.person_id)
        work = work_of(tx, round_row, person_id, at)
        return {
            "round": round_row,
            "seat": panel.seat(tx, round_id, person_id),
            "criteria": criteria_of(tx, round_id),
            "materials": of_judge(tx, round_row, work),
            "sheets": work,
        }


def own_sessions(store: Store, who: Visitor, round_id: str) -> list[OwnSession]:
    """The sessions a judge sits for."""
    with store.reading() as tx:
        require_read(tx, who, "own_sheets", round_id)
        mine: dict[str, list[dict[str, Any]]] = {}
        for row in panel.of_judge(tx, round_id, str(who.person_id)):
            mine.setdefault(row["session_id"], []).append(row)
        return [
            {
                **session,
                "first": mine[session["id"]][0]["number"],
                "last": mine[session["id"]][-1]["number"],
                "count": len(mine[session["id"]]),
            }
            for session in round_rows.sessions(tx, round_id)
            if session["id"] in mine
        ]


def work_of(
    tx: Transaction, round_row: RoundRow, person_id: str, at: datetime
) -> list[dict[str, Any]]:
    """A judge's entrants in the order of the stage, with state and total of each sheet.

    In a blind round they are numbers: see `competition.blind`.
    """
    came = transcriptions.kinds(tx, round_row["id"])
    criteria = round_rows.criteria(tx, round_row["id"])
    step = min((c["step"] for c in criteria), default=fields.THOUSAND)
    mine = panel.of_judge(tx, round_row["id"], person_id)
    return [
        {
            **row,
            "state": _work_state(row, round_row["state"], at),
            "came": came.get((row["id"], person_id), ""),
            "total": fields.decimal_text(row["points"], step)
            if row["marked"] == len(criteria)
            else None,
        }
        for row in ([unnamed(one) for one in mine] if is_blind(round_row) else mine)
    ]


def _work_state(row: Mapping[str, Any], round_state: str, at: datetime) -> str:
    if row["stage"] == "withdrawn":
        return "withdrawn"
    if row["assignment"] != "expected":
        return str(row["assignment"])
    if row["sheet_id"] is None:
        return "not_begun"
    state = sheet_state({**row, "state": row["sheet_state"]}, round_state, at)
    return "marking" if state == "draft" else state
