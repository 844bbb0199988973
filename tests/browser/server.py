"""The real app in a process of its own, on a free port, with a database of its own.

A worker imports the app once, in a process from which every server of its is forked.
"""

import os
import random
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from streamlit.web import cli as streamlit

from commands import ROOT, serve
from commands.cli import cli
from competition.standby import copies
from tests.forks import forked
from ui.door import serving

HOST = "arena.test"
"""A name that is no secure context to a browser, as the venue's address is none."""
OTHER_HOST = "other.test"
"""The second laptop's address, for which a browser has no cookie of the first one's."""
PATIENCE_SECONDS = 180
HEALTH = "/_stcore/health"


def free_port() -> int:
    """A port nobody listens on, nor on the next one, which the page of a certificate takes.

    It is none that the system gives to who asks for any: one of those may be another's before
    the app takes it.
    """
    chance = random.SystemRandom()
    while True:
        port = chance.randrange(12_000, 32_000, 2)
        with suppress(OSError), socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", port))
            second.bind(("127.0.0.1", port + 1))
            return port


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
    host: str = HOST

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://{self.host}:{self.port}"

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
        """Let it die at once with all that it has started, as by a power cut."""
        self.signal(signal.SIGKILL)
        self.process.join()

    def signal(self, number: int) -> None:
        """Send a signal to its process group, which is its own."""
        if self.process.is_alive():
            os.killpg(int(self.process.pid or 0), number)


def log_file(path: Path) -> Path:
    """Where the server of a database prints to."""
    return path.with_suffix(".log")


def start(
    path: Path,
    *,
    filled: Any = None,
    port: int | None = None,
    told: Mapping[str, str] | None = None,
    more: Sequence[str] = (),
    tls: serve.TlsFiles | None = None,
    run: Callable[[list[str]], None] | None = None,
) -> Server:
    """Start the app on a database, with ``told`` in its environment, and wait for its answer.

    ``more`` are further options of the server's process, ``run`` begins it otherwise than the app
    does. One that is encrypted by ``tls`` has answered once its page for tablets, at the next port,
    does.
    """
    port = port or free_port()
    command = [*serve.server_command("127.0.0.1", port, (HOST, OTHER_HOST), tls=tls), *more]
    environment = {**serve.environment(path), **(told or {})}
    asked = (port + 1, "/") if tls else (port, HEALTH)
    arguments = command[command.index("-m") + 1 :]
    return _begun(run or serving_app, arguments, environment, path, port, filled, asked)


def show(script: Path, folder: Path) -> Server:
    """Start Streamlit on a script that is no part of the app, with the app's configuration."""
    port = free_port()
    options = ["--server.headless=true", f"--server.port={port}", "--server.fileWatcherType=none"]
    return _begun(
        _show, ["run", str(script), *options], {}, folder / script.name, port, None, (port, HEALTH)
    )


def follow(folder: Path, first: Server, code: str, lang: str) -> Server:
    """Start ``arena.py standby`` paired with a server, and wait for its page.

    It is the server of its own copy once it has taken over.
    """
    port = free_port()
    command = ["standby", f"http://127.0.0.1:{first.port}", "--code", code]
    command += ["--folder", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    command += ["--host-name", OTHER_HOST, "--host-name", "127.0.0.1"]
    folder.mkdir()
    environment = {**serve.ONE_THREAD, "ARENA_LANG": lang}
    path = copies.served(folder)
    server = _begun(_follow, command, environment, path, port, first.filled, (port, "/state"))
    return replace(server, host=OTHER_HOST)


def _begun(
    run: Callable[[list[str]], None],
    arguments: list[str],
    environment: Mapping[str, str],
    path: Path,
    port: int,
    filled: Any,
    asked: tuple[int, str],
) -> Server:
    """Fork a process that runs a command line, and wait until it answers where it is asked."""
    process = forked(_alone, run, arguments, environment, log_file(path))
    server = Server(path, port, filled, process)
    until = time.monotonic() + PATIENCE_SECONDS
    while not answers(*asked):
        if not process.is_alive() or time.monotonic() > until:
            server.kill()
            raise RuntimeError(f"the app did not start:\n{server.log}")
        time.sleep(0.1)
    return server


def _alone(
    run: Callable[[list[str]], None],
    arguments: list[str],
    environment: Mapping[str, str],
    log: Path,
) -> None:
    """Run a command line in a process group apart, printing to a file."""
    os.setsid()
    with log.open("ab") as printed:
        for stream in (1, 2):
            os.dup2(printed.fileno(), stream)
    os.chdir(ROOT)
    os.environ.update(environment)
    run(arguments)


def serving_app(arguments: list[str]) -> None:
    """Be the app's process."""
    sys.argv = arguments
    serving.main(arguments[1:])


def _show(arguments: list[str]) -> None:
    streamlit.main(arguments, prog_name="streamlit")


def _follow(arguments: list[str]) -> None:
    cli.main(arguments, prog_name="arena.py")


def answers(port: int, path: str = HEALTH) -> bool:
    """Whether an app answers on a port of this machine."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
