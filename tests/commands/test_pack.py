"""`arena.py pack`: nothing private goes along, a copy is checked, markers are the laptop's."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands import ROOT, pack


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product packed beside a database and a key that are not part of it."""
    folder = tmp_path_factory.mktemp("stick") / "arena"
    pack.copy_product(folder)
    pack.write_sums(folder)
    return folder


def test_only_the_product_is_packed(packed: Path):
    """No database, no environment, no test, no hidden file, though they lie in the same folder."""
    names = {path.relative_to(packed).as_posix() for path in packed.rglob("*") if path.is_file()}
    assert not [name for name in names if name.endswith((".db", ".db-wal", ".pem", ".pyc"))]
    assert not [name for name in names if name.startswith(("tests/", ".", "data/"))]
    assert {"arena.py", "start.bat", "requirements.lock", "START.txt", pack.SUMS} <= names


def test_every_package_of_the_product_is_packed():
    """A folder with Python code at the top is packed, tests excepted."""
    code = {path.parent.name for path in ROOT.glob("[a-z]*/__init__.py")} - {"tests"}
    assert code <= set(pack.PRODUCT)


@pytest.mark.long(
    "commands/test_pack.py::test_only_the_product_is_packed",
    "commands/test_pack.py::test_every_package_of_the_product_is_packed",
)
def test_the_packed_command_runs(packed: Path):
    """It imports nothing that was left behind."""
    script = "from commands.cli import COMMANDS, module; import importlib\n"
    script += "for name in ('serve', 'demo', 'verify'): importlib.import_module(module(name))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=packed, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_changed_file_is_noticed(packed: Path):
    """The sums name every file but themselves."""
    lines = (packed / pack.SUMS).read_text(encoding="utf-8").splitlines()
    files = {
        path
        for path in packed.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts  # left by a program that ran there
    } - {packed / pack.SUMS}
    sums = {packed / name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert set(sums) == files
    for path in list(files)[:20]:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sums[path]


@pytest.mark.parametrize(
    ("system", "has", "lacks"),
    [("windows", "colorama==", "uvloop=="), ("linux", "uvloop==", "colorama==")],
)
def test_markers_are_those_of_the_laptop(system: str, has: str, lacks: str):
    """Not of this machine; each package keeps its hashes and loses its marker."""
    text = "".join(pack.lines_for(system))
    assert has in text
    assert lacks not in text
    assert " ; " not in text
    for part in text.split("==")[1:]:
        assert "--hash=sha256:" in part


def test_a_folder_in_use_is_refused(tmp_path: Path):
    """Nothing in it is touched."""
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    done = CliRunner().invoke(pack.command, [str(tmp_path)])
    assert done.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
