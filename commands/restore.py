"""``arena.py restore``: a backup put in place of the present database, which is kept."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

import db
from commands import language, say
from commands.options import named_database
from commands.verify import everything, report
from competition.event_kinds import words_key
from competition.moving import copied
from competition.restoring import Missing, begin_restored, missing_in
from competition.standby import copies
from db import served, superseded
from db.errors import DatabaseError
from db.looking import looking
from db.restoring import put_in_place
from words import t


@click.command(help=say("restore.help"))
@click.argument("backup", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@named_database
def command(backup: Path, path: Path) -> None:
    """Verify the backup, put it in place, verify again; print what was kept and what is missing."""
    put_back(backup, path)


def put_back(backup: Path, path: Path) -> None:
    """What the command does."""
    served.locks(path).require_free()
    at = datetime.now(UTC)
    if served.at(path) is not None:
        fill(backup, path, at)
        return
    with looking(backup) as looked:
        named = copies.documents_of(backup)
        findings = everything(looked.store, beside=named)
        if findings:
            raise click.ClickException(report(findings))
        looked = replace(looked, path=named)
        done = put_in_place(looked, path, stamp=f"{at.astimezone():%Y%m%d-%H%M%S}")
    if done.kept is not None:
        click.echo(say("restore.kept", path=done.kept))
    restored = db.Store(path)
    try:
        missing = compared(restored, None if done.kept is None else done.kept / path.name)
        begin_restored(restored, missing, at=at, above=superseding(done.kept, path.name))
        findings = everything(restored)
    finally:
        restored.close()
    if findings:
        raise click.ClickException(report(findings))
    click.echo(say("restore.done", path=path))


def fill(backup: Path, path: Path, at: datetime) -> None:
    """Put a backup into an empty competition of PostgreSQL; one that has rows is left alone."""
    restored = served.made(path)
    try:
        with looking(backup) as looked, looked.store.reading() as rows:
            findings = everything(looked.store, beside=looked.path)
            if findings:
                raise click.ClickException(report(findings))
            with restored.writing() as tx:
                copied(rows, looked.store, tx, restored)
        begin_restored(restored, [], at=at)
        findings = everything(restored)
    finally:
        restored.close()
    if findings:
        raise click.ClickException(report(findings))
    click.echo(say("restore.done", path=path))


def superseding(kept: Path | None, name: str) -> int:
    """The generation that had superseded the former file: a restored one begins above it."""
    generation = superseded.read(kept / name) if kept is not None else ""
    return int(generation.partition("-")[0] or "0")


def compared(restored: db.Store, former: Path | None) -> list[Missing]:
    """Print what the former file has and the restored one lacks, if the former is readable."""
    if former is None or not former.exists():
        return []
    with ExitStack() as stack:
        try:
            looked = stack.enter_context(looking(former))
            missing = missing_in(restored, looked.store)
        except (DatabaseError, ValueError, LookupError, TypeError) as error:
            click.echo(say("restore.unreadable", path=former, detail=type(error).__name__))
            return []
    for one in missing:
        for line in lines(one):
            click.echo(line)
    return missing


def lines(missing: Missing) -> list[str]:
    """Kept and missing events of one competition, by kind."""
    values = {"title": missing.title, "kept": missing.kept, "last": missing.last}
    if missing.kept == missing.last:
        return [say("restore.whole", **values)]
    kinds = [
        say("restore.kind", kind=t(words_key(kind), language()), count=count)
        for kind, count in sorted(missing.kinds.items(), key=lambda item: -item[1])
    ]
    heading = say("restore.missing", count=missing.last - missing.kept, head=missing.lost, **values)
    return [heading, *kinds, say("restore.tablets", count=len(missing.tablets))]
