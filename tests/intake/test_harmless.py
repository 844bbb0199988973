"""Ways of writing that are read as meant, each one listed with its cell, before and after."""

from functools import cache
from typing import Any

import pytest

import intake
from intake.saying import sentence, summary
from tests.intake.books import Sheets, content, put, sheets, spoilt
from words import LANGS

READ_AS_MEANT = [
    ("评委分场", "A2", " HH1 ", "blanks", "HH1"),
    ("评委分场", "A2", "ＨＨ１", "key", "HH1"),
    ("评委分场", "B2", "j1", "key", "J1"),
    ("参赛名单", "B2", "石屏县\u3000", "blanks", "石屏县"),
    ("参赛名单", "E2", "\ufeff郑营村", "blanks", "郑营村"),
    ("参赛名单", "E2", "郑\u3000营 村", "blanks", "郑营村"),
    ("参赛名单", "D2", 532525102202, "code_number", "532525102202"),
    ("参赛名单", "D2", 532525102202.0, "code_number", "532525102202"),
    ("参赛名单", "D2", "５３２５２５１０２２０２", "full_width", "532525102202"),
    ("参赛名单", "D2", "532525102202 ", "blanks", "532525102202"),
    ("评分标准", "C2", "60分", "unit", "60"),
    ("评分标准", "C2", "６０", "full_width", "60"),
    ("决赛评分", "D2", "52.5", "text_number", "52.5"),
    ("决赛评分", "D2", "５２．５", "full_width", "52.5"),
    ("决赛评分", "D2", "52,5", "comma", "52.5"),
    ("决赛评分", "D2", "52，5", "comma", "52.5"),
    ("决赛评分", "D2", " 52.5 ", "text_number", "52.5"),
    ("决赛评分", "D2", "52.5分", "unit", "52.5"),
]


@cache
def clean() -> intake.Plan:
    """The small workbook without a slip, read once."""
    return intake.read(content(sheets()))


def plain(plan: intake.Plan) -> tuple[Any, ...]:
    """What would be entered, without what was found."""
    return (plan.entrants, plan.judges, plan.rubric, plan.sessions, plan.assignments, plan.sheets)


def test_the_small_workbook_is_clean():
    """Nothing to fix; orders that begin again are noted."""
    assert [finding.code for finding in clean().findings] == ["numbers_run_on"]
    assert clean().counts["sheets"] == 10


FIRST = {code: n for n, (_, _, _, code, _) in reversed([*enumerate(READ_AS_MEANT)])}
EACH = [
    pytest.param(
        *slip,
        marks=[]
        if FIRST[slip[3]] == n
        else pytest.mark.long(
            "intake/test_harmless.py::test_a_harmless_slip_is_read_as_meant_and_listed"
        ),
    )
    for n, slip in enumerate(READ_AS_MEANT)
]
"""Each slip; a second one that is mended in the same way is long."""


@pytest.mark.parametrize(("sheet", "cell", "value", "code", "after"), EACH)
def test_a_harmless_slip_is_read_as_meant_and_listed(
    sheet: str, cell: str, value: object, code: str, after: str
):
    """The plan is that of the clean workbook; the fix names cell, before and after."""
    plan = intake.read(spoilt(put(sheet, cell, value)))
    (fix,) = plan.fixes
    assert (fix.code, fix.sheet, fix.cell) == (code, sheet, cell)
    assert fix.values == {"before": str(value).removesuffix(".0"), "after": after}
    assert plain(plan) == plain(clean())
    for lang in LANGS:
        assert sentence(fix, lang).startswith(f"{sheet}!{cell}")
        assert after in sentence(fix, lang)


def test_columns_may_stand_in_any_order_and_others_beside_them():
    """An unused column is noted."""

    def turn(book: Sheets) -> None:
        book["评委分场"] = [[f"x{n}", *reversed(row)] for n, row in enumerate(book["评委分场"])]
        book["评委分场"][0][0] = "电话"

    plan = intake.read(spoilt(turn))
    assert [a.judge for a in plan.assignments] == [a.judge for a in clean().assignments]
    assert list(plan.sheets) == list(clean().sheets)
    assert [f.values["columns"] for f in plan.notes if f.code == "unused_columns"] == [("电话",)]


