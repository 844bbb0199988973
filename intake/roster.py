"""The lists of entrants and judges."""

import re
from collections.abc import Iterable, Mapping, Sequence

from intake.findings import Findings
from intake.gazetteer import Gazetteer, renewed
from intake.own_county import stop_elsewhere
from intake.placing import Placed, place
from intake.plan import PlannedEntrant, PlannedJudge
from intake.tables import Row
from intake.words_in_cells import no_mark
from words import LANGS, t

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
ENTRANT_NEEDED = (("village", "village_code", "township", "township_code"),)
"""Groups of columns of which a list must have one each."""
JUDGE_COLUMNS = (
    "judge",
    "name",
    "unit",
    "field",
    "recusal_county_code",
    "recusal_county",
    "remark",
)
JUDGE_NEEDED = (("name",),)
STAGES = ("preliminary", "second", "final")
LAST_DIGITS = re.compile(r"[0-9]+$")


def read_entrants(
    rows: Sequence[Row], stage: str, gazetteer: Gazetteer, *, county: str = ""
) -> list[PlannedEntrant]:
    """The list of entrants; entrants of another stage are not in the round.

    Without a column for the stage, entrants with a session or an order are in the round; if
    none has either, all are. An entrant without a number is known by its code.

    Parameters
    ----------
    county : str
        Code of the county whose list it is: entrants elsewhere stop, and each needs a title.
    """
    by_stage = any(row.has("stage") for row in rows)
    by_order = not by_stage and any(row.has("session") or row.has("order") for row in rows)
    has_titles = bool(county) or _is_mostly_filled(rows, "title")
    entrants = []
    for row in rows:
        placed = place(row, gazetteer)
        if county and placed.code and not placed.code.startswith(county):
            stop_elsewhere(row, placed, county, gazetteer)
        at = row.anchor("entrant", "village_code", "village", "township_code", "township")
        entrants.append(
            PlannedEntrant(
                key=_key(row, placed, at),
                code=placed.code,
                county=placed.county,
                township=placed.township,
                village=placed.village,
                title=_title(row, placed, is_needed=has_titles),
                presenter=row.text("presenter"),
                post=row.text("post"),
                unit=row.text("unit"),
                shelf_mark=row.text("shelf_mark"),
                in_round=_is_in_round(row, stage, by_stage=by_stage, by_order=by_order),
                session=row.key("session", is_needed=False),
                order=row.whole("order"),
                cell=row.ref(at),
                sheet=row.sheet,
            )
        )
    _note_blanks(rows)
    keys = [e.key if "entrant" in r.letters else None for e, r in zip(entrants, rows, strict=True)]
    doubles = _refuse_doubles(rows, keys, ("entrant",))
    columns = ("village_code", "village", "township_code", "township")
    codes = [entrant.code or None for entrant in entrants]
    doubles |= _refuse_doubles(rows, codes, columns, entrants)
    return [entrant for at, entrant in enumerate(entrants) if at not in doubles]


def _key(row: Row, placed: Placed, at: str) -> str:
    if "entrant" in row.letters:
        return row.key("entrant")
    return placed.code or f"{row.sheet} {row.ref(at)}"


def _title(row: Row, placed: Placed, *, is_needed: bool) -> str:
    title = row.text("title")
    name = placed.village or placed.township
    if not title and is_needed and "title" not in row.letters:
        row.findings.note("title_by_place", row.sheet, "A1")
        return plan_title(name)
    if not title and is_needed:
        ways = [row.put("title", plan_title(name))] if name else []
        row.stop("blank", "title", choices=ways)
    return title


def plan_title(place: str) -> str:
    """The usual title of a place's plan."""
    return t("intake.plan_title", LANGS[0], place=place)


def _is_mostly_filled(rows: Sequence[Row], column: str) -> bool:
    return sum(row.has(column) for row in rows) * 2 > len(rows)


def _note_blanks(rows: Sequence[Row]) -> None:
    """Note presenters that are still to come."""
    if _is_mostly_filled(rows, "presenter"):
        for row in rows:
            if not row.has("presenter"):
                at = row.ref("presenter")
                row.findings.note("blank_for_now", row.sheet, at, column="presenter")


def _is_in_round(row: Row, stage: str, *, by_stage: bool, by_order: bool) -> bool:
    if by_stage:
        return row.choice("stage", STAGES, default="") == stage
    return not by_order or row.has("session") or row.has("order")


