"""Processes of their own, forked from one that a worker begins once and that has imported the app.

Python with the app's packages takes a second of processor to start; a fork takes none.
"""

import multiprocessing
import os
import socket
import sys
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

import pytest

from commands import serve

FORKS = multiprocessing.get_context("forkserver")
PRELOADED = ["tests.browser.preloaded"]
FORKS.set_forkserver_preload(PRELOADED)
os.environ.update(serve.ONE_THREAD)  # the process that forks counts its threads when it imports


def forked(run: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Begin a process that runs a function, and that ends with this one."""
    process = FORKS.Process(target=run, args=arguments, daemon=True)
    with pytest.MonkeyPatch.context() as patch:  # a page's test leaves the page as `__main__`,
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))  # which a fork would run
        process.start()
    return process


def serve_from_here(wire: Connection) -> None:
    """Fork the process that forks the others from this one, in which nothing has begun yet.

    multiprocessing would start it from nothing, and it would import all again.  It closes its end
    of the wire, by whose closing this process is known to have died.
    """
    ours = forkserver._forkserver
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("")  # a name that Linux chooses, no file
        listener.listen()
        alive_here, alive_there = os.pipe()
        process = os.fork()
        if not process:
            try:
                wire.close()
                os.close(alive_there)
                forkserver.main(os.dup(listener.fileno()), alive_here, PRELOADED)
            finally:
                os._exit(0)
        os.close(alive_here)
        ours._forkserver_address = listener.getsockname()
        ours._forkserver_alive_fd, ours._forkserver_pid = alive_there, process
