"""A judge's own work in a round: every entrant they mark, and how each sheet stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from competition import fields
from competition.blind import is_blind, unnamed
from competition.documents.materials import of_judge
from competition.lineup.entrants import require_place
from competition.marks.echoes import Echo
from competition.marks.sheets import sheet_echo
from competition.rights import require_read
from competition.rounds.rubric import criteria_of
from competition.states import sheet_state
from competition.visitor import Visitor
from db import Store, Transaction, panel, transcriptions
from db import rounds as round_rows


def own_sheet(store: Store, who: Visitor, round_id: str, entrant_id: str, *, at: datetime) -> Echo:
    """The judge's own sheet of one entrant as the server holds it."""
    with store.reading() as tx:
        round_row = require_read(tx, who, "own_sheets", round_id)
        require_place(tx, round_id, entrant_id)
        return sheet_echo(tx, round_row, entrant_id, str(who.person_id), at)


def own_work(store: Store, who: Visitor, round_id: str, *, at: datetime) -> dict[str, Any]:
    """A judge's whole work in a round: seat, entrants, own sheets and totals.

    Returns
    -------
    dict
        ``seat``, ``criteria``, ``materials`` (what there is to read of each entrant),
        ``sheets`` (a dict for each assigned entrant, with ``state`` in not_begun, marking,
        submitted, locked, reopened, recused, absent, withdrawn, ``came`` dictated or paper where
        it was typed in for the judge, and ``total`` the judge's own points as a decimal string
        when complete).
    """
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


def own_sessions(store: Store, who: Visitor, round_id: str) -> list[dict[str, Any]]:
    """The sessions a judge sits for, each with the first and last number and how many."""
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
    tx: Transaction, round_row: Mapping[str, Any], person_id: str, at: datetime
) -> list[dict[str, Any]]:
    """A judge's entrants in the order of the stage, with state and total of each sheet.

    In a blind round they are numbers: see `competition.blind`.
    """
    as_seen = unnamed if is_blind(round_row) else dict
    came = transcriptions.kinds(tx, round_row["id"])
    criteria = round_rows.criteria(tx, round_row["id"])
    step = min((c["step"] for c in criteria), default=fields.THOUSAND)
    return [
        {
            **as_seen(row),
            "state": _work_state(row, round_row["state"], at),
            "came": came.get((row["id"], person_id), ""),
            "total": fields.decimal_text(row["points"], step)
            if row["marked"] == len(criteria)
            else None,
        }
        for row in panel.of_judge(tx, round_row["id"], person_id)
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
