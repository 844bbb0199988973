"""What the values of a column say, before and after names are known."""

import pytest

from intake.contents import TESTS, Known, Sample, evidence
from intake.gazetteer import built_in
from intake.grids import Cell

KNOWN = Known(frozenset({"hh1", "hh2"}), frozenset({"j1", "评委一"}), frozenset({"c1", "实用性"}))
COLUMNS = {
    "entrants": ["HH1", "HH2", "HH1"],
    "judges": ["J1", "评委一", "J1"],
    "criteria": ["C1", "实用性", "C1"],
    "counties": ["石屏县", "建水县", "石屏县"],
    "marks": [52.5, 36.0, 52.5],
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_weighed_before_names_are_known_says_the_same_as_one_weighed_after(column: str):
    """For every field: what was weighed stays only where no name can change it."""
    cells = [Cell(f"A{at}", value) for at, value in enumerate(COLUMNS[column], start=2)]
    before = Sample(cells, built_in())
    for name in TESTS:
        evidence(before, name)
    again, fresh = before.with_known(KNOWN), Sample(cells, built_in(), KNOWN)
    assert {n: evidence(again, n) for n in TESTS} == {n: evidence(fresh, n) for n in TESTS}
