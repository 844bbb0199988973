"""A hundred faults of thirty kinds in one workbook: each listed or stopped at its cell, at once."""

import pytest

import intake
from intake.findings import Finding
from intake.saying import choice_words, sentence
from tests.intake.messy import Fault, messy
from words import LANGS


@pytest.fixture(scope="module")
def found() -> tuple[intake.Plan, list[Fault]]:
    content, faults = messy()
    return intake.read(content), faults


def is_found(fault: Fault, finding: Finding) -> bool:
    """Whether a finding is the fault's, and becomes or proposes what it should."""
    same = (finding.kind, finding.code, finding.sheet, finding.cell)
    if same != (fault.kind, fault.code, fault.sheet, fault.cell):
        return False
    shown = [choice_words(choice, "zh") for choice in finding.choices]
    said = [str(finding.values.get("after", "")), *shown]
    return not fault.becomes or any(fault.becomes in each for each in said)


def test_there_are_a_hundred_faults_of_thirty_kinds(found: tuple[intake.Plan, list[Fault]]):
    """As many as are planted, counted by what must be found of them."""
    _, faults = found
    assert len(set(faults)) >= 100
    assert len({(fault.kind, fault.code) for fault in faults}) >= 30


def test_each_is_listed_or_stopped_at_its_cell(found: tuple[intake.Plan, list[Fault]]):
    """In one pass, over all sheets; a fix with what it became, a stop with its proposal."""
    plan, faults = found
    missed = [f for f in faults if not any(is_found(f, each) for each in plan.findings)]
    assert missed == []


def test_nothing_else_stops(found: tuple[intake.Plan, list[Fault]]):
    """A fault stops once, where it is: what follows from it is not said as well."""
    plan, faults = found
    planted = {(f.sheet, f.cell) for f in faults if f.kind == "stop"}
    others = [(s.code, s.place) for s in plan.stops if (s.sheet, s.cell) not in planted]
    assert others == []


def test_every_finding_has_its_sentence(found: tuple[intake.Plan, list[Fault]]):
    """In both languages, without a placeholder left."""
    for lang in LANGS:
        assert all("{" not in sentence(each, lang) for each in found[0].findings)
