"""Every finding has its words; every name of a sheet, a column or a word means one thing."""

import re
from pathlib import Path

import pytest

import intake
from intake.aliases import aliases
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
