"""The requirement files agree with each other and with the code."""

import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from commands import ROOT
from commands.environment import DEVELOPING, RUNTIME
from commands.start import DEVELOPING as DEVELOPING_COMMANDS
from tests.tooling.tree import PACKAGES, code, imports


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


def test_everything_asked_for_is_pinned():
    """The same versions everywhere: every requirement has its version in constraints.txt."""
    pinned = names("constraints.txt")
    assert names("requirements.txt") <= pinned
    assert names("requirements-dev.txt") <= pinned
    assert all("==" in line for line in lines("constraints.txt"))


def test_development_adds_to_the_runtime_and_repeats_nothing():
    """requirements-dev.txt begins with the runtime and both obey the constraints."""
    assert {"-c constraints.txt", "-r requirements.txt"} <= set(lines("requirements-dev.txt"))
    assert "-c constraints.txt" in lines("requirements.txt")
    assert names("requirements.txt").isdisjoint(names("requirements-dev.txt"))


def test_every_import_is_asked_for():
    """A package that only came along with another is not relied upon.

    What developers' commands (measuring, taking pictures) need may stand in requirements-dev.txt.
    """
    owners = packages_distributions()
    foreign = {name for path in code() for name in imports(path) if path not in tools()}
    foreign -= {*sys.stdlib_module_names, *PACKAGES, "arena", "arena_app", "router"}
    with_streamlit = {
        "anyio",
        "starlette",
        "uvicorn",
    }  # what st.App is made of, at Streamlit's version
    unasked = {
        name
        for name in foreign - with_streamlit
        if names("requirements.txt").isdisjoint(map(normal, owners.get(name, [name])))
    }
    assert unasked == set()


def test_every_import_of_a_developers_command_is_asked_for():
    """What measures or photographs installs the requirements of development first."""
    owners = packages_distributions()
    foreign = {name for path in tools() for name in imports(path)}
    foreign -= {*sys.stdlib_module_names, *PACKAGES, "anyio", "starlette"}
    wanted = names("requirements.txt") | names("requirements-dev.txt")
    assert all(not wanted.isdisjoint(map(normal, owners.get(n, [n]))) for n in foreign), foreign
    assert {"bench", "pictures"} <= DEVELOPING_COMMANDS


def tools() -> set[Path]:
    """The files behind the commands that only developers run."""
    return {
        path for name in ("bench", "pictures") for path in (ROOT / "commands" / name).glob("*.py")
    }


def test_the_environment_is_renewed_when_any_of_the_files_changes():
    """The files that pip reads are the files that are hashed."""
    assert {*RUNTIME, *DEVELOPING} == {
        "constraints.txt",
        "requirements.txt",
        "requirements-dev.txt",
    }
