"""Files that are no .xlsx: the old .xls, comma-separated text, and HTML saved as .xls."""

import codecs
import csv
import io
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

import xlrd

from intake.grids import BLANKS, Cell, Grid, Raw, Rows, ref
from intake.structure import Area, Structure

DELIMITERS = (",", "\t", ";", "\uff0c")
PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d{0,4})(\.\d{1,6})?", re.ASCII)
"""What a text file certainly means as a number; codes and numbers like 007 stay text."""
LOOKED_AT = 4096
MOST_TEXT_COLUMNS = 60
HTML = re.compile(rb"<\s*(html|table|!doctype)", re.IGNORECASE)


def is_text(content: bytes) -> bool:
    """Whether a file is a table in text: no zip, no zero bytes, and more than one column."""
    if content[:2] == b"PK" or not content.strip():
        return False
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return True
    head = content[:LOOKED_AT]
    if b"\x00" in head:
        return False
    if HTML.search(head):
        return True
    try:
        lines = decoded(content).splitlines()[:20]
    except UnicodeDecodeError:
        return False
    return any(mark in line for line in lines for mark in DELIMITERS)


def decoded(content: bytes) -> str:
    """Text by its byte order mark, else strict UTF-8, else GB18030, of which GBK is a part."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def read_text_file(content: bytes, title: str, file: str) -> list[Grid]:
    """The sheet of a text file, called after the file; or the tables of a page in HTML."""
    if HTML.search(content[:LOOKED_AT]):
        return _tables(decoded(content), title, file)
    text = decoded(content)
    head = "\n".join(text.splitlines()[:20])
    delimiter = max(DELIMITERS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = [[_value(written) for written in line[:MOST_TEXT_COLUMNS]] for line in lines]
    return [Grid(title, _cells(rows), file=file)]


def _value(written: str) -> Raw:
    text = written.strip()
    if not PLAIN_NUMBER.fullmatch(text):
        return written
    return float(text) if "." in text else int(text)


def _cells(rows: Iterable[Iterable[Raw]]) -> Rows:
    read = (
        (
            number,
            {
                column: Cell(ref(number, column), value)
                for column, value in enumerate(row)
                if not (value is None or (isinstance(value, str) and not value.strip(BLANKS)))
            },
        )
        for number, row in enumerate(rows, start=1)
    )
    return tuple((number, cells) for number, cells in read if cells)


class _Tables(HTMLParser):
    """Collects the cells of every table, and which of them span several."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[list[list[Raw]], list[Area]]] = []
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._taken: set[tuple[int, int]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(([], []))
            self._taken = set()
        elif tag == "tr" and self.tables:
            self.tables[-1][0].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1][0]:
            spans = dict(attrs)
            self._span = (_count(spans.get("rowspan")), _count(spans.get("colspan")))
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("td", "th") or self._text is None:
            return
        rows, merged = self.tables[-1]
        row, line = len(rows), rows[-1]
        while (row, len(line)) in self._taken:
            line.append(None)
        tall, wide = self._span
        column = len(line)
        line.append(_value("".join(self._text)))
        line += [None] * (wide - 1)
        if tall > 1 or wide > 1:
            merged.append(Area(row, column, row + tall - 1, column + wide - 1))
            self._taken |= {
                (row + down, column + right) for down in range(1, tall) for right in range(wide)
            }
        self._text = None


def _count(written: str | None) -> int:
    return min(int(written), MOST_TEXT_COLUMNS) if written and written.isdecimal() else 1


def _tables(text: str, title: str, file: str) -> list[Grid]:
    parser = _Tables()
    parser.feed(text)
    parser.close()
    grids = []
    for at, (rows, merged) in enumerate(parser.tables, start=1):
        name = title if len(parser.tables) == 1 else f"{title} {at}"
        grids.append(Grid(name, _cells(rows), file=file, structure=Structure(tuple(merged))))
    return grids


def read_old(content: bytes, file: str) -> list[Grid]:
    """The sheets of an .xls file (also of WPS's .et), with merged and hidden cells and notes."""
    book = xlrd.open_workbook(
        file_contents=content, formatting_info=True, logfile=io.StringIO(), ragged_rows=True
    )
    return [_old_sheet(sheet, book.datemode, file) for sheet in book.sheets()]


def _old_sheet(sheet: Any, datemode: int, file: str) -> Grid:
    rows: list[tuple[int, dict[int, Cell]]] = []
    for at in range(sheet.nrows):
        cells = {
            column: cell
            for column in range(min(sheet.row_len(at), MOST_TEXT_COLUMNS))
            if (cell := _old_cell(sheet.cell(at, column), ref(at + 1, column), datemode))
        }
        if cells:
            rows.append((at + 1, cells))
    structure = Structure(
        tuple(Area(r1 + 1, c1, r2, c2 - 1) for r1, r2, c1, c2 in sheet.merged_cells),
        frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
        {ref(r + 1, c): str(note.text)[:200] for (r, c), note in sheet.cell_note_map.items()},
    )
    return Grid(str(sheet.name), tuple(rows), file=file, structure=structure)


def _old_cell(cell: Any, at: str, datemode: int) -> Cell | None:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(at, str(xlrd.error_text_from_code.get(cell.value, "#?")), "error")
    if cell.ctype == xlrd.XL_CELL_DATE:
        return Cell(at, xlrd.xldate_as_datetime(cell.value, datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(at, bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        whole = float(cell.value).is_integer()
        return Cell(at, int(cell.value) if whole else float(cell.value))
    return Cell(at, str(cell.value)) if str(cell.value).strip(BLANKS) else None
