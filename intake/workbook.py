"""Opens a file safely: values only, bounded in size, every failure as a stop."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import get_column_letter

from intake.edits import sheet_key
from intake.findings import Findings
from intake.grids import BLANKS, Cell, Grid
from intake.old_formats import is_text, read_old, read_text_file
from intake.structure import Structure, read_structure

MAX_FILE_BYTES = 20 * 2**20
MAX_UNPACKED_BYTES = 60 * 2**20
MAX_CELLS = 200_000
MAX_ROWS = 50_000
MAX_COLUMNS = 60
EXCEL_ROWS = 1_048_576
OLD_FORMAT = b"\xd0\xcf\x11\xe0"
PLAIN_FILLS = ("rgb:FFFFFFFF:0", "rgb:00FFFFFF:0", "rgb:00000000:0", "theme:0:0", "indexed:64:0")
"""White, and no colour at all."""
XML = (".xml", ".rels", ".vml")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tiff", ".bin")
"""Parts that Excel and WPS put beside the XML; they are not read."""


def read_grids(
    source: Path | bytes, findings: Findings, *, name: str = "", file: str = ""
) -> list[Grid]:
    """Every sheet of a workbook or text file; empty, with a stop, for an unreadable file.

    Parameters
    ----------
    name : str
        The file's name; the sheet of a text file is called after it.
    file : str
        The same where several files are read together, else "".
    """
    whole = sheet_key(file, "")
    content = _content(source, findings, whole)
    if content is None:
        return []
    name = name or (source.name if isinstance(source, Path) else "")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles, which are not read
            if content[:4] == OLD_FORMAT:
                return _old(content, findings, file)
            if is_text(content):
                return _bounded(read_text_file(content, Path(name).stem, file), findings)
            if not _is_sound(content, findings, whole):
                return []
            grids, left = _grids(content, findings, file)
            return grids if left >= 0 else []
    except Exception as error:  # a damaged workbook fails in a dozen ways that share no base
        findings.stop("damaged", whole, detail=type(error).__name__)
        return []


def _old(content: bytes, findings: Findings, file: str) -> list[Grid]:
    """The sheets of an .xls file; a password or a Word file in the same container is a stop."""
    try:
        return _bounded(read_old(content, file), findings)
    except Exception:  # xlrd fails in a dozen ways that share no base
        findings.stop("old_format", sheet_key(file, ""))
        return []


def _bounded(grids: list[Grid], findings: Findings) -> list[Grid]:
    """The sheets, or a stop where they are larger than a workbook may be."""
    for grid in grids:
        if len(grid.rows) > MAX_ROWS:
            findings.stop("too_many_rows", grid.key, f"A{MAX_ROWS + 1}", limit=MAX_ROWS)
            return []
    if sum(len(cells) for grid in grids for _, cells in grid.rows) > MAX_CELLS:
        findings.stop("too_many_cells", grids[-1].key, "A1", limit=MAX_CELLS)
        return []
    return grids


def _content(source: Path | bytes, findings: Findings, whole: str) -> bytes | None:
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > MAX_FILE_BYTES:
            limit = _megabytes(MAX_FILE_BYTES)
            findings.stop("too_big", whole, size=_megabytes(size), limit=limit)
            return None
        return source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        findings.stop("unreadable", whole, detail=error.strerror or "")
        return None


def _is_sound(content: bytes, findings: Findings, whole: str) -> bool:
    """Whether the file is a zip of bounded size: a small file may unpack to gigabytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        findings.stop("not_a_workbook", whole)
        return False
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        findings.stop("not_a_workbook", whole)
        return False
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED_BYTES:
        limit = _megabytes(MAX_UNPACKED_BYTES)
        findings.stop("too_big", whole, size=_megabytes(size), limit=limit)
        return False
    strange = [part.filename for part in parts if not _is_named(part.filename)]
    if strange:
        findings.stop("strange_part", whole, part=strange[0][:60])
        return False
    return True


def _is_named(part: str) -> bool:
    """Whether a part is named as Excel and WPS name theirs, or is a folder."""
    name = part.lower()
    is_media = name.endswith(PICTURES) and not name.startswith("xl/worksheets/sheet")
    return name.endswith((*XML, "/")) or is_media


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f}"


