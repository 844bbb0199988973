"""Each tree of errors is drawn in its modules' docstrings, whole, and every error has its words."""

import importlib
import inspect
import re
from types import ModuleType

import pytest

import competition.errors
import db.errors
import intake.errors
import scoring.errors
import words
from commands import ROOT

ROOMS = tuple(
    importlib.import_module(f"competition.{path.parent.name}.errors")
    for path in sorted((ROOT / "competition").glob("*/errors.py"))
)
TREES = ((competition.errors, *ROOMS), (db.errors,), (intake.errors,), (scoring.errors,))
MODULES = [module for tree in TREES for module in tree]
NAMES = re.compile(r"[A-Z]\w+(?:, [A-Z]\w+)*")
IMPORT = re.compile(r"^from competition\.errors import (\([^)]*\)|.*)$", re.MULTILINE)


def errors(module: ModuleType) -> dict[str, type]:
    """The errors that a module defines."""
    return {
        name: one
        for name, one in vars(module).items()
        if inspect.isclass(one) and one.__module__ == module.__name__
    }


def of_tree(tree: tuple[ModuleType, ...]) -> dict[str, type]:
    """The errors of all modules of a tree."""
    return {name: one for module in tree for name, one in errors(module).items()}


def classes(module: ModuleType) -> dict[str, str]:
    """Each error of a module with the error it is derived from; empty for the first."""
    return {
        name: "" if base is Exception else base.__name__
        for name, one in errors(module).items()
        for base in one.__bases__[:1]
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
        known = [name for name in names[0].split(", ") if inspect.isclass(vars(module).get(name))]
        found |= dict.fromkeys(known, above[-1][1] if above else "")
        if "," not in names[0] and known:
            above.append((names.start(), names[0]))
    return {name: base for name, base in found.items() if name in errors(module)}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_drawn_tree_is_the_tree(module: ModuleType):
    """Nothing missing, nothing under another branch."""
    assert drawn(module) == classes(module)


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree[0].__name__)
def test_no_two_errors_share_a_code(tree: tuple[ModuleType, ...]):
    """A code is a key of the words, and tells a reader of the API what happened."""
    codes = [one.code for module in tree for one in errors(module).values()]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("lang", words.LANGS)
@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree[0].__name__)
def test_every_error_that_is_raised_has_its_words(tree: tuple[ModuleType, ...], lang: str):
    """Those without one below them: a person may read each."""
    above = {base for module in tree for base in classes(module).values()}
    leaves = set(of_tree(tree)) - above - {"CannotAssign"}  # that says the solver's reason
    missing = [name for name in leaves if not words.has(f"error.{of_tree(tree)[name].code}", lang)]
    assert missing == []


def test_what_one_room_refuses_lies_in_that_room():
    """`competition/errors.py` has what several rooms, pages or the modules beside them refuse."""
    importers: dict[str, set[str]] = {}
    for path in ROOT.glob("*/**/*.py"):
        place = path.relative_to(ROOT).parts
        if place[0] in {"tests", ".venv", "node_modules"} or place[-1] == "errors.py":
            continue
        room = "/".join(place[:2]) if place[0] == "competition" else place[0]
        for names in IMPORT.findall(path.read_text(encoding="utf-8")):
            for name in re.findall(r"\w+", names):
                importers.setdefault(name, set()).add(room)
    rooms = {f"competition/{module.__name__.split('.')[1]}" for module in ROOMS}
    above = {base for module in TREES[0] for base in classes(module).values()}
    places = {name: importers.get(name, set()) for name in errors(competition.errors)}
    astray = [
        name for name in set(places) - above if len(places[name]) < 2 and places[name] <= rooms
    ]
    assert astray == []
