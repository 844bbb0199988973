"""``arena.py deploy``: configuration for several processes on one machine behind a proxy.

Nothing is started, and no host is named that was not given. Written again, files change with the
options; a file that a person has changed since is never overwritten.
"""

import getpass
import hashlib
import json
import re
import shutil
from pathlib import Path

import click

from commands import ROOT, say

FILES = ("nginx.conf", "Caddyfile", "arena@.service", "arena.target", "Dockerfile", "compose.yaml")
TEMPLATES = Path(__file__).parent / "files"
WRITTEN = ".arena-deploy.json"
"""Beside the files: the hash of each as it was written."""
BLANK = re.compile(r"@([a-z_]+)@")
PATH = re.compile(r"[\w./-]+")
"""A path that means the same to nginx, Caddy, systemd and a shell."""
NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
HELD_SECONDS = 2
"""How long nginx asks a process no further that refused, or did not answer in time."""
DRAIN_SECONDS = HELD_SECONDS + 2
"""Longer than a process that was started again is still held for dead."""


@click.command(help=say("deploy.help"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--db", "path", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--host-name", "names", multiple=True, required=True, help=say("deploy.option_name"))
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--listen", type=click.IntRange(1, 65535), help=say("deploy.option_listen"))
@click.option("--certificate", type=click.Path(path_type=Path), help=say("deploy.option_tls"))
@click.option("--key", type=click.Path(path_type=Path))
def command(
    folder: Path,
    path: Path,
    names: tuple[str, ...],
    processes: int,
    port: int,
    listen: int | None,
    certificate: Path | None,
    key: Path | None,
) -> None:
    """Write the files, or refuse and write none."""
    _check(names, certificate, key, [folder, path, ROOT])
    tls = (certificate.resolve(), key.resolve()) if certificate and key else None
    configure(folder, path, names, range(port, port + processes), listen, tls)
    for name in FILES:
        click.echo(str(folder / name))
    click.echo(say("deploy.next", count=processes))


def _check(
    names: tuple[str, ...], certificate: Path | None, key: Path | None, paths: list[Path]
) -> None:
    """Refuse what could say something else to a proxy, and half of a certificate."""
    for name in names:
        if not NAME.fullmatch(name):
            raise click.ClickException(say("deploy.bad_name", name=name))
    for path in (*paths, certificate, key):
        if path is not None and not PATH.fullmatch(str(path.resolve())):
            raise click.ClickException(say("deploy.bad_path", path=path))
    if bool(certificate) != bool(key):
        raise click.ClickException(say("deploy.half_tls"))


def configure(
    folder: Path,
    path: Path,
    names: tuple[str, ...],
    ports: range,
    listen: int | None,
    tls: tuple[Path, Path] | None = None,
) -> None:
    """Write the files for processes at some ports behind a proxy that listens at one."""
    known = values(folder.resolve(), path.resolve(), names, ports, listen, tls)
    write(folder, {name: filled((TEMPLATES / name).read_text("utf-8"), known) for name in FILES})


def values(
    folder: Path,
    path: Path,
    names: tuple[str, ...],
    ports: range,
    listen: int | None,
    tls: tuple[Path, Path] | None,
) -> dict[str, str]:
    """What stands in the blanks of the files."""
    public = listen or (443 if tls else 80)
    hosts = " ".join(f"--host-name {name}" for name in names)
    serve = f"--shared --host 127.0.0.1 --behind-proxy 127.0.0.1 --drain {DRAIN_SECONDS} {hosts}"
    scheme = "https" if tls else "http"
    servers = [f"127.0.0.1:{port}" for port in ports]
    return {
        "root": str(ROOT),
        "folder": str(folder),
        "user": getpass.getuser(),
        "python": shutil.which("python3") or "/usr/bin/python3",
        "serve": f"{serve} --db {path}",
        "units": " ".join(f"arena@{port}.service" for port in ports),
        "listen": f"{public} ssl" if tls else str(public),
        "secure": "; Secure" if tls else "",
        "nginx_names": " ".join(names),
        "nginx_servers": "\n".join(
            f"    server {one} max_fails=1 fail_timeout={HELD_SECONDS}s;" for one in servers
        ),
        "nginx_tls": _lines(tls, "    ssl_certificate{} {};", ("", "_key")),
        "caddy_names": ", ".join(f"{scheme}://{name}:{public}" for name in names),
        "caddy_servers": " ".join(servers),
        "caddy_tls": f"\ttls {tls[0]} {tls[1]}" if tls else "",
        "compose_apps": "\n".join(_service(serve, folder, path, port) for port in ports),
        "compose_tls": "\n".join(f"      - {one}:{one}:ro" for one in tls or ()),
    }


def _lines(tls: tuple[Path, Path] | None, line: str, parts: tuple[str, str]) -> str:
    return "\n".join(line.format(part, one) for part, one in zip(parts, tls or (), strict=False))


def _service(serve: str, folder: Path, path: Path, port: int) -> str:
    """One process of the composition: its data is the folder of the database."""
    return "\n".join(
        [
            f"  arena{port}:",
            "    build:",
            f"      context: {ROOT}",
            f"      dockerfile: {folder / 'Dockerfile'}",
            "    network_mode: host",
            "    restart: always",
            "    stop_grace_period: 40s",
            "    environment: [ARENA_METRICS_KEY, ARENA_DATABASE_URL]",
            f"    command: python3 arena.py serve {serve} --db /data/{path.name} --port {port}",
            f"    volumes: ['{path.parent}:/data']",
        ]
    )


def filled(text: str, known: dict[str, str]) -> str:
    """A file with its blanks filled; lines of which nothing is left are dropped."""
    text = BLANK.sub(lambda blank: known[blank.group(1)], text)
    return re.sub(r"\n\s*\n(?=[ \t])", "\n", text).rstrip() + "\n"


def write(folder: Path, texts: dict[str, str]) -> None:
    """Write the files unless one of them is a person's by now."""
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / WRITTEN
    before = json.loads(record.read_text("utf-8")) if record.exists() else {}
    changed = [
        name
        for name in texts
        if (folder / name).exists() and _hash((folder / name).read_bytes()) != before.get(name)
    ]
    if changed:
        raise click.ClickException(say("deploy.changed", names=", ".join(changed)))
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    hashes = {name: _hash(text.encode()) for name, text in texts.items()}
    record.write_text(json.dumps(hashes, indent=1), encoding="utf-8")


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
