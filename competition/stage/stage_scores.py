"""The announced score of one entrant, as the host reads it out: every total, what is left out."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from competition import fields
from competition.marks.deductions import with_reasons
from competition.results.errors import NothingToRank
from competition.results.tallying import rubric_frame
from competition.rounds.rules import RoundRules
from db import Transaction, panel, sheets
from db import rounds as round_rows
from scoring.exact import published, quantize
from scoring.methods.tally import take_tally
from scoring.recipes.recipe import Recipe, recipe
from scoring.result.printed import announced_method

IDENTITY = ("number", "code", "county", "township", "village", "title")
MOST_DECIMALS = 4
LONGEST_REASON = 16


def figures(score: Mapping[str, Any]) -> dict[str, Any]:
    """The score's figures without the entrant, for comparison."""
    return {name: value for name, value in score.items() if name not in IDENTITY}


def stage_score(
    tx: Transaction, row: Mapping[str, Any], rules: RoundRules, place: Mapping[str, Any]
) -> dict[str, Any]:
    """One entrant's announced score with all that makes it, as plain data.

    It is made of the entrant's own sheets alone and so needs no standing.

    Returns
    -------
    dict
        The entrant's ``number, code, county, township, village, title``; ``method``;
        ``is_official``; ``scale``; ``totals`` (seat, total, high or low or empty); ``counted``
        of ``expected`` judges; ``kept``; ``average``; ``deduction`` and ``reasons``;
        ``final``. Figures are decimal strings.

    Raises
    ------
    NothingToRank
        If none of its sheets counts.
    """
    entrant_id = str(place["id"])
    seats = {seat["person_id"]: seat["number"] for seat in panel.seats(tx, row["id"])}
    costs = with_reasons(tx, row["id"], entrant_id)
    cost = Decimal(sum(amount for amount, _ in costs)) / fields.THOUSAND
    made = _recipe(tx, row, rules, entrant_id, cost, seats)
    parts = sorted(made.parts, key=lambda part: seats[part.judge])
    kept = sum(part.value is not None for part in parts)
    decimals = rules.scoring.decimals
    assigned = panel.of_entrant(tx, row["id"], entrant_id)
    return {
        **{name: place[name] for name in IDENTITY},
        "method": _named(made.method, rules, len(parts)),
        "is_official": rules.is_announced,
        "scale": str(rules.scoring.exact("scale_max")),
        "totals": [
            [seats[p.judge], _text(p.total, decimals), p.fate if p.value is None else ""]
            for p in parts
        ],
        "counted": len(parts),
        "expected": sum(pair["holds_seat"] for pair in assigned),
        "kept": kept,
        "average": _average(made, rules),
        "deduction": _text(cost, decimals) if cost else "",
        "reasons": [reason for _, reason in costs if len(reason) <= LONGEST_REASON],
        "final": str(made.score),
    }


def _recipe(
    tx: Transaction,
    row: Mapping[str, Any],
    rules: RoundRules,
    entrant_id: str,
    cost: Decimal,
    seats: Mapping[str, int],
) -> Recipe:
    marks = sheets.counted_marks_of(tx, row["id"], entrant_id)
    if not marks:
        raise NothingToRank
    scores = pd.DataFrame(
        {
            "entrant": entrant_id,
            "judge": [m["judge"] for m in marks],
            "criterion": [m["criterion"] for m in marks],
            "score": [Decimal(m["value"]) / fields.THOUSAND for m in marks],
        }
    )
    listed = pd.DataFrame({"entrant": [entrant_id], "deduction": [cost]})
    rubric = rubric_frame(round_rows.criteria(tx, row["id"]))
    method = announced_method(rules.scoring.official)
    alone = replace(rules.scoring, first_criteria=())
    made = recipe(take_tally(scores, rubric, listed, None, alone), entrant_id, method, order=seats)
    if made is None:
        raise NothingToRank
    return made


def _named(method: str, rules: RoundRules, count: int) -> str:
    """The method named over the average: a trimmed mean of too few sheets is a plain mean."""
    if method != "trimmed":
        return method
    if count < rules.scoring.trim_needs:
        return "mean"
    return "trimmed" if rules.scoring.trim_level == "total" else "trimmed_criterion"


def _average(recipe: Recipe, rules: RoundRules) -> str:
    """The average with as few decimals as let the hall do the sum."""
    gross, least = Fraction(recipe.gross), rules.scoring.decimals
    for decimals in range(least, least + MOST_DECIMALS):
        shown = published(quantize(gross, decimals, rules.scoring.rounding), decimals)
        net = Fraction(shown) - Fraction(recipe.deduction)
        if published(quantize(net, least, rules.scoring.rounding), least) == recipe.score:
            return str(shown)
    return str(recipe.gross)


def _text(value: Decimal, decimals: int) -> str:
    """A figure with the round's decimals, or with more where it has more."""
    exact = Fraction(value)
    places = next((d for d in range(decimals, 10) if (exact * 10**d).denominator == 1), decimals)
    return str(published(quantize(exact, places), places))
