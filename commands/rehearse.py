"""``arena.py rehearse``: an event copied to another file, to practise on or to begin from."""

from datetime import UTC, datetime
from pathlib import Path

import click

import db
from commands import language, say
from competition.shapes import Competition
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from db import competitions, people
from intake.rehearsal import What
from intake.rehearsal_file import make_file
from words import t


@click.command(help=say("rehearse.help"))
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(path_type=Path), required=False)
@click.option("--template", is_flag=True, help=say("rehearse.option_template"))
def command(source: Path, target: Path | None, template: bool) -> None:
    """Write a new file; the source is opened for reading only."""
    what: What = "template" if template else "rehearsal"
    ending = t(f"command.rehearse.file_{what}", language())
    target = target or source.with_name(f"{source.stem}-{ending}.db")
    if target.exists():
        raise click.ClickException(say("rehearse.exists", path=target))
    first = db.Store(source, read_only=True)
    try:
        reader, event = _event(first)
        at = datetime.now(UTC)
        make_file(first, reader, event, target, what=what, lang=language(), at=at)
    finally:
        first.close()
    click.echo(say(f"rehearse.done_{what}", path=target))


def _event(source: db.Store) -> tuple[Visitor, Competition]:
    """The file's one event and an organizer of it."""
    with source.reading() as tx:
        events = competitions.all_of(tx)
        if len(events) != 1:
            raise click.ClickException(say("rehearse.not_one", count=len(events)))
        grants = people.grants_in(tx, events[0]["id"])
        ids = [row["person_id"] for row in grants if row["role"] == "organizer"]
        if not ids:
            raise click.ClickException(say("import.no_organizer"))
        return visitor_of(tx, ids[0]), events[0]
