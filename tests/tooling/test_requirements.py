"""The requirement files agree with each other and with the code."""

import re
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms, parse_tag

from commands import ROOT
from commands.environment import DEVELOPING, RUNTIME
from commands.lock import LOCKS, entry, pinned
from commands.start import DEVELOPING as DEVELOPING_COMMANDS
from tests.tooling.tree import PACKAGES, code, imports

PYTHONS = (11, 12, 13)


def manylinux(machine: str) -> tuple[str, ...]:
    """The platforms that a Linux of 2022 with glibc 2.35 takes."""
    modern = [f"manylinux_2_{minor}_{machine}" for minor in range(35, 16, -1)]
    return (
        *modern,
        f"manylinux2014_{machine}",
        f"manylinux2010_{machine}",
        f"manylinux1_{machine}",
        f"linux_{machine}",
    )


SYSTEMS = {
    "Windows": ("win_amd64",),
    "macOS arm64": tuple(mac_platforms((14, 0), "arm64")),
    "macOS x86_64": tuple(mac_platforms((14, 0), "x86_64")),
    "Linux x86_64": manylinux("x86_64"),
    "Linux aarch64": manylinux("aarch64"),
}


def lines(name: str) -> list[str]:
    """The lines of a requirement file that say something."""
    texts = [line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    return [text for text in texts if text]


def names(name: str) -> set[str]:
    """The packages of a requirement file, in their normal spelling."""
    wanted = [line for line in lines(name) if not line.startswith("-")]
    return {normal(re.split(r"[\[=<>~;]", line)[0]) for line in wanted}


def normal(name: str) -> str:
    """One spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


@dataclass(frozen=True)
class Locked:
    """One package of a lock: on which system it is wanted, hashes of its wheels, their tags."""

    name: str
    version: str
    marker: Marker | None
    hashes: list[str]
    tags: list[str]


def locked(name: str) -> list[Locked]:
    """The packages of a lock."""
    text = (ROOT / name).read_text(encoding="utf-8").partition("\n")[2]
    entries = []
    for block in re.split(r"(?m)^(?=\S)", text)[1:]:
        pin, _, rest = block.partition(" \\\n")
        package, _, marker = pin.partition(" ; ")
        hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", rest)
        tags = rest.rpartition("# ")[2].split()
        entries.append(
            Locked(*package.split("=="), Marker(marker) if marker else None, hashes, tags)
        )
    return entries


@pytest.mark.parametrize("lock", LOCKS.values())
def test_a_lock_has_a_wheel_for_every_python_on_every_system(lock: str):
    """Each package is pure or comes built for each; so that the lock locks nobody out."""
    lacking = [
        f"{package.name}: Python 3.{minor}, {system}"
        for package in locked(lock)
        for minor in PYTHONS
        for system, platforms in SYSTEMS.items()
        if wanted(package, minor, system) and served(minor, platforms).isdisjoint(offered(package))
    ]
    assert lacking == []


def wanted(package: Locked, minor: int, system: str) -> bool:
    """Whether a package is installed there at all."""
    machine = system.partition(" ")[2] or "AMD64"
    name = {"Windows": "win32", "macOS": "darwin", "Linux": "linux"}[system.partition(" ")[0]]
    here = {
        "sys_platform": name,
        "platform_machine": machine,
        "platform_system": system.partition(" ")[0],
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.0",
        "platform_python_implementation": "CPython",
    }
    return package.marker is None or package.marker.evaluate(here)


@cache
def served(minor: int, platforms: tuple[str, ...]) -> frozenset[Tag]:
    """The tags of wheels that pip takes for a Python on a system."""
    python = (3, minor)
    built = cpython_tags(python, platforms=platforms)
    pure = compatible_tags(python, interpreter=f"cp3{minor}", platforms=platforms)
    return frozenset([*built, *pure])


def offered(package: Locked) -> set[Tag]:
    """The tags of a package's wheels."""
    return {tag for text in package.tags for tag in parse_tag(text)}


@pytest.mark.parametrize("lock", LOCKS.values())
def test_every_wheel_of_a_lock_has_its_hash(lock: str):
    """One hash a wheel, none twice."""
    for package in locked(lock):
        assert package.hashes, package.name
        assert len(set(package.hashes)) == len(package.tags), package.name


def test_everything_asked_for_is_locked_at_one_version():
    """The same versions while running, testing and checking."""
    running, developing = (
        {normal(package.name): package.version for package in locked(lock)}
        for lock in LOCKS.values()
    )
    assert names("requirements.txt") <= set(running)
    assert names("requirements-dev.txt") <= set(developing)
    assert running.items() <= developing.items()


def test_what_is_not_locked_is_written_anew(tmp_path: Path):
    """A lock's versions are read back as they were written; the first lock has the last word."""
    first, second = tmp_path / "first.lock", tmp_path / "second.lock"
    pure = {"url": "https://example.org/a-1.0-py3-none-any.whl", "hashes": {"sha256": "0" * 64}}
    old = {"url": "https://example.org/a-1.0-cp310-cp310-win32.whl", "hashes": {"sha256": "1" * 64}}
    package = {"name": "a", "version": "1.0", "marker": "sys_platform == 'win32'"}
    first.write_text(entry({**package, "wheels": [pure, old]}))
    second.write_text(entry({"name": "a", "version": "2.0", "wheels": [pure]}))
    assert pinned(first, second, tmp_path / "missing.lock") == ["a==1.0"]
    assert first.read_text() == (
        f"a==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{'0' * 64}\n    # py3-none-any\n"
    )


def test_development_adds_to_the_runtime_and_repeats_nothing():
    """requirements-dev.txt begins with the runtime."""
    assert "-r requirements.txt" in lines("requirements-dev.txt")
    assert names("requirements.txt").isdisjoint(names("requirements-dev.txt"))


def test_every_import_is_asked_for():
    """A package that only came along with another is not relied upon.

    What developers' commands (measuring, taking pictures) need may stand in requirements-dev.txt.
    """
    owners, asked = packages_distributions(), names("requirements.txt")
    foreign = {name for path in {*code()} - tools() for name in imports(path)}
    foreign -= {*sys.stdlib_module_names, *PACKAGES, "arena", "arena_app", "router"}
    unasked = {name for name in foreign if asked.isdisjoint(map(normal, owners.get(name, [name])))}
    assert unasked == set()


def test_every_import_of_a_developers_command_is_asked_for():
    """What measures or photographs installs the requirements of development first."""
    owners = packages_distributions()
    foreign = {name for path in tools() for name in imports(path)}
    foreign -= {*sys.stdlib_module_names, *PACKAGES}
    wanted = names("requirements.txt") | names("requirements-dev.txt")
    assert all(not wanted.isdisjoint(map(normal, owners.get(n, [n]))) for n in foreign), foreign
    assert {"bench", "lock", "pictures"} <= DEVELOPING_COMMANDS


def tools() -> set[Path]:
    """The files behind the commands that only developers run."""
    folders = (ROOT / "commands" / name for name in ("bench", "pictures"))
    return {
        ROOT / "commands" / "lock.py",
        *(path for each in folders for path in each.glob("*.py")),
    }


def test_the_environment_is_renewed_when_a_lock_changes():
    """The files that pip reads are the files that are hashed."""
    assert list(LOCKS.values()) == [RUNTIME, DEVELOPING]
