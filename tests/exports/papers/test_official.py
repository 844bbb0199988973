"""Papers in official form: 22 lines of 28 characters, embedded free fonts, text never markup."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from exports import seal
from exports.papers import pdf, word
from exports.papers.document import (
    PAGE,
    PAGES,
    Cell,
    Document,
    Grid,
    Heading,
    NewPage,
    Paragraph,
    Signatures,
)
from exports.papers.widths import column_widths, words
from tests.office import converted

LINES, SIGNS = 22, 28
HOSTILE = '#import "x"; *b* $1$ <script>& =1+1 \\ @a ]]>'


def paper(*blocks: object, **kept: object) -> Document:
    """A paper with these blocks, in Chinese unless another language is given."""
    return Document(name="x", titles=(), blocks=blocks, **{"lang": "zh", **kept})


def pages(content: bytes) -> list[list[str]]:
    """The lines of text of each page of a PDF."""
    read = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded().splitlines() for page in read]


def test_a_full_page_has_22_lines_of_28_characters():
    """As the standard counts them: the first line is indented by two."""
    first, second = pages(pdf.render(paper(Paragraph("规" * (SIGNS * (LINES + 5) - 2)))))
    assert [len(line) for line in first[:LINES]] == [SIGNS - 2, *[SIGNS] * (LINES - 1)]
    assert first[LINES:] == ["— 1 —"]
    assert [len(line) for line in second[:5]] == [SIGNS] * 5


@pytest.mark.long("exports/papers/test_official.py::test_word_sets_the_same_page")
def test_a_full_page_of_word_has_22_lines_of_28_characters(tmp_path: Path):
    """As LibreOffice sets the DOCX, counted on its pages."""
    text = Paragraph("规" * (SIGNS * (LINES + 5) - 2))
    made = converted({"a.docx": word.render(paper(text))}, "pdf", tmp_path)["a.docx"]
    first, second = ([line for line in page if set(line) == {"规"}] for page in pages(made))
    assert [len(line) for line in first] == [SIGNS - 2, *[SIGNS] * (LINES - 1)]
    assert [len(line) for line in second] == [SIGNS] * 5


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_or_figure_of_a_table_breaks(lang: str):
    """“Rank” beside fifteen judges, a long figure; what is too narrow takes from its neighbours."""
    head = tuple(Cell(text, is_bold=True) for text in ("No.", "Entrant", "Deduction", "Rank"))
    row = tuple(Cell(text) for text in ("12", "一个名字很长的村民委员会", "-123.4567", "13="))
    grid = Grid((head, row), widths=(1, 20, 0.5, 0.5), size=10)
    widths = column_widths(grid, 100)
    assert sum(widths) == pytest.approx(100)
    lines = [line for page in pages(pdf.render(paper(grid, lang=lang))) for line in page]
    said = " ".join(lines)
    assert all(word in said for word in ("Entrant", "Deduction", "Rank", "-123.4567", "13="))
    assert words("规划A-1/2 第3名") == ["A-", "1", "2", "3"]
    wide = Grid(((Cell("x" * 500), Cell("x" * 500), Cell("x" * 500)),), widths=(1, 2, 3))
    assert column_widths(wide, 60) == pytest.approx((20, 20, 20))


def test_word_sets_the_same_page():
    """Exact lines of 28.95 pt, characters .25 pt closer, no grid; LibreOffice set 22 × 28 so."""
    read = docx.Document(BytesIO(word.render(paper(Paragraph("规划")))))
    one = read.paragraphs[-1]
    assert one.paragraph_format.line_spacing == Pt(28.95)
    assert one.paragraph_format.first_line_indent == Pt(32)
    closer = one.runs[0]._element.rPr.find(qn("w:spacing"))
    assert closer.get(qn("w:val")) == "-5"
    assert one.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    section = read.sections[0]
    assert section._sectPr.find(qn("w:docGrid")) is None
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    assert read.settings.odd_and_even_pages_header_footer


def test_fonts_are_embedded():
    """The paper looks the same on a machine without Chinese fonts."""
    content = pdf.render(paper(Paragraph("红河"), Heading("一、")))
    for name in (b"NotoSerifSC", b"NotoSansSC"):
        assert name in content
    assert content.count(b"/FontFile3") >= 2


@pytest.mark.parametrize("text", [HOSTILE, "偭垇垤", "控制\x00符"])
def test_text_is_printed_as_it_was_typed(text: str):
    """No text is read as markup, in no block; signs of rare place names are drawn."""
    grid = Grid(((Cell("头"),), (Cell(text),)), widths=(1,), aligns=("left",))
    whole = paper(Paragraph(text, lead=text), Heading(text), grid, Signatures((text,)), mark=text)
    wanted = text.replace("\x00", "").replace(" ", "")
    printed = "".join("".join(page) for page in pages(pdf.render(whole))).replace(" ", "")
    assert printed.count(wanted) == 6
    read = docx.Document(BytesIO(word.render(whole)))
    assert read.tables[0].cell(1, 0).text == text.replace("\x00", "")


def test_pages_are_counted_at_the_foot():
    """Odd pages have the number on the right, even ones on the left."""
    first, second = pages(
        pdf.render(
            paper(Paragraph("一"), NewPage(), Paragraph("二"), foot=(f"第{PAGE}页 共{PAGES}页",))
        )
    )
    assert first[-1] == "第1页 共2页 — 1 —"
    assert "".join(second[1:]).split() == ["—", "2", "—", "第2页", "共2页"]
    read = docx.Document(
        BytesIO(word.render(paper(Paragraph("一"), foot=(f"第{PAGE}页 共{PAGES}页",))))
    )
    for foot in (read.sections[0].footer, read.sections[0].even_page_footer):
        fields = [mark.text for mark in foot._element.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "PAGE", "NUMPAGES"]


def test_a_long_table_repeats_its_head_and_breaks_no_row():
    """On every page the first line is the head."""
    rows = ((Cell("村名"),), *((Cell(f"第{n}村"),) for n in range(90)))
    content = pages(pdf.render(paper(Grid(rows, widths=(1,)))))
    assert len(content) > 1
    assert {page[0] for page in content} == {"村名"}
    read = docx.Document(BytesIO(word.render(paper(Grid(rows, widths=(1,))))))
    table = read.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


SIGNED = Signatures(("评委组长", "监督员"))


@pytest.mark.parametrize(
    "rows",
    [
        *range(24, 34, 3),
        *(
            pytest.param(
                rows,
                marks=pytest.mark.long(
                    "exports/papers/test_official.py::test_nobody_signs_an_empty_page"
                ),
            )
            for rows in range(24, 34)
            if rows % 3
        ),
    ],
)
def test_nobody_signs_an_empty_page(rows: int):
    """Two rows of the table, or the last paragraph, stand above the lines to sign on."""
    grid = Grid(tuple((Cell(f"第{n}村"),) for n in range(rows)), (1,), 0)
    for last in (paper(grid, SIGNED), paper(grid, Paragraph("以上无误。"), SIGNED)):
        said = pages(pdf.render(last))[-1]
        assert sum(line.startswith("第") for line in said) >= 2
        assert any("评委组长" in line for line in said)
    texts = pages(pdf.render(paper(*[Paragraph("规划")] * (rows - 7), Paragraph("以上。"), SIGNED)))
    assert any("以上。" in line for line in texts[-1])


def test_word_keeps_what_is_signed_with_its_signatures():
    """The last two rows and the paragraph after them; no clause before the table."""
    grid = Grid(tuple((Cell(f"{n}"),) for n in range(4)), (1,), 0)
    whole = paper(Paragraph("第一条"), grid, Paragraph("以上无误。"), SIGNED)
    read = docx.Document(BytesIO(word.render(whole)))
    rows = [row.cells[0].paragraphs[0] for row in read.tables[0].rows]
    assert [row.paragraph_format.keep_with_next for row in rows] == [None, None, True, True]
    assert [p.paragraph_format.keep_with_next for p in read.paragraphs] == [False, True, False]


def test_a_heading_stands_on_the_page_of_its_text():
    """Its line is left empty at the foot of the page before; Word keeps it too."""
    whole = paper(*[Paragraph("规划")] * (LINES - 1), Heading("十、"), Paragraph("正文"))
    first, second = pages(pdf.render(whole))
    assert "十、" not in first
    assert second[:2] == ["十、", "正文"]
    read = docx.Document(BytesIO(word.render(whole)))
    assert read.paragraphs[-2].paragraph_format.keep_with_next


def test_each_sheet_says_whose_it_is_on_every_page():
    """Title on its first page, its caption above the head of the table on each one."""
    rows = ((Cell("村名"),), *((Cell(f"第{n}村"),) for n in range(40)))
    one, two = (Grid(rows, (1,), caption=f"评委 {n:02d}") for n in (1, 2))
    whole = Document("x", "zh", ("评分表",), (one, NewPage(has_titles=True), two))
    said = pages(pdf.render(whole))
    assert ["评委 01" in page for page in said] == [True, True, False, False]
    assert ["评委 02" in page for page in said] == [False, False, True, True]
    assert ["评分表" in page for page in said] == [True, False, True, False]
    read = docx.Document(BytesIO(word.render(whole)))
    for table, caption in zip(read.tables, ("评委 01", "评委 02"), strict=True):
        head = table.rows[0]
        assert head.cells[0].text == caption
        assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [p.text for p in read.paragraphs].count("评分表") == 2


def test_a_name_does_not_break_at_its_point_and_a_part_of_the_foot_stays_whole():
    """样例·李某 ends on one line; the head's number stands beside its word."""
    said = pages(
        pdf.render(paper(Paragraph("规" * 24 + "样例·李某"), foot=("一" * 40 + "　记录头 1.2",)))
    )
    assert not any(line.startswith("·") or line.endswith("·") for line in said[0])
    assert any("记录头 1.2" in line for line in said[0])


