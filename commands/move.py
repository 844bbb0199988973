"""``arena.py move``: a competition carried to another store, proven equal, closed where it was."""

from pathlib import Path

import click

import db
from commands import DATABASE, say
from commands.options import database
from commands.verify import everything, report
from competition.moving import move
from db.file_lock import FileLocks
from db.postgres.address import SCHEMES, Address, configured, read
from db.postgres.locks import ServedLocks
from db.postgres.store import ServedStore

CONFIGURED = "postgresql"
"""Instead of an address: the database that ``ARENA_DATABASE_URL`` names, its password unseen."""


@click.command(help=say("move.help"))
@click.option("--from", "source", default=lambda: str(database()), show_default=str(DATABASE))
@click.option("--to", "target", required=True, help=say("move.option_to"))
def command(source: str, target: str) -> None:
    """Copy, compare, close the source; print what was compared."""
    if address_of(source) is None and not Path(source).exists():
        raise click.ClickException(say("move.missing", path=source))
    first, second = opened(source), None
    try:
        second = opened(target)
        proof = move(first, second)
        findings = everything(second)
    finally:
        for store in (first, second):
            if store is not None:
                store.close()
    if findings:
        raise click.ClickException(report(findings))
    click.echo(say("move.done", tables=proof.tables, rows=proof.rows, rankings=proof.rankings))
    for head in proof.heads:
        click.echo(say("move.head", head=head))


def address_of(text: str) -> Address | None:
    """The place in PostgreSQL that a text names; None for a file."""
    if text == CONFIGURED or Path(text).name == getattr(configured(), "file_name", None):
        return configured() or read("")
    return read(text) if text.partition("://")[0] in SCHEMES else None


def opened(text: str) -> db.Store:
    """The store that a text names, which no server holds."""
    address = address_of(text)
    path = Path(text) if address is None else DATABASE.with_name(address.file_name)
    locks = FileLocks(path) if address is None else ServedLocks(address)
    locks.require_free()
    return db.Store(path) if address is None else ServedStore(address, path)
