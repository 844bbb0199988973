"""Two processes on one file behind nginx, configured as ``arena.py deploy`` writes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from commands.bench import proxy
from commands.deploy import HELD_SECONDS
from tests.browser import server as servers
from tests.browser.server import Server

SHARED = {"ARENA_SHARED": "1"}
OPTIONS = ("--behind-proxy", "127.0.0.1", "--drain", str(HELD_SECONDS + 1))
"""As ``deploy`` gives them, but for a second less of being not ready."""


@dataclass
class Installation:
    """The processes by their ports, and the port of the proxy."""

    port: int
    processes: list[Server]

    def kill(self, place: int) -> None:
        """Let a process die at once."""
        self.processes[place].kill()

    def start_again(self, place: int) -> None:
        """Start it again at its port, as systemd does."""
        dead = self.processes[place]
        self.processes[place] = started(dead.path, dead.port, dead.filled)


def started(path: Path, port: int, filled: object = None) -> Server:
    """One process of the installation."""
    return servers.start(path, filled=filled, port=port, told=SHARED, more=OPTIONS)


@contextmanager
def installed(path: Path, filled: object, kind: str = "nginx") -> Iterator[Installation]:
    """Two processes and a proxy in front of them."""
    ports = proxy.ports(2)
    processes = [started(path, port, filled) for port in ports]
    try:
        with proxy.PROXIES[kind](path.parent, path, ports) as listen:
            yield Installation(listen, processes)
    finally:
        for process in processes:
            process.stop()
