"""Every finding has its words; every name of a sheet, a column or a word means one thing."""

import re
from pathlib import Path
from typing import cast

import pytest

import intake
from intake.aliases import aliases
from intake.cells import Cell
from intake.contents import NAMED, TESTS, Known, Sample
from intake.gazetteer import built_in
from intake.reading import TABLES
from words import LANGS, texts

SOURCE = "\n".join(
    path.read_text("utf-8") for path in sorted(Path(intake.__file__).parent.glob("*.py"))
)


@pytest.mark.parametrize("lang", LANGS)
def test_every_stop_says_how_to_mend_it(lang: str):
    """The keys of stop and mend are the same."""
    keys = {
        kind: {k[len(kind) + 8 :] for k in texts(lang) if k.startswith(f"intake.{kind}.")}
        for kind in ("stop", "mend")
    }
    assert keys["stop"] == keys["mend"]


@pytest.mark.parametrize("kind", ["stop", "fix", "note"])
def test_every_finding_that_is_reported_has_words(kind: str):
    """Codes written in the source are keys."""
    found = re.findall(rf'\.{kind}\(\s*"([a-z_]+)"', SOURCE)
    assert found
    assert [code for code in found if f"intake.{kind}.{code}" not in texts("zh")] == []


@pytest.mark.parametrize("table", TABLES)
def test_no_name_means_two_columns_of_a_sheet(table: str):
    """Else which column is meant would depend on an order in the code."""
    names = [name for column in TABLES[table][0] for name in aliases(f"column.{column}")]
    assert sorted(names) == sorted(set(names))


def test_no_name_means_two_sheets():
    """The same for sheets."""
    keys = [key[len("intake.") :] for key in texts("zh") if key.startswith("intake.sheet.")]
    names = [name for key in keys for name in aliases(key)]
    assert sorted(names) == sorted(set(names))


class Asking:
    """Names of nobody, which note that they are asked for."""

    def __init__(self) -> None:
        self.is_asked = False

    def __getattr__(self, name: str) -> frozenset[str]:
        self.is_asked = True
        return frozenset()


@pytest.mark.parametrize("text", ["李梅", "弥勒市西三镇", "532525102208", "100", "优秀", "a b"])
def test_what_asks_for_names_is_weighed_again_once_they_are_known(text: str):
    """All other evidence is kept: it would be the same."""
    asking = set()
    for column, weigh in TESTS.items():
        known = Asking()
        weigh(Sample([Cell("A1", text)], built_in(), cast(Known, known)))
        asking |= {column} if known.is_asked else set()
    assert asking == NAMED
