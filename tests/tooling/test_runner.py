"""What the suite is run by: a worker that is killed costs the run one test, and no other waits."""

import os
import re
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

import pytest

import db
from tests.forks import FORKS, forked
from tests.templates import Templates, filled, nothing
from tests.workers import CAN_FORK

FILES = 7
PRINTED = [number for number in range(FILES) if not number % 3]
"""Files of those that print whose last test fails."""
ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
KILLS = "import os, signal\n\ndef test_dies():\n    os.kill(os.getpid(), signal.SIGKILL)\n"
PASSES = "def test_first():\n    pass\n\ndef test_second():\n    pass\n"


SHARED = """
import pytest

@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return tmp_path_factory.mktemp("shared")

def test_first(shared):
    (shared / "seen").touch()

def test_second(shared):
    assert (shared / "seen").exists()
    print("said by {name}")
    assert {number} % 3
"""
GOES_ON = """
import time
from pathlib import Path

import pytest

@pytest.fixture(scope="session")
def begun():
    Path("begun").touch()
    yield
    Path("taken down").touch()

def test_goes_on(begun):
    while True:
        time.sleep(0.01)

def test_is_never_begun():  # or the other file would wait behind the endless test
    pass
"""
FAILS = """
import time
from pathlib import Path

def test_fails():
    while not Path("begun").exists():
        time.sleep(0.01)
    raise ValueError
"""
INTERRUPTS = """
import os
import signal
import time
from pathlib import Path

def test_interrupts():
    while not Path("begun").exists():
        time.sleep(0.01)
    os.kill(os.getppid(), signal.SIGINT)
    while True:
        time.sleep(0.01)
"""
forked_only = pytest.mark.skipif(not CAN_FORK, reason="one process runs all tests there")


@dataclass(frozen=True)
class Ran:
    """A run of tests that has ended: how, and what it printed."""

    returncode: int | None
    stdout: str


def run_in(folder: Path, files: list[str], *options: str) -> Ran:
    """Run files of tests in two workers, from a process that was forked: Python is there."""
    for number, text in enumerate(files):
        (folder / f"test_{number}.py").write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\n")
    running = forked(run_here, folder, options)
    running.join(600)
    return Ran(running.exitcode, (folder / "printed").read_text("utf-8"))


def run_here(folder: Path, options: tuple[str, ...]) -> NoReturn:
    """Run the tests of a folder as a command of its own does, what it prints in a file."""
    os.chdir(folder)
    os.environ.update(ALONE)
    # A run that nohup begins ignores Ctrl-C, and so would what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with (folder / "printed").open("wb") as printed:
        for shown in (1, 2):
            os.dup2(printed.fileno(), shown)
    sys.stdout, sys.stderr = (os.fdopen(shown, "w", closefd=False) for shown in (1, 2))
    status = pytest.main(["--workers=2", "-p", "tests.workers", *options])
    sys.stdout.flush()
    os._exit(status)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Files of which two kill their worker, and files that share a fixture and print."""
    kills = [PASSES + (KILLS + PASSES) * (number % 3 == 1) for number in range(FILES)]
    prints = [SHARED.format(name=f"file{number}", number=number) for number in range(FILES)]
    mixed = [text for pair in zip(kills, prints, strict=True) for text in pair]
    return run_in(tmp_path_factory.mktemp("run"), mixed)


@forked_only
def test_a_killed_worker_costs_one_test(ran: Ran):
    """Two workers die while they have files before and behind; all the rest is run, and it ends."""
    failed = 2 + len(PRINTED)
    assert f"{failed} failed, {4 * FILES - len(PRINTED)} passed" in ran.stdout, ran.stdout
    died = re.findall(r"^The worker that ran this test died with status -9", ran.stdout, re.M)
    assert len(died) == 2, ran.stdout
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED


@forked_only
def test_a_file_is_run_whole_and_what_it_prints_is_its_own(ran: Ran):
    """Its fixtures are made once, and a failed test is shown with what it has printed."""
    for number in range(FILES):
        assert ran.stdout.count(f"said by file{number}\n") == (number in PRINTED)
    assert "assert (3 % 3)" in ran.stdout


@forked_only
def test_the_first_failure_stops_all_where_that_is_asked_for(tmp_path: Path):
    """The other worker takes down what it has set up; what cannot be collected is said at once."""
    ran = run_in(tmp_path, [GOES_ON, FAILS], "-x")
    assert "stopping after 1 failures" in ran.stdout, ran.stdout
    assert (tmp_path / "taken down").exists()
    ran = run_in(tmp_path, [PASSES, "import no_such_module\n"])
    assert ran.returncode == pytest.ExitCode.INTERRUPTED
    assert "passed" not in ran.stdout, ran.stdout


@pytest.mark.long(
    "tooling/test_runner.py::test_the_first_failure_stops_all_where_that_is_asked_for"
)
@forked_only
def test_ctrl_c_takes_down_what_was_set_up(tmp_path: Path):
    """It comes to the first process, which passes it on once."""
    ran = run_in(tmp_path, [GOES_ON, INTERRUPTS])
    assert ran.returncode == pytest.ExitCode.INTERRUPTED, ran.stdout
    assert (tmp_path / "taken down").exists()


def build_half(folder: Path, told: Connection) -> None:
    """Begin to build, and never end: a process apart."""

    def build(path: Path) -> None:
        path.write_bytes(b"half")
        told.send("building")
        told.recv()

    Templates(folder).copy("sample", build, folder / "copy")


def test_a_builder_that_is_killed_holds_nobody_up(tmp_path: Path):
    """What it left half is built again by the next."""
    heard, told = FORKS.Pipe()
    with heard, told:
        building = forked(build_half, tmp_path, told)
        assert heard.recv() == "building"
        building.kill()
        building.join()
    Templates(tmp_path).copy("sample", filled(nothing), tmp_path / "copy.db")
    store = db.Store(tmp_path / "copy.db")
    store.close()
