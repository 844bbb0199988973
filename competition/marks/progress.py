"""The progress of a round's sheets, without any mark."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
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


_SHOWN = itemgetter(
    "stage", "assignment", "sheet_state", "marked", "locked_at", "reason", "holds_seat"
)
"""What of a pair its cell depends on, besides how it came."""


def progress(store: Store, who: Visitor, round_id: str, *, at: datetime) -> Progress:
    """The state of every sheet of a round."""
    with store.reading() as tx:
        row = require_read(tx, who, "progress", round_id)
        came = transcriptions.kinds(tx, round_id)
        pairs = rows.progress(tx, round_id)
        made: dict[tuple[object, str], Cell] = {}  # most of thousands are equal: each is made once
        cells: dict[tuple[str, str], Cell] = {}
        for pair in pairs:
            key = pair["entrant_id"], pair["person_id"]
            how = came.get(key, "")
            look = _SHOWN(pair), how
            if look not in made:
                state, holds = cell_state(pair, row["state"], at), bool(pair["holds_seat"])
                made[look] = Cell(state, pair["marked"], pair["reason"], holds, how)
            cells[key] = made[look]
        return Progress(
            round=row,
            entrants=entrants.in_round(tx, round_id),
            seats=panel.seats(tx, round_id),
            cells=cells,
            criteria=len(round_rows.criteria(tx, round_id)),
            counts=Counter(cell.state for cell in cells.values() if cell.holds_seat),
            missing=[_open_pair(pair) for pair in pairs if _is_missing(pair)],
            reopenings=rows.reopenings(tx, round_id),
        )


def _is_missing(pair: Mapping[str, Any]) -> bool:
    """Whether a sheet is expected and not submitted, as `db.sheets.open_pairs` says."""
    return (
        pair["assignment"] == "expected"
        and pair["stage"] != "withdrawn"
        and pair["sheet_state"] != "submitted"
        and (not pair["reserve"] or pair["stands_for"] is not None)
    )


def _open_pair(pair: Mapping[str, Any]) -> OpenPair:
    return {
        "entrant_id": pair["entrant_id"],
        "person_id": pair["person_id"],
        "number": pair["number"],
        "seat": pair["seat"],
        "sheet_id": pair["sheet_id"],
        "sheet_state": pair["sheet_state"],
        "marked": pair["marked"],
    }


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
