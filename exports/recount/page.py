"""One sheet of the workbook: text that stays text, numbers, and our own formulas."""

from collections.abc import Sequence
from copy import copy
from decimal import Decimal
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from competition.results.standing_lines import Line
from exports.text import columns_wide
from exports.xlsx import EDGE, INK, MUTE, SIZE_BODY, SIZE_NOTE, SOFT, put
from words import t

GIVEN = "FBF0D6"
"""Ground of a figure that is a value where the reader would expect a formula."""
NARROW, UNROUNDED, WIDEST = 7, 10, 30
TITLE, HEAD = 16, 34
_SIDE = Side(style="thin", color=EDGE)
_BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


class Page:
    """A sheet that is written cell by cell; no text is ever a formula."""

    def __init__(self, book: Workbook, name: str, lang: str) -> None:
        self.sheet: Worksheet = book.create_sheet(name)
        self.name, self.lang = name, lang
        self.values: dict[str, float | str] = {}
        self._shapes: dict[bool, StyleArray] = {}
        self.sheet.sheet_view.showGridLines = False
        self.widths: dict[int, int] = {}

    def title(self, lines: Sequence[str]) -> None:
        """The sheet's title and the notes under it, in the first rows."""
        for row, text in enumerate(lines, start=1):
            if row > 1:
                self.note(row, 1, text)
                continue
            cell = self.sheet.cell(row, 1)
            put(cell, text)
            cell.font = self._font(TITLE, is_bold=True)

    def note(self, row: int, at: int, text: str) -> None:
        """A small line without lines around it."""
        cell = self.sheet.cell(row, at)
        put(cell, text)
        cell.font = self._font(SIZE_NOTE, color=MUTE)

    def head(self, row: int, texts: Sequence[str]) -> None:
        """A row of column heads."""
        for at, text in enumerate(texts, start=1):
            cell = self._cell(row, at, is_bold=True)
            put(cell, text)
            cell.fill = PatternFill("solid", fgColor=SOFT)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            self._widen(at, min(columns_wide(text), 12))
        self.sheet.row_dimensions[row].height = HEAD

    def text(self, row: int, at: int, text: str) -> None:
        """A cell of text."""
        cell = self._cell(row, at)
        put(cell, text)
        cell.alignment = Alignment(vertical="center", indent=1)
        self._widen(at, columns_wide(text) + 1)

    def who(self, row: int, line: Line) -> None:
        """The first three cells of an entrant's row: number, place, county."""
        self.number(row, 1, line.number, 0)
        self.text(row, 2, line.village or line.township)
        self.text(row, 3, line.county)

    def number(
        self, row: int, at: int, value: Decimal | int | None, decimals: int | None = None
    ) -> None:
        """A figure that is a value; nothing where there is none."""
        cell = self._cell(row, at)
        put(cell, value)
        cell.number_format = _format(decimals)

    def given(self, row: int, at: int, value: float | Fraction) -> None:
        """A figure that the workbook does not compute, tinted."""
        cell = self._cell(row, at)
        cell.value = float(value)
        cell.number_format = "0.000000"
        self._widen(at, UNROUNDED)
        cell.fill = PatternFill("solid", fgColor=GIVEN)

    def formula(
        self,
        row: int,
        at: int,
        formula: str,
        value: float | str,
        decimals: int | None = None,
        *,
        is_bold: bool = False,
    ) -> None:
        """A figure computed by the reader's program; the formula comes from `formulas` alone.

        ``value`` is what it gives, for viewers that compute nothing.
        """
        cell = self._cell(row, at, is_bold=is_bold)
        cell.value = f"={formula}"
        self.values[cell.coordinate] = value
        cell.number_format = _format(decimals)
        self._widen(at, UNROUNDED if decimals is None else decimals + 4)

    def finish(self, first: int, left: int) -> None:
        """Freeze head and names, set widths and print on A4 landscape."""
        sheet = self.sheet
        sheet.freeze_panes = sheet.cell(first, left + 1)
        for at, width in self.widths.items():
            sheet.column_dimensions[get_column_letter(at)].width = width + 2
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = f"{first - 1}:{first - 1}"
        sheet.oddFooter.right.text = t("exports.xlsx.page", self.lang, page="&P", pages="&N")

    def _cell(self, row: int, at: int, *, is_bold: bool = False) -> Cell:
        """A cell with our type and lines: shaped once and copied, for there are thousands."""
        cell = self.sheet.cell(row, at)
        if is_bold not in self._shapes:
            cell.font, cell.border = self._font(SIZE_BODY, is_bold=is_bold), _BOX
            self._shapes[is_bold] = copy(cell._style)
        cell._style = copy(self._shapes[is_bold])
        self._widen(at, NARROW)
        return cell

    def _widen(self, at: int, width: int) -> None:
        self.widths[at] = min(WIDEST, max(width, self.widths.get(at, NARROW)))

    def _font(self, size: int, *, is_bold: bool = False, color: str = INK) -> Font:
        name = t("exports.xlsx.font_body", self.lang)
        return Font(name=name, size=size, bold=is_bold, color=color)


def _format(decimals: int | None) -> str:
    if decimals is None:
        return "General"
    return "0_ " if decimals == 0 else f"0.{'0' * decimals}_ "
