"""``arena.py backup``: a copy of the database, taken while it is in use, and verified."""

from datetime import datetime
from pathlib import Path

import click

from commands import say
from commands.options import existing_database
from commands.verify import everything, report
from db.backup import backup
from db.looking import looking


@click.command(help=say("backup.help"))
@click.argument("target", type=click.Path(path_type=Path), required=False)
@existing_database
def command(target: Path | None, path: Path) -> None:
    """Copy the database, verify the copy, print its path."""
    if target is None:
        target = path.parent / "backups" / default_name(path, at=datetime.now().astimezone())
    try:
        with looking(path) as looked:
            findings = backup(looked.store, target, beside=path, check=everything)
    except FileExistsError as error:
        raise click.ClickException(say("backup.exists", path=target)) from error
    if findings:
        raise click.ClickException(report(findings))
    click.echo(say("backup.done", path=target, size=f"{target.stat().st_size / 1e6:.1f}"))


def default_name(path: Path, *, at: datetime) -> str:
    """Return a file name that sorts by time."""
    return f"{path.stem}-{at:%Y%m%d-%H%M%S}{path.suffix}"