def read_judges(
    rows: Sequence[Row], counties: Mapping[str, str], gazetteer: Gazetteer, findings: Findings
) -> list[PlannedJudge]:
    """The list of judges; the seat is the number in the key (J05: 5), otherwise the row's order.

    Parameters
    ----------
    counties : Mapping of str to str
        County codes to names, from the list of entrants.
    """
    has_keys = any(row.has("judge") for row in rows)
    keys = [row.key("judge") if has_keys else str(at) for at, row in enumerate(rows, start=1)]
    matches = [LAST_DIGITS.search(key) for key in keys]
    numbers = [int(digits[0]) for digits in matches if digits]
    if len(set(numbers)) < len(rows) or 0 in numbers or not has_keys:
        numbers = list(range(1, len(rows) + 1))
        if rows:
            at = rows[0].anchor("judge", "name")
            findings.note("seats_by_order", rows[0].sheet, rows[0].ref(at))
    judges = [
        PlannedJudge(
            key=key,
            number=number,
            name=row.text("name", is_needed=True),
            unit=row.text("unit") or row.text("field"),
            county=_county(row, counties, gazetteer),
        )
        for row, key, number in zip(rows, keys, numbers, strict=True)
    ]
    doubles = _refuse_doubles(rows, keys if has_keys else [None] * len(rows), ("judge",))
    persons = [(j.name, j.unit, j.county) if j.name else None for j in judges]
    doubles |= _refuse_doubles(rows, persons, ("name",))
    return [judge for at, judge in enumerate(judges) if at not in doubles]


def _county(row: Row, counties: Mapping[str, str], gazetteer: Gazetteer) -> str:
    """The county a judge is recused for, in today's name; a place elsewhere as it is written."""
    column = "recusal_county"
    cell = row.cells.get(column)
    if cell is not None and no_mark(cell) == "blank":
        row.fix("no_county", column, cell.raw, "")
        return ""
    name, code = row.text(column), row.key("recusal_county_code", is_needed=False)
    known = counties.get(code, "") or gazetteer.counties.get(renewed(code), "")
    meant = gazetteer.county(name) if name else None
    written = meant.name if meant is not None else counties_called(name, counties)
    if name and not written:
        near = gazetteer.near_counties(name)
        is_prefecture = gazetteer.is_prefecture(name)
        if near or known or is_prefecture:
            ways = [row.put(column, known)] if known else [row.put(column, c.name) for c in near]
            row.stop("unknown_county", column, choices=ways, value=name, other=known)
        return name
    if known and written and known != written:
        row.stop(
            "county_differs", column, choices=[row.put(column, known)], value=name, other=known
        )
        return name
    right = written or known
    if right != name and (name or column in row.letters) and not (name and row.cells[column].typed):
        row.fix("county", column, name or code, right)
    return right


def counties_called(name: str, counties: Mapping[str, str]) -> str:
    """A county's name as the list of entrants writes it; "" for a name that is not there."""
    return name if name in counties.values() else ""


def county_names(rows: Iterable[Row]) -> dict[str, str]:
    """County codes to names, from rows that have both."""
    return {
        row.key("county_code"): row.text("county")
        for row in rows
        if row.has("county_code") and row.has("county")
    }


def _refuse_doubles(
    rows: Sequence[Row],
    values: Sequence[object],
    columns: Sequence[str],
    entrants: Sequence[PlannedEntrant] = (),
) -> set[int]:
    """Stop at each row that repeats an earlier value, one fault with both cells; return them.

    Leaving the later row out is proposed; for entrants with different titles also keeping both.
    """
    doubles: set[int] = set()
    first: dict[object, int] = {}
    for at, (row, value) in enumerate(zip(rows, values, strict=True)):
        if not value:
            continue
        if value not in first:
            first[value] = at
            continue
        other = rows[first[value]]
        column, there = row.anchor(*columns), other.anchor(*columns)
        ways = [row.drop()]
        if entrants and entrants[at].title != entrants[first[value]].title:
            ways.append(row.keep("double", column))
        if row.is_accepted("double", column):
            continue
        doubles.add(at)
        elsewhere = other.ref(there) if other.sheet == row.sheet else other.place(there)
        row.stop(
            "double",
            column,
            choices=ways,
            also=[other.place(there)],
            value=_shown(value, entrants[at] if entrants else None),
            other=elsewhere,
        )
    return doubles


def _shown(value: object, entrant: PlannedEntrant | None) -> str:
    """What is repeated: an entrant's places too, since names and codes alone say little."""
    if isinstance(value, tuple):
        return str(value[0])
    return f"{value} {entrant.village}".strip() if entrant is not None else str(value)
