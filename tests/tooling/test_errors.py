"""Each tree of errors is drawn in its module's docstring, whole, and every error has its words."""

import inspect
import re
from types import ModuleType

import pytest

import competition.errors
import db.errors
import intake.errors
import scoring.errors
import words

TREES = (competition.errors, db.errors, intake.errors, scoring.errors)
NAMES = re.compile(r"[A-Z]\w+(?:, [A-Z]\w+)*")


def classes(module: ModuleType) -> dict[str, str]:
    """Each error of a module with the error it is derived from; empty for the first."""
    found = {
        name: one
        for name, one in vars(module).items()
        if inspect.isclass(one) and one.__module__ == module.__name__
    }
    return {
        name: next((base.__name__ for base in one.__mro__[1:] if base.__name__ in found), "")
        for name, one in found.items()
    }


def drawn(module: ModuleType) -> dict[str, str]:
    """The same, read from the drawing."""
    found: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in (module.__doc__ or "").splitlines():
        names = NAMES.search(line)
        branch = re.match(r"[ │├└─]*", line)
        if names is None or branch is None or names.start() != branch.end():
            continue
        while above and above[-1][0] >= names.start():
            above.pop()
        if not branch[0].strip() and found:
            continue  # a sentence below the drawing
        for name in names[0].split(", "):
            if name in classes(module):
                found[name] = above[-1][1] if above else ""
        if "," not in names[0] and names[0] in classes(module):
            above.append((names.start(), names[0]))
    return found


@pytest.mark.parametrize("module", TREES, ids=lambda module: module.__name__)
def test_the_drawn_tree_is_the_tree(module: ModuleType):
    """Nothing missing, nothing under another branch."""
    assert drawn(module) == classes(module)


@pytest.mark.parametrize("module", TREES, ids=lambda module: module.__name__)
def test_no_two_errors_share_a_code(module: ModuleType):
    """A code is a key of the words, and tells a reader of the API what happened."""
    codes = [vars(module)[name].code for name in classes(module)]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("lang", words.LANGS)
@pytest.mark.parametrize("module", TREES, ids=lambda module: module.__name__)
def test_every_error_that_is_raised_has_its_words(module: ModuleType, lang: str):
    """Those without one below them: a person may read each."""
    tree = classes(module)
    leaves = set(tree) - set(tree.values()) - {"CannotAssign"}  # that says the solver's reason
    missing = [name for name in leaves if not words.has(f"error.{vars(module)[name].code}", lang)]
    assert missing == []
