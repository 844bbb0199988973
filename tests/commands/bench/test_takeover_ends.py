"""A takeover that fails leaves no laptop running."""

import os
import signal
import subprocess
import sys

import pytest

from commands.bench.takeover import kill
from tests.browser.waits import until

PARENT = (
    "import subprocess, sys;"
    "child = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE);"
    "print(child.pid, flush=True); {after}"
)


def is_running(pid: int) -> bool:
    """Whether a process is there and no mere entry of an ended one."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(stat.stdout.strip()) and not stat.stdout.strip().startswith("Z")


@pytest.mark.parametrize("after", ["sys.stdin.read()", "sys.exit(1)"])
def test_the_standby_and_the_server_it_started_end_with_the_bench(after: str):
    """Also where it had ended by itself and left its server behind."""
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(after=after)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    child = int(process.stdout.readline())
    if "exit" in after:
        process.wait()
    kill(process)
    assert process.returncode in (-signal.SIGKILL, 1)
    until(lambda: not is_running(child))
