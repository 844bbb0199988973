"""Lists of a programme from a workbook: harmless slips are read, every fault stops at its cell."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from competition.programme.initials import initials
from competition.programme.needs import NeedSaid
from competition.programme.plans import FigureSaid, PlanMade
from competition.programme.programmes import Village
from competition.programme.reporting import StepDone
from competition.programme.shapes import TaskVillage
from intake.apart import lines_apart
from intake.edits import Edit
from intake.programme import LAYOUTS, LinesRead, columns_of, read_lines
from intake.programme_rows import Known
from intake.programme_template import lines_template
from intake.saying import column_name, sentence
from words import LANGS

CODE, OTHER, TWIN = "532529100201", "532529100202", "532529101203"
HEADS = ("村级代码", "步骤", "完成日期")
TODAY = "2022-03-18"


def village(code: str, township: str, name: str) -> TaskVillage:
    return {
        "programme_id": "p",
        "code": code,
        "county": "红河县",
        "township": township,
        "village": name,
        "initials": initials(name),
        "households": None,
        "residents": None,
    }


KNOWN = Known(
    (village(CODE, "迤萨镇", "勐甸村"), village(OTHER, "迤萨镇", "龙潭村"),
     village(TWIN, "甲寅镇", "龙潭村")),
    tuple(range(1, 29)),
    TODAY,
)  # fmt: skip


def book(*rows: tuple[Any, ...], heads: tuple[str, ...] = HEADS, merged: str = "") -> bytes:
    workbook, file = Workbook(), BytesIO()
    sheet = workbook.active
    sheet.append(["样例·进度表"])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    workbook.save(file)
    return file.getvalue()


def read(
    kind: str, *rows: tuple[Any, ...], heads: tuple[str, ...] = HEADS, **how: str
) -> LinesRead:
    return read_lines(kind, book(*rows, heads=heads, **how), "表.xlsx", KNOWN)


def test_days_are_read_as_dates_or_as_people_write_them():
    """A code that Excel made a number is read; a row without a day says nothing."""
    found = read(
        "steps",
        (CODE, 3, date(2022, 3, 1)),
        (int(CODE), "４", "2022年3月5日"),
        (OTHER, 1, None),
        ("合计", 2, None),
    )
    assert found.stops == ()
    assert found.lines == (StepDone(CODE, 3, "2022-03-01"), StepDone(CODE, 4, "2022-03-05"))
    assert found.left_out == 1


def test_each_kind_reads_its_columns():
    heads = ("代码", "规划类别", "编制完成日期", "评审通过日期", "入库日期", "版次")
    row = (CODE, "产业规划", "2022-03-01", "2022-03-02", None, 2)
    plan = read("plans", row, heads=heads)
    assert plan.lines == (PlanMade(CODE, "industry", "2022-03-01", "2022-03-02", "", 2),)
    people = read("people", (CODE, 12, "2022-03-03"), heads=("代码", "返乡人数", "填报日期"))
    assert people.lines == (FigureSaid(CODE, "people", "村级花名册", 12, "2022-03-03"),)
    funds = read("funds", (CODE, "省级", 12.5), heads=("代码", "来源", "金额（万元）"))
    assert funds.lines == (FigureSaid(CODE, "fund", "省级", 125_000, TODAY),)
    needs = read("needs", (CODE, "冷库", "2022-03-01", "县供销社", "2022-03-04"),
                 heads=("代码", "需求", "提出日期", "承办单位", "对接日期"))  # fmt: skip
    assert needs.lines == (NeedSaid(CODE, "冷库", "2022-03-01", "县供销社", "2022-03-04"),)
    villages = read("villages", ("532525103211", "石屏县", "黑尼村", 402),
                    heads=("代码", "县市", "村名", "户数"))  # fmt: skip
    assert villages.lines == (Village("532525103211", "石屏县", "坝心镇", "黑尼村", 402),)


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (("532525103211", 3, "2022-03-01"), "not_on_list", "A3"),
        ((CODE, 40, "2022-03-01"), "unknown_step", "B3"),
        ((CODE, 3, "三月"), "bad_day", "C3"),
        ((CODE, 3, "2022-03-19"), "day_to_come", "C3"),
        ((CODE, 3, "=TODAY()"), "formula", "C3"),
        ((CODE, "=1+HYPERLINK(1)", "2022-03-01"), "formula", "B3"),
        (("红河", 3, "2022-03-01"), "bad_code", "A3"),
    ],
)
def test_a_fault_stops_at_its_cell(row: tuple[Any, ...], code: str, cell: str):
    """Another county's village is one that this reader may not report; a formula is no value."""
    found = read("steps", row)
    assert found.lines == ()
    assert [(one.code, one.cell) for one in found.stops] == [(code, cell)]
    assert all(sentence(one, lang) for one in found.stops for lang in LANGS)


