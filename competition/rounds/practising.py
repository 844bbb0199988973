"""A practice and the round it is for: which of the two is shown, and how a practice ends."""

from competition.acting import Act, changed
from competition.times import stamp
from db import entrants, panel, sheets
from db import rounds as rows
from db.shapes import RoundRow
from db.store import Transaction
from words import t


def running(tx: Transaction, round_id: str) -> RoundRow | None:
    """The practice of a round that is open, or None."""
    return rows.practice_of(tx, round_id)


def shown_instead(tx: Transaction, row: RoundRow) -> RoundRow:
    """The round that tablets and the hall show in place of this one.

    While a practice runs it is the practice, until an entrant of the round is called to the
    stage: one that was forgotten takes no tablet away from the round.
    """
    practice = running(tx, row["id"]) if row["practice_of"] is None else row
    if practice is None:
        return row
    real = row if row["practice_of"] is None else rows.find(tx, row["practice_of"])
    if real is None:
        return row
    begun = any(place["stage"] != "waiting" for place in entrants.in_round(tx, real["id"]))
    return practice if practice["state"] == "open" and not begun else real


def end(act: Act, practice: RoundRow) -> None:
    """Inside an act: end a practice; a sheet that was not submitted is an absence."""
    tx = act.tx
    why = t("practice.ended", "zh")
    for pair in sheets.open_pairs(tx, practice["id"]):
        assignment = panel.assignment(tx, practice["id"], pair["entrant_id"], pair["person_id"])
        if assignment is not None:
            tx.put("assignments", changed(assignment, state="absent", reason=why))
    tx.put("rounds", changed(practice, state="closed", closed_at=stamp(act.at)))
    act.record("practice_ended", practice["id"], round_id=practice["id"])
