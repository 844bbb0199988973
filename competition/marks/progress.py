"""The progress of a round's sheets, without any mark."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competition.rights import require_read
from competition.states import sheet_state
from competition.visitor import Visitor
from db import Store, entrants, panel, transcriptions
from db import rounds as round_rows
from db import sheets as rows
from db.shapes import OpenPair, Place, SeatedJudge


@dataclass(frozen=True)
class Cell:
    """One judge's sheet of one entrant, as far as the organizer may know it.

    ``holds_seat`` is False of a judge in reserve who sits in, and of one whose seat another
    has taken over for this entrant. ``came`` is ``dictated`` or ``paper`` where the sheet was
    typed in for the judge.
    """

    state: str
    marked: int
    reason: str
    holds_seat: bool
    came: str = ""


@dataclass(frozen=True)
class Progress:
    """A round's sheets.

    Attributes
    ----------
    entrants, seats : list of dict
    cells : dict
        ``(entrant_id, person_id)`` to `Cell`; a pair that is not assigned is not in it.
    criteria : int
        How many marks make a complete sheet.
    counts : Counter
        Cells of the seats by state: one for each seat and entrant.
    missing : list of OpenPair
        The expected sheets not yet submitted.
    reopenings : list of dict
        Requests to reopen a sheet, newest first.
    """

    round: Mapping[str, Any]
    entrants: list[Place]
    seats: list[SeatedJudge]
    cells: dict[tuple[str, str], Cell]
    criteria: int
    counts: "Counter[str]"
    missing: list[OpenPair]
    reopenings: list[dict[str, Any]]

    @property
    def submitted(self) -> int:
        """Sheets that are in."""
        return self.counts["submitted"] + self.counts["locked"]

    @property
    def expected(self) -> int:
        """Sheets that are in or still to come."""
        return self.submitted + len(self.missing)

    @property
    def absent(self) -> list[tuple[Place, SeatedJudge, str]]:
        """Entrant, seat and reason of every absence."""
        return [
            (place, seat, cell.reason)
            for place in self.entrants
            for seat in self.seats
            for cell in [self.cells.get((place["id"], seat["person_id"]))]
            if cell is not None and cell.state == "absent"
        ]


def progress(store: Store, who: Visitor, round_id: str, *, at: datetime) -> Progress:
    """The state of every sheet of a round."""
    with store.reading() as tx:
        row = require_read(tx, who, "progress", round_id)
        came = transcriptions.kinds(tx, round_id)
        cells = {
            (pair["entrant_id"], pair["person_id"]): Cell(
                cell_state(pair, row["state"], at),
                pair["marked"],
                pair["reason"],
                bool(pair["holds_seat"]),
                came.get((pair["entrant_id"], pair["person_id"]), ""),
            )
            for pair in rows.progress(tx, round_id)
        }
        return Progress(
            round=row,
            entrants=entrants.in_round(tx, round_id),
            seats=panel.seats(tx, round_id),
            cells=cells,
            criteria=len(round_rows.criteria(tx, round_id)),
            counts=Counter(cell.state for cell in cells.values() if cell.holds_seat),
            missing=rows.open_pairs(tx, round_id),
            reopenings=rows.reopenings(tx, round_id),
        )


def cell_state(pair: Mapping[str, Any], round_state: str, at: datetime) -> str:
    """The state of one assignment and its sheet: withdrawn, recused, absent, not_begun, …."""
    if pair["stage"] == "withdrawn":
        return "withdrawn"
    if pair["assignment"] != "expected":
        return str(pair["assignment"])
    if pair["sheet_id"] is None or not pair["marked"]:
        return "not_begun"
    state = sheet_state({**pair, "state": pair["sheet_state"]}, round_state, at)
    return "marking" if state == "draft" else state
