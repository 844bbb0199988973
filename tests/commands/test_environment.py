"""The environment is whole or not there, and follows the locks."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from commands import environment as environments
from commands.environment import (
    DEVELOPING,
    FOR_SPEED,
    PYTHON,
    RUNTIME,
    WHEELS,
    Environment,
    SetupFailed,
    base_python,
    is_current,
    our_base,
)

MISSING = f"no-such-package-anywhere==1.0 --hash=sha256:{'0' * 64}\n"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment for a project that needs nothing, on a machine without a network."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    root = tmp_path / "a folder with spaces"
    root.mkdir()
    for name in (RUNTIME, DEVELOPING):
        (root / name).write_text("# nothing\n")
    return Environment(root)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder in which an environment was made for running the app."""
    root = tmp_path_factory.mktemp("made") / "a folder with spaces"
    root.mkdir()
    for name in (RUNTIME, DEVELOPING):
        (root / name).write_text("# nothing\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_NO_INDEX", "1")
        patch.setenv("PIP_FIND_LINKS", "")
        Environment(root).ready(developing=False)
    return root


@pytest.fixture
def there(environment: Environment, made: Path) -> Environment:
    """The same where an environment was made: a copy."""
    shutil.copytree(made, environment.root, symlinks=True, dirs_exist_ok=True)
    return environment


def test_it_is_made_once_and_completed_for_developing(there: Environment):
    """Made where there was none; developing adds to it; nothing is done twice."""
    made = there.stamp.stat().st_mtime_ns
    python = there.ready(developing=False)
    assert python == there.root / ".venv" / PYTHON
    assert there.stamp.stat().st_mtime_ns == made
    assert subprocess.run([python, "-c", ""], check=False).returncode == 0
    assert there.is_complete(developing=False)
    assert not there.is_complete(developing=True)
    there.ready(developing=True)
    assert there.is_complete(developing=True)
    completed = there.stamp.stat().st_mtime_ns
    there.ready(developing=True)
    there.ready(developing=False)
    assert there.stamp.stat().st_mtime_ns == completed


def test_scripts_of_a_folder_of_wheels_work_without_a_network(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
):
    """Only what lies there is asked, and a wheel that was changed is refused.

    It is built under another name; what pip wrote there must not remember that name. A machine on
    which the renewal fails goes on with what it had.
    """
    monkeypatch.delenv("PIP_NO_INDEX")
    wheel = lock_greeting(environment)
    python = environment.ready(developing=False)
    greet = subprocess.run([python.parent / "greet"], capture_output=True, text=True, check=False)
    assert (greet.returncode, greet.stdout) == (0, "hello\n")
    remembering = [
        path.name
        for path in python.parent.iterdir()
        if path.is_file() and not path.is_symlink() and b".venv.work" in path.read_bytes()
    ]
    assert remembering == []
    with zipfile.ZipFile(wheel, "a") as changed:
        changed.writestr("greeting_more.py", "")
    (environment.root / DEVELOPING).write_text((environment.root / RUNTIME).read_text() + "# !\n")
    (environment.root / RUNTIME).write_text("# the greeting is for developers\n")
    with pytest.raises(SetupFailed, match=r"(?i)hash"):
        environment.ready(developing=True)
    assert subprocess.run([python.parent / "greet"], check=False).returncode == 0
    assert not environment.is_complete(developing=False)


def lock_greeting(environment: Environment) -> Path:
    """Put a wheel into the project's folder of wheels and its hash into the lock."""
    folder = environment.root / WHEELS
    folder.mkdir()
    wheel = greeting_wheel(folder)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (environment.root / RUNTIME).write_text(f"greeting==1.0 --hash=sha256:{digest}\n")
    return wheel


def greeting_wheel(folder: Path) -> Path:
    """A package with one script, built by hand."""
    files = {
        "greeting.py": "def greet():\n    print('hello')\n",
        "greeting-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n",
        "greeting-1.0.dist-info/WHEEL": (
            "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
        "greeting-1.0.dist-info/entry_points.txt": "[console_scripts]\ngreet = greeting:greet\n",
    }
    files["greeting-1.0.dist-info/RECORD"] = "".join(f"{name},,\n" for name in files)
    path = folder / "greeting-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return path


@pytest.mark.long(
    "commands/test_environment.py::test_scripts_of_a_folder_of_wheels_work_without_a_network"
)
def test_a_failed_installation_leaves_nothing_behind(environment: Environment):
    """No half environment is ever entered; the message holds what pip said."""
    (environment.root / RUNTIME).write_text(MISSING)
    with pytest.raises(SetupFailed, match="no-such-package-anywhere"):
        environment.ready(developing=False)
    assert not environment.folder.exists()


@pytest.mark.long(
    "commands/test_environment.py::test_scripts_of_a_folder_of_wheels_work_without_a_network"
)
def test_a_failed_renewal_keeps_the_former_one(there: Environment):
    """A machine that is offline on the day goes on with what it had."""
    python = there.ready(developing=False)
    mark = there.folder / "mark"
    mark.touch()
    (there.root / RUNTIME).write_text(MISSING)
    with pytest.raises(SetupFailed, match="no-such-package-anywhere"):
        there.ready(developing=False)
    assert mark.exists()
    assert python.exists()
    assert not there.is_complete(developing=False)


def test_a_change_of_the_requirements_makes_it_anew(there: Environment):
    """What was installed for other requirements does not linger; nor half a build of last time."""
    stamp = json.loads(there.stamp.read_text("utf-8"))
    there.stamp.write_text(json.dumps({**stamp, "developing": there.digest(DEVELOPING)}))
    mark, half = there.folder / "mark", there.work / "new" / "half"
    mark.touch()
    half.mkdir(parents=True)
    (there.root / RUNTIME).write_text("# other versions\n")
    there.ready(developing=False)
    assert not mark.exists()
    assert there.is_complete(developing=True)
    assert not (there.folder / "half").exists()
    assert not (there.work / "new").exists()


def test_the_environment_of_this_process_is_recognised():
    """Only inside it are commands run."""
    assert is_current(Path(sys.prefix) / PYTHON)
    assert not is_current(Path("/nowhere") / PYTHON)


NAME = "python{}.{}".format(*sys.version_info)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no Python of its own")
@pytest.mark.parametrize(
    ("compiled", "systems", "is_taken"),
    [
        ("--prefix=/here", 'exec {ours} "$@"', True),
        (f"--prefix=/here {FOR_SPEED}", 'exec {ours} "$@"', False),
        ("--prefix=/here", "exit 1", False),
        ("--prefix=/here", None, False),
        (None, 'exec {ours} "$@"', False),
    ],
    ids=["slow", "quick", "without venv", "no other", "does not say"],
)
def test_a_slow_python_gives_way_to_the_systems(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    compiled: str | None,
    systems: str | None,
    is_taken: bool,
):
    """Only where ours was not compiled for speed, and the system's can make an environment."""
    folder = tmp_path / "of the system"
    folder.mkdir()
    if systems is not None:
        script = folder / NAME
        script.write_text(f"#!/bin/sh\n{systems.format(ours=our_base())}\n")
        script.chmod(0o755)
    monkeypatch.setattr(environments, "SYSTEM", folder)
    monkeypatch.setattr(sysconfig, "get_config_var", {"CONFIG_ARGS": compiled}.get)
    assert base_python() == (folder / NAME if is_taken else our_base())
