"""Scores given outside any round, read from a workbook: one column of scores, one row an entrant.

An entrant is found by its code, its number or its name, whichever the row has; where they name
different entrants the row is stopped. A blank or 缺席 is no score, never a zero.
"""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font

from competition.shapes import Place
from intake.aliases import is_called, plain_name
from intake.cells import Unreadable, decimal_text, read_number, shown, written
from intake.findings import Finding, Findings
from intake.grids import Cell, Grid
from intake.saying import column_name
from intake.words_in_cells import no_mark
from intake.workbook import read_grids

HEAD_ROWS = 10
NUMBER = re.compile(r"0*([1-9]\d*)\D?", re.ASCII)
"""A number on stage, with the one sign that may follow it."""
NAMED = ("village_code", "village", "township", "county")
NUMBERED = ("order", "entrant")


@dataclass(frozen=True)
class Bounds:
    """What a score of the part may be: its title, highest value and step."""

    title: str
    maximum: Decimal
    step: Decimal


@dataclass(frozen=True)
class OutsideRead:
    """What a workbook says.

    Attributes
    ----------
    scores : dict
        Entrant's id to its score as text.
    missing : tuple of Place
        Entrants of whom it says nothing.
    """

    scores: dict[str, str] = field(default_factory=dict)
    missing: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def stops(self) -> tuple[Finding, ...]:
        """What must be corrected before anything is entered."""
        return tuple(one for one in self.findings if one.kind == "stop")


def read_outside(content: bytes, name: str, places: Sequence[Place], bounds: Bounds) -> OutsideRead:
    """Read the scores of a part; never raises for a bad file."""
    findings = Findings()
    grids = read_grids(content, findings, name=name)
    tables = [part for grid in grids if (part := _table(grid, bounds)) is not None]
    if grids and not tables:
        wanted = column_name("score", "zh")
        cells = [str(cell.raw)[:20] for _, row in grids[0].rows[:1] for cell in row.values()]
        findings.stop(
            "missing_column",
            grids[0].key,
            "",
            column=f"{bounds.title} / {wanted}",
            found=_in(cells),
        )
    scores: dict[str, str] = {}
    for table in tables[:1]:
        _read(table, _Names(places), bounds, findings, scores)
    missing = tuple(place for place in places if place["id"] not in scores)
    return OutsideRead(scores, missing, tuple(findings.listed))


def _in(names: Sequence[str]) -> str:
    return "\N{IDEOGRAPHIC COMMA}".join(names) or "\N{EM DASH}"


@dataclass(frozen=True)
class _Table:
    """Rows below a header; the columns that name an entrant, and the one of scores."""

    grid: Grid
    rows: Sequence[tuple[int, dict[int, Cell]]]
    score: int
    columns: Mapping[int, str]


def _table(grid: Grid, bounds: Bounds) -> _Table | None:
    """A header that has the part's title, or a name of scores, and the columns beside it."""
    for at, (_, cells) in enumerate(grid.rows[:HEAD_ROWS]):
        heads = {column: str(cell.raw) for column, cell in cells.items() if not cell.lost}
        titled = [c for c, text in heads.items() if plain_name(text) == plain_name(bounds.title)]
        called = [c for c, text in heads.items() if is_called(text, "column.score")]
        totals = [c for c, text in heads.items() if is_called(text, "decoy.total")]
        scores = titled or called or totals
        columns = {
            column: key
            for column, text in heads.items()
            for key in (*NAMED, *NUMBERED)
            if is_called(text, f"column.{key}")
        }
        if scores and columns:
            return _Table(grid, grid.rows[at + 1 :], scores[-1], columns)
    return None


