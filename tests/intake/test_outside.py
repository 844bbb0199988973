"""Outside scores from a workbook: found by code, number or name; every fault at its cell."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from intake.apart import outside_apart
from intake.outside import Bounds, OutsideRead, outside_template, read_outside

BOUNDS = Bounds("实地考察", Decimal(100), Decimal("0.5"))


def place(number: int, village: str, code: str) -> Any:
    """An entrant as the reader takes it."""
    names = {"county": "泸西县", "township": "午街铺镇", "village": village, "code": code}
    return {"id": f"e{number}", "number": number, **names}


PLACES = [
    place(1, "喷泉村", "532527101200"),
    place(2, "龙潭村", "532527101201"),
    place(3, "龙潭村", "532527101202"),
    place(4, "灵云村", "532527101203"),
]


def book(rows: list[list[object]]) -> bytes:
    """A workbook of one sheet."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def read(rows: list[list[object]], name: str = "考察.xlsx") -> OutsideRead:
    return read_outside(book(rows), name, PLACES, BOUNDS)


def stops(found: OutsideRead) -> list[tuple[str, str]]:
    return [(one.code, one.cell) for one in found.stops]


def test_the_blank_table_comes_back_as_it_was_filled_in():
    """Export, fill in, read: the identity; and nothing in it is a formula."""
    content = outside_template("=1+1", PLACES, "zh")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet["F1"].data_type == "s"
    made = openpyxl.load_workbook(io.BytesIO(outside_template("实地考察", PLACES, "zh")))
    for row, score in ((2, 90), (3, 88.5), (5, "７０．５分")):
        made.active.cell(row, 6).value = score
    filled = io.BytesIO()
    made.save(filled)
    found = read_outside(filled.getvalue(), "考察.xlsx", PLACES, BOUNDS)
    assert found.scores == {"e1": "90", "e2": "88.5", "e4": "70.5"}
    assert [one["id"] for one in found.missing] == ["e3"]
    assert stops(found) == []
    assert [one.cell for one in found.findings] == ["F5"]


def test_titles_totals_and_absences_are_no_scores():
    """A merged title above, 缺席 and — in cells, a sum below: nobody gets a zero."""
    found = read(
        [
            ["2022年实地考察打分汇总"],
            ["出场顺序", "村名", "实地考察", "备注"],
            [1, "喷泉村", 91, ""],
            [2, "龙潭村", "缺席", ""],
            [3, "龙潭村", "—", ""],
            [4, "灵云村", None, ""],
            ["合计", "", 91, ""],
        ]
    )
    assert (found.scores, stops(found)) == ({"e1": "91"}, [])
    assert [one["id"] for one in found.missing] == ["e2", "e3", "e4"]


def test_every_fault_is_listed_at_its_cell():
    """Out of range, off step, no number, an unknown village, one twice, two in one row."""
    found = read(
        [
            ["出场顺序", "村名", "得分"],
            [1, "喷泉村", 101],
            [2, "龙潭村", 88.3],
            [3, "龙潭村", "优秀"],
            ["", "黑尼村", 80],
            [4, "灵云村", 80],
            [4, "灵云村", 81],
            [1, "灵云村", 70],
        ]
    )
    assert stops(found) == [
        ("mark_out_of_range", "C2"),
        ("mark_off_step", "C3"),
        ("not_a_number", "C4"),
        ("unknown_entrant", "B5"),
        ("double", "C7"),
        ("double", "A8"),
    ]


def test_a_name_that_several_have_names_none_of_them():
    """龙潭村 is twice in the round: without number or code the row is stopped."""
    found = read([["村名", "得分"], ["龙潭村", 80], ["喷泉村", 70]])
    assert stops(found) == [("unknown_entrant", "A2")]
    by_code = read([["12位代码", "得分"], ["532527101202", 80]])
    assert by_code.scores == {"e3": "80"}


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\x03\x04broken", "not_a_workbook"), (b"\x00" * 20, None), (b"", None)],
)
def test_a_broken_file_is_a_stop_and_no_failure(content: bytes, code: str | None):
    """Whatever it holds, nothing is read of it."""
    found = read_outside(content, "x.xlsx", PLACES, BOUNDS)
    assert found.scores == {}
    assert found.stops
    assert code is None or found.stops[0].code == code


def test_a_table_without_scores_says_which_column_is_missing():
    found = read([["村名", "电话"], ["喷泉村", "13900000000"]])
    assert stops(found) == [("missing_column", "")]


def test_text_files_are_read_too():
    """A .csv in GBK, as WPS writes it."""
    content = "出场顺序,得分\r\n1,90\r\n2,88.5\r\n".encode("gbk")
    assert read_outside(content, "考察.csv", PLACES, BOUNDS).scores == {"e1": "90", "e2": "88.5"}


def test_a_page_reads_in_a_process_with_limits():
    """The same answer, from a child that may be stopped."""
    rows: list[list[object]] = [["出场顺序", "得分"], [1, 90], [2, 101]]
    assert outside_apart(book(rows), "考察.xlsx", PLACES, BOUNDS) == read(rows)