def _grids(content: bytes, findings: Findings, file: str) -> tuple[list[Grid], int]:
    """The sheets, and how many cells were left to read; below 0 where a limit was met.

    Stored results are read; for a cell that has none, what is written there is read as well.
    """
    values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    formulas = Formulas(content)
    left = Left(MAX_CELLS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            grids = [
                _grid(sheet, formulas, archive, findings, left, file) for sheet in values.worksheets
            ]
            return grids, left.cells
    finally:
        values.close()
        formulas.close()


class Formulas:
    """The workbook read a second time, as it is written, once a sheet asks for it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._book: Any = None

    def rows(self, title: str) -> Iterator[tuple[Any, ...]]:
        """Each row of a sheet, with formulas in place of their results."""
        if self._book is None:
            self._book = openpyxl.load_workbook(io.BytesIO(self.content), read_only=True)
        sheet = self._book[title]
        sheet.reset_dimensions()
        yield from sheet.iter_rows(max_col=MAX_COLUMNS)

    def close(self) -> None:
        """Close the workbook where it was opened."""
        if self._book is not None:
            self._book.close()


@dataclass
class Left:
    """How many cells may still be read, over all sheets."""

    cells: int


def _grid(
    sheet: Any,
    formulas: Formulas,
    archive: zipfile.ZipFile,
    findings: Findings,
    left: Left,
    file: str,
) -> Grid:
    title = str(sheet.title)
    rows = tuple(_rows(sheet, formulas, findings, left, sheet_key(file, title)))
    path = str(sheet._worksheet_path).lstrip("/")
    structure = read_structure(archive, path) if rows and left.cells >= 0 else Structure()
    return Grid(title, rows, file=file, structure=structure)


def _rows(
    sheet: Any, formulas: Formulas, findings: Findings, left: Left, key: str
) -> Iterator[tuple[int, dict[int, Cell]]]:
    if left.cells < 0:
        return  # said once, of the sheet in which it was noticed
    sheet.reset_dimensions()  # the stored dimensions are often wrong
    written = enumerate(formulas.rows(sheet.title), start=1)
    marks: dict[int, str] = {}
    blank: Any = None  # openpyxl gives one and the same tuple for all gaps
    for number, stored in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > EXCEL_ROWS:
            findings.stop("too_many_rows", key, limit=MAX_ROWS)
            left.cells = -1
            return
        if stored is blank:
            continue
        lost = _lost(stored, written, number)
        cells = {
            column: cell
            for column, value in enumerate(stored)
            if value is not EMPTY_CELL
            and (cell := _cell(number, column, value, lost, marks)) is not None
        }
        if not cells:
            blank = stored
            continue
        if number > MAX_ROWS:
            findings.stop("too_many_rows", key, f"A{number}", limit=MAX_ROWS)
            left.cells = -1
            return
        left.cells -= len(cells)
        if left.cells < 0:
            findings.stop("too_many_cells", key, f"A{number}", limit=MAX_CELLS)
            return
        yield number, cells


def _lost(
    stored: Sequence[Any], written: Iterator[tuple[int, tuple[Any, ...]]], number: int
) -> Mapping[int, str]:
    """The formulas of a row that have no result; the rows above are passed over."""
    bare = [at for at, cell in enumerate(stored) if cell is not EMPTY_CELL and cell.value is None]
    if not bare:
        return {}
    row = next((row for at, row in written if at == number), ())
    return {at: str(row[at].value) for at in bare if at < len(row) and row[at].data_type == "f"}


def _cell(
    number: int, column: int, stored: Any, lost: Mapping[int, str], marks: dict[int, str]
) -> Cell | None:
    value = stored.value
    if value is None and column not in lost:
        return None
    if isinstance(value, str) and not value.strip(BLANKS):
        return None
    ref = f"{get_column_letter(column + 1)}{number}"
    if stored.data_type == "e":
        return Cell(ref, str(value), "error")
    mark = _mark(stored, marks)
    if value is None:
        return Cell(ref, None, "formula", formula=lost[column], mark=mark)
    return Cell(ref, value, mark=mark)


def _mark(cell: Any, marks: dict[int, str]) -> str:
    """The cell's colour, or that it is struck through; read once for each style."""
    style = getattr(cell, "_style_id", 0)
    if style not in marks:
        marks[style] = _style(cell) if style else ""
    return marks[style]


def _style(cell: Any) -> str:
    if cell.font.strike:
        return "strike"
    fill = cell.fill
    if fill.fill_type != "solid":
        return ""
    colour = fill.fgColor
    shown = f"{colour.type}:{colour.value}:{colour.tint:g}"
    return "" if shown in PLAIN_FILLS else shown