@pytest.mark.parametrize(
    ("kind", "heads", "row", "code"),
    [
        ("plans", ("代码", "规划类别", "编制完成日期"), (CODE, "体育", "2022-03-01"),
         "unknown_plan"),
        ("plans", ("代码", "规划类别", "编制完成日期", "入库日期"),
         (CODE, "产业", "2022-03-01", "2022-03-02"), "day_before"),
        ("people", ("代码", "人数"), (CODE, -3), "not_whole"),
        ("funds", ("代码", "来源", "金额（元）"), (CODE, None, 5), "blank"),
        ("needs", ("代码", "需求", "落实日期"), (CODE, "路", "2022-03-01"), "unit_needed"),
        ("villages", ("代码", "县市", "村名"), ("532525103211", "建水县", "黑尼村"),
         "county_differs_code"),
        ("villages", ("代码", "村名"), ("532525103211", "团山村"), "place_differs"),
        ("villages", ("代码", "村名"), ("532525103", "黑尼村"), "bad_code"),
        ("villages", ("代码", "村名"), ("999999999999", "某村"), "blank"),
        ("steps", ("村名", "步骤", "完成日期"), ("龙潭村", 1, "2022-03-01"), "ambiguous_village"),
        ("steps", ("村名", "步骤", "完成日期"), ("黑尼村", 1, "2022-03-01"), "not_on_list"),
        ("steps", ("村名", "步骤"), ("勐甸村", 1), "missing_column"),
        ("funds", ("代码", "来源", "金额"), (CODE, "省级", 5), "missing_column"),
    ],
)  # fmt: skip
def test_every_kind_has_its_faults(
    kind: str, heads: tuple[str, ...], row: tuple[Any, ...], code: str
):
    """An amount without a unit is none; two villages of one name need township or code."""
    found = read(kind, row, heads=heads)
    assert found.lines == ()
    assert [one.code for one in found.stops] == [code]
    assert all(sentence(one, lang) for one in found.stops for lang in LANGS)


def test_a_village_is_named_by_name_and_township_where_it_has_a_namesake():
    heads = ("乡镇", "村名", "步骤", "完成日期")
    found = read("steps", ("甲寅镇", "龙潭村委会", 1, "2022-03-01"), heads=heads)
    assert found.lines == (StepDone(TWIN, 1, "2022-03-01"),)


def test_a_code_merged_over_several_rows_is_meant_for_each():
    rows = ((CODE, 3, "2022-03-01"), (None, 4, "2022-03-02"), (OTHER, 1, "2022-03-02"))
    found = read("steps", *rows, merged="A3:A4")
    assert [(one.code, one.number) for one in found.lines] == [(CODE, 3), (CODE, 4), (OTHER, 1)]  # type: ignore[union-attr]


def test_a_row_named_twice_stops():
    found = read("steps", (CODE, 3, "2022-03-01"), (CODE, 3, "2022-03-02"))
    assert [one.code for one in found.stops] == ["double"]


def test_bytes_that_are_no_workbook_stop():
    assert read_lines("steps", b"PK\x03\x04 nothing", "a.xlsx", KNOWN).stops


def test_lines_read_apart_are_the_lines():
    """What a child sends may be lines, and nothing that acts."""
    content = book((CODE, 3, "2022-03-01"))
    assert lines_apart("steps", content, "表.xlsx", KNOWN) == read_lines(
        "steps", content, "表.xlsx", KNOWN
    )


@pytest.mark.parametrize("kind", LAYOUTS)
def test_a_blank_workbook_is_read_and_says_nothing(kind: str):
    """Its own heads are known in both languages, and its villages are no lines yet."""
    for lang in LANGS:
        found = read_lines(kind, lines_template(kind, KNOWN.villages, lang), "空表.xlsx", KNOWN)
        assert (found.stops, found.lines) == ((), ())
        assert found.left_out == (0 if kind == "villages" else len(KNOWN.villages))
        assert all(column_name(key, lang) for key in columns_of(kind))


def test_a_fault_is_put_right_on_the_page_and_the_file_stays_as_it_is():
    """A homophone has its proposal; a day is typed into its cell; a row is left out."""
    rows = [("孟店村", 1, "2022-03-01"), ("勐甸村", 2, "昨天"), ("没有的村", 3, "2022-03-02")]
    content = book(*rows, heads=("村名", "步骤", "完成日期"))
    known = Known((village(CODE, "迤萨镇", "勐甸村"), village(OTHER, "迤萨镇", "孟殿村")),
                  tuple(range(1, 29)), TODAY)  # fmt: skip
    first = read_lines("steps", content, "表.xlsx", known)
    alike, day, missing = sorted(first.stops, key=lambda stop: stop.cell[1:])
    edits = [
        alike.choices[0].edit,
        Edit("set", day.sheet, day.cell, "2022-03-05"),
        missing.choices[-1].edit,
    ]
    found = read_lines("steps", content, "表.xlsx", known, edits)
    assert found.stops == ()
    assert [(one.code, one.done_on) for one in found.lines] == [
        (CODE, "2022-03-01"), (CODE, "2022-03-05"),
    ]  # fmt: skip
    assert read_lines("steps", content, "表.xlsx", known) == first
