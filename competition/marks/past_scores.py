"""Scores given elsewhere, entered whole: a round that was marked on paper can be ranked here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting
from competition.errors import BadInput, Duplicate, Missing
from competition.ids import mint
from competition.lineup.entrants import require_place
from competition.lineup.errors import NotAssigned, Recused
from competition.marks.errors import Absent, MarksHere, Withdrawn
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, panel, people
from db import rounds as round_rows
from db import sheets as rows


@dataclass(frozen=True)
class PastSheet:
    """One judge's marks of one entrant, as another record holds them.

    Attributes
    ----------
    entrant_id, person_id : str
    marks : Mapping of str to str
        A criterion's id to its mark, a decimal as text; a criterion without a mark is left out.
    """

    entrant_id: str
    person_id: str
    marks: Mapping[str, str]


def enter_past_scores(
    store: Store,
    who: Visitor,
    round_id: str,
    sheets: Sequence[PastSheet],
    *,
    source: str,
    at: datetime,
) -> int:
    """Enter sheets that were filled in elsewhere, all or none, with one event; return the marks.

    A complete sheet is submitted and locked at once. An incomplete one is kept open, for no
    total can be made of it: closing the round wants a reason then, and it does not count.

    Parameters
    ----------
    source : str
        Where the marks come from: the event's reason.

    Raises
    ------
    Duplicate
        If a sheet of this judge and entrant exists: nothing given here is ever replaced.
    MarkNotANumber, MarkOutOfRange, MarkOffStep, Missing
    MarksHere
        If the judge has signed in: one person alone cannot enter a judge's marks.
    Recused, Absent, NotAssigned, Withdrawn, ReasonNeeded, Forbidden
    """
    with acting(store, who, "enter_past_scores", round_id, at=at) as (act, tx):
        why = fields.reason(source)
        if not sheets:
            raise BadInput(field="value", value="")
        criteria = {row["id"]: row for row in round_rows.criteria(tx, round_id)}
        entered = sum(_put_sheet(tx, round_id, sheet, criteria, act.at) for sheet in sheets)
        act.record("past_scores_entered", reason=why)
    return entered


def _put_sheet(
    tx: Transaction,
    round_id: str,
    sheet: PastSheet,
    criteria: Mapping[str, Mapping[str, Any]],
    at: datetime,
) -> int:
    _require_expected(tx, round_id, sheet)
    unknown = set(sheet.marks) - set(criteria)
    if unknown or not sheet.marks:
        raise Missing(what="criterion")
    is_complete = len(sheet.marks) == len(criteria)
    sheet_id, when = mint(), stamp(at)
    tx.put(
        "sheets",
        {
            "id": sheet_id,
            "round_id": round_id,
            "entrant_id": sheet.entrant_id,
            "person_id": sheet.person_id,
            "state": "submitted" if is_complete else "draft",
            "rev": len(sheet.marks),
            "saved_at": when,
            "submitted_at": when if is_complete else None,
            "locked_at": when if is_complete else None,
        },
    )
    for rev, (criterion_id, typed) in enumerate(sheet.marks.items(), start=1):
        tx.put(
            "marks",
            {
                "sheet_id": sheet_id,
                "criterion_id": criterion_id,
                "value": fields.parse_mark(typed, criteria[criterion_id]),
                "rev": rev,
                "client_id": f"import-{sheet_id}-{rev}",
                "at": when,
            },
        )
    return len(sheet.marks)


def _require_expected(tx: Transaction, round_id: str, sheet: PastSheet) -> None:
    place = require_place(tx, round_id, sheet.entrant_id)
    if place["stage"] == "withdrawn":
        raise Withdrawn
    pair = panel.assignment(tx, round_id, sheet.entrant_id, sheet.person_id)
    if pair is None:
        raise NotAssigned
    if pair["state"] != "expected":
        refusal = Recused if pair["state"] == "recused" else Absent
        raise refusal(reason=pair["reason"])
    if people.has_come_in(tx, sheet.person_id):
        raise MarksHere
    if rows.of_pair(tx, round_id, sheet.entrant_id, sheet.person_id) is not None:
        raise Duplicate(what=str(place["number"]))
