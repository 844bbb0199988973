"""Plates: a page for each, the number large; a name of any length stays on its plate."""

import io

import docx
import pypdfium2
import pytest

from exports.papers import pdf, plates, word
from exports.papers.frame import Frame

FRAME = Frame("擂台赛", "村级决赛", "A1B2-C3D4", invented="sample")
LONG = "偭垇垤垴村 金平苗族瑶族傣族自治县 者米拉祜族乡"


def texts(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]


def test_every_seat_and_every_number_has_a_page():
    """Reserves are named so; an entrant without a number has no plate."""
    seats = [
        {"number": 3, "reserve": 0, "name": "样例·何某", "unit": "州自然资源局"},
        {"number": 12, "reserve": 1, "name": "样例·欧阳某某", "unit": ""},
    ]
    paper = plates.seat_plates(FRAME, seats, "zh")
    pages = texts(pdf.render(paper))
    assert len(pages) == 2
    assert "评委 03" in pages[0]
    assert "样例·何某 州自然资源局" in pages[0]
    assert "候补 12" in pages[1]
    numbered = plates.number_plates(
        FRAME, [{"number": 1}, {"number": None}, {"number": 2}], [LONG, "无号", ""], "zh"
    )
    assert len(texts(pdf.render(numbered))) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_word_file_has_the_same_plates(lang: str):
    """Two tables a plate, to be edited."""
    paper = plates.number_plates(FRAME, [{"number": 7}], ["" if lang == "en" else LONG], lang)
    tables = docx.Document(io.BytesIO(word.render(paper))).tables
    assert [table.cell(0, 0).text for table in tables] == [
        "7 号" if lang == "zh" else "No. 7",
        LONG if lang == "zh" else "",
    ]
