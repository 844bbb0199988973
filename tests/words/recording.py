"""Words that the tests never show: dead words and untested screens, in one list.

With ``ARENA_UNSHOWN`` naming a folder, every key that is asked for in a test process is noted, and
at the end of the run the keys that were not are listed by file. Processes of their own (a server
for the browser) are not noted, nor are the pad's words, which JavaScript picks by itself.
"""

import os
from pathlib import Path

import pytest

import words

VARIABLE = "ARENA_UNSHOWN"
ALONE = ("pad.", "came.")
"""Words that the pad is given as a whole."""


def note_keys(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Make ``t`` note its keys; the returned set fills with them."""
    asked: set[str] = set()
    find = words._find

    def noting(key: str, lang: str, *, one: bool) -> str:
        asked.add(key)
        return find(key, lang, one=one)

    monkeypatch.setattr(words, "_find", noting)
    return asked


def unshown(asked: set[str]) -> dict[str, list[str]]:
    """By word file, the keys that are not among those asked for."""
    files = sorted(words.FOLDER.rglob("*.toml"))
    missed = {
        path.relative_to(words.FOLDER).as_posix(): [
            key for key in words.read(path) if key not in asked and not key.startswith(ALONE)
        ]
        for path in files
    }
    return {name: keys for name, keys in missed.items() if keys}


class Recording:
    """The pytest plugin: one note a process, read together by the one that prints."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.patch = folder, pytest.MonkeyPatch()
        self.asked = note_keys(self.patch)
        folder.mkdir(parents=True, exist_ok=True)

    def pytest_sessionfinish(self) -> None:
        """Write down what this process asked for."""
        note = self.folder / f"{os.getpid()}.txt"
        note.write_text("\n".join(sorted(self.asked)), encoding="utf-8")
        self.patch.undo()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """List what no process asked for."""
        notes = [note.read_text(encoding="utf-8") for note in self.folder.glob("*.txt")]
        terminalreporter.section("words that no test showed")
        for name, keys in unshown(set("\n".join(notes).split())).items():
            terminalreporter.line(f"{name} ({len(keys)}): {', '.join(keys)}")


def pytest_configure(config: pytest.Config) -> None:
    """Take notes where a folder is named."""
    if folder := os.environ.get(VARIABLE):
        config.pluginmanager.register(Recording(Path(folder)), "arena-words")
