"""The lists of entrants and judges."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from intake.findings import Findings
from intake.plan import PlannedEntrant, PlannedJudge
from intake.tables import Row

ENTRANT_COLUMNS = (
    "entrant",
    "county_code",
    "county",
    "township_code",
    "township",
    "village_code",
    "village",
    "title",
    "presenter",
    "post",
    "unit",
    "shelf_mark",
    "stage",
    "session",
    "order",
    "remark",
)
ENTRANT_NEEDED = ("entrant", "county")
JUDGE_COLUMNS = (
    "judge",
    "name",
    "unit",
    "field",
    "recusal_county_code",
    "recusal_county",
    "remark",
)
JUDGE_NEEDED = ("judge", "name")
STAGES = ("preliminary", "second", "final")
LAST_DIGITS = re.compile(r"[0-9]+$")

T = TypeVar("T")


def read_entrants(rows: Sequence[Row], stage: str) -> list[PlannedEntrant]:
    """The list of entrants; entrants of another stage are not in the round.

    Without a column for the stage, entrants with a session or an order are in the round; if
    none has either, all are.
    """
    by_stage = any(row.has("stage") for row in rows)
    by_order = not by_stage and any(row.has("session") or row.has("order") for row in rows)
    entrants = [
        PlannedEntrant(
            key=row.key("entrant"),
            code=_code(row),
            county=row.text("county", is_needed=True),
            township=row.text("township"),
            village=row.text("village"),
            title=row.text("title"),
            presenter=row.text("presenter"),
            post=row.text("post"),
            unit=row.text("unit"),
            shelf_mark=row.text("shelf_mark"),
            in_round=_is_in_round(row, stage, by_stage=by_stage, by_order=by_order),
            session=row.key("session", is_needed=False),
            order=row.whole("order"),
            cell=row.ref("entrant"),
        )
        for row in rows
    ]
    _refuse_doubles(rows, [entrant.key for entrant in entrants], "entrant")
    plans = [(e.code, e.title) if e.code else None for e in entrants]
    _refuse_doubles(rows, plans, "village_code", say=lambda plan: " ".join(plan).strip())
    return entrants


def _code(row: Row) -> str:
    """The code of the village, or of the township for an entrant without a village."""
    if row.has("village_code") or not row.has("township_code"):
        return row.code("village_code")
    return row.code("township_code")


def _is_in_round(row: Row, stage: str, *, by_stage: bool, by_order: bool) -> bool:
    if by_stage:
        return row.choice("stage", STAGES, default="") == stage
    return not by_order or row.has("session") or row.has("order")


def read_judges(
    rows: Sequence[Row], counties: Mapping[str, str], findings: Findings
) -> list[PlannedJudge]:
    """The list of judges; the seat is the number in the key (J05: 5), otherwise the row's order.

    Parameters
    ----------
    counties : Mapping of str to str
        County codes to names, from the list of entrants.
    """
    keys = [row.key("judge") for row in rows]
    matches = [LAST_DIGITS.search(key) for key in keys]
    numbers = [int(digits[0]) for digits in matches if digits]
    if len(set(numbers)) < len(rows) or 0 in numbers:
        numbers = list(range(1, len(rows) + 1))
        if rows:
            findings.note("seats_by_order", rows[0].sheet, rows[0].ref("judge"))
    judges = [
        PlannedJudge(
            key=key,
            number=number,
            name=row.text("name", is_needed=True),
            unit=row.text("unit") or row.text("field"),
            county=_county(row, counties),
        )
        for row, key, number in zip(rows, keys, numbers, strict=True)
    ]
    _refuse_doubles(rows, keys, "judge")
    return judges


def _county(row: Row, counties: Mapping[str, str]) -> str:
    """The county a judge is recused for, as the list of entrants writes it."""
    name = row.text("recusal_county")
    code = row.key("recusal_county_code", is_needed=False)
    known = counties.get(code, "")
    if not known or name == known:
        return name or known
    if name and name in counties.values():
        row.stop("county_differs", "recusal_county", value=name, other=known)
        return name
    column = "recusal_county"
    row.findings.fix(
        "county", row.sheet, row.ref(column), before=name or code, after=known, column=column
    )
    return known


def county_names(rows: Iterable[Row]) -> dict[str, str]:
    """County codes to names, from rows that have both."""
    return {
        row.key("county_code"): row.text("county")
        for row in rows
        if row.has("county_code") and row.has("county")
    }


def _refuse_doubles(
    rows: Sequence[Row],
    values: Sequence[T | None],
    column: str,
    *,
    say: Callable[[T], str] = str,
) -> None:
    """Stop at each row that repeats an earlier value."""
    first: dict[T, Row] = {}
    for row, value in zip(rows, values, strict=True):
        if not value:
            continue
        if value in first:
            row.stop("double", column, value=say(value), other=first[value].ref(column))
        first.setdefault(value, row)
