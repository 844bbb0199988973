"""The tests' own server when the process that began it is killed."""

import os
import select
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

import pytest

from commands.bench.cluster import programs
from tests.cluster import started

pytestmark = pytest.mark.skipif(programs() is None, reason="no PostgreSQL 15 here")

PATIENCE = 60.0


def test_a_killed_worker_leaves_no_server():
    """Kill -9 closes the worker's end of a pipe: the server ends, and its folder goes."""
    fork = get_context("fork")
    here, there = fork.Pipe()
    worker = fork.Process(target=_work, args=(there,))
    worker.start()
    assert here.poll(PATIENCE)
    folder, ending = here.recv()
    server = int((folder / "data" / "postmaster.pid").read_text("utf-8").split()[0])
    with _watched(server) as server_over, _watched(ending) as ending_over:
        worker.kill()
        worker.join()
        assert worker.exitcode == -signal.SIGKILL
        assert server_over.poll(1000 * PATIENCE)
        assert ending_over.poll(1000 * PATIENCE)
    assert not folder.exists()


def _work(there: Connection) -> None:
    """Begin a server, say what is to end it, and go on."""
    bin_ = programs()
    assert bin_ is not None
    folder, ending = started(bin_)
    there.send((folder, ending.pid))
    signal.pause()


@contextmanager
def _watched(number: int) -> Iterator[select.poll]:
    """Tells when a process that is no child of this one is over."""
    with closing(os.fdopen(os.pidfd_open(number))) as handle:
        asked = select.poll()
        asked.register(handle, select.POLLIN)
        yield asked
