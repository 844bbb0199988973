"""Steps of villages from a workbook: harmless slips are read, every fault stops at its cell."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from competition.programme.reporting import StepDone
from intake.progress import read_progress

CODE, OTHER = "532529100201", "532529100202"
HEADS = ("村级代码", "步骤", "完成日期")


def book(*rows: tuple[Any, ...], heads: tuple[str, ...] = HEADS) -> bytes:
    workbook, file = Workbook(), BytesIO()
    sheet = workbook.active
    sheet.append(["样例·进度表"])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    workbook.save(file)
    return file.getvalue()


def test_days_are_read_as_dates_or_as_people_write_them():
    content = book((CODE, 3, date(2022, 3, 1)), (CODE, "４", "2022年3月5日"), (OTHER, 1, None))
    read = read_progress(content, "进度.xlsx", [CODE, OTHER], range(1, 29))
    assert read.stops == ()
    assert read.done == (StepDone(CODE, 3, "2022-03-01"), StepDone(CODE, 4, "2022-03-05"))


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (("532525103211", 3, "2022-03-01"), "unknown_entrant", "A3"),
        ((CODE, 40, "2022-03-01"), "unknown_step", "B3"),
        ((CODE, 3, "三月"), "bad_day", "C3"),
        ((CODE, 3, "=TODAY()"), "bad_day", "C3"),
        (("红河", 3, "2022-03-01"), "bad_code", "A3"),
    ],
)
def test_a_fault_stops_at_its_cell(row: tuple[Any, ...], code: str, cell: str):
    """A village of another county is one that this reader may not report; a formula is no day."""
    read = read_progress(book(row), "进度.xlsx", [CODE], range(1, 29))
    assert read.done == ()
    assert [(one.code, one.cell) for one in read.stops] == [(code, cell)]


def test_a_step_named_twice_and_a_table_without_its_column_stop():
    twice = book((CODE, 3, "2022-03-01"), (CODE, 3, "2022-03-02"))
    assert [one.code for one in read_progress(twice, "a.xlsx", [CODE], [3]).stops] == ["double"]
    headless = book((CODE, 3), heads=HEADS[:2])
    read = read_progress(headless, "a.xlsx", [CODE], [3])
    assert [one.code for one in read.stops] == ["missing_column"]


def test_bytes_that_are_no_workbook_stop():
    assert read_progress(b"PK\x03\x04 nothing", "a.xlsx", [CODE], [3]).stops
