"""LibreOffice computes a composite's workbook again: every sum, score and rank is the published."""

import io
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import db
from competition.results.composite_explaining import Summary, composite_summary
from competition.rounds import rounds
from competition.rounds.composites import OUTSIDE, TypedPart, set_parts
from exports.recount import composite_workbook
from tests.competition import event as events
from tests.competition.event import AT, later
from tests.competition.registry import composite_rows as rows
from tests.exports.test_recount import recalculated, shapes
from tests.templates import Templates, filled, nothing
from words import LANGS, t

TITLE = "=HYPERLINK(1)"
MISSING = 3
SCORES = {1: "60.05", 2: "70", 4: "90.55", 5: "100"}
FIRST, WEIGHTS = 6, 4
ROUND, OUTSIDE_AT, TOTAL, SCORE, RANK, CHECK = 3, 4, 5, 6, 7, 10


SHAPES = {
    "=3/10",
    "=7/10",
    '=COUNTA($K$#:$K$#)-COUNTIF($K$#:$K$#,"一致")',
    '=IF(AND(ISNUMBER(G#),ABS(N(G#)-I#)<0.0000001,H#=J#),"一致","不一致")',
    '=IF(COUNT($D#:$E#)=2,SUMPRODUCT($D#:$E#,$D$#:$E$#),"")',
    '=IF(ISNUMBER(F#),INT(ROUND((F#)*100,6)+0.5)/100,"")',
    '=IF(ISNUMBER(G#),RANK(G#,$G$#:$G$#,0),"")',
    '=IF(NOT(ISNUMBER(G#)),"一致","不一致")',
}
"""The formulas as LibreOffice last computed them, with # for each number of a row."""


@pytest.fixture(scope="module")
def summary(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """A third and two thirds in decimals: halves to be rounded; 3号 lacks the outside score."""
    path = tmp_path_factory.mktemp("composite") / "arena.db"
    templates.copy("empty", filled(nothing), path)
    with closing(db.Store(path)) as store:
        return summary_of(store)


def summary_of(store: db.Store) -> Summary:
    """What is published of a composite of a round and a score from outside."""
    closed = events.closed(store)
    who = closed.organizer
    round_id = rounds.create_round(store, who, title="综合成绩", kind="composite", at=AT)
    parts = [
        TypedPart(closed.round_id, title=TITLE, weight="0.3"),
        TypedPart(OUTSIDE, title="实地考察", weight="70%", step="0.05"),
    ]
    set_parts(store, who, round_id, parts, {"top": "2"}, at=AT)
    rows.begin(closed, round_id, at=AT)
    closed.certify(at=later(1000))
    scores = {closed.entrants[number]: score for number, score in SCORES.items()}
    rows.confirm(closed, rows.enter(closed, round_id, scores, at=later(1001)), at=later(1002))
    rounds.close_round(store, who, round_id, at=later(1100))
    return composite_summary(store, who, round_id, at=later(1200))


def lines(sheet: Worksheet) -> dict[int, tuple[Any, ...]]:
    """The rows of the entrants by their numbers."""
    shown = sheet.iter_rows(min_row=FIRST, values_only=True)
    return {row[0]: row for row in shown if isinstance(row[0], int)}


def read(content: bytes, *, formulas: bool = False) -> Worksheet:
    """The one sheet."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas).worksheets[0]


def forged(content: bytes, cell: str, value: object) -> bytes:
    """The workbook with one cell changed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.worksheets[0][cell] = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def row_of(content: bytes, number: int) -> int:
    """The row in which an entrant stands."""
    sheet = read(content)
    return next(row for row in range(FIRST, sheet.max_row) if sheet.cell(row, 1).value == number)


def test_the_formulas_are_those_that_were_computed(summary: Summary):
    """Where there is no LibreOffice: they have the shapes that the long test below computed."""
    book = openpyxl.load_workbook(io.BytesIO(composite_workbook(summary, "zh")))
    assert sorted(shapes(book) ^ SHAPES) == []


@pytest.mark.long(
    "exports/test_recount_composite.py::test_the_formulas_are_those_that_were_computed",
    "exports/test_recount.py::test_libreoffice_computes_the_published_scores_and_sees_a_changed_mark",
)
def test_libreoffice_computes_what_was_published_and_sees_what_a_forger_changed(
    summary: Summary, tmp_path: Path
):
    """A score, a weight, a part given to an entrant that has none: the line says so."""
    content, first = composite_workbook(summary, "zh"), FIRST
    lacking = row_of(content, MISSING)
    books = {
        "true": content,
        "score": forged(content, f"E{first}", 1),
        "weight": forged(content, f"D{WEIGHTS}", 0.9),
        "filled": forged(content, f"E{lacking}", 99),
    }
    made = {name: read(one) for name, one in recalculated(books, tmp_path).items()}
    same, differs = (t(f"exports.recount.{name}", "zh") for name in ("same", "differs"))
    true, kept = lines(made["true"]), lines(read(content))
    assert made["true"].cell(WEIGHTS, CHECK + 1).value == 0
    for one in summary.explained:
        row = true[one.line.number or 0]
        assert row[CHECK] == same == kept[one.line.number or 0][CHECK]
        if one.line.official is None:
            assert {row[TOTAL], row[SCORE], row[RANK]} <= {"", None}
            continue
        assert row[TOTAL] == pytest.approx(float(one.total or 0), abs=1e-9)
        assert row[SCORE] == pytest.approx(float(one.line.official), abs=1e-9)
        assert row[RANK] == one.line.rank
        figures = kept[one.line.number or 0][TOTAL : RANK + 1]
        assert figures == pytest.approx(row[TOTAL : RANK + 1], abs=1e-9)
    changed = read(content).cell(first, 1).value
    assert lines(made["score"])[changed][CHECK] == differs
    assert lines(made["filled"])[MISSING][CHECK] == differs
    assert made["weight"].cell(WEIGHTS, CHECK + 1).value >= len(SCORES) - 1


@pytest.mark.parametrize("lang", LANGS)
def test_no_typed_text_is_a_formula_and_every_line_is_live(summary: Summary, lang: str):
    """A part called =HYPERLINK(1) is a head; equal results give equal bytes; sources are named."""
    content = composite_workbook(summary, lang)
    assert content == composite_workbook(summary, lang)
    sheet = read(content, formulas=True)
    cells = [cell for row in sheet for cell in row if cell.value is not None]
    typed = [cell for cell in cells if "HYPERLINK" in str(cell.value)]
    assert typed
    assert {cell.data_type for cell in typed} == {"s"}
    live = [cell for cell in cells if cell.data_type == "f"]
    assert len(live) == 2 + 4 * len(summary.explained) + 1
    part = summary.standings.parts[0]
    said = t("exports.recount.part_round", lang, part=TITLE, version=1, sha256=part.sha256[:12])
    assert said in [cell.value for cell in cells]
