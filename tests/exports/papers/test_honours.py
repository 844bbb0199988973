"""奖状 and 荣誉证书: a page each, whatever the length; text is no markup; no seal."""

from dataclasses import replace

import pypdfium2
import pytest

from exports.papers.honours import Honour, Honours, preview, render, signers

HOSTILE = '#import "x"; *b* $1$ <script>& =1+1 \\ @a ]]>'
ONE = Honour("石屏县坝心镇黑尼村：", (("《规划》被评为", False), ("一等奖", True), ("。", False)))
WHOLE = Honours(
    lang="zh",
    title="奖状",
    wish="特发此状，以资鼓励。",
    signers=("某某局", "某某办"),
    day="二〇二二年三月十八日",
    has_frame=True,
    pages=(ONE,),
    foot="成绩定稿第1版 校验码 0123456789ab",
    watermark="样例",
    mark="样例数据",
)


def pages(honours: Honours) -> list[str]:
    """The text of each page."""
    read = pypdfium2.PdfDocument(render(honours))
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in read]


def test_each_page_has_its_own_name_and_all_that_is_common():
    """Title, closing words, signers, date, code and mark on each; A4 landscape."""
    other = replace(ONE, addressed="建水县西庄镇团山村：")
    first, second = pages(replace(WHOLE, pages=(ONE, other)))
    assert "黑尼村" in first
    assert "团山村" in second
    assert "团山村" not in first
    for part in (
        "奖状",
        "一等奖",
        WHOLE.wish,
        *WHOLE.signers,
        WHOLE.day,
        "样例数据",
        "0123456789ab",
    ):
        assert part in first
        assert part in second
    width, height = pypdfium2.PdfDocument(render(WHOLE))[0].get_size()
    assert (round(width), round(height)) == (842, 595)


@pytest.mark.parametrize("times", [1, 40, 300])
def test_a_long_text_takes_no_second_page(times: int):
    """It is set smaller; nothing of it is lost."""
    long = Honour("某村：", (("规划" * times, False), ("一等奖", True)))
    (one,) = pages(replace(WHOLE, watermark="", pages=(long,)))
    assert one.count("规划") == times


def test_text_is_printed_as_it_was_typed():
    """No field is read as markup."""
    hostile = replace(
        WHOLE,
        title=HOSTILE,
        wish=HOSTILE,
        day=HOSTILE,
        signers=(HOSTILE,),
        pages=(Honour(HOSTILE, ((HOSTILE, False),)),),
        foot=HOSTILE,
    )
    (one,) = pages(hostile)
    assert one.count(HOSTILE.replace(" ", "")) == 7


def test_fonts_are_embedded_and_the_preview_is_a_picture():
    """The same on a machine without Chinese fonts."""
    assert b"NotoSerifSC" in render(WHOLE)
    assert preview(WHOLE).startswith(b"\x89PNG")


def test_signers_are_parted_by_semicolons_of_either_width():
    """Two offices, two lines; an empty one is none."""
    assert signers("甲局；乙办; ;丙") == ("甲局", "乙办", "丙")
