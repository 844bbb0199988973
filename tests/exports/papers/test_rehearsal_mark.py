"""A rehearsal's papers say 彩排, in the mark, the watermark, the Word file and a file's name."""

import io
import zipfile
from dataclasses import replace

import pytest

from competition.invented import facts_of, invented
from exports.papers import word
from exports.papers.document import Paragraph
from exports.papers.frame import Frame, framed
from words import LANGS, t


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["sample", "rehearsal"])
def test_a_paper_is_marked_for_what_it_is(lang: str, kind: str):
    """On the page and across it; the Word file has the mark as text."""
    frame = Frame("擂台赛", "决赛", "ABCD", invented=kind)
    paper = framed(frame, "reading_list", lang, (Paragraph("x"),))
    assert paper.mark == t(f"exports.paper.{kind}", lang)
    assert paper.watermark == t(f"exports.papers.watermark.{kind}", lang)
    with zipfile.ZipFile(io.BytesIO(word.render(paper))) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist() if "xml" in name)
    assert paper.mark in text
    assert framed(replace(frame, invented=""), "reading_list", lang, ()).mark == ""


def test_only_a_rehearsals_snapshot_says_that_it_is_one():
    """Snapshots of other competitions keep the bytes they always had."""
    row = {"id": "c", "title": "擂台赛", "sample": 1, "rehearsal": 0}
    assert facts_of(row) == {"id": "c", "title": "擂台赛", "sample": 1}
    assert invented(row) == invented(facts_of(row)) == "sample"
    copy = {**row, "rehearsal": 1}
    assert invented(copy) == invented(facts_of(copy)) == "rehearsal"
    assert invented({**row, "sample": 0}) == invented(None) == ""
