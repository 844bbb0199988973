"""The files of the project, as its own tests look at them."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from commands import ROOT

PACKAGES = (
    "charts",
    "commands",
    "competition",
    "counties",
    "db",
    "examples",
    "exports",
    "intake",
    "judges",
    "organizers",
    "overview",
    "province",
    "scoring",
    "ui",
    "words",
)
ROOT_SCRIPTS = ("arena.py", "arena_app.py", "router.py")


def tracked() -> list[Path]:
    """Every file that git knows; of a copy without git, every file that is not hidden."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else _visible()
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def _visible() -> Iterator[str]:
    for path in ROOT.rglob("*"):
        name = path.relative_to(ROOT)
        if not any(part.startswith(".venv") or part == "__pycache__" for part in name.parts):
            yield str(name)


def code(*folders: str) -> list[Path]:
    """Python files of folders, or of all packages and root scripts."""
    roots = [ROOT / folder for folder in folders or PACKAGES]
    scripts = [] if folders else [p for p in map(ROOT.joinpath, ROOT_SCRIPTS) if p.exists()]
    return [*scripts, *(path for root in roots for path in sorted(root.rglob("*.py")))]


IMPORT = re.compile(r"(?m)^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w., \t]+))")
"""A statement that imports; the formatter leaves one on a line of its own."""


@cache
def imports(path: Path) -> frozenset[str]:
    """The first names of all modules a file imports, anywhere in it.

    Read by the line: parsing every file for it is dearer than all else that these tests do.
    """
    found = (one or many for one, many in IMPORT.findall(path.read_text("utf-8")))
    names = (name.split()[0] for line in found for name in line.split(","))
    return frozenset(name.partition(".")[0] for name in names)
