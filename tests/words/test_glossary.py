"""The glossary: the same terms in both languages, and the words the pages use."""

import re

import pytest

import words
from commands import ROOT

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)


def terms(lang: str) -> list[tuple[str, str]]:
    """Each row's term in Chinese and in English, without the head."""
    rows = ROW.findall((ROOT / "docs" / lang / "glossary.md").read_text("utf-8"))[1:]
    return rows if lang == "zh" else [(zh, en) for en, zh in rows]


def parts(term: str) -> set[str]:
    """A row may name two things; a bracket only says which."""
    return {part for part in re.split(r"[、,]\s*", re.sub(r" \(.*\)", "", term)) if part}


def test_both_glossaries_explain_the_same_terms():
    """Row for row: the same Chinese and the same English word."""
    zh, en = ([(parts(a), parts(b)) for a, b in terms(lang)] for lang in ("zh", "en"))
    assert len(zh) > 40
    assert [pair for pair in zh if pair not in en] == []
    assert len(zh) == len(en)


@pytest.mark.parametrize("term", ["现场得分", "修正得分", "最终成绩", "临界名单", "成绩定稿"])
def test_the_terms_are_the_words_of_the_pages(term: str):
    """What the glossary explains is what a reader meets on a page."""
    assert any(term in parts(zh) for zh, _ in terms("zh"))
    assert any(term in text for text in words.texts("zh").values())
