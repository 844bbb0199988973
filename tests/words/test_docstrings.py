"""Docstrings and comments name their subject: no pronoun that could be anybody."""

import ast
import re
import tokenize
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

from commands import ROOT

VAGUE = re.compile(
    r"\b(somebody|someone|whoever|nobody|anybody|everybody|told|anew|stands? for|shall|mend(ed)?"
    r"|of (its|their|one's) own|(an|the|by) own)\b(?!\.<)",
    re.IGNORECASE,
)
VAGUE_IN_TESTS = re.compile(r"\b(somebody|anew)\b", re.IGNORECASE)
OUTSIDE = (".venv", "node_modules", "tests")


def files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.py")):
        if path.relative_to(ROOT).parts[0] not in OUTSIDE:
            yield path


def sentences(text: str) -> Iterator[str]:
    """The docstrings and comments of a file."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(said))):  # also below an attribute
                yield said
    for token in tokenize.generate_tokens(StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def found(paths: Iterable[Path], vague: re.Pattern[str]) -> list[str]:
    """Where a vague word is in a sentence; most files have none at all, and are not parsed."""
    return [
        f"{path.relative_to(ROOT)}: {word.group()}: {' '.join(said.split())[:90]}"
        for path in paths
        if vague.search(text := path.read_text(encoding="utf-8"))
        for said in sentences(text)
        for word in vague.finditer(said)
    ]


def test_docstrings_and_comments_name_their_subject():
    """The field's noun: judge, entrant, organizer; fix for mend."""
    assert found(files(), VAGUE) == []


def test_docstrings_and_comments_of_tests_name_persons():
    """Judge, stranger, forger; a test may say nobody, and whoever, where it means that."""
    assert found((ROOT / "tests").rglob("*.py"), VAGUE_IN_TESTS) == []
