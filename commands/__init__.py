"""The commands of arena.py, one file each; each file's click command is called ``command``.

``start``, ``environment`` and ``first_page`` are imported before anything is installed, so they,
like this file, use the standard library and ``words`` only. ``cli`` lists the commands and imports
the one asked for.
"""

import locale
import os
from pathlib import Path

import words

ROOT = Path(__file__).resolve().parent.parent
"""The folder of the project: where arena.py is, whatever the current folder."""

DATABASE = ROOT / "data" / "arena.db"
"""Where the database is, unless a command names another file."""


def language() -> str:
    """Return the language of the terminal: ``ARENA_LANG``, else the system's, else English."""
    chosen = os.environ.get("ARENA_LANG", "").lower()
    if chosen in words.LANGS:
        return chosen
    system = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


def say(key: str, **values: object) -> str:
    """Return a word of the commands, ``command.<key>``, in the language of the terminal."""
    return words.t(f"command.{key}", language(), **values)
