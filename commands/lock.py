"""``arena.py lock``: every version that is installed, and the hash of each of its wheels.

A lock is a requirement file that pip reads with ``--require-hashes``. It holds the wheels of all
systems and of every Python from the oldest supported one on, and below each package the tags of
those wheels, so that a reader and a test see which systems the lock serves.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from packaging.tags import parse_tag

from commands import ROOT, say

LOCKS = {"requirements.txt": "requirements.lock", "requirements-dev.txt": "requirements-dev.lock"}
"""Each requirement file and its lock; the second contains the first."""
OLDEST = "3.11"
HEAD = "# Made by `arena.py lock` from {source}: each version, its wheels' hashes and their tags.\n"
PINNED = re.compile(r"^[A-Za-z0-9._-]+==[^ \\]+", re.MULTILINE)
OLD_PYTHON = re.compile(r"cp(2\d|3\d|310)$")
"""Tags of CPython before the oldest supported one."""
FOREIGN = re.compile(r"pp\d|graalpy|cp3\d+t$|pyodide|emscripten|ios|android")
"""Tags of what Arena does not run on: other interpreters, browsers and telephones."""


@click.command(help=say("lock.help"))
@click.option("--upgrade", is_flag=True, help=say("lock.option_upgrade"))
def command(upgrade: bool) -> None:
    """Write the locks; versions stay as they are unless an upgrade is asked for."""
    known = [] if upgrade else pinned(*(ROOT / name for name in LOCKS.values()))
    for source, lock in LOCKS.items():
        packages = resolved(ROOT / source, known)
        text = HEAD.format(source=source) + "".join(map(entry, packages))
        (ROOT / lock).write_text(text, encoding="utf-8")
        known = [*pinned(ROOT / lock), *known]
        click.echo(say("lock.written", name=lock, count=len(packages)))


def pinned(*locks: Path) -> list[str]:
    """Return ``name==version`` of each package in locks, the first that names one."""
    versions: dict[str, str] = {}
    for lock in locks:
        for pin in PINNED.findall(lock.read_text(encoding="utf-8")) if lock.exists() else ():
            versions.setdefault(pin.partition("==")[0], pin)
    return list(versions.values())


def resolved(source: Path, known: list[str]) -> list[dict[str, Any]]:
    """Return the packages of a requirement file for all systems, at known versions if possible."""
    with tempfile.TemporaryDirectory() as folder:
        constraints, written = Path(folder, "known.txt"), Path(folder, "pylock.toml")
        constraints.write_text("\n".join(known), encoding="utf-8")
        options = ["--universal", "--python-version", OLDEST, "--format", "pylock.toml", "--quiet"]
        files = ["-c", str(constraints), "-o", str(written), str(source)]
        outcome = subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", *options, *files], check=False
        )
        if outcome.returncode:
            raise click.ClickException(say("lock.failed", name=source.name))
        packages: list[dict[str, Any]] = tomllib.loads(written.read_text("utf-8"))["packages"]
    return packages


def entry(package: dict[str, Any]) -> str:
    """Return a package's lines in the lock."""
    marker = f" ; {package['marker']}" if "marker" in package else ""
    lines = [f"{package['name']}=={package['version']}{marker}"]
    kept = sorted(wheels(package))
    lines += [f"    --hash=sha256:{digest}" for _, digest in kept]
    return " \\\n".join(lines) + f"\n    # {' '.join(tags for tags, _ in kept)}\n"


def wheels(package: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Tags and SHA-256 of each wheel for a supported Python on a supported system."""
    for wheel in package.get("wheels", ()):
        name = wheel.get("name") or wheel["url"].rpartition("/")[2]
        tags = "-".join(name.removesuffix(".whl").rsplit("-", 3)[1:])
        if serves(tags):
            yield tags, wheel["hashes"]["sha256"]


def serves(tags: str) -> bool:
    """Whether a wheel's tags name a Python and a system that Arena runs on."""
    return not FOREIGN.search(tags) and any(
        tag.abi in ("abi3", "none") or not OLD_PYTHON.match(tag.interpreter)
        for tag in parse_tag(tags)
    )