class _Names:
    """Entrants by code, by number and by name; a name that several have names none of them."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.codes = _alone(places, lambda place: place["code"])
        self.numbers = _alone(places, lambda place: str(place["number"] or ""))
        self.villages = _alone(places, lambda place: plain_name(place["village"]))
        self.townships = _alone(places, lambda place: plain_name(place["township"]))

    def named(self, key: str, text: str) -> Place | None:
        """The one entrant that a cell of a column names."""
        if key == "village_code":
            return self.codes.get(text.strip("' "))
        if key in NUMBERED:
            number = NUMBER.fullmatch(text.strip("' "))
            return self.numbers.get(number[1]) if number else None
        if key == "village":
            return self.villages.get(plain_name(text))
        return self.townships.get(plain_name(text)) if key == "township" else None


def _alone(places: Sequence[Place], of: Callable[[Place], str]) -> dict[str, Place]:
    by_name: dict[str, Place] = {}
    twice: set[str] = set()
    for place in places:
        key = of(place)
        twice |= {key} & by_name.keys()
        by_name[key] = place
    return {key: place for key, place in by_name.items() if key and key not in twice}


def _read(
    table: _Table, names: _Names, bounds: Bounds, findings: Findings, scores: dict[str, str]
) -> None:
    key, said = table.grid.key, dict[str, str]()
    for number, cells in table.rows:
        if any(isinstance(c.raw, str) and is_called(c.raw, "word.sum") for c in cells.values()):
            continue
        cell = cells.get(table.score)
        place = _place(table, number, cells, names, findings)
        if place is None or cell is None or no_mark(cell):
            continue
        score = _score(cell, key, bounds, findings)
        if place["id"] in said:
            findings.stop("double", key, cell.ref, value=_called(place), other=said[place["id"]])
        elif score is not None:
            scores[place["id"]] = score
        said.setdefault(place["id"], cell.ref)


def _place(
    table: _Table, number: int, cells: Mapping[int, Cell], names: _Names, findings: Findings
) -> Place | None:
    """The entrant of a row; stopped where the row names none, or two."""
    places: dict[str, Place] = {}
    texts = []
    for column, key in table.columns.items():
        cell = cells.get(column)
        if cell is None or cell.lost:
            continue
        text = _text(cell)
        place = names.named(key, text)
        if place is not None:
            places[place["id"]] = place
        if key != "county":
            texts.append(text)
    if len(places) == 1:
        return next(iter(places.values()))
    at = next((cells[c].ref for c in table.columns if c in cells), f"A{number}")
    if places:
        values = [_called(place) for place in places.values()]
        findings.stop("double", table.grid.key, at, value=values[0], other=values[1])
    elif cells.get(table.score) is not None and texts:
        findings.stop("unknown_entrant", table.grid.key, at, value=" ".join(texts)[:40])
    return None


def _text(cell: Cell) -> str:
    try:
        return written(cell).strip()
    except Unreadable:
        return shown(cell)


def _called(place: Place) -> str:
    return f"{place['number'] or ''} {place['village'] or place['township']}".strip()


def _score(cell: Cell, key: str, bounds: Bounds, findings: Findings) -> str | None:
    try:
        reading = read_number(cell)
    except Unreadable as problem:
        column = bounds.title
        findings.stop(problem.code, key, cell.ref, column=column, value=shown(cell))
        return None
    value, text = reading.value, decimal_text(reading.value)
    if not 0 <= value <= bounds.maximum:
        high = decimal_text(bounds.maximum)
        findings.stop(
            "mark_out_of_range",
            key,
            cell.ref,
            criterion=bounds.title,
            mark=text,
            low="0",
            high=high,
        )
        return None
    if value % bounds.step:
        findings.stop(
            "mark_off_step",
            key,
            cell.ref,
            criterion=bounds.title,
            mark=text,
            step=decimal_text(bounds.step),
        )
        return None
    if reading.slip:
        findings.fix(reading.slip, key, cell.ref, before=shown(cell), after=text)
    return text


def outside_template(title: str, places: Sequence[Place], lang: str) -> bytes:
    """A workbook with every entrant and an empty column for the part's scores."""
    book = Workbook()
    sheet = book.active
    columns = ("order", "county", "township", "village", "village_code")
    sheet.append([*(column_name(key, lang) for key in columns), title])
    for place in places:
        names = (place["county"], place["township"], place["village"], place["code"])
        sheet.append([place["number"], *names, None])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEF", (8, 22, 16, 22, 16, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str):
                cell.number_format, cell.data_type = "@", "s"  # never a formula
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
