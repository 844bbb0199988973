"""The tables of a paper as DOCX."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Cell

from exports.papers.document import Cell, Dots, Grid
from exports.papers.dots import drawing
from exports.papers.widths import column_widths
from exports.text import printable

BREAKS = re.compile("[\t\r\n]")
LAST_ROWS = 2
"""Rows of a table that stand on the page of the lines to sign on."""
LINE = 1.25
"""Height of a line in a cell, in type sizes."""
INSET = 60
"""Between a line and the text beside it, in twentieths of a point; as in the PDF."""
ALIGN = {
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
}


class Tables:
    """Adds tables to one document.

    Parameters
    ----------
    run
        ``run(paragraph, text, size, is_muted=…)`` adds text in the paper's fonts.
    width
        Of the text, in millimetres.
    size
        Type size of the paper.
    """

    def __init__(self, document: Any, run: Callable[..., Any], width: float, size: Any) -> None:
        self.document, self.run, self.width, self.size = document, run, width, size
        self._shaped: dict[tuple[Any, ...], Any] = {}
        self._look = document.styles["Table Grid"].style_id

    def add(self, block: Grid, *, is_kept: bool) -> None:
        """Write a table; ``is_kept`` holds its last rows on the page of what follows."""
        table = self.document.add_table(rows=len(block.rows), cols=len(block.widths))
        table._tbl.tblStyle_val = self._look
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        _inset(table)
        widths = [Mm(part) for part in column_widths(block, self.width)]
        for column, part in zip(table.columns, widths, strict=True):
            column.width = part
        rows = list(table.rows)
        for at, (row, cells) in enumerate(zip(rows, block.rows, strict=True)):
            _keep(row, is_head=at < block.head_rows)
            if block.row_height:
                row.height = Mm(block.row_height)
            for column, (cell, one) in enumerate(zip(_cells(row), cells, strict=True)):
                cell.width = widths[column]
                is_body = at >= block.head_rows and column < len(block.aligns)
                self._cell(cell, one, block, block.aligns[column] if is_body else "center")
        first = 0 if block.is_whole else len(rows) - LAST_ROWS * is_kept
        for row in rows[first : None if is_kept else -1]:
            for cell in _cells(row):
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        if block.caption:
            self._caption(table, block.caption)

    def _caption(self, table: Any, caption: str) -> None:
        """A first row without lines that repeats with the head."""
        row = table.add_row()
        table._tbl.tr_lst[0].addprevious(row._tr)
        _keep(row, is_head=True)
        cell = row.cells[0].merge(row.cells[-1])
        borders = OxmlElement("w:tcBorders")
        for side in ("top", "left", "right"):
            line = OxmlElement(f"w:{side}")
            line.set(qn("w:val"), "nil")
            borders.append(line)
        cell._tc.get_or_add_tcPr().append(borders)
        cell.paragraphs[0].alignment = ALIGN["right"]
        self.run(cell.paragraphs[0], caption, self.size)

    def _cell(self, cell: Any, one: Cell, block: Grid, align: str) -> None:
        """A paragraph shaped once and copied: a list of hundreds of rows has few shapes."""
        if one.dots is not None:
            self._dots(cell, one.dots)
            return
        shape = align, block.size, one.is_struck, one.is_bold
        if shape not in self._shaped:
            self._shaped[shape] = self._shape(cell.paragraphs[0], one, block.size, align)
        paragraph = deepcopy(self._shaped[shape])
        cell._tc.replace(cell._tc.p_lst[0], paragraph)
        _write(paragraph.r_lst[0], printable(one.text))
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        cell._tc.get_or_add_tcPr().append(middle)

    def _dots(self, cell: Any, dots: Dots) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN["center"]
        paragraph.add_run()._r.append(drawing(dots))
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER

    def _shape(self, paragraph: Any, one: Cell, size: float, align: str) -> Any:
        paragraph.alignment = ALIGN[align]
        run = self.run(paragraph, "", Pt(size), is_muted=one.is_struck)
        run.font.strike, run.font.bold = one.is_struck, one.is_bold
        frame = paragraph.paragraph_format
        frame.space_before = frame.space_after = Pt(2)
        # Exact: a row is as high in every font, and a paper has as many pages.
        frame.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        frame.line_spacing = Pt(size * LINE)
        return paragraph._p


def _cells(row: Any) -> list[_Cell]:
    """The cells of a row in which none is merged, which python-docx would look for."""
    return [_Cell(one, row.table) for one in row._tr.tc_lst]


def _write(run: Any, text: str) -> None:
    """Write into an empty run; only a tab or a line break wants more than one element."""
    if BREAKS.search(text):
        run.text = text
    elif text:
        run.add_t(text)


def _keep(row: Any, *, is_head: bool) -> None:
    """No row breaks across pages; head rows repeat."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *["w:tblHeader"] * is_head):
        properties.append(OxmlElement(name))


def _inset(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(INSET))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    # The schema wants it before the look of the table.
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
