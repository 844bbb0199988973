"""``arena.py demo``: an invented village final, served, with everybody's links."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

import db
from commands import ROOT, language, say
from commands.network import EVERYWHERE, web_addresses
from commands.sample import Entered, enter
from commands.serve import announce, refuse_taken_port, start
from db import competitions
from examples import village_final
from words import t

DEMO = ROOT / "data" / "demo.db"
SEED = 2022
STAFF = ("organizer", "supervisor", "scorekeeper", "host")
BEGUN_BEFORE = timedelta(hours=9)


@click.command(help=say("demo.help"))
@click.option("--db", "path", type=click.Path(path_type=Path), default=DEMO, show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--host", default=EVERYWHERE, show_default=True, help=say("serve.option_host"))
@click.option("--host-name", "names", multiple=True, help=say("serve.option_host_name"))
def command(path: Path, port: int, host: str, names: tuple[str, ...]) -> None:
    """Build the sample event anew, print the links and become its server."""
    refuse_taken_port(host, port)
    entered = build(path, at=datetime.now(UTC))
    addresses = web_addresses(host, port, names)
    announce(addresses)
    click.echo(say("demo.sample"))
    for line in link_lines(entered, addresses):
        click.echo(line)
    raise SystemExit(start(path, host=host, port=port, names=names))


def build(path: Path, *, at: datetime) -> Entered:
    """Enter the sample event into a fresh database and put it where the old demo was.

    Raises
    ------
    click.ClickException
        If the file there is no sample: a real event is never replaced.
    """
    if path.exists() and not is_sample(path):
        raise click.ClickException(say("demo.not_a_sample", path=path))
    partial = path.with_name(f"{path.name}.part")
    remove(partial)
    store = db.Store(partial)
    try:
        names = {role: t(f"role.{role}", "zh") for role in STAFF}
        entered = enter(store, village_final(SEED), at=at - BEGUN_BEFORE, names=names)
    finally:
        store.close()
    remove(path)
    partial.rename(path)
    return entered


def is_sample(path: Path) -> bool:
    """Whether every competition in a database is an invented one."""
    store = db.Store(path)
    try:
        with store.reading() as tx:
            return all(row["sample"] for row in competitions.all_of(tx))
    finally:
        store.close()


def remove(path: Path) -> None:
    """Remove a database with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def link_lines(entered: Entered, addresses: list[str]) -> list[str]:
    """Everybody's personal link under each address, the organizer's first."""
    people = [(t(f"role.{role}", language()), getattr(entered, role).person_id) for role in STAFF]
    people += [
        (say("demo.judge", number=f"{number:02d}"), person_id)
        for number, person_id in sorted(entered.judges.items())
    ]
    return [
        f"  {name}\n" + "\n".join(f"    {a}/j/{entered.tokens[str(who)]}" for a in addresses)
        for name, who in people
    ]
