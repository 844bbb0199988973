"""Reading in a process of its own: the same plan, and a bound on what a workbook can take."""

import io
import os
import pickle
import zipfile
from pathlib import Path

import pytest

import intake
from intake import apart, workbook
from tests.intake.books import content, sheets
from tests.intake.test_workbook import repacked, stop
from tests.once import READ_BY_A_CHILD

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def heavy() -> bytes:
    """A small file with one cell whose text is 20 MB long."""
    text = "x" * (20 * 2**20)
    cell = f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    return repacked(xl_worksheets_sheet1_xml=sheet.encode())


@pytest.fixture(autouse=True)
def _by_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in a process of its own, as the app does and other tests do not."""
    monkeypatch.setattr(apart, "_child", READ_BY_A_CHILD)


def test_a_plan_read_apart_is_the_plan(monkeypatch: pytest.MonkeyPatch):
    """Entrants, judges, marks and findings come back whole; a page drawn again starts no child."""
    book = content(sheets())
    plan = intake.read_apart(book, name="决赛.xlsx", recusal_level="unit")
    assert plan == intake.read(book, name="决赛.xlsx", recusal_level="unit")
    assert plan.entrants
    monkeypatch.setattr(apart, "HOME", "/nowhere")
    assert intake.read_apart(book, name="决赛.xlsx", recusal_level="unit") is plan


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no such limit there")
def test_a_workbook_that_takes_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch):
    """The child ends, the server keeps its memory."""
    monkeypatch.setattr(apart, "MEMORY_BYTES", 8 * 2**20)
    (found,) = intake.read_apart(heavy()).stops
    assert found.code in ("too_heavy", "damaged"), "damaged: openpyxl met the limit itself"


def test_a_workbook_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch):
    """The child is ended, and the page says what to do."""
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    (found,) = intake.read_apart(content({**sheets(), "第三表": [["一"]]})).stops
    assert found.code == "too_heavy"


def test_a_plan_that_names_anything_else_is_not_loaded():
    """What a child sends may not act."""
    with pytest.raises(pickle.UnpicklingError):
        apart._Plans(io.BytesIO(pickle.dumps(os.system))).load()


def test_every_part_counts_against_the_size():
    """Sixty megabytes in a part that is not read are sixty megabytes."""
    assert stop(with_part("xl/media/image1.png", bytes(workbook.MAX_UNPACKED_BYTES))) == "too_big"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet9.dat", "xl/a.exe", "xl/worksheets/sheet2"])
def test_a_part_of_an_unknown_kind_is_refused(name: str):
    """A sheet named otherwise escaped the limit of what is unpacked."""
    assert stop(with_part(name, b"x")) == "strange_part"


@pytest.mark.parametrize("name", ["xl/media/image1.PNG", "xl/printerSettings/printerSettings1.bin"])
def test_a_picture_beside_the_sheets_does_no_harm(name: str):
    """A logo in the workbook is nothing strange."""
    assert intake.read(with_part(name, b"x")).stops == ()


def test_two_hundred_thousand_cells_are_the_most(monkeypatch: pytest.MonkeyPatch):
    """Over all sheets."""
    monkeypatch.setattr(workbook, "MAX_CELLS", 100)
    assert stop(content(sheets())) == "too_many_cells"


def with_part(name: str, written: bytes) -> bytes:
    """The clean workbook with a further part."""
    file = io.BytesIO(content(sheets()))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, written)
    return file.getvalue()
