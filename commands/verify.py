"""``arena.py verify``: replay the log, compute every certificate again, ask every rule."""

from pathlib import Path

import click

from commands import DATABASE, say
from competition.results.rechecking import recomputing
from db import Store
from db.invariants import verify
from db.looking import looking
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
    with looking(path) as looked:
        if looked.is_older:
            click.echo(say("verify.older", path=path))
        findings = everything(looked.store, beside=looked.path)
    if findings:
        raise click.ClickException(report(findings))
    click.echo(say("verify.clean", path=path))


def everything(store: Store, *, beside: Path | None = None) -> list[Finding]:
    """All that ``verify`` finds in a file: its rows, its log, its certificates."""
    return verify(store, beside=beside, visit=recomputing(store))


def report(findings: list[Finding]) -> str:
    """Return the findings, one a line, under a heading that counts them."""
    lines = [f"  {finding.check}: {finding.subject}" for finding in findings]
    return "\n".join([say("verify.found", n=len(findings)), *lines])
