"""A newcomer's questions: CONTRIBUTING names the file and the name that answers each."""

import ast
import re

from commands import ROOT

ROW = re.compile(r"^\| ([^|]+\?) \| `([^`]+\.py)` \| `([^`]+)` \|$", re.MULTILINE)


def test_each_question_leads_to_a_file_that_has_the_name():
    """A file that moved, or a function that was renamed, gets its new name there."""
    rows = ROW.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert len(rows) >= 10
    astray = [
        f"{question} {path}: {name}"
        for question, path, name in rows
        if name not in (defined(path) if (ROOT / path).is_file() else ())
    ]
    assert astray == []


def defined(path: str) -> set[str]:
    """Names of functions, classes and values at the top of a module."""
    names: set[str] = set()
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names
