"""A paper as DOCX, to be edited. Official fonts are named (w:eastAsia), not embedded."""

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any, Literal

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from exports import seal
from exports.papers.document import (
    PAGE,
    PAGES,
    Block,
    Cell,
    Document,
    Grid,
    Heading,
    NewPage,
    Paragraph,
    Signatures,
)
from exports.text import printable
from words import t

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LATIN = "Times New Roman"
LINE = Pt(28.95)
"""29 points a line set 21 lines a page, not 22."""
LONGEST_PROPERTY = 255
"""What a property of an office file may hold."""
CONDENSED = -5
"""In twentieths of a point: else a line has 27 characters."""
MUTE = RGBColor(0x47, 0x55, 0x63)
NUMBER_HEIGHT, SMALL_HEIGHT, SEAL = 6, 3.6, 13
"""Of the page number, of a small line at the foot and of the head's code, in millimetres."""
ALIGN = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
}
Face = Literal["title", "heading", "second", "body"]


def render(paper: Document) -> bytes:
    """The paper as the bytes of a .docx."""
    return _Writer(paper).written()


class _Writer:
    """Writes one paper."""

    def __init__(self, paper: Document) -> None:
        self.paper = paper
        self.is_standard = paper.lang == "zh" and not paper.is_landscape
        self.size = Pt(16 if self.is_standard else 12)
        self.document = docx.Document()
        self._shaped: dict[tuple[Any, ...], Any] = {}
        self._neutral()
        self._page()

    def written(self) -> bytes:
        """All titles and blocks, in order."""
        for line in self.paper.titles:
            one = self._paragraph("center")
            self._run(one, line, Pt(22 if self.is_standard else 18), face="title")
        for block in self.paper.blocks:
            self._block(block)
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def _neutral(self) -> None:
        """No author and no tool of the template; no grid of characters on the page."""
        properties = self.document.core_properties
        properties.title = " ".join(self.paper.titles)[:LONGEST_PROPERTY]
        properties.author = self.paper.creator[:LONGEST_PROPERTY]
        properties.comments, properties.last_modified_by, properties.revision = "", "", 1
        normal = self.document.styles["Normal"].paragraph_format
        normal.space_before = normal.space_after = Pt(0)

    def _page(self) -> None:
        section = self.document.sections[0]
        wide = self.paper.is_landscape
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
        top, bottom, left, right = (18, 20, 15, 15) if wide else (37, 35, 28, 26)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        foot = NUMBER_HEIGHT + SMALL_HEIGHT * len(self.paper.foot) + SEAL * bool(self.paper.head)
        section.footer_distance = Mm(max(bottom - (3 if wide else 7) - foot, 5))
        section.header_distance = Mm(12)
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is not None:
            section._sectPr.remove(grid)
        self.document.settings.odd_and_even_pages_header_footer = True
        for header, footer, align in (
            (section.header, section.footer, "right"),
            (section.even_page_header, section.even_page_footer, "left"),
        ):
            self._header(header.paragraphs[0])
            self._footer(footer, align)

    def _header(self, paragraph: Any) -> None:
        paragraph.alignment = ALIGN["right"]
        if self.paper.mark:
            self._run(paragraph, self.paper.mark, Pt(16), face="heading", is_muted=True)

    def _footer(self, footer: Any, align: str) -> None:
        number = footer.paragraphs[0]
        number.alignment = ALIGN[align]
        indent = number.paragraph_format
        if align == "right":
            indent.right_indent = Pt(14)
        else:
            indent.left_indent = Pt(14)
        self._run(number, "— ", Pt(14))
        self._field(number, "PAGE", Pt(14))
        self._run(number, " —", Pt(14))
        if self.paper.head:
            code = footer.add_paragraph().add_run()
            code.add_picture(BytesIO(seal.png(self.paper.head)), width=Mm(SEAL))
        for line in self.paper.foot:
            small = footer.add_paragraph()
            for piece in _pieces(line):
                if piece in FIELDS:
                    self._field(small, FIELDS[piece], Pt(8.5), face="heading")
                else:
                    self._run(small, piece, Pt(8.5), face="heading", is_muted=True)

    def _field(self, paragraph: Any, name: str, size: Any, *, face: Face = "body") -> None:
        """A field that the word processor counts: PAGE or NUMPAGES."""
        for kind in ("begin", "", "end"):
            run = self._run(paragraph, "", size, face=face)
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = name
            run._r.append(mark)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            face: Face = "heading" if block.level == 1 else "second"
            self._run(self._paragraph("justify"), block.text, self.size, face=face)
        elif isinstance(block, Paragraph):
            one = self._paragraph(block.align)
            if block.lead:
                self._run(one, f"{block.lead}\N{IDEOGRAPHIC SPACE}", self.size, face="heading")
            face = "second" if block.is_italic_face else "body"
            self._run(one, block.text, self.size, face=face)
        elif isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Signatures):
            self._signatures(block.labels)
        elif isinstance(block, NewPage):
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _paragraph(self, align: str) -> Any:
        one = self.document.add_paragraph()
        one.alignment = ALIGN[align]
        shape = one.paragraph_format
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        shape.line_spacing = LINE if self.is_standard else Pt(20)
        if align == "justify":
            shape.first_line_indent = self.size * 2
        return one

    def _run(
        self, paragraph: Any, text: str, size: Any, *, face: Face = "body", is_muted: bool = False
    ) -> Any:
        run = paragraph.add_run(printable(text))
        run.font.size, run.font.name = size, LATIN
        if is_muted:
            run.font.color.rgb = MUTE
        properties = run._element.get_or_add_rPr()
        properties.rFonts.set(qn("w:eastAsia"), t(f"exports.papers.face.{face}", self.paper.lang))
        if size == Pt(16):
            closer = OxmlElement("w:spacing")
            closer.set(qn("w:val"), str(CONDENSED))
            properties.append(closer)
        return run

    def _grid(self, block: Grid) -> None:
        table = self.document.add_table(rows=len(block.rows), cols=len(block.widths))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        width = 267 if self.paper.is_landscape else 156
        share = width / sum(block.widths)
        for column, part in zip(table.columns, block.widths, strict=True):
            column.width = Mm(share * part)
        for at, (row, cells) in enumerate(zip(table.rows, block.rows, strict=True)):
            self._keep(row, is_head=at < block.head_rows)
            if block.row_height:
                row.height = Mm(block.row_height)
            for column, (cell, one) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = Mm(share * block.widths[column])
                is_body = at >= block.head_rows and column < len(block.aligns)
                self._cell(cell, one, block, block.aligns[column] if is_body else "center")

    def _cell(self, cell: Any, one: Cell, block: Grid, align: str) -> None:
        """A paragraph shaped once and copied: a list of hundreds of rows has few shapes."""
        shape = align, block.size, one.is_struck, one.is_bold
        if shape not in self._shaped:
            self._shaped[shape] = self._shape(cell.paragraphs[0], one, block.size, align)
        paragraph = deepcopy(self._shaped[shape])
        cell._tc.replace(cell._tc.p_lst[0], paragraph)
        paragraph.r_lst[0].text = printable(one.text)
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        cell._tc.get_or_add_tcPr().append(middle)

    def _shape(self, paragraph: Any, one: Cell, size: float, align: str) -> Any:
        paragraph.alignment = ALIGN[align]
        run = self._run(paragraph, "", Pt(size), is_muted=one.is_struck)
        run.font.strike, run.font.bold = one.is_struck, one.is_bold
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
        return paragraph._p

    def _keep(self, row: Any, *, is_head: bool) -> None:
        """No row breaks across pages; head rows repeat."""
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", *["w:tblHeader"] * is_head):
            properties.append(OxmlElement(name))

    def _signatures(self, labels: Sequence[str]) -> None:
        for at in range(0, len(labels), 2):
            one = self._paragraph("left")
            one.paragraph_format.space_before = Pt(14)
            for label in labels[at : at + 2]:
                self._run(one, f"{label}{'_' * 14}\N{IDEOGRAPHIC SPACE}", self.size)


FIELDS = {PAGE: "PAGE", PAGES: "NUMPAGES"}


def _pieces(line: str) -> list[str]:
    """The line cut at its fields."""
    pieces = [line]
    for mark in FIELDS:
        cut: list[str] = []
        for piece in pieces:
            before, found, after = piece.partition(mark)
            cut += [before, found, after] if found else [piece]
        pieces = cut
    return [piece for piece in pieces if piece]
