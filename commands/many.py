"""``arena.py many``: many competitions in one installation, each named by its host."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

import db
from commands import DATABASE, ROOT, say
from commands.serve import (
    ONE_THREAD,
    refuse_taken_port,
    warn_of_few_descriptors,
    warn_of_old_sqlite,
)
from commands.start import hand_over
from competition.moving import move
from competition.network import EVERYWHERE
from competition.people import links
from db import DatabaseError, competitions, members, served
from db.looking import looking
from db.members import FILE, PROVINCE, Members

FOLDER = DATABASE.with_name("many")

folder_option = click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=FOLDER,
    show_default=True,
    help=say("many.option_folder"),
)
address_option = click.option(
    "--address", "origin", metavar="SCHEME[:PORT]", default="https", help=say("many.option_address")
)


@click.group(name="many", help=say("many.help"))
def command() -> None:
    """Each subcommand is about one folder."""


@command.command(help=say("many.begin_help"))
@click.argument("host")
@click.option("--title", default=lambda: say("many.province"), help=say("many.option_title"))
@folder_option
@address_option
def begin(host: str, title: str, folder: Path, origin: str) -> None:
    """Write the list, begin the province's store, print its first link."""
    fresh = members.begun(folder, host.lower())
    fresh.keep()
    _begin(members.read(folder), PROVINCE, title, origin)


@command.command(help=say("many.add_help"))
@click.argument("name")
@click.option("--title", default=lambda: say("serve.first_title"), help=say("many.option_title"))
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=say("many.option_from"),
)
@folder_option
@address_option
def add(name: str, title: str, source: Path | None, folder: Path, origin: str) -> None:
    """Begin a competition, or carry one over from its own file; then write its name down."""
    more = members.read(folder).added(name)
    if source is None:
        _begin(more, name, title, origin)
    else:
        _carry(source, more.path_of(name))
        click.echo(say("many.carried", address=_address(more.host_of(name), origin)))
    more.keep()


@command.command(name="list", help=say("many.list_help"))
@folder_option
def list_(folder: Path) -> None:
    """Print name, host and title of each; or why it cannot be read."""
    there = members.read(folder)
    for name in (PROVINCE, *there.names):
        click.echo(f"{name:<16} {there.host_of(name):<32} {_title(there.path_of(name))}")


@command.command(help=say("many.serve_help"))
@folder_option
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--host", default=EVERYWHERE, show_default=True, help=say("serve.option_host"))
@click.option("--behind-proxy", "proxy", metavar="ADDRESS", help=say("serve.option_proxy"))
@click.option("--log", metavar="stderr|FILE", help=say("serve.option_log"))
@click.option("--drain", type=click.FloatRange(0), default=0, help=say("serve.option_drain"))
def serve(
    folder: Path, port: int, host: str, proxy: str | None, log: str | None, drain: float
) -> None:
    """Become the server of all competitions of the folder."""
    there = members.read(folder)
    refuse_taken_port(host, port)
    warn_of_few_descriptors()
    warn_of_old_sqlite()
    click.echo(say("many.serving", count=len(there.names), host=there.host, port=port))
    click.echo(say("serve.stop"))
    os.environ.pop("ARENA_DB", None)
    os.environ.update(environment(there))
    if log:
        os.environ["ARENA_LOG"] = log if log == "stderr" else str(Path(log).resolve())
    raise SystemExit(
        hand_over([*server_command(host, port, proxy), "--drain", str(drain)], folder=ROOT)
    )


def environment(there: Members) -> dict[str, str]:
    """Return the server's environment: the folder, cookie secret, threads."""
    secret = served.secret(there.folder / FILE)
    settings = {"ARENA_MANY": str(there.folder), "STREAMLIT_SERVER_COOKIE_SECRET": secret}
    return {**settings, **ONE_THREAD}


def server_command(host: str, port: int, proxy: str | None = None) -> list[str]:
    """Return the command line of the server; the hosts that it goes by are in the list."""
    command = [sys.executable, "-m", "ui.door.serving", "--host", host, "--port", str(port)]
    return [*command, *(("--behind-proxy", proxy) if proxy else ())]


def _begin(there: Members, name: str, title: str, origin: str) -> None:
    """Begin a competition in a store that has none; print the organizer's link."""
    path = there.path_of(name)
    served.locks(path).require_free()
    store = db.open_store(path)
    with store.reading() as tx:
        if competitions.all_of(tx):
            raise click.ClickException(say("many.there", name=name))
    at = datetime.now(UTC)
    _, token = links.begin(store, title=title, organizer=say("serve.first_organizer"), at=at)
    db.close_all()
    click.echo(say("serve.first_link"))
    click.echo(f"  {_address(there.host_of(name), origin)}/j/{token}")


def _carry(source: Path, target: Path) -> None:
    """Move a competition, so that its former file takes no mark any more."""
    served.locks(source).require_free()
    served.locks(target).require_free()
    first, second = db.Store(source), served.made(target)
    try:
        move(first, second)
    finally:
        first.close()
        second.close()


def _address(host: str, origin: str) -> str:
    scheme, colon, port = origin.partition(":")
    return f"{scheme}://{host}{colon}{port}"


def _title(path: Path) -> str:
    try:
        with looking(path) as looked, looked.store.reading() as tx:
            return " · ".join(row["title"] for row in competitions.all_of(tx))
    except DatabaseError as error:
        return say("many.unread", code=error.code)
