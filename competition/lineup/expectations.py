"""Expected assignments, derived again when sessions, panels or recusals change."""

from collections.abc import Mapping, Sequence
from typing import Any

from competition.lineup.panel import derived_recusal
from competition.rounds.rules import RoundRules
from db import Transaction, entrants, panel, people
from db import rounds as round_rows

KEY = ("round_id", "entrant_id", "person_id")


def renew(tx: Transaction, round_row: Mapping[str, Any]) -> None:
    """Inside an act on a round in draft: bring recusals and assignments up to date.

    Each judge of a session's panel is expected for each of its entrants; a judge assigned
    to an entrant without a session stays so. A recusal follows from a shared place of work at
    the level of the rules; a declared one stays. Only rows that differ are written.
    """
    round_id = str(round_row["id"])
    wanted = _wanted(tx, round_row)
    declared = {
        (row["entrant_id"], row["person_id"]): row
        for row in panel.recusals(tx, round_id)
        if row["cause"] == "declared"
    }
    recusals = declared | {
        pair: dict(zip(KEY, (round_id, *pair), strict=True))
        | {"cause": expected[0], "reason": expected[1]}
        for pair, expected in wanted.items()
        if expected is not None and pair not in declared
    }
    assignments = {}
    stored = panel.assignments(tx, round_id)
    locks = {(row["entrant_id"], row["person_id"]): row["locked"] for row in stored}
    for pair in wanted:
        reason = recusals[pair]["reason"] if pair in recusals else ""
        state = "recused" if pair in recusals else "expected"
        key = dict(zip(KEY, (round_id, *pair), strict=True))
        kept = {"stands_for": None, "locked": locks.get(pair, 0)}
        assignments[pair] = {**key, "state": state, "reason": reason, **kept}
    _replace(tx, "assignments", stored, assignments)
    _replace(tx, "recusals", panel.recusals(tx, round_id), recusals)


def _wanted(
    tx: Transaction, round_row: Mapping[str, Any]
) -> dict[tuple[str, str], tuple[str, str] | None]:
    """Every assignment with the recusal derived from the judge's place of work, or None."""
    round_id = str(round_row["id"])
    level = RoundRules.from_json(round_row["rules"]).recusal_level
    places = {place["id"]: place for place in entrants.in_round(tx, round_id)}
    pairs = [
        (place["id"], member["person_id"])
        for session in round_rows.sessions(tx, round_id)
        for member in panel.members(tx, session["id"])
        for place in places.values()
        if place["session_id"] == session["id"]
    ]
    pairs += [
        (row["entrant_id"], row["person_id"])
        for row in panel.assignments(tx, round_id)
        if places[row["entrant_id"]]["session_id"] is None
    ]
    persons: dict[str, Mapping[str, Any]] = {p: people.find(tx, p) or {} for _, p in pairs}
    return {pair: derived_recusal(places[pair[0]], persons[pair[1]], level) for pair in pairs}


def _replace(
    tx: Transaction,
    table: str,
    stored: Sequence[Mapping[str, Any]],
    wanted: dict[tuple[str, str], dict[str, Any]],
) -> None:
    known = {(row["entrant_id"], row["person_id"]): row for row in stored}
    tx.remove_rows(table, [known[pair] for pair in known.keys() - wanted.keys()])
    for pair, row in wanted.items():
        if known.get(pair) != row:
            tx.put(table, row)


def renew_drafts(tx: Transaction, rounds: Sequence[Mapping[str, Any]]) -> None:
    """Inside an act: renew those of the rounds that are in draft."""
    for row in rounds:
        if row["state"] == "draft":
            renew(tx, row)