def test_titles_above_the_header_blank_rows_and_totals_are_passed_over():
    """Each is listed once with its place."""

    def change(book: Sheets) -> None:
        header, *rows = book["评分标准"]
        title = ["红河州村庄规划擂台赛评分标准"]
        book["评分标准"] = [
            title,
            [],
            header,
            rows[0],
            [],
            ["\u3000", None],
            rows[1],
            ["合计", "", 100],
        ]

    plan = intake.read(spoilt(change))
    assert plan.rubric == clean().rubric
    assert {(f.code, f.cell): f.values["before"] for f in plan.fixes} == {
        ("title_rows", "A1"): "1",
        ("total_row", "A8"): "合计",
        ("blank_rows", "A5"): "2",
    }


def test_headers_are_found_however_they_are_bracketed():
    """县市, 县(市) and " 县 （市） " are one column."""
    for written in ("县市", "县(市)", " 县 （市） ", "\ufeff县（市）"):
        assert plain(intake.read(spoilt(put("参赛名单", "B1", written)))) == plain(clean())


@pytest.mark.parametrize(
    ("word", "state"),
    [("回避", "recused"), ("缺席", "absent"), ("—", "absent"), ("－", "absent"), (None, "absent")],
)
def test_a_word_in_place_of_marks_is_never_a_zero(word: str | None, state: str):
    """J1 of HH1: without marks the judge is recused or absent, and no sheet is entered."""

    def change(book: Sheets) -> None:
        for row in book["决赛评分"][1:3]:
            row[3] = word

    plan = intake.read(spoilt(change))
    found = next(a for a in plan.assignments if (a.entrant, a.judge) == ("HH1", "J1"))
    assert (found.state, plan.stops) == (state, ())
    assert ("HH1", "J1") not in [(sheet.entrant, sheet.judge) for sheet in plan.sheets]
    assert f"no_sheet_{state}" in [fix.code for fix in plan.fixes]


def test_a_mark_that_is_missing_leaves_the_sheet_incomplete():
    """The other mark is kept; the sheet does not count and that is noted."""
    plan = intake.read(spoilt(put("决赛评分", "D3", "—")))
    sheet = next(s for s in plan.sheets if (s.entrant, s.judge) == ("HH1", "J1"))
    assert dict(sheet.marks) == {"C1": "52.5"}
    assert plan.incomplete == 1
    (note,) = [note for note in plan.notes if note.code == "incomplete"]
    assert note.values["missing"] == ("现场展示",)


def test_a_county_is_known_by_its_code():
    """建水 with the code of 建水县 is 建水县, as the list of entrants writes it."""

    def change(book: Sheets) -> None:
        for at, row in enumerate(book["参赛名单"]):
            row.append("县市代码" if at == 0 else row[3][:6])
        for at, row in enumerate(book["评委名单"]):
            row.append("回避县市代码" if at == 0 else None)
        book["评委名单"][4][3:] = ["建水", "532524"]

    plan = intake.read(spoilt(change))
    assert plan.judges == clean().judges
    assert [(f.code, f.cell) for f in plan.fixes] == [("county", "D5")]


def test_criteria_may_be_named_in_place_of_their_number():
    """现场展示 is C2."""
    assert plain(intake.read(spoilt(put("决赛评分", "C3", "现场展示")))) == plain(clean())


def test_many_fixes_of_one_kind_are_summed_up():
    """Three in full, then how many more."""

    def change(book: Sheets) -> None:
        for row in book["决赛评分"][1:]:
            row[3] = str(row[3])

    lines = summary(intake.read(spoilt(change)).fixes, "zh")
    assert len(lines) == 4
    assert lines[-1] == "……同类还有 17 处"


def test_levels_and_steps_are_read():
    """One level a line: name, range, text."""

    def change(book: Sheets) -> None:
        book["评分标准"][0] += ["步长", "评分档"]
        book["评分标准"][1] += [0.1, "优 50-60 用地全部落图\n差：0至49.9分 难以落地"]

    line = intake.read(spoilt(change)).rubric[0].line
    assert (line.step, line.phase) == ("0.1", "material")
    assert line.anchors == (
        {"level": "优", "text": "用地全部落图", "low": "50", "high": "60"},
        {"level": "差", "text": "难以落地", "low": "0", "high": "49.9"},
    )


@pytest.mark.parametrize("weights", [("60%", "40%"), (0.6, 0.4), (60, 40)])
def test_weights_may_be_shares_or_percent(weights: tuple[object, object]):
    """With weights the maxima may be anything: 10 and 5 here."""

    def change(book: Sheets) -> None:
        for row, extra in zip(book["评分标准"], ("权重", *weights), strict=True):
            row.append(extra)

    plan = intake.read(spoilt(change))
    assert plan.stops == ()
    assert plan.rubric[0].line.weight in ("3/5", "60")
