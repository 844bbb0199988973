"""督办单 and the weekly report: what they say, on one page, in both forms."""

import io

import pypdfium2
import pytest
from docx import Document

from exports.papers import pdf, word
from exports.papers.frame import Frame
from exports.papers.programme import Letter, Week, dispatch_letter, weekly_report
from words import LANGS

FRAME = Frame("村庄规划擂台赛（样例）", "2022年村庄规划", "", "sample")
LETTER = Letter(
    5,
    "绿春县",
    "步骤17逾期，请说明原因。=1+1",
    ("大兴镇倮德村",),
    "2022-03-11",
    "2022-03-17",
    "",
    "",
    (("2022-03-15", "已开会，图件在补。", "2022-03-16", "请附图件和签到册。"),),
)
WEEK = Week(
    "2022-03-18",
    "2022-03-11",
    "入库率 80.3%，322/401 个村",
    tuple((f"指标{n}", "401 个", "80.3%", "本周 +9", "入库回执 · 03-18") for n in range(7)),
    tuple((f"县{n}", "19", "11", "03-10", "8") for n in range(6)),
    ("03-20 步骤23到期",),
    tuple(f"县{n} 第1次会议任务：补齐图件（{n} 天）" for n in range(6)),
)


@pytest.mark.parametrize("lang", LANGS)
def test_a_dispatch_says_county_villages_day_and_is_marked_as_a_sample(lang: str):
    text = read(word.render(dispatch_letter(FRAME, LETTER, lang)))
    for said in (
        "绿春县",
        "步骤17逾期，请说明原因。=1+1",
        "大兴镇倮德村",
        "2022-03-17",
        "请附图件和签到册。",
    ):
        assert said in text
    assert pdf.render(dispatch_letter(FRAME, LETTER, lang)).startswith(b"%PDF")


@pytest.mark.parametrize("lang", LANGS)
def test_the_weekly_report_is_one_page(lang: str):
    """Seven figures and six counties that wait."""
    content = pdf.render(weekly_report(FRAME, WEEK, lang))
    assert len(pypdfium2.PdfDocument(content)) == 1


def read(content: bytes) -> str:
    """All text of a Word file."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
