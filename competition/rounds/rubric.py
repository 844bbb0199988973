"""The rubric of a round: its criteria, set whole while the round is in draft."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from competition import fields
from competition.acting import acting
from competition.errors import BadInput, Duplicate
from competition.ids import mint
from competition.rounds.errors import RubricEmpty, WeightsDoNotSum
from competition.visitor import Visitor
from db import Store, Transaction
from db import rounds as rows
from db.shapes import CriterionFacts, RoundRow

PHASES = ("material", "stage")


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric.

    Attributes
    ----------
    name, points : str
        The criterion, and what judges look for.
    maximum, step : str
        Decimal strings; the maximum is the weight unless ``weight`` is given.
    weight : str
        A decimal or fraction of the whole, or empty.
    anchors : tuple of Mapping
        ``level, text, low, high``, from the best level down.
    id : str
        Of the stored criterion that this line is; without it the one of the same name is kept.
    """

    name: str
    maximum: str
    step: str = "0.5"
    points: str = ""
    weight: str = ""
    phase: str = "stage"
    anchors: tuple[Mapping[str, str], ...] = field(default=())
    id: str = ""


class CriterionView(CriterionFacts):
    """A stored criterion, ``anchors`` as in `Criterion`."""

    anchors: list[dict[str, str]]


def set_rubric(
    store: Store, who: Visitor, round_id: str, rubric: Sequence[Criterion], *, at: datetime
) -> None:
    """Set the rubric of a round in draft, whole.

    Raises
    ------
    RubricEmpty, WeightsDoNotSum, Duplicate, Blank, BadInput
        Nothing is written then.
    """
    with acting(store, who, "set_rubric", round_id, at=at) as (act, tx):
        before = rows.criteria(tx, round_id)
        wanted = rubric_rows(before, round_id, rubric)
        tx.remove_rows("criteria", before)
        for row in wanted:
            tx.put("criteria", row)
        hash_anew(tx, act.round)
        act.record("rubric_set")


def rubric_rows(
    before: Sequence[Mapping[str, Any]], round_id: str, rubric: Sequence[Criterion]
) -> list[dict[str, Any]]:
    """The rows of a rubric, each with the id it had before; raises as `set_rubric`."""
    if not rubric:
        raise RubricEmpty
    maxima = [_decimal(line.maximum, "maximum") for line in rubric]
    weights = _weights(rubric, maxima)
    names = [fields.text(line.name, "criterion", required=True) for line in rubric]
    if len(set(names)) < len(names):
        raise Duplicate(what=next(name for name in names if names.count(name) > 1))
    ids = _kept_ids(before, rubric, names)
    return [
        {**_criterion_row(round_id, at + 1, line, weights[at]), "id": ids[at]}
        for at, line in enumerate(rubric)
    ]


def _kept_ids(
    before: Sequence[Mapping[str, Any]], rubric: Sequence[Criterion], names: Sequence[str]
) -> list[str]:
    """The id of each line: a criterion stays itself when it is renamed, moved or changed."""
    stored = {str(row["id"]) for row in before}
    named = {str(row["name"]): str(row["id"]) for row in before}
    claimed = {line.id for line in rubric if line.id in stored}
    ids: list[str] = []
    for line, name in zip(rubric, names, strict=True):
        by_name = named.get(name, "")
        wanted = line.id if line.id in stored else by_name if by_name not in claimed else ""
        ids.append(wanted if wanted and wanted not in ids else mint())
    return ids


def _decimal(typed: str, name: str) -> Fraction:
    number = fields.amount(typed)
    value = None if number is None else fields.thousandths(number)
    if not value or value > fields.THOUSAND**2:
        raise BadInput(field=name, value=typed[:20])
    return Fraction(value, fields.THOUSAND)


def _weights(rubric: Sequence[Criterion], maxima: Sequence[Fraction]) -> list[Fraction]:
    """The exact weights; the maxima are the weights where none is given."""
    if not any(line.weight for line in rubric):
        return [maximum / sum(maxima, Fraction()) for maximum in maxima]
    given = [_weight(line.weight) for line in rubric]
    total = sum(given, Fraction())
    if total == 100:
        return [weight / 100 for weight in given]
    if total != 1:
        raise WeightsDoNotSum(total=f"{float(total * (1 if total > 2 else 100)):g}%")
    return given


def _weight(typed: str) -> Fraction:
    """A decimal or a fraction, not negative; blank is no weight."""
    over, bar, under = (typed or "0").partition("/")
    parts = [fields.amount(part) for part in ((over, under) if bar else (over,))]
    if any(part is None for part in parts) or (bar and not parts[1]):
        raise BadInput(field="weight", value=typed[:20])
    numbers = [Fraction(part) for part in parts if part is not None]
    return numbers[0] / numbers[1] if bar else numbers[0]


def _criterion_row(
    round_id: str, position: int, line: Criterion, weight: Fraction
) -> dict[str, Any]:
    maximum, step = _decimal(line.maximum, "maximum"), _decimal(line.step, "step")
    if (maximum / step).denominator != 1:
        raise BadInput(field="step", value=line.step[:20])
    if line.phase not in PHASES:
        raise BadInput(field="phase", value=line.phase)
    return {
        "id": mint(),
        "round_id": round_id,
        "position": position,
        "name": fields.text(line.name, "criterion", required=True),
        "points": fields.text(line.points, "points", longest=500),
        "maximum": int(maximum * fields.THOUSAND),
        "step": int(step * fields.THOUSAND),
        "weight": str(weight),
        "phase": line.phase,
        "anchors": json.dumps([dict(anchor) for anchor in line.anchors], ensure_ascii=False),
    }


def hash_anew(tx: Transaction, row: RoundRow) -> None:
    """Inside an act: write a round with the hash that its rules and rubric now have."""
    tx.put("rounds", {**row, "rules_hash": rows.rules_hash(tx, row["id"], row["rules"])})


def criteria_of(tx: Transaction, round_id: str) -> list[CriterionView]:
    """The criteria of a round with their anchors as lists."""
    return [{**row, "anchors": json.loads(row["anchors"])} for row in rows.criteria(tx, round_id)]
