"""``arena.py verify``: replay the log, compute every certificate again, ask every rule."""

from functools import partial
from pathlib import Path

import click

from commands import DATABASE, language, say
from commands.options import EXISTING, database
from commands.verify_bundle import is_bundle, verify_bundle
from competition import paper_check
from competition.paper_check import CERTIFICATE, HEAD, against_certificate, against_heads
from competition.results.rechecking import recomputing
from db import Store
from db.heads import Head
from db.invariants import answered, verify
from db.looking import looking
from db.replay import Finding
from words import has, t


@click.command(help=say("verify.help"))
@click.argument("given", type=click.Path(path_type=Path, exists=True), required=False)
@click.option(
    "--db",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=database,
    show_default=str(DATABASE),
)
@click.option("--head", "heads", multiple=True, help=say("verify.option_head"))
@click.option("--certificate", "certificates", multiple=True, help=say("verify.option_certificate"))
def command(
    given: Path | None, path: Path, heads: tuple[str, ...], certificates: tuple[str, ...]
) -> None:
    """Print that all is in order, or the findings and fail."""
    if given is not None and is_bundle(given):
        verify_bundle(given, [paper_check.as_printed(head) for head in heads])
        return
    path = EXISTING.convert(given or path, None, None)
    read = [read_head(text) for text in heads]
    with looking(path) as looked:
        if looked.is_older:
            click.echo(say("verify.older", path=path))
        findings = everything(looked.store, beside=looked.path)
        findings += answered(HEAD, lambda: against_heads(looked.store, read))
        for one in certificates:
            findings += answered(CERTIFICATE, partial(against_certificate, looked.store, one))
        scope = extent(looked.store)
    if findings:
        raise click.ClickException(report(findings))
    click.echo(say("verify.clean", path=path))
    for key in scope:
        click.echo(say(f"verify.{key}"))


def extent(store: Store) -> list[str]:
    """What was checked on this store, and what could not be: keys of words."""
    with store.reading() as tx:
        if not tx.db.holds_contents:
            return ["of_file"]
        return ["of_postgresql"] if tx.db.has_checksums() else ["of_postgresql", "no_checksums"]


def read_head(text: str) -> Head:
    """The head typed from paper; refuses a malformed one."""
    head = paper_check.read_head(text)
    if head is None:
        raise click.ClickException(say("verify.no_head", head=text))
    return head


def everything(store: Store, *, beside: Path | None = None) -> list[Finding]:
    """All findings of a file: rows, log, certificates."""
    return verify(store, beside=beside, visit=recomputing(store))


def report(findings: list[Finding]) -> str:
    """Return the findings, one a line, under a heading with their number; then the next step."""
    lines = [f"  {in_words(one.check)} ({one.check}): {one.subject}" for one in findings]
    return "\n".join([say("verify.found", n=len(findings)), *lines, say("verify.next")])


def in_words(check: str) -> str:
    """The meaning of a finding of a check."""
    key = f"finding.{check}"
    return t(key if has(key, language()) else "finding.rule", language())
