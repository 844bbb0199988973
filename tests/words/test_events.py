"""Every act leaves an event, and every event can be read in both languages."""

import ast

import pytest

import words
from commands import ROOT
from competition.states import STAGE as STAGES


def kinds() -> set[str]:
    """The kinds that any act of ``competition`` records; those made of parts are not among them."""
    found = set()
    for path in sorted((ROOT / "competition").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                named.setdefault(node.targets[0].id, []).append(node.value)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                found |= set(literals(node.args[2], named))
    return found


def literals(node: ast.expr, named: dict[str, list[ast.expr]]) -> list[str]:
    """The texts an expression may be: one, either side of a choice, what a name was given."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return literals(node.body, named) + literals(node.orelse, named)
    if isinstance(node, ast.Name):
        return [text for value in named.get(node.id, []) for text in literals(value, named)]
    return []


MADE = {
    *(f"{kind}_written" for kind in ("remark", "note")),
    *(f"{what}_{answer}" for what in ("change", "reopening") for answer in ("approved", "refused")),
    *(f"judge_{presence}" for presence in ("present", "away", "not_arrived")),
    *(f"stage_{stage}" for stage in STAGES),
}
"""Kinds whose names are put together."""


@pytest.mark.parametrize("lang", words.LANGS)
def test_every_kind_of_event_has_its_words(lang: str):
    """A kind without words would take the log and the stage desk away from the organizers."""
    assert {"marks_recorded", "seat_held"} <= kinds()
    assert sorted(kind for kind in kinds() | MADE if not words.has(f"event.{kind}", lang)) == []
