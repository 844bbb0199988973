"""Two processes on one file behind nginx, configured as ``arena.py deploy`` writes it."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from commands import deploy
from tests.browser import server as servers
from tests.browser.server import HOST, Server, free_port
from tests.browser.waits import until

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
SHARED = {"ARENA_SHARED": "1"}
BEHIND = ("--behind-proxy", "127.0.0.1")
MAIN = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/nginx.conf;
}}
"""


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
    return servers.start(path, filled=filled, port=port, told=SHARED, more=BEHIND)


def two_ports() -> int:
    """A free port whose next one is free, too."""
    while True:
        port = free_port()
        if port < 65535 and not servers.answers(port + 1):
            return port


@contextmanager
def installed(path: Path, filled: object) -> Iterator[Installation]:
    """Two processes and nginx in front of them."""
    first, public, folder = two_ports(), free_port(), path.parent / "deploy"
    options = ["--db", str(path), "--host-name", HOST, "--port", str(first)]
    outcome = CliRunner().invoke(deploy.command, [str(folder), *options, "--listen", str(public)])
    assert outcome.exit_code == 0, outcome.output
    (folder / "main.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    processes = [started(path, port, filled) for port in (first, first + 1)]
    proxy = subprocess.Popen([str(NGINX), "-c", str(folder / "main.conf")])
    try:
        until(lambda: servers.answers(public, "/healthz/ready"))
        yield Installation(public, processes)
    finally:
        proxy.terminate()
        proxy.wait()
        for process in processes:
            process.stop()
