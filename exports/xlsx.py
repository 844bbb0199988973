"""Writes a workbook of one sheet, laid out for A4 and safe to open.

Codes are text, numbers are numbers with a format, and nothing is ever a formula. The same table
gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from math import ceil
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports import seal
from exports.table import Column, Suffixed, Table, Value, fixed
from exports.text import columns_wide, printable, starts_formula
from words import t

INK, MUTE, EDGE, SOFT = "16212B", "475563", "7A8894", "F2F5F7"
SIZE_TITLE, SIZE_SUBTITLE, SIZE_BODY, SIZE_NOTE = 20, 12, 11, 9
LINE = 15.5
"""Height of one line of body text, in points."""
PADDING = 3
"""Half-width characters that a cell's edges and indent take."""
MARGIN, MARGIN_TOP = 0.5, 0.75
SEAL = 64
"""Side of the head's code, in pixels of 1/96 inch."""
WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001  the file format holds times without a zone
"""Stands in every file instead of the time of writing, so that equal tables are equal bytes."""

_EDGE = Side(style="thin", color=EDGE)
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_CUT = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=Side(style="medium", color=INK))
_DASH = Side(style="dashed", color=INK)
_DASHED = Border(left=_DASH, right=_DASH, top=_DASH, bottom=_DASH)
_ALIGN = {"text": "left", "number": "right", "code": "center"}


def render(table: Table) -> bytes:
    """Write a table as an .xlsx workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = re.sub(r"[\\/*?:\[\]]", " ", table.name)[:31]
    widths = _widths(table)
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width + PADDING
    row = _head(sheet, table, sum(widths))
    top = row
    row = _body(sheet, table, widths, row)
    last = _foot(sheet, table, row, sum(widths))
    last = _seal(sheet, table, last)
    _set_up_page(sheet, table, top, last)
    _neutral(book, table)
    codes = [get_column_letter(n) for n, c in enumerate(table.columns, 1) if c.kind == "code"]
    end = top + len(table.rows)
    ranges = [f"{letter}{top + 1}:{letter}{end}" for letter in codes if table.rows]
    return packed(book, ranges)


def put(cell: Cell, value: str | int | Decimal | None) -> None:
    """Set a value so that text stays text, also if it looks like a formula or a number."""
    if not isinstance(value, str):
        cell.value = value
        return
    clean = printable(value)
    cell.value = clean
    cell.data_type = "s"
    if starts_formula(clean):
        cell.quotePrefix = True


def _font(
    table: Table, size: int, *, part: str = "body", is_bold: bool = False, color: str = INK
) -> Font:
    """Return a font by name. Fonts are not embedded; readers without them substitute."""
    name = t(f"exports.xlsx.font_{part}", table.lang)
    return Font(name=name, size=size, bold=is_bold, color=color)


def _widths(table: Table) -> list[int]:
    """Width of every column in characters, up to its limit."""
    widths = []
    for at, column in enumerate(table.columns):
        needed = [columns_wide(_shown(column, row[at])) for row in table.rows]
        header = columns_wide(column.header)
        most = max(column.width, max(map(columns_wide, column.header.split()), default=0))
        widths.append(max(4, min(max([header, *needed]), most)))
    return widths


def _shown(column: Column, value: Value) -> str:
    if isinstance(value, Suffixed):
        return f"{value.value}{value.suffix}"
    if value is None or isinstance(value, str):
        return value or ""
    return fixed(value, column.decimals)


def _line(
    sheet: Worksheet, row: int, text: str, table: Table, font: Font, align: str = "left"
) -> None:
    """Write one line merged over the whole width."""
    columns = len(table.columns)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    cell = sheet.cell(row, 1)
    put(cell, text)
    cell.font = font
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)


def _head(sheet: Worksheet, table: Table, width: int) -> int:
    """Write marks, title and subtitle; return the row that the column headers take."""
    columns, row = len(table.columns), 1
    if table.marks:
        first = max(1, columns - _columns_for(sheet, table, " ".join(table.marks)) + 1)
        sheet.merge_cells(start_row=1, end_row=1, start_column=first, end_column=columns)
        cell = sheet.cell(1, first)
        put(cell, "  ".join(table.marks))
        cell.font = _font(table, SIZE_BODY, is_bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        for at in range(first, columns + 1):
            sheet.cell(1, at).border = _DASHED
        sheet.row_dimensions[1].height = 20
        row = 2
    _line(sheet, row, table.title, table, _font(table, SIZE_TITLE, part="title"), "center")
    lines = ceil(columns_wide(table.title) * SIZE_TITLE / SIZE_BODY / width)
    sheet.row_dimensions[row].height = 34 * lines
    for text in table.subtitle:
        row += 1
        _line(sheet, row, text, table, _font(table, SIZE_SUBTITLE, color=MUTE), "center")
        sheet.row_dimensions[row].height = 20
    sheet.row_dimensions[row + 1].height = 6
    return row + 2


def _columns_for(sheet: Worksheet, table: Table, text: str) -> int:
    """Return how many columns from the right hold a text."""
    taken, needed = 0.0, columns_wide(text) + 6
    for count in range(1, len(table.columns) + 1):
        letter = get_column_letter(len(table.columns) - count + 1)
        taken += sheet.column_dimensions[letter].width
        if taken >= needed:
            return count
    return len(table.columns)


def _body(sheet: Worksheet, table: Table, widths: list[int], row: int) -> int:
    """Write column headers and rows; return the row after the last."""
    for at, column in enumerate(table.columns, start=1):
        cell = sheet.cell(row, at)
        put(cell, column.header)
        cell.font = _font(table, SIZE_BODY, is_bold=True)
        cell.fill = PatternFill("solid", fgColor=SOFT)
        cell.border = _BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    headers = [column.header for column in table.columns]
    sheet.row_dimensions[row].height = LINE * _lines(headers, widths) + 10
    for place, values in enumerate(table.rows, start=1):
        row += 1
        for at, (column, value) in enumerate(zip(table.columns, values, strict=True), start=1):
            cell = sheet.cell(row, at)
            _write(cell, column, value)
            cell.font = _font(table, SIZE_BODY, is_bold=column.is_strong)
            cell.border = _CUT if place == table.cut_after else _BOX
        shown = [_shown(c, v) for c, v in zip(table.columns, values, strict=True)]
        sheet.row_dimensions[row].height = LINE * _lines(shown, widths) + 7
    return row + 1


def _write(cell: Cell, column: Column, value: Value) -> None:
    put(cell, value.value if isinstance(value, Suffixed) else value)
    cell.number_format = _format(column, value)
    cell.alignment = Alignment(
        horizontal=_ALIGN[column.kind],
        vertical="center",
        wrap_text=column.kind == "text",
        indent=1 if column.kind == "text" else 0,
    )


def _format(column: Column, value: Value) -> str:
    """Return a number format.

    A number keeps a space from the edge; where a suffix is possible, also its room, so that
    the digits of a column are aligned.
    """
    if column.kind != "number":
        return "@"
    if isinstance(value, Suffixed):
        return f'0"{value.suffix}"_ ' if value.suffix else "0_=_ "
    return "0_ " if column.decimals == 0 else f"0.{'0' * column.decimals}_ "


def _lines(texts: list[str], widths: list[int]) -> int:
    return max(
        sum(ceil(columns_wide(part) / width) for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )


def _foot(sheet: Worksheet, table: Table, row: int, width: int) -> int:
    """Write footnotes, signatures and the foot line; return the last row used."""
    sheet.row_dimensions[row].height = 6
    row += 1
    note, signature = _font(table, SIZE_NOTE, color=MUTE), _font(table, SIZE_BODY)
    lines = [(text, note) for text in table.footnotes]
    if table.signatures:
        blank = "_" * 16
        lines.append(("    ".join(f"{name} {blank}" for name in table.signatures), signature))
    if table.foot_line:
        lines.append((table.foot_line, note))
    for row_at, (text, font) in enumerate(lines, start=row):
        _line(sheet, row_at, text, table, font)
        wrapped = ceil(columns_wide(text) * font.size / SIZE_BODY / width)
        sheet.row_dimensions[row_at].height = 40 if font is signature else 13 * wrapped + 2
    return row + len(lines) - 1


def _seal(sheet: Worksheet, table: Table, last: int) -> int:
    """Draw the head's code below the foot line; return the last row used."""
    if not table.head:
        return last
    picture = Image(io.BytesIO(seal.png(table.head)))
    picture.width = picture.height = SEAL
    sheet.add_image(picture, f"A{last + 1}")
    sheet.row_dimensions[last + 1].height = SEAL * 0.75 + 4
    return last + 1