@pytest.mark.parametrize("mark", ["SAMPLE", "REHEARSAL"])
def test_a_watermark_is_one_word(mark: str):
    """Not broken by a hyphen, however long."""
    whole = replace(paper(Paragraph("Text")), lang="en", watermark=mark)
    assert mark in pages(pdf.render(whole))[0]


def test_the_head_is_drawn_as_a_code_at_the_foot_of_every_page():
    """All its signs, where the line has twelve; the Word file has it on odd and even pages."""
    head = f"2-9f1c2ab4de5607a8.412.{'9f1c' * 16}"
    kept = paper(Paragraph("规" * (SIGNS * (LINES + 5))), head=head)
    read = pypdfium2.PdfDocument(pdf.render(kept))
    plain = pypdfium2.PdfDocument(pdf.render(paper(Paragraph("规" * (SIGNS * (LINES + 5))))))
    drawn = [len(list(page.get_objects())) for page in read]
    assert len(read) == len(plain) == 2
    assert all(n > len(list(page.get_objects())) for n, page in zip(drawn, plain, strict=True))
    section = docx.Document(BytesIO(word.render(kept))).sections[0]
    for footer in (section.footer, section.even_page_footer):
        parts = [one.target_part for one in footer.part.rels.values() if "image" in one.reltype]
        assert [one.blob for one in parts] == [seal.png(head)]
    assert seal.shown(head) == "2.412.9f1c9f1c9f1c"
