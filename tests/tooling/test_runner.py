"""What the suite is run by: a worker that is killed costs the run one test, and no other waits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import db
from tests.templates import Templates, filled, nothing

ROOT = Path(__file__).parents[2]
FILES = 7
KILLS = "import os, signal\n\ndef test_dies():\n    os.kill(os.getpid(), signal.SIGKILL)\n"
PASSES = "def test_first():\n    pass\n\ndef test_second():\n    pass\n"
BUILDS = """
import sys
from pathlib import Path
from tests.templates import Templates

def build(path):
    path.write_bytes(b"half")
    print("building", flush=True)
    sys.stdin.read()

Templates(Path(sys.argv[1])).copy("sample", build, Path(sys.argv[1], "copy"))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no such signal there")
def test_a_killed_worker_costs_one_test(tmp_path: Path):
    """Two workers die while they have files before and behind; all the rest is run, and it ends."""
    for number in range(FILES):
        killed = number % 3 == 1
        (tmp_path / f"test_{number}.py").write_text(PASSES + KILLS * killed + PASSES * killed)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    arguments = "-n2 --dist=loadfile --no-loadscope-reorder -p tests.scheduling -p no:cacheprovider"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments.split()],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert f"2 failed, {2 * FILES} passed" in ran.stdout, ran.stdout


def test_a_builder_that_is_killed_holds_nobody_up(tmp_path: Path):
    """What it left half is built again by the next."""
    command = [sys.executable, "-c", BUILDS, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as building:
        assert building.stdout is not None
        assert building.stdout.readline() == "building\n"
        building.kill()
    Templates(tmp_path).copy("sample", filled(nothing), tmp_path / "copy.db")
    store = db.Store(tmp_path / "copy.db")
    store.close()