def _set_up_page(sheet: Worksheet, table: Table, header_row: int, last: int) -> None:
    end = get_column_letter(len(table.columns))
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.print_area = f"A1:{end}{last}"
    sheet.page_setup.orientation = "landscape" if table.is_landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = MARGIN
    margins.top = margins.bottom = MARGIN_TOP
    margins.header = margins.footer = 0.35
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False
    sheet.oddHeader.right.text = "  ".join(table.marks) or None
    sheet.oddFooter.left.text = table.edition or None
    sheet.oddFooter.right.text = t("exports.xlsx.page", table.lang, page="&P", pages="&N")
    for part in (sheet.oddHeader.right, sheet.oddFooter.left, sheet.oddFooter.right):
        part.size = SIZE_NOTE


def _neutral(book: Workbook, table: Table) -> None:
    """Set title and creator in the file's properties, and no author or time."""
    properties = book.properties
    properties.creator = properties.lastModifiedBy = t("exports.xlsx.creator", table.lang)
    properties.title = table.name
    properties.created = properties.modified = WRITTEN


_COMPUTED = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>[^<]*</f>)<v ?(?:/>|></v>)</c>')
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


def packed(
    book: Workbook,
    code_ranges: list[str],
    values: Sequence[Mapping[str, float | str]] = (),
) -> bytes:
    """Save a workbook with fixed times, and codes not flagged as numbers stored as text.

    Parameters
    ----------
    values
        Of each sheet: a formula's cell to what it gives, kept beside it; openpyxl writes none.
    """
    saved, packed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                stamp = WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", stamp, data)
            sheet = _SHEET.fullmatch(name)
            if sheet and code_ranges:
                ignored = f'<ignoredError sqref="{" ".join(code_ranges)}" numberStoredAsText="1"/>'
                mark = f"</headerFooter><ignoredErrors>{ignored}</ignoredErrors>"
                data = data.replace(b"</headerFooter>", mark.encode())
            if sheet and values:
                data = with_values(data, values[int(sheet[1]) - 1])
            info = zipfile.ZipInfo(name, date_time=WRITTEN.timetuple()[:6])
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, data)
    return packed.getvalue()


def with_values(sheet: bytes, values: Mapping[str, float | str]) -> bytes:
    """A sheet's XML with each formula's value written after it, as the format keeps them."""

    def kept(cell: re.Match[bytes]) -> bytes:
        place, shape, formula = cell.groups()
        value = values[place.decode()]
        if isinstance(value, str):
            shown, kind = escape(value).encode("ascii", "xmlcharrefreplace"), b' t="str"'
        else:
            shown, kind = repr(float(value)).encode(), b""
        return b'<c r="%b"%b%b>%b<v>%b</v></c>' % (place, shape, kind, formula, shown)

    return _COMPUTED.sub(kept, sheet)
