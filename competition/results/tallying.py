"""From stored marks to what scoring reads: frames of exact numbers, never floats."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from competition import fields
from competition.marks.deductions import deductions_of
from competition.results.errors import NoCommonRanking, NothingToRank
from competition.results.rulings import rulings_frame
from competition.rounds.rules import RoundRules
from db import Transaction, sheets
from db import rounds as round_rows
from scoring import DisconnectedPanel, Standings, compute_standings
from scoring.errors import NoScores


def tally_round(
    tx: Transaction,
    row: Mapping[str, Any],
    rules: RoundRules,
    places: Mapping[str, Mapping[str, Any]],
    pairs: Sequence[Mapping[str, Any]],
    *,
    criteria: Sequence[Mapping[str, Any]] | None = None,
) -> Standings:
    """Compute a round's standing from its counted marks.

    Parameters
    ----------
    criteria
        Other weights than the round's own: what a what-if asks for.

    Raises
    ------
    NothingToRank
        If no sheet is submitted yet.
    NoCommonRanking
        If the panels share no judge.
    """
    marks = sheets.counted_columns(tx, row["id"])
    if not marks["value"]:
        raise NothingToRank
    weighed = round_rows.criteria(tx, row["id"]) if criteria is None else criteria
    costs = deductions_of(tx, row["id"])
    try:
        return compute_standings(
            pd.DataFrame(
                {
                    **{name: marks[name] for name in ("entrant", "judge", "criterion")},
                    "score": [Decimal(value) / fields.THOUSAND for value in marks["value"]],
                },
                dtype=object,
            ),
            rubric_frame(weighed),
            entrants=pd.DataFrame(
                {
                    "entrant": list(places),
                    "group": [place["county"] for place in places.values()],
                    "order": [place["number"] for place in places.values()],
                    "deduction": [
                        Decimal(costs.get(entrant_id, 0)) / fields.THOUSAND for entrant_id in places
                    ],
                    "eligible": [place["stage"] != "withdrawn" for place in places.values()],
                },
                dtype=object,
            ),
            assignments=pd.DataFrame(
                {
                    "entrant": [pair["entrant_id"] for pair in pairs],
                    "judge": [pair["person_id"] for pair in pairs],
                    "state": [pair["state"] for pair in pairs],
                },
                dtype=object,
            ),
            rulings=rulings_frame(tx, row["id"], rules.scoring.keys),
            rules=replace(rules.scoring, competition_id=row["competition_id"], round_id=row["id"]),
        )
    except NoScores as error:
        raise NothingToRank from error
    except DisconnectedPanel as error:
        raise NoCommonRanking(groups=named_components(error, places)) from error


def rubric_frame(criteria: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Stored criteria as the frame that scoring reads."""
    return pd.DataFrame(
        {
            "criterion": [c["id"] for c in criteria],
            "max": [Decimal(c["maximum"]) / fields.THOUSAND for c in criteria],
            "weight": [Fraction(c["weight"]) for c in criteria],
            "step": [Decimal(c["step"]) / fields.THOUSAND for c in criteria],
        }
    )


def named_components(error: DisconnectedPanel, places: Mapping[str, Mapping[str, Any]]) -> str:
    """The groups that share no judge, by the numbers of their entrants."""
    groups = []
    for component in error.values["components"]:
        entrants, _ = component
        here = sorted((places[entrant] for entrant in entrants), key=_by_number)
        groups.append(", ".join(str(place["number"] or place["village"]) for place in here))
    return " | ".join(groups)


def _by_number(place: Mapping[str, Any]) -> tuple[bool, int | None, str]:
    return place["number"] is None, place["number"], place["code"]
