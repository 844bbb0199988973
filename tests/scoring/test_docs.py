"""The page about methods says what the code does, in both languages, for every registry entry."""

import re
from pathlib import Path

import pandas as pd
import pytest

from scoring import METHODS, TIE_BREAK_KEYS, Rules, compute_standings
from words import LANGS, t

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = {lang: DOCS / lang / "scoring-methods.md" for lang in LANGS}
WORKED = re.compile(r"A (-?[\d.]+) · B (-?[\d.]+) · C (-?[\d.]+)")
ROW = re.compile(r"^\| ([ABC]) \| (.+) \|$", re.MULTILINE)
OFFICIAL = [name for name, method in METHODS.items() if method.may_be_official]


def sections(lang):
    parts = re.split(r"^### `(\w+)`$", PAGES[lang].read_text("utf-8"), flags=re.MULTILINE)
    titles, bodies = parts[1::2], parts[2::2]
    return list(zip(titles, bodies, strict=True))


def example(lang):
    rows = [
        {"entrant": entrant, "judge": f"J{j}", "score": cell}
        for entrant, cells in ROW.findall(PAGES[lang].read_text("utf-8"))
        for j, cell in enumerate(cells.split(" | "), start=1)
        if cell.isdigit()
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize("lang", LANGS)
def test_every_method_and_key_has_its_section_and_no_other_has(lang):
    titles = [title for title, _ in sections(lang)]
    assert sorted(titles) == sorted([*METHODS, *TIE_BREAK_KEYS])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("method", OFFICIAL)
def test_the_worked_figures_are_what_the_code_gives(lang, method):
    body = next(body for title, body in sections(lang) if title == method)
    figures = WORKED.search(body).groups()
    rules = Rules(official=method, clip=5, top=1, draws=0)
    official = compute_standings(example(lang), rules=rules).entrants["official"].sort_index()
    assert [str(value) for value in official] == list(figures)


def test_both_pages_work_the_same_example():
    pd.testing.assert_frame_equal(example("zh"), example("en"))
    assert len(example("en")) == 17


@pytest.mark.parametrize("lang", LANGS)
def test_every_method_and_key_has_its_name_and_note(lang):
    for method in METHODS:
        assert t(f"method.{method}", lang)
        assert t(f"method_note.{method}", lang)
    for key in TIE_BREAK_KEYS:
        assert t(f"key.{key}", lang)
