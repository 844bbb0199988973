"""``arena.py serve``: runs the app on this machine's network."""

import errno
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

import db
from commands import ROOT, certificate, say
from commands.descriptors import FEWEST, raise_descriptors
from commands.options import named_database
from commands.start import hand_over
from competition.network import EVERYWHERE, own_hosts, web_addresses
from competition.people import links
from db import competitions, served
from db.connection import has_checkpoint_fault, sqlite_version

TlsFiles = tuple[Path, Path, Path]
"""The authority's certificate, the server's, and the server's key."""

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Our matrices are small: on a busy machine, threads that wait for each other cost three times
what they save, and take it from the request being answered."""


@click.command(help=say("serve.help"))
@named_database
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--host", default=EVERYWHERE, show_default=True, help=say("serve.option_host"))
@click.option("--host-name", "names", multiple=True, help=say("serve.option_host_name"))
@click.option("--tls", is_flag=True, help=say("serve.option_tls"))
@click.option("--behind-proxy", "proxy", metavar="ADDRESS", help=say("serve.option_proxy"))
@click.option(
    "--copy-to",
    type=click.Path(path_type=Path, exists=True, file_okay=False, writable=True),
    help=say("serve.option_copy_to"),
)
@click.option("--log", metavar="stderr|FILE", help=say("serve.option_log"))
@click.option("--shared", is_flag=True, help=say("serve.option_shared"))
@click.option("--drain", type=click.FloatRange(0), default=0, help=say("serve.option_drain"))
@click.option("--new-link", "again", is_flag=True, help=say("serve.option_new_link"))
def command(
    path: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    tls: bool,
    proxy: str | None,
    copy_to: Path | None,
    log: str | None,
    shared: bool,
    drain: float,
    again: bool,
) -> None:
    """Print the app's addresses and become its server."""
    refuse_taken_port(host, port)
    if shared and os.name != "posix" and served.at(path) is None:
        raise click.ClickException(say("serve.shared_posix"))
    locks = served.locks(path)
    locks.require_free(shared=shared)
    warn_of_few_descriptors()
    if served.at(path) is None:
        warn_of_old_sqlite()
    at = datetime.now(UTC)
    path.parent.mkdir(parents=True, exist_ok=True)
    with locks.starting():
        token, _ = first_link(path, at=at), served.secret(path)
    if token is None and again:
        token = links.organizer_again(db.open_store(path), at=at)
    addresses = web_addresses(host, port, names, scheme="https" if tls else "http")
    announce(addresses)
    tls_files = own_certificate(path, host, port, names) if tls else None
    if token is not None:
        click.echo(say("serve.first_link"))
        for address in addresses:
            click.echo(f"  {address}/j/{token}")
    raise SystemExit(
        start(
            path,
            host=host,
            port=port,
            names=names,
            tls=tls_files,
            behind_proxy=proxy or "",
            copy_to=copy_to,
            log=log or "",
            drain=drain,
            shared=shared,
        )
    )


def warn_of_old_sqlite() -> None:
    """Warn if the SQLite in use has a fault with two writing programs."""
    if has_checkpoint_fault():
        click.echo(say("serve.old_sqlite", version=sqlite_version()))


def own_certificate(path: Path, host: str, port: int, names: tuple[str, ...]) -> TlsFiles:
    """Make the server's certificate, and print where tablets fetch the one they must trust."""
    files = certificate.ensure(path.resolve(), [*own_hosts(host), *names])
    refuse_taken_port(host, port + 1)
    pages = web_addresses(host, port + 1, names)
    click.echo(say("serve.trust", address=pages[min(1, len(pages) - 1)], days=certificate.DAYS))
    click.echo(say("serve.fingerprint", fingerprint=certificate.fingerprint(files[0])))
    return files


def start(
    path: Path,
    *,
    host: str,
    port: int,
    names: tuple[str, ...] = (),
    tls: TlsFiles | None = None,
    behind_proxy: str = "",
    copy_to: Path | None = None,
    log: str = "",
    drain: float = 0.0,
    shared: bool = False,
) -> int:
    """Become the app's server; returns only on systems that cannot replace a process."""
    sys.stdout.flush()
    db.close_all()
    os.environ.update(environment(path.resolve()))
    if copy_to is not None:
        os.environ["ARENA_COPY_TO"] = str(copy_to.resolve())
    if shared:
        os.environ["ARENA_SHARED"] = "1"
    if log:
        os.environ["ARENA_LOG"] = log if log == "stderr" else str(Path(log).resolve())
    command = server_command(host, port, names, tls=tls, behind_proxy=behind_proxy)
    return hand_over([*command, "--drain", str(drain)], folder=ROOT)


def environment(path: Path) -> dict[str, str]:
    """Return the server's environment: database, cookie secret, threads."""
    settings = {"ARENA_DB": str(path), "STREAMLIT_SERVER_COOKIE_SECRET": served.secret(path)}
    return {**settings, **ONE_THREAD}


def server_command(
    host: str,
    port: int,
    names: tuple[str, ...] = (),
    *,
    tls: TlsFiles | None = None,
    behind_proxy: str = "",
) -> list[str]:
    """Return the command line of the server, to be run in the project's folder."""
    allowed = [*own_hosts(host), *names]
    command = [sys.executable, "-m", "ui.door.serving", "--host", host, "--port", str(port)]
    command += [part for name in allowed for part in ("--allowed-host", name)]
    if tls is not None:
        authority, server, key = map(str, tls)
        command += ["--certificate", server, "--key", key]
        command += ["--authority", authority, "--install-port", str(port + 1)]
    if behind_proxy:
        command += ["--behind-proxy", behind_proxy]
    return command


def first_link(path: Path, *, at: datetime) -> str | None:
    """Create a competition in a database without one; return the organizer's token."""
    store = db.open_store(path)
    with store.reading() as tx:
        if competitions.all_of(tx):
            return None
    title, organizer = say("serve.first_title"), say("serve.first_organizer")
    _, token = links.begin(store, title=title, organizer=organizer, at=at)
    return token


def refuse_taken_port(host: str, port: int) -> None:
    """Refuse if another program listens on the port."""
    with socket.socket() as probe:
        if os.name == "posix":  # elsewhere the option would allow a second server on the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            key = "port_taken" if error.errno == errno.EADDRINUSE else "host_unusable"
            message = say(f"serve.{key}", host=host, port=port, detail=error.strerror)
            raise click.ClickException(message) from error


def warn_of_few_descriptors() -> None:
    """Raise the limit of open files and sockets; warn if it stays too low."""
    limit = raise_descriptors()
    if limit is not None and limit < FEWEST:
        click.secho(say("serve.few_descriptors", limit=limit, fewest=FEWEST), fg="yellow")


def announce(addresses: list[str]) -> None:
    """Print the addresses, this machine's first, then those for the tablets."""
    click.echo(say("serve.local", address=addresses[0]))
    for address in addresses[1:]:
        click.echo(say("serve.network", address=address))
    click.echo(say("serve.stop"))
