"""The rubric: criteria with their weights, maxima and steps, all exact."""

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from scoring.errors import (
    DuplicateRow,
    InvalidRubric,
    MissingValue,
    NotANumber,
    WeightsDoNotSum,
)
from scoring.exact import decimal_text, fraction
from scoring.input.columns import require_columns


@dataclass(frozen=True)
class Criterion:
    """One line of the rubric; weights of a rubric sum to exactly 1."""

    name: str
    weight: Fraction
    maximum: Fraction
    step: Fraction | None = None


def read_rubric(frame: pd.DataFrame) -> tuple[Criterion, ...]:
    """Read criterion, max and, where given, weight and step, in the order of the rows.

    Without weights the maximum is the weight: a criterion of 25 points in 100 weighs 1/4.

    Raises
    ------
    MissingColumn, DuplicateColumn, DuplicateRow, MissingValue, NotANumber, InvalidRubric,
    WeightsDoNotSum
    """
    require_columns(frame, "rubric", ("criterion", "max"))
    names = list(frame["criterion"])
    for name in names:
        if names.count(name) > 1:
            raise DuplicateRow(table="rubric", row=name)
    if not names:
        raise MissingValue(table="rubric", column="criterion", row=1)
    maxima = [_positive(frame, row, "max") for row in range(len(names))]
    steps = [_step(frame, row) for row in range(len(names))]
    weights = _weights(frame, maxima)
    return tuple(
        Criterion(name, weight, maximum, step)
        for name, weight, maximum, step in zip(names, weights, maxima, steps, strict=True)
    )


def _weights(frame: pd.DataFrame, maxima: list[Fraction]) -> list[Fraction]:
    if "weight" not in frame.columns:
        return [maximum / sum(maxima) for maximum in maxima]
    weights = [_weight(frame, row) for row in range(len(frame))]
    total = sum(weights, Fraction(0))
    if total == 100:
        return [weight / 100 for weight in weights]
    if total != 1:
        raise WeightsDoNotSum(total=decimal_text(total))
    return weights


def _weight(frame: pd.DataFrame, row: int) -> Fraction:
    value = frame["weight"].iloc[row]
    percent = isinstance(value, str) and value.strip().endswith("%")
    weight = _read(row, "weight", value.strip()[:-1] if percent else value)
    if weight < 0:
        raise InvalidRubric(criterion=frame["criterion"].iloc[row], column="weight", value=value)
    return weight / 100 if percent else weight


def _step(frame: pd.DataFrame, row: int) -> Fraction | None:
    if "step" not in frame.columns or fraction(frame["step"].iloc[row]) is None:
        return None
    return _positive(frame, row, "step")


def _positive(frame: pd.DataFrame, row: int, column: str) -> Fraction:
    value = frame[column].iloc[row]
    number = _read(row, column, value)
    if number <= 0:
        raise InvalidRubric(criterion=frame["criterion"].iloc[row], column=column, value=value)
    return number


def _read(row: int, column: str, value: object) -> Fraction:
    try:
        number = fraction(value)
    except NotANumber:
        raise NotANumber(value=value, table="rubric", column=column, row=row + 1) from None
    if number is None:
        raise MissingValue(table="rubric", column=column, row=row + 1)
    return number
