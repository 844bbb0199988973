"""What the suite is run by: a worker that is killed costs the run one test, and no other waits."""

import os
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import db
from tests.forks import FORKS, forked
from tests.templates import Templates, filled, nothing

ROOT = Path(__file__).parents[2]
FILES = 7
ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
KILLS = "import os, signal\n\ndef test_dies():\n    os.kill(os.getpid(), signal.SIGKILL)\n"
PASSES = "def test_first():\n    pass\n\ndef test_second():\n    pass\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no such signal there")
def test_a_killed_worker_costs_one_test(tmp_path: Path):
    """Two workers die while they have files before and behind; all the rest is run, and it ends."""
    for number in range(FILES):
        killed = number % 3 == 1
        (tmp_path / f"test_{number}.py").write_text(PASSES + KILLS * killed + PASSES * killed)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    arguments = "-n2 --dist=loadfile --no-loadscope-reorder -p xdist -p tests.scheduling"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments.split()],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": "", **ALONE},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert f"2 failed, {2 * FILES} passed" in ran.stdout, ran.stdout


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
