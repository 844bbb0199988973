"""What import-linter cannot hold: it takes packages, not modules, as roots."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import ROOT
from commands.cli import existing, module
from tests.tooling.tree import PACKAGES, ROOT_SCRIPTS, code, imports

ALLOWED = {
    "arena.py": {"sys", "commands"},
    "arena_app.py": {
        *(
            "streamlit",
            "starlette",
            "ui",
            "judges",
            "organizers",
            "counties",
            "overview",
            "province",
            "competition",
            "db",
        )
    },
    "router.py": {"streamlit", "ui", "judges", "organizers", "competition", "words"},
}
"""What each root script may import besides the standard library."""

OF_THE_APP = {"streamlit", "altair"}
"""What the app's pages alone need."""
HEAD = re.compile(r"(?m)^(?:from +([\w.]+) +import +(\([^)]*\)|.*)|import +(.+))")
"""A statement that imports where a module is imported: it stands at the line's beginning."""
BEFORE_INSTALLING = ("__init__.py", "start.py", "environment.py", "first_page.py")


@pytest.mark.parametrize("name", ROOT_SCRIPTS)
def test_a_root_script_imports_only_what_is_below_it(name: str):
    """arena.py may run before anything is installed; the app's two never say SQL or charts."""
    path = ROOT / name
    if path.exists():
        foreign = imports(path) - ALLOWED[name] - set(sys.stdlib_module_names)
        assert foreign == set()


def test_no_package_imports_a_root_script():
    """Root scripts are entered, never asked."""
    scripts = {Path(name).stem for name in ROOT_SCRIPTS}
    offending = {
        str(path.relative_to(ROOT))
        for path in code()
        if path.name not in ROOT_SCRIPTS and not imports(path).isdisjoint(scripts)
    }
    assert offending == set()


def test_what_runs_before_installing_needs_only_the_standard_library():
    """arena.py, the two modules it starts with, and the words they speak with."""
    early = [ROOT / "arena.py", *(ROOT / "commands" / name for name in BEFORE_INSTALLING)]
    for path in [*early, *code("words")]:
        foreign = imports(path) - set(sys.stdlib_module_names) - {"commands", "words"}
        assert foreign == set(), path.name


def test_no_command_imports_the_app_at_its_start():
    """A command line answers at once: streamlit is imported by the app alone.

    Followed from the commands through every module that one imports at its head.
    """
    waiting = ["commands.cli", *map(module, existing())]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name and name not in seen:
            seen.add(name)
            waiting += [name.rpartition(".")[0], *imported_by(name)]
    assert "competition.results.standings" in seen
    assert OF_THE_APP & {name.partition(".")[0] for name in seen} == set()


def imported_by(name: str) -> Iterator[str]:
    """What a module of the project imports at its head: modules, and names that may be modules."""
    place = ROOT.joinpath(*name.split("."))
    paths = [path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()]
    for path in paths if name.partition(".")[0] in PACKAGES else ():
        for package, names, modules in HEAD.findall(path.read_text("utf-8")):
            yield package
            yield from (f"{package}.{one}" for one in re.findall(r"\w+", names))
            yield from (one.split()[0] for one in modules.split(",") if one)


@pytest.mark.long("tooling/test_imports.py::test_no_command_imports_the_app_at_its_start")
def test_asking_for_help_or_a_ranking_does_not_load_the_app():
    """Neither do the libraries that the commands import."""
    script = (
        "import sys\n"
        "from commands.cli import cli, existing\n"
        "for name in existing(): cli.get_command(None, name)\n"
        f"print(*{OF_THE_APP} & set(sys.modules))\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (loaded.stderr, loaded.stdout.strip()) == ("", "")


def test_every_package_is_checked_by_every_tool():
    """A package that a tool does not know is a package nobody checks."""
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found == set(PACKAGES)
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    assert set(tools["mypy"]["packages"]) == found
    assert set(tools["slipcover"]["source"]) == found
    assert set(tools["importlinter"]["root_packages"]) == found
