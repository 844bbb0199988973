"""Docstrings and comments name their subject: no pronoun that could be anybody."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from commands import ROOT

VAGUE = re.compile(
    r"\b(somebody|someone|whoever|nobody|anybody|everybody|told|anew|stands? for|shall|mend(ed)?"
    r"|of (its|their|one's) own|(an|the|by) own)\b(?!\.<)",
    re.IGNORECASE,
)
OUTSIDE = (".venv", "node_modules", "tests")


def files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.py")):
        if path.relative_to(ROOT).parts[0] not in OUTSIDE:
            yield path


def sentences(path: Path) -> Iterator[str]:
    """The docstrings and comments of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):  # also below an attribute
                yield text
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.string


def test_docstrings_and_comments_name_their_subject():
    """The field's noun: judge, entrant, organizer; again for anew, fix for mend."""
    vague = [
        f"{path.relative_to(ROOT)}: {word.group()}: {' '.join(text.split())[:90]}"
        for path in files()
        for text in sentences(path)
        for word in VAGUE.finditer(text)
    ]
    assert vague == []
