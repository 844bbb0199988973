"""A paper as DOCX, to be edited. Official fonts are named (w:eastAsia), not embedded."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Literal

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import (
    WD_ALIGN_PARAGRAPH,
    WD_BREAK,
    WD_LINE_SPACING,
    WD_TAB_ALIGNMENT,
    WD_TAB_LEADER,
)
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from exports import seal
from exports.papers.document import (
    PAGE,
    PAGES,
    Block,
    Document,
    Grid,
    Heading,
    NewPage,
    Paragraph,
    Signatures,
    is_held,
    text_width,
)
from exports.papers.word_grid import Tables
from exports.steady import steady
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
SMALL = Pt(7.5)
"""At the foot: competition, code, version, head and page stand on one line."""
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
        self.is_standard = paper.lang == "zh" and not paper.is_landscape and not paper.is_compact
        self.size = Pt(16 if self.is_standard else 11 if paper.is_compact else 12)
        self.document = docx.Document()
        self.width = text_width(paper)
        self._tables = Tables(self.document, self._run, self.width, self.size)
        self.loose = 16 if paper.is_compact else 20
        self._last: Any = None
        self._begins_page = False
        self._neutral()
        self._page()

    def written(self) -> bytes:
        """All titles and blocks, in order."""
        self._titles()
        for at, block in enumerate(self.paper.blocks):
            self._block(block, is_kept=is_held(self.paper.blocks, at))
        stream = BytesIO()
        self.document.save(stream)
        return steady(stream.getvalue())

    def _titles(self) -> None:
        for line in self.paper.titles:
            one = self._paragraph("center")
            if self.paper.is_compact:
                one.paragraph_format.line_spacing = Pt(26)
            self._run(one, line, Pt(22 if self.is_standard else 18), face="title")

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
        if self.paper.is_compact:
            top, bottom, left, right = 18, 24, 22, 22
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        foot = NUMBER_HEIGHT + SMALL_HEIGHT * len(self.paper.foot) + SEAL * bool(self.paper.head)
        section.footer_distance = Mm(max(bottom - (7 if top > 18 else 3) - foot, 5))
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
                    self._field(small, FIELDS[piece], SMALL, face="heading", is_muted=True)
                else:
                    self._run(small, piece, SMALL, face="heading", is_muted=True)

    def _field(
        self, paragraph: Any, name: str, size: Any, *, face: Face = "body", is_muted: bool = False
    ) -> None:
        """A field that the word processor counts: PAGE or NUMPAGES."""
        for kind in ("begin", "", "end"):
            run = self._run(paragraph, "", size, face=face, is_muted=is_muted)
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = name
            run._r.append(mark)

    def _block(self, block: Block, *, is_kept: bool) -> None:
        """Write a block; ``is_kept`` holds it on the page of the lines to sign on."""
        if isinstance(block, Heading):
            face: Face = "heading" if block.level == 1 else "second"
            one = self._paragraph("left" if self.paper.is_compact else "justify", is_kept=True)
            if self.paper.is_compact:
                one.paragraph_format.space_before = one.paragraph_format.space_after = Pt(6)
            self._run(one, block.text, self.size, face=face)
        elif isinstance(block, Paragraph):
            one = self._paragraph(block.align, is_kept=is_kept)
            one.paragraph_format.right_indent = self.size * block.space
            if block.lead:
                self._run(one, f"{block.lead}\N{IDEOGRAPHIC SPACE}", self.size, face="heading")
            face = "second" if block.is_italic_face else "body"
            self._run(one, block.text, self.size, face=face)
        elif isinstance(block, Grid):
            self._grid(block, is_kept=is_kept)
        elif isinstance(block, Signatures):
            self._signatures(block.labels)
        elif isinstance(block, NewPage):
            self._begins_page = True
            if block.has_titles:
                self._titles()

    def _paragraph(self, align: str, *, is_kept: bool = False) -> Any:
        """An empty paragraph; ``is_kept`` holds it on the page of the next one."""
        one = self.document.add_paragraph()
        one.alignment = ALIGN[align]
        shape = one.paragraph_format
        shape.keep_with_next = is_kept
        shape.page_break_before, self._begins_page, self._last = self._begins_page, False, one
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        shape.line_spacing = LINE if self.is_standard else Pt(self.loose)
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

    def _grid(self, block: Grid, *, is_kept: bool) -> None:
        """A table, a little below the text before it."""
        if self._begins_page:
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            self._begins_page = False
        elif self._last is not None:
            self._last.paragraph_format.space_after = Pt(6)
        self._tables.add(block, is_kept=is_kept)

    def _signatures(self, labels: Sequence[str]) -> None:
        for at in range(0, len(labels), 2):
            one = self._paragraph("left", is_kept=at + 2 < len(labels))
            one.paragraph_format.space_before = Pt(10)
            stops = one.paragraph_format.tab_stops
            for end, leader in self._line_ends():
                stops.add_tab_stop(end, WD_TAB_ALIGNMENT.LEFT, leader)
            lines = "\t\t".join(f"{label} " for label in labels[at : at + 2])
            self._run(one, f"{lines}\t", self.size)

    def _line_ends(self) -> tuple[tuple[Any, WD_TAB_LEADER], ...]:
        """Where the first line ends, the second label begins, and the second line ends."""
        half, gap = self.width / 2, 5
        line, blank = WD_TAB_LEADER.LINES, WD_TAB_LEADER.SPACES
        return (Mm(half - gap), line), (Mm(half + gap), blank), (Mm(self.width), line)


FIELDS = {PAGE: "PAGE", PAGES: "NUMPAGES"}


def _pieces(line: str) -> list[str]:
    """The line cut at its fields."""
    pieces = [line]
    for mark in FIELDS:
        cut: list[str] = []
        for piece in pieces:
            before, field, after = piece.partition(mark)
            cut += [before, field, after] if field else [piece]
        pieces = cut
    return [piece for piece in pieces if piece]
