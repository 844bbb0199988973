"""``arena.py verify``: replay the log and check every rule of the database."""

from pathlib import Path

import click

import db
from commands import DATABASE, say
from db.invariants import verify
from db.replay import Finding


@click.command(help=say("verify.help"))
@click.option(
    "--db",
    "path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=DATABASE,
    show_default=True,
)
def command(path: Path) -> None:
    """Say that all is well, or what is not, and fail."""
    try:
        findings = verify(db.open_store(path))
    finally:
        db.close_all()
    if findings:
        raise click.ClickException(report(findings))
    click.echo(say("verify.clean", path=path))


def report(findings: list[Finding]) -> str:
    """Return the findings, one a line, under a heading that counts them."""
    lines = [f"  {finding.check}: {finding.subject}" for finding in findings]
    return "\n".join([say("verify.found", n=len(findings)), *lines])
