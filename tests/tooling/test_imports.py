"""What import-linter cannot hold: it takes packages, not modules, as roots."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from commands import ROOT
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


def test_asking_for_help_or_a_ranking_does_not_load_the_app():
    """A command line answers at once: streamlit is imported by the app alone."""
    script = (
        "import sys\n"
        "from commands.cli import cli, existing\n"
        "for name in existing(): cli.get_command(None, name)\n"
        "print(*{'streamlit', 'altair'} & set(sys.modules))\n"
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
