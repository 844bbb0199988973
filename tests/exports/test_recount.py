"""LibreOffice computes the workbook's formulas again, and every score and rank is the published."""

import io
import re
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import db
from competition.marks import deductions
from competition.results.tally_sheets import TallySheets, tally_sheets
from competition.rounds.rubric import Criterion
from competition.rounds.rules import RoundRules
from exports.recount import workbook
from exports.xlsx import with_values
from scoring import METHODS, Rules
from tests.competition import event as events
from tests.competition.event import AT, QUICK
from tests.office import converted
from tests.templates import Templates, filled, nothing
from words import LANGS, t

BASE = QUICK.scoring
ODD = replace(BASE, sheet_decimals=None, rounding="half_even", decimals=3)
WAYS: dict[str, Rules] = {
    **{
        name: replace(BASE, official=name, clip=2 if name == "clip" else None)
        for name, method in METHODS.items()
        if method.may_be_official
    },
    "by_criterion": replace(BASE, official="trimmed", trim_level="criterion"),
    "one_high": replace(BASE, official="trimmed", trim_low=0, rounding="half_even"),
    "unrounded": replace(ODD, official="mean"),
    "unrounded_rank": replace(ODD, official="rank", scale_max=10),
}
WEIGHED = (
    Criterion("=HYPERLINK(1)", "60", step="0.5", weight="1/3"),
    Criterion("现场展示", "40", step="0.1", weight="2/3"),
)


IN_SHORT = ("least_squares", "by_criterion", "unrounded_rank")
"""Ways that LibreOffice computes in each run, and whose formulas are compared with what it did."""
SheetsOf = Callable[[str], TallySheets]


