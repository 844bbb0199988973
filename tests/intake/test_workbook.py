"""Files that are no workbook, damaged or too big: one plain sentence each, quickly."""

import io
import zipfile
from pathlib import Path

import pytest

import intake
from intake import workbook
from intake.saying import sentence
from tests.intake.books import content, put, sheets, spoilt
from words import LANGS


def stop(source: bytes | Path) -> str:
    """The code of the only stop; its sentence exists in both languages."""
    plan = intake.read(source)
    (found,) = plan.stops
    assert all("{" not in sentence(found, lang) for lang in LANGS)
    assert plan.entrants == ()
    return found.code


def repacked(**parts: bytes) -> bytes:
    """The small workbook with some parts of its zip replaced (``_`` for ``/``)."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content(sheets()))) as old, zipfile.ZipFile(new, "w") as out:
        for item in old.infolist():
            name = item.filename.replace("/", "_").replace(".", "_")
            out.writestr(item.filename, parts.get(name, old.read(item)), zipfile.ZIP_DEFLATED)
    return new.getvalue()


def test_what_is_no_workbook_is_said_to_be_none(tmp_path: Path):
    """One line of text, an empty file, another zip, an old .xls, a file that is not there."""
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    assert stop("参赛编号\n".encode()) == "not_a_workbook"
    assert stop(b"") == "not_a_workbook"
    assert stop(other.getvalue()) == "not_a_workbook"
    assert stop(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)) == "old_format"
    assert stop(tmp_path / "none.xlsx") == "unreadable"
    assert stop(tmp_path) == "unreadable"


def test_a_damaged_workbook_is_no_traceback():
    """A truncated file, and a sheet that is no XML."""
    assert stop(content(sheets())[:3000]) == "not_a_workbook"
    assert stop(repacked(xl_worksheets_sheet1_xml=b"<worksheet><sheetData>")) == "damaged"
    assert stop(repacked(xl_workbook_xml=b"none")) == "damaged"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    """70 MB of blanks pack into 70 kB."""
    bomb = repacked(xl_worksheets_sheet1_xml=b" " * (workbook.MAX_UNPACKED_BYTES + 1))
    assert len(bomb) < 200_000
    assert stop(bomb) == "too_big"


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path):
    """By its size on disk."""
    big = tmp_path / "big.xlsx"
    with big.open("wb") as file:
        file.truncate(workbook.MAX_FILE_BYTES + 1)
    assert stop(big) == "too_big"
    assert stop(b"PK" + bytes(workbook.MAX_FILE_BYTES)) == "too_big"


def test_a_row_far_below_is_refused_by_its_number():
    """A sheet that says it has a row 60000, or a row no sheet can have."""
    for number in (60_000, 3_000_000):
        row = f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>x</t></is></c></row>'
        sheet = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f"<sheetData>{row}</sheetData></worksheet>"
        )
        assert stop(repacked(xl_worksheets_sheet1_xml=sheet.encode())) == "too_many_rows"


def test_blank_rows_below_the_table_are_nothing(monkeypatch: pytest.MonkeyPatch):
    """Rows that were only formatted, down to wherever."""
    monkeypatch.setattr(workbook, "MAX_ROWS", 60)
    book = sheets()
    book["评委名单"] += [[" ", None]] * 200
    plan = intake.read(content(book))
    assert plan.stops == ()
    assert "blank_rows" not in [fix.code for fix in plan.fixes]


def test_sheets_that_are_not_used_are_noted():
    """A sheet of one's own does no harm."""
    book = {**sheets(), "联系方式": [["电话"]], "空表": []}
    (note,) = [note for note in intake.read(content(book)).notes if note.code == "unused_sheets"]
    assert note.values["sheets"] == ("联系方式",)


def test_a_formula_with_its_result_stored_is_the_result():
    """What Excel saved beside the formula is taken."""
    spoiled = spoilt(put("决赛评分", "D2", "=52+0.5"))
    with zipfile.ZipFile(io.BytesIO(spoiled)) as archive:
        sheet = archive.read("xl/worksheets/sheet5.xml").decode()
    assert "<f>52+0.5</f><v" in sheet
    stored = sheet.replace("<f>52+0.5</f><v></v>", "<f>52+0.5</f><v>52.5</v>").replace(
        "<f>52+0.5</f><v />", "<f>52+0.5</f><v>52.5</v>"
    )
    plan = intake.read(repacked(xl_worksheets_sheet5_xml=stored.encode()))
    assert plan.stops == ()
    assert plan.sheets == intake.read(content(sheets())).sheets
