"""nginx or Caddy in front of several processes, as ``arena.py deploy`` configures them."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commands import deploy
from commands.bench.hall import HOST, answers, free_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
CADDY = shutil.which("caddy")
PATIENCE_SECONDS = 30
MAIN = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr;
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


def ports(count: int) -> range:
    """So many free ports in a row."""
    while True:
        free = range(free_port(), 65536)[:count]
        if len(free) == count and all(map(_is_free, free)):
            return free


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def nginx(folder: Path, path: Path, processes: range) -> Iterator[int]:
    """Run nginx in front of the processes of a file, one of which answers; its port."""
    listen, folder = _configured(folder, path, processes)
    (folder / "main.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    with _running([str(NGINX), "-c", str(folder / "main.conf")], folder, listen):
        yield listen


@contextmanager
def caddy(folder: Path, path: Path, processes: range) -> Iterator[int]:
    """Run Caddy there."""
    listen, folder = _configured(folder, path, processes)
    told = ["--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with _running([str(CADDY), "run", *told], folder, listen):
        yield listen


PROXIES = {"nginx": nginx, "caddy": caddy}


def is_installed(kind: str) -> bool:
    """Whether this machine has the proxy."""
    return {"nginx": NGINX, "caddy": CADDY}[kind] is not None


def _configured(folder: Path, path: Path, processes: range) -> tuple[int, Path]:
    listen, folder = free_port(), folder / "deploy"
    deploy.configure(folder, path, (HOST, "127.0.0.1"), processes, listen)
    return listen, folder


@contextmanager
def _running(command: list[str], folder: Path, listen: int) -> Iterator[None]:
    log = folder / "proxy.log"
    settings = {**os.environ, "CADDY_ADMIN": "off", "HOME": str(folder)}
    with log.open("wb") as kept:
        proxy = subprocess.Popen(command, env=settings, stdout=kept, stderr=kept)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not answers(listen):
            if proxy.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text("utf-8", errors="replace"))
            time.sleep(0.05)
        yield
    finally:
        proxy.terminate()
        proxy.wait()