@pytest.fixture(scope="module")
def sheets_of(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> SheetsOf:
    """The sheets of a way, closed once; `weighed` are those of weighed criteria, adjusted."""
    folder = tmp_path_factory.mktemp("ways")

    @cache
    def made(name: str) -> TallySheets:
        templates.copy("empty", filled(nothing), folder / f"{name}.db")
        scoring = WAYS["least_squares" if name == "weighed" else name]
        with (
            pytest.MonkeyPatch.context() as patch,
            closing(db.Store(folder / f"{name}.db")) as store,
        ):
            if name in ("weighed", "unrounded", "unrounded_rank"):
                patch.setattr(events, "RUBRIC", WEIGHED)
            return closed_with(store, replace(QUICK, recusal_level="none", scoring=scoring))

    return made


def closed_with(store: db.Store, rules: RoundRules) -> TallySheets:
    """A closed round of uneven marks, a deduction, and a judge absent for one entrant."""
    event = events.opened(store, rules=rules)
    who, supervisor = event.visitor("timekeeper"), event.visitor("supervisor")
    for judge, entrant in event.pairs():
        first = 40 + (7 * judge + 11 * entrant) % 31 / 2
        second = 20 + (13 * judge + 5 * entrant) % 190 / 10
        event.fill(judge, entrant, (f"{first:.1f}", f"{second:.1f}"))
    cost = deductions.deduct(
        store, who, event.round_id, event.entrants[1], "0.15", reason="=超时", at=AT
    )
    deductions.confirm_deduction(store, supervisor, cost, at=AT)
    event.close(reason="评委03 没有听2号")
    return tally_sheets(store, event.organizer, event.round_id, at=AT)


def rows(content: bytes, sheet: str) -> list[tuple[Any, ...]]:
    """The lines of a sheet of scores, without its head."""
    return _lines(openpyxl.load_workbook(io.BytesIO(content), data_only=True), sheet)


def _lines(book: openpyxl.Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return [row for row in book[sheet].iter_rows(min_row=6, max_col=11, values_only=True) if row[1]]


def recalculated(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """What LibreOffice makes of the workbooks."""
    named = {f"{name}.xlsx": content for name, content in files.items()}
    made = converted(named, "xlsx", folder)
    return {name.removesuffix(".xlsx"): content for name, content in made.items()}


def shapes(book: openpyxl.Workbook) -> set[str]:
    """Every formula, with # for each number of a row."""
    cells = [cell for sheet in book for row in sheet for cell in row]
    live = [str(cell.value) for cell in cells if cell.data_type == "f"]
    return {re.sub(r"(?<=[A-Z$])[0-9]+", "#", formula) for formula in live}


SHAPES = Path(__file__).parents[1] / "data" / "recount_formulas.txt"
"""The formulas of each way as LibreOffice last computed them, with # for each number of a row."""


def test_the_formulas_are_those_that_were_computed(sheets_of: SheetsOf):
    """Where there is no LibreOffice: every formula has a shape that it computed elsewhere.

    A shape that is not in the file is looked at, computed by the long test below, and added.
    """
    _are_those_of(sheets_of, IN_SHORT)


@pytest.mark.long("exports/test_recount.py::test_the_formulas_are_those_that_were_computed")
def test_the_formulas_of_every_way_are_those_that_were_computed(sheets_of: SheetsOf):
    """The file has the shapes of no other way."""
    _are_those_of(sheets_of, WAYS)
    ways = {line.partition(" ")[0] for line in SHAPES.read_text("utf-8").splitlines()}
    assert ways == {*WAYS}


def _are_those_of(sheets_of: SheetsOf, names: Iterable[str]) -> None:
    found = set()
    for name in names:
        book = openpyxl.load_workbook(io.BytesIO(workbook(sheets_of(name), "zh")))
        found |= {f"{name} {shape}" for shape in shapes(book)}
    lines = SHAPES.read_text("utf-8").splitlines()
    known = {line for line in lines if line.partition(" ")[0] in names}
    assert sorted(found - known) == []
    assert sorted(known - found) == []


def test_libreoffice_computes_the_published_scores_and_sees_a_changed_mark(
    sheets_of: SheetsOf, tmp_path: Path
):
    """Score, rank, and how many lines differ: none, and in a forger's book the line of the mark."""
    books = {name: workbook(sheets_of(name), "zh") for name in IN_SHORT}
    forged = openpyxl.load_workbook(io.BytesIO(books["least_squares"]))
    marks = forged[t("exports.recount.sheet.marks", "zh")]
    marks["D6"] = marks["D6"].value + 5
    changed = io.BytesIO()
    forged.save(changed)
    made = recalculated({**books, "forged": changed.getvalue()}, tmp_path)
    checks = {row[0]: row[10] for row in rows(made.pop("forged"), _sheet("official"))}
    assert checks[1] == t("exports.recount.differs", "zh")
    for name, content in made.items():
        _holds(content, sheets_of(name), name)
        _agree(books[name], content, name)


@pytest.mark.long(
    "exports/test_recount.py::test_the_formulas_are_those_that_were_computed",
    "exports/test_recount.py::test_libreoffice_computes_the_published_scores_and_sees_a_changed_mark",
)
def test_libreoffice_computes_every_way(sheets_of: SheetsOf, tmp_path: Path):
    """For every method, rounding and trim."""
    books = {name: workbook(sheets_of(name), "zh") for name in WAYS}
    for name, content in recalculated(books, tmp_path).items():
        _holds(content, sheets_of(name), name)
        _agree(books[name], content, name)


def _agree(kept: bytes, computed: bytes, name: str) -> None:
    """Every value kept beside a formula is what LibreOffice computes from it."""
    before, after = (
        openpyxl.load_workbook(io.BytesIO(one), data_only=True) for one in (kept, computed)
    )
    for sheet in before:
        for row in sheet:
            for cell in row:
                other = after[sheet.title][cell.coordinate].value
                if isinstance(cell.value, int | float):
                    where = (name, sheet.title, cell.coordinate)
                    assert other == pytest.approx(cell.value, abs=1e-8), where
                else:
                    assert (cell.value or "") == (other or ""), (name, cell.coordinate)


def _holds(content: bytes, sheets: TallySheets, name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    kinds = [kind for kind in ("official", "announced") if _sheet(kind) in book.sheetnames]
    assert ("announced" in kinds) == (not METHODS[sheets.standings.rules.scoring.official].printed)
    for kind in kinds:
        assert book[_sheet(kind)]["K4"].value == 0, name
        lines = {row[0]: row for row in _lines(book, _sheet(kind))}
        for one in sheets.explained:
            score, rank = lines[one.line.number][6:8]
            published = one.line.official if kind == "official" else one.line.announced
            assert score == pytest.approx(float(published), abs=1e-9), (name, kind)
            assert rank == (one.line.rank if kind == "official" else one.line.announced_rank)
            assert lines[one.line.number][10] == t("exports.recount.same", "zh")


def _sheet(kind: str) -> str:
    return t(f"exports.recount.sheet.{kind}", "zh")


@pytest.mark.parametrize("lang", LANGS)
def test_no_typed_text_is_a_formula_and_the_same_sheets_give_the_same_bytes(
    sheets_of: SheetsOf, lang: str
):
    """A criterion called =HYPERLINK(1) is a head; each formula is one of ours, without an error."""
    sheets = sheets_of("weighed")
    content = workbook(sheets, lang)
    assert content == workbook(sheets, lang)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    typed = [cell for cell in cells if "HYPERLINK" in str(cell.value)]
    assert {(cell.data_type, cell.quotePrefix) for cell in typed} == {("s", True)}
    allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert all(
        cell.value[1:].lstrip("(").startswith((*allowed, "'", *"0123456789"))
        for cell in cells
        if cell.data_type == "f"
    )
    said = " ".join(str(cell.value) for cell in cells)
    assert t("exports.recount.values.least_squares", lang) in said


def test_every_formula_keeps_what_it_gives(sheets_of: SheetsOf):
    """A viewer that computes nothing shows every figure; a name in a value stays text."""
    sheets = sheets_of("least_squares")
    content = workbook(sheets, "zh")
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    _holds(content, sheets, "kept")
    live = [cell for sheet in formulas for row in sheet for cell in row if cell.data_type == "f"]
    assert len(live) > 100
    kept = [shown[cell.parent.title][cell.coordinate].value for cell in live]
    blank = [cell for cell, value in zip(live, kept, strict=True) if value is None]
    assert all(cell.value.startswith("=IF(ISNUMBER(") for cell in blank), "a sheet not counted"
    xml = b'<c r="A1" s="1"><f>B1</f><v></v></c><c r="A2" t="n"><f>B2</f><v /></c>'
    assert with_values(xml, {"A1": "<村>", "A2": 0.1}) == (
        b'<c r="A1" s="1" t="str"><f>B1</f><v>&lt;&#26449;&gt;</v></c>'
        b'<c r="A2" t="n"><f>B2</f><v>0.1</v></c>'
    )
