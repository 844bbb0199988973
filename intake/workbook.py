"""Opens a workbook safely: values only, bounded in size, every failure as a stop."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from intake.findings import Findings

MAX_FILE_BYTES = 20 * 2**20
MAX_UNPACKED_BYTES = 60 * 2**20
MAX_CELLS = 200_000
MAX_ROWS = 50_000
MAX_COLUMNS = 60
EXCEL_ROWS = 1_048_576
OLD_FORMAT = b"\xd0\xcf\x11\xe0"
XML = (".xml", ".rels", ".vml")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tiff", ".bin")
"""Parts that Excel and WPS put beside the XML; they are not read."""

Raw = str | int | float | bool | datetime | date | time | timedelta | None


@dataclass(frozen=True)
class Cell:
    """One cell that is not empty.

    Attributes
    ----------
    ref : str
        "D15".
    raw
        The stored value; None for a formula without a stored result.
    lost : str
        "formula" for a formula without a stored result, "error" for #REF! and its kind.
    """

    ref: str
    raw: Raw
    lost: str = ""


@dataclass(frozen=True)
class Grid:
    """A sheet: non-blank rows with their number, cells by column index from 0."""

    title: str
    rows: tuple[tuple[int, dict[int, Cell]], ...]


def read_grids(source: Path | bytes, findings: Findings) -> list[Grid]:
    """Every sheet of a workbook; empty, with a stop, for an unreadable file."""
    content = _content(source, findings)
    if content is None:
        return []
    if not _is_sound(content, findings):
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles, which are not read
            return _grids(content, findings)
    except Exception as error:  # a damaged workbook fails in a dozen ways that share no base
        findings.stop("damaged", detail=type(error).__name__)
        return []


def _content(source: Path | bytes, findings: Findings) -> bytes | None:
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > MAX_FILE_BYTES:
            findings.stop("too_big", size=_megabytes(size), limit=_megabytes(MAX_FILE_BYTES))
            return None
        return source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        findings.stop("unreadable", detail=error.strerror or "")
        return None


def _is_sound(content: bytes, findings: Findings) -> bool:
    """Whether the file is a zip of bounded size: a small file may unpack to gigabytes."""
    if content[:4] == OLD_FORMAT:
        findings.stop("old_format")
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        findings.stop("not_a_workbook")
        return False
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        findings.stop("not_a_workbook")
        return False
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED_BYTES:
        findings.stop("too_big", size=_megabytes(size), limit=_megabytes(MAX_UNPACKED_BYTES))
        return False
    strange = [part.filename for part in parts if not _is_named(part.filename)]
    if strange:
        findings.stop("strange_part", part=strange[0][:60])
        return False
    return True


def _is_named(part: str) -> bool:
    """Whether a part is named as Excel and WPS name theirs, or is a folder."""
    name = part.lower()
    is_media = name.endswith(PICTURES) and not name.startswith("xl/worksheets/sheet")
    return name.endswith((*XML, "/")) or is_media


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f}"


def _grids(content: bytes, findings: Findings) -> list[Grid]:
    """Read twice: once for stored results, once to see which cells are formulas."""
    values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    left = Left(MAX_CELLS)
    try:
        return [
            Grid(str(sheet.title), tuple(_rows(sheet, formulas[sheet.title], findings, left)))
            for sheet in values.worksheets
        ]
    finally:
        values.close()
        formulas.close()


@dataclass
class Left:
    """How many cells may still be read, over all sheets."""

    cells: int


def _rows(
    sheet: Any, formulas: Any, findings: Findings, left: Left
) -> Iterator[tuple[int, dict[int, Cell]]]:
    if left.cells < 0:
        return  # said once, of the sheet in which it was noticed
    for part in (sheet, formulas):
        part.reset_dimensions()  # the stored dimensions are often wrong
    pairs = zip(
        sheet.iter_rows(max_col=MAX_COLUMNS), formulas.iter_rows(max_col=MAX_COLUMNS), strict=False
    )
    blank: tuple[Any, Any] = (None, None)  # openpyxl gives one and the same tuple for all gaps
    for number, (stored, written) in enumerate(pairs, start=1):
        if number > EXCEL_ROWS:
            findings.stop("too_many_rows", str(sheet.title), limit=MAX_ROWS)
            return
        if stored is blank[0] and written is blank[1]:
            continue
        cells = {
            column: cell
            for column, (value, source) in enumerate(zip(stored, written, strict=False))
            if (cell := _cell(number, column, value, source)) is not None
        }
        if not cells:
            blank = (stored, written)
            continue
        if number > MAX_ROWS:
            findings.stop("too_many_rows", str(sheet.title), f"A{number}", limit=MAX_ROWS)
            return
        left.cells -= len(cells)
        if left.cells < 0:
            findings.stop("too_many_cells", str(sheet.title), f"A{number}", limit=MAX_CELLS)
            return
        yield number, cells


def _cell(number: int, column: int, stored: Any, written: Any) -> Cell | None:
    ref = f"{get_column_letter(column + 1)}{number}"
    value = stored.value
    if stored.data_type == "e":
        return Cell(ref, str(value), "error")
    if value is None:
        return Cell(ref, None, "formula") if written.data_type == "f" else None
    if isinstance(value, str) and not value.strip(" \t\r\n\u3000\u00a0\ufeff\u200b"):
        return None
    return Cell(ref, value)
