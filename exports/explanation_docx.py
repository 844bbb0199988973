"""An explanation as a Word file, one A4 page. Official fonts are named, not embedded."""

from io import BytesIO
from typing import Any, Literal

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from exports import seal
from exports.explanation import ExplanationPaper
from exports.steady import steady
from exports.text import printable
from words import t

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LATIN = "Times New Roman"
WIDE = "\N{IDEOGRAPHIC SPACE}"
INK = RGBColor(0x16, 0x21, 0x2B)
MUTE = RGBColor(0x47, 0x55, 0x63)
Face = Literal["title", "heading", "body"]
"""Official type by its use; the names of the fonts are words, ``results.type.<use>``."""


def render(paper: ExplanationPaper) -> bytes:
    """The page as the bytes of a .docx."""
    document = Document()
    _neutral(document, paper)
    _page(document)

    def line(text: str, size: float, **shape: Any) -> None:
        _line(document, text, size, paper.lang, **shape)

    if paper.marks:
        line(" · ".join(paper.marks), 10, align=WD_ALIGN_PARAGRAPH.RIGHT, mute=True)
    line(paper.title, 20, face="title", align=WD_ALIGN_PARAGRAPH.CENTER, after=2)
    line(paper.subtitle, 12, align=WD_ALIGN_PARAGRAPH.CENTER, mute=True, after=6)
    line(f"{paper.entrant}{WIDE}{paper.around}", 12, bold=True)
    if paper.presenter:
        line(paper.presenter, 11)
    line(f"{paper.score_words}{WIDE}{paper.standing}", 14, bold=True, after=4)
    _table(document, paper)
    for title, lines in paper.sections:
        line(title, 12, face="heading", bold=True, before=6, after=1)
        for text in lines:
            line(text, 11)
    signed = f"{WIDE}{WIDE}".join(
        t("results.paper.signature", paper.lang, who=who) for who in paper.signatures
    )
    line(signed, 11, before=14)
    line(paper.foot_line, 8, mute=True, before=8)
    if paper.seal:
        code = document.paragraphs[-1].runs[0]._element
        picture = document.paragraphs[-1].add_run()
        picture.add_picture(BytesIO(seal.png(paper.seal)), width=Cm(1.3))
        code.addprevious(picture._element)
    stream = BytesIO()
    document.save(stream)
    return steady(stream.getvalue())


def _neutral(document: Any, paper: ExplanationPaper) -> None:
    """Set title, creator and the time of certifying; no author and no tool."""
    properties = document.core_properties
    properties.title, properties.author = paper.title, t("exports.xlsx.creator", paper.lang)
    properties.comments, properties.last_modified_by, properties.revision = "", "", 1
    properties.created = properties.modified = paper.certified_at.replace(tzinfo=None)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(1.6)


def _line(
    container: Any,
    text: str,
    size: float,
    lang: str,
    *,
    face: Face = "body",
    bold: bool = False,
    mute: bool = False,
    align: Any = None,
    before: float = 0,
    after: float = 0,
) -> None:
    paragraph = container.add_paragraph()
    _write(paragraph, text, size, lang, face=face, bold=bold, mute=mute)
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.12


def _write(
    paragraph: Any,
    text: str,
    size: float,
    lang: str,
    *,
    face: Face = "body",
    bold: bool,
    mute: bool = False,
) -> None:
    run = paragraph.add_run(printable(text))
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, LATIN
    run.font.color.rgb = MUTE if mute else INK
    run._element.rPr.rFonts.set(qn("w:eastAsia"), t(f"results.type.{face}", lang))


def _table(document: Any, paper: ExplanationPaper) -> None:
    table = document.add_table(rows=1 + len(paper.rows), cols=len(paper.head))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.style = "Table Grid"
    figures = range(1, len(paper.head) - 1)
    rows = list(table.rows)
    for at, (row, cells) in enumerate(zip(rows, (paper.head, *paper.rows), strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            _write(paragraph, text, 10.5, paper.lang, bold=at == 0)
            paragraph.paragraph_format.space_after = Pt(0)
            if column in figures:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _repeat_head(rows[0])


def _repeat_head(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
