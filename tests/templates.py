"""Databases that are built once in a run, by any worker, and copied for each test."""

import hashlib
import pickle
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import db
from commands import demo
from db import file_lock
from examples.entering import Entered
from tests.cluster import Kept
from tests.db.copies import copied
from tests.workers import folder_of_run

TODAY = datetime.now(UTC)
"""When the demo is built: its links open for a while only."""

Build = Callable[[Path], Any]
"""Writes a database to a path, closes it, and returns what a test must know of it."""


class Templates:
    """Databases by name, each with what its builder returned.

    Parameters
    ----------
    folder : Path
        The folder that all workers of a run share.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, bytes] = {}

    def copy(self, name: str, build: Build, target: Path) -> Any:
        """Copy a database to ``target``, built first where no worker has; return its facts.

        The facts are a copy as well: what a test changes in them no other test sees.
        """
        if name not in self._read:
            self._read[name] = self._facts(name, build)
        copied(self.folder / f"{name}.db", target)
        return pickle.loads(self._read[name])

    def _facts(self, name: str, build: Build) -> bytes:
        """Build where no worker has; one that died left its lock free, and perhaps a half."""
        done = self.folder / f"{name}.facts"
        if not done.exists():
            with file_lock.starting(self.folder / name):
                if not done.exists():
                    for half in self.folder.glob(f"{name}.db*"):
                        half.unlink()
                    self._build(name, build, done)
        return done.read_bytes()

    def _build(self, name: str, build: Build, done: Path) -> None:
        facts = build(self.folder / f"{name}.db")
        partial = done.with_suffix(".part")
        partial.write_bytes(pickle.dumps(facts))
        partial.rename(done)


def filled(fill: Callable[[db.Store], Any]) -> Build:
    """Return a builder that fills an empty database by ``fill(store)``."""

    def build(path: Path) -> Any:
        store = db.Store(path)
        try:
            return fill(store)
        finally:
            store.close()

    return build


def name_of(fill: Callable[..., Any]) -> str:
    """Return the name under which what a function fills is kept; arguments of a partial count."""
    given = sorted(fill.keywords.items()) if isinstance(fill, partial) else []
    function = fill.func if isinstance(fill, partial) else fill
    full = f"{function.__module__} {function.__qualname__} {given}"
    return hashlib.sha256(full.encode()).hexdigest()[:16]


def three_rounds(path: Path) -> Entered:
    """Build the sample of three rounds as ``arena.py demo`` does: one certified, two open."""
    return demo.build(path, at=TODAY)


def one_round(path: Path) -> Entered:
    """Build the sample of ``arena.py demo --small``: the village final, open."""
    return demo.build(path, at=TODAY, small=True)


def nothing(store: db.Store) -> None:
    """Leave a database as its migrations made it."""


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Templates:
    """The databases of this run."""
    folder = folder_of_run(pytestconfig, tmp_path_factory.getbasetemp()) / "templates"
    folder.mkdir(exist_ok=True)
    return Templates(folder)


@pytest.fixture
def store(templates: Templates, tmp_path: Path, kept: Kept) -> Iterator[db.Store]:
    """A real, empty database on disk, closed at the end."""
    path = tmp_path / "arena.db"
    templates.copy("empty", filled(nothing), path)
    opened = kept.open(path)
    yield opened
    opened.close()
