"""The real app in a process of its own, on a free port, with a database of its own."""

import os
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from commands import ROOT, serve

HOST = "arena.test"
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
    process: subprocess.Popen[bytes]

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
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Let it die at once, as by a power cut."""
        self.process.kill()
        self.process.wait()


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
    with log_file(path).open("ab") as log:
        process = subprocess.Popen(
            serve.server_command("127.0.0.1", port, (HOST,)),
            cwd=ROOT,
            env={**os.environ, **serve.environment(path), **(told or {})},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = Server(path, port, filled, process)
    until = time.monotonic() + PATIENCE_SECONDS
    while not answers(port):
        if process.poll() is not None or time.monotonic() > until:
            server.kill()
            raise RuntimeError(f"the app did not start:\n{server.log}")
        time.sleep(0.1)
    return server


def answers(port: int) -> bool:
    """Whether an app answers on a port of this machine."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
