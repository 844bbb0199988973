"""The real app in a process of its own, on a free port, with a database of its own.

A worker imports the app once, in a process from which every server of its is forked.
"""

import multiprocessing
import os
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from commands import ROOT, serve
from ui.door import serving

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.browser.preloaded"])
os.environ.update(serve.ONE_THREAD)  # the process that forks counts its threads when it imports

HOST = "arena.test"
OTHER_HOST = "other.test"
"""The second laptop's address, for which a browser has no cookie of the first one's."""
"""A name that is no secure context to a browser, as the venue's address is none."""
PATIENCE_SECONDS = 180


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running app.

    Attributes
    ----------
    path
        Its database.
    filled
        What the factory that filled the database returned: links, ids.
    """

    path: Path
    port: int
    filled: Any
    process: BaseProcess

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> str:
        """All it has printed."""
        return log_file(self.path).read_text("utf-8", errors="replace")

    def stop(self) -> None:
        """Ask it to stop, as Ctrl-C does; insist after ten seconds."""
        self.process.terminate()
        self.process.join(timeout=10)
        if self.process.is_alive():
            self.kill()

    def kill(self) -> None:
        """Let it die at once, as by a power cut."""
        self.process.kill()
        self.process.join()


def log_file(path: Path) -> Path:
    """Where the server of a database prints to."""
    return path.with_suffix(".log")


def start(
    path: Path,
    *,
    filled: Any = None,
    port: int | None = None,
    told: Mapping[str, str] | None = None,
) -> Server:
    """Start the app on a database, with ``told`` in its environment, and wait for its answer."""
    port = port or free_port()
    process = FORKS.Process(
        target=serve_alone,
        args=(
            serve.server_command("127.0.0.1", port, (HOST, OTHER_HOST)),
            {**serve.environment(path), **(told or {})},
            log_file(path),
        ),
        daemon=True,
    )
    with pytest.MonkeyPatch.context() as patch:  # a page's test leaves the page as `__main__`,
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))  # which a fork would run
        process.start()
    server = Server(path, port, filled, process)
    until = time.monotonic() + PATIENCE_SECONDS
    while not answers(port):
        if not process.is_alive() or time.monotonic() > until:
            server.kill()
            raise RuntimeError(f"the app did not start:\n{server.log}")
        time.sleep(0.1)
    return server


def serve_alone(command: list[str], environment: Mapping[str, str], log: Path) -> None:
    """Be the server of a command line, printing to a file; what a forked process runs."""
    with log.open("ab") as printed:
        for stream in (1, 2):
            os.dup2(printed.fileno(), stream)
    os.chdir(ROOT)
    os.environ.update(environment)
    sys.argv = command[command.index("-m") + 1 :]
    serving.main(sys.argv[1:])


def answers(port: int) -> bool:
    """Whether an app answers on a port of this machine."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
