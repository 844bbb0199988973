"""Creates ``.venv`` and keeps it up to date with the locks. Standard library only.

A new environment is built beside the old one and renamed when complete, so that an
interrupted installation never leaves half of one. A stamp inside it names the locks it was
built for.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commands import say

RUNTIME = "requirements.lock"
DEVELOPING = "requirements-dev.lock"
"""What pip installs, wheel by wheel with its hash; the second contains the first."""
WHEELS = "wheels"
"""A folder beside the locks from which is installed without a network, where there is one."""
PYTHON = Path("Scripts", "python.exe") if sys.platform == "win32" else Path("bin", "python")
SYSTEM = Path("/usr/bin")
"""Where Linux keeps its own Python, which its makers compile for speed."""
FOR_SPEED = "--enable-optimizations"
"""How a Python is compiled for speed elsewhere: the compiler is guided by a profile of a run."""


class SetupFailed(Exception):
    """The environment cannot be made; the message is for the person at the terminal."""


class Environment:
    """The virtual environment of a project folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.work = root / ".venv.work"  # the lock, and what is being built
        self.stamp = self.folder / "arena.json"

    def ready(self, *, developing: bool) -> Path:
        """Create or complete the environment and return its Python.

        Raises
        ------
        SetupFailed
            There is no way to install, or installing failed.
        """
        if not self.is_complete(developing=developing):
            with self._only_one():
                if not self.is_complete(developing=developing):  # another one may just have done it
                    self._make(developing=developing)
        return self.folder / PYTHON

    def is_complete(self, *, developing: bool) -> bool:
        """Whether the environment matches the current locks."""
        if not (self.folder / PYTHON).exists():
            return False
        done = self._stamped()
        return done.get("runtime") == self.digest(RUNTIME) and (
            not developing or done.get("developing") == self.digest(DEVELOPING)
        )

    def digest(self, name: str) -> str:
        """Return the hash of a lock, independent of line ends."""
        text = (self.root / name).read_text(encoding="utf-8")
        return hashlib.sha256(text.encode()).hexdigest()

    def _stamped(self) -> dict[str, str]:
        try:
            stamp: dict[str, str] = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp

    def _make(self, *, developing: bool) -> None:
        done = self._stamped()
        outdated = bool(done) and done.get("runtime") != self.digest(RUNTIME)
        developing = developing or "developing" in done
        if outdated or not (self.folder / PYTHON).exists():
            self._build(developing=developing)
        else:  # whole for running the app, or made by hand: only add to it
            self._install(self.folder, developing=developing)

    def _build(self, *, developing: bool) -> None:
        new, old = self.work / "new", self.work / "old"
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        python = base_python()
        if python != our_base():
            print(say("setup.systems_python", python=python), flush=True)
        outcome = _run([str(python), "-m", "venv", "--without-pip", str(new)])
        if outcome.returncode:
            raise SetupFailed(say("setup.no_venv", detail=_tail(outcome.stdout)))
        self._install(new, developing=developing)
        if self.folder.exists():
            self.folder.rename(old)
        new.rename(self.folder)
        _move_scripts(self.folder, was=new)
        shutil.rmtree(old, ignore_errors=True)

    def _install(self, folder: Path, *, developing: bool) -> None:
        lock = self.root / (DEVELOPING if developing else RUNTIME)
        options = ["--quiet", "--no-input", "--disable-pip-version-check"]
        options += ["--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
        options += ["--no-deps"]  # the lock is complete; pip would look beyond it for extras
        wheels = self.root / WHEELS
        if wheels.is_dir():
            options += ["--no-index", "--find-links", str(wheels)]
        print(say("setup.installing"), flush=True)
        outcome = _run([*_pip(folder / PYTHON), "install", *options])
        if outcome.returncode:
            raise SetupFailed(say("setup.failed", detail=_tail(outcome.stdout)))
        stamp = {"runtime": self.digest(RUNTIME)}
        if developing:
            stamp["developing"] = self.digest(DEVELOPING)
        (folder / self.stamp.name).write_text(json.dumps(stamp), encoding="utf-8")

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        """Wait until no other arena.py installs into this folder."""
        self.work.mkdir(exist_ok=True)
        with (self.work / "lock").open("a+b") as lock:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
            else:
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def is_current(python: Path) -> bool:
    """Whether this process runs in the environment of that Python."""
    return Path(sys.prefix).resolve() == python.parent.parent.resolve()


KNOWS_PYTHON = "import pip; assert tuple(map(int, pip.__version__.split('.')[:2])) >= (22, 3)"
"""Succeeds where pip has its option ``--python``; asking pip itself takes ten times as long."""


def base_python() -> Path:
    """Return the Python to make an environment with: this one's base, or a quicker one like it.

    A Python that was compiled on the machine, as pyenv does, is an eighth slower than the system's
    of the same version, unless it was compiled for speed: the app is run by the system's then.
    """
    ours = our_base()
    systems = SYSTEM / "python{}.{}".format(*sys.version_info)
    how = str(sysconfig.get_config_var("CONFIG_ARGS") or FOR_SPEED)  # Windows does not say
    is_quick = FOR_SPEED in how or SYSTEM in ours.parents
    return systems if not is_quick and makes_environments(systems) else ours


def our_base() -> Path:
    """Return the Python that this process runs, outside any environment."""
    return Path(getattr(sys, "_base_executable", sys.executable))


def makes_environments(python: Path) -> bool:
    """Return whether a Python is there and has all that a virtual environment needs."""
    return python.exists() and _run([str(python), "-c", "import venv, ssl"]).returncode == 0


def _pip(python: Path) -> list[str]:
    """Return the pip command for a Python: that Python's pip, this Python's, or a new one.

    Debian without python3-venv has only this Python's pip.
    """
    its_pip = [str(python), "-m", "pip"]
    if _run([str(python), "-c", "import pip"]).returncode == 0:
        return its_pip
    if _run([sys.executable, "-c", KNOWS_PYTHON]).returncode == 0:
        return [sys.executable, "-m", "pip", "--python", str(python)]
    if _run([str(python), "-m", "ensurepip", "--default-pip"]).returncode == 0:
        return its_pip
    raise SetupFailed(say("setup.no_pip"))


def _move_scripts(folder: Path, *, was: Path) -> None:
    """Correct the folder in the scripts written by pip."""
    for script in sorted((folder / PYTHON).parent.iterdir()):
        if script.is_symlink() or not script.is_file():
            continue
        content = script.read_bytes()
        if b"\0" not in content[:1024] and bytes(was) in content:
            script.write_bytes(content.replace(bytes(was), bytes(folder)))


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=tempfile.gettempdir(),  # `-m` puts the current folder first: our packages are not pip's
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def _tail(output: str, lines: int = 12) -> str:
    return "\n".join(output.strip().splitlines()[-lines:])
