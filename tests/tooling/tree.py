"""The files of the project, as its own tests look at them."""

import ast
import subprocess
from collections.abc import Iterator
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


def imports(path: Path) -> set[str]:
    """The first names of all modules a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found
