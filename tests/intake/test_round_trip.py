"""What is written from a plan is read as that plan; what a person corrects is read as corrected."""

import io
from pathlib import Path

import openpyxl
import pytest

import intake
from intake.formulas import NotComputed, compute
from intake.grids import Cell
from tests.intake.books import content, put, sheets, spoilt
from tests.intake.messy import messy
from words import LANGS

CLEAN = Path(__file__).parent.parent / "data" / "event_clean.xlsx"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(content(sheets()), id="small"),
        pytest.param(
            CLEAN,
            id="prefecture",
            marks=pytest.mark.long(
                "intake/test_round_trip.py::test_export_and_import_are_the_identity"
            ),
        ),
    ],
)
def test_export_and_import_are_the_identity(source: bytes | Path):
    """Entrants, judges, rubric, sessions, assignments and marks, and no correction on the way."""
    plan = intake.read(source)
    again = intake.read(intake.workbook_of(plan))
    assert again.stops == ()
    assert again.fixes == ()

    def bare(one: intake.Plan) -> tuple[object, ...]:
        entrants = [
            (e.key, e.code, e.village, e.in_round, e.session, e.number) for e in one.entrants
        ]
        pairs = [(a.entrant, a.judge, a.state) for a in one.assignments]
        return entrants, one.judges, one.rubric, one.sessions, pairs, list(one.sheets)

    assert bare(again) == bare(plan)


@pytest.mark.parametrize("lang", LANGS)
def test_a_text_like_a_formula_stays_text(lang: str):
    """=1+1 as a plan's title is a title."""
    book = sheets()
    book["参赛名单"][0].append("成果名称")
    for row in book["参赛名单"][1:]:
        row.append("规划")
    plan = intake.read(content(book))
    spoiled = intake.read(intake.workbook_of(plan, lang))
    assert {entrant.title for entrant in spoiled.entrants} == {"规划"}


def test_accepted_proposals_leave_nothing_to_stop():
    """Every stop that has a proposal is gone once it is taken, without a new one at its cell."""
    book, _ = messy()
    plan = intake.read(book)
    taken = [stop for stop in plan.stops if stop.choices]
    asked = intake.Asked(edits=[stop.choices[0].edit for stop in taken])
    left = {(s.code, s.sheet, s.cell) for s in intake.read(book, asked=asked).stops}
    assert len(taken) > 15
    assert {(s.code, s.sheet, s.cell) for s in taken} & left == set()


def test_a_cell_that_was_typed_is_read_as_typed():
    """61 of 60 becomes 51: no stop, no correction listed for what the person wrote."""
    book = spoilt(put("决赛评分", "D2", 61))
    edit = intake.Edit("set", "决赛评分", "D2", "51")
    plan = intake.read(book, asked=intake.Asked(edits=[edit]))
    assert (plan.stops, plan.fixes) == ((), ())
    assert dict(plan.sheets[0].marks)["C1"] == "51"


def test_a_column_named_by_hand_is_taken_so():
    """And one set to nothing is not imported."""
    book = spoilt(put("参赛名单", "E1", "甲乙"))
    key = "参赛名单"
    named = intake.read(book, asked=intake.Asked(columns={key: {"E": "title", "H": ""}}))
    (view,) = [view for view in named.sheets_read if view.title == key]
    assert (view.fields["E"], view.fields["H"]) == ("title", "")
    assert named.entrants[0].title == "郑营村"


def test_the_workbook_comes_back_with_every_fault_in_its_cell():
    """A comment at each stop, which says what is wrong and what is proposed."""
    book, faults = messy()
    plan = intake.read(book)
    marked = openpyxl.load_workbook(
        io.BytesIO(intake.marked_apart([("m.xlsx", book)], plan.findings, "zh"))
    )
    for fault in faults:
        if fault.kind == "stop":
            assert marked[fault.sheet][fault.cell].comment is not None, fault
    comment = marked["评分标准"]["C5"].comment
    assert comment is not None
    assert "可改为：8" in comment.text


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(A1:A2)*2", "60"),
        ('=A1&"村"', "10村"),
        ("=-(A2-A1)/4", "-2.5"),
        ("=ROUND(A1/3,1)", "3.3"),
    ],
)
def test_simple_formulas_are_computed(formula: str, value: str):
    """By hand: (10 + 20) · 2; 10 and 村; -10 / 4; 3.33 to one place."""
    cells = {(1, 0): Cell("A1", 10), (2, 0): Cell("A2", 20)}
    assert str(compute(formula, cells)) == value


@pytest.mark.parametrize(
    "formula", ["=VLOOKUP(A1,A:B,2)", "=A9", "=A1/0", "=B1", "=A1>1", "=[1]x!A1"]
)
def test_other_formulas_are_not(formula: str):
    """Another function, a missing cell, a division by zero, itself, a comparison, another file."""
    cells = {(1, 0): Cell("A1", 10), (1, 1): Cell("B1", None, "formula", formula="=B1")}
    with pytest.raises(NotComputed):
        compute(formula, cells)
