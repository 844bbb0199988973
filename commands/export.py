"""``arena.py export``: files that a third party can check without this program."""

import json
from pathlib import Path

import click

from commands import language, say
from commands.options import existing_database
from commands.verify import everything, report
from competition.paper_check import chain_text
from competition.results.record import record_of, verifier_source
from db import snapshots
from db.looking import looking
from exports.bundle import RECORD, VERIFIER
from words import LANGS


@click.group(help=say("export.help"))
def command() -> None:
    """Group what can be exported."""


@command.command("certificate", help=say("export.certificate"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@existing_database
def certificate(folder: Path, path: Path) -> None:
    """Write the newest certificate of each round; nothing from a file that does not verify."""
    with looking(path) as looked:
        findings = everything(looked.store, beside=path)
        if findings:
            raise click.ClickException(report(findings))
        with looked.store.reading() as tx:
            newest = {row["round_id"]: row for row in snapshots.certificates(tx)}
            contents = {key: json.loads(row["content"]) for key, row in newest.items()}
            owners = {content["competition"]["id"] for content in contents.values()}
            chains = {owner: chain_text(tx, owner) for owner in owners}
    if not newest:
        raise click.ClickException(say("export.none"))
    folder.mkdir(parents=True, exist_ok=True)
    for key, row in newest.items():
        target = folder / f"certificate-v{row['version']}-{row['sha256'][:12]}.json"
        target.write_bytes(row["content"].encode())
        chain = chains[contents[key]["competition"]["id"]]
        target.with_suffix(".chain.txt").write_text(chain, encoding="ascii")
        title = contents[key]["round"]["title"]
        click.echo(say("export.done", title=title, version=row["version"], path=target))


@command.command("record", help=say("export.record"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@existing_database
def record(folder: Path, path: Path) -> None:
    """Write each certified round's record and the second verifier; nothing from a bad file."""
    with looking(path) as looked:
        findings = everything(looked.store, beside=path)
        if findings:
            raise click.ClickException(report(findings))
        with looked.store.reading() as tx:
            newest = {row["round_id"]: row for row in snapshots.certificates(tx)}
            contents = {key: json.loads(row["content"]) for key, row in newest.items()}
            records = {
                key: record_of(tx, content["competition"]["id"], key)
                for key, content in contents.items()
            }
    if not records:
        raise click.ClickException(say("export.none"))
    for key, text in records.items():
        target = folder / f"record-v{newest[key]['version']}-{newest[key]['sha256'][:12]}"
        target.mkdir(parents=True, exist_ok=True)
        (target / RECORD).write_bytes(text)
        (target / VERIFIER).write_bytes(verifier_source())
        click.echo(say("export.record_done", title=contents[key]["round"]["title"], path=target))


@command.command("bundle", help=say("export.bundle"))
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help=say("export.option_to"),
)
@click.option("--round", "wanted", default="", help=say("export.option_round"))
@click.option("--public", is_flag=True, help=say("export.option_public"))
@click.option("--lang", type=click.Choice(LANGS), default=language, help=say("export.option_lang"))
@existing_database
def bundle(target: Path, wanted: str, public: bool, lang: str, path: Path) -> None:
    """Write everything of a certified round as one archive; nothing from a bad file."""
    from commands.bundling import organizer_of, packed  # pages take long to import

    if target.exists():
        raise click.ClickException(say("export.exists", path=target))
    with looking(path) as looked:
        findings = everything(looked.store, beside=path)
        if findings:
            raise click.ClickException(report(findings))
        with looked.store.reading() as tx:
            newest = {row["round_id"]: row for row in snapshots.certificates(tx)}
        titles = {key: json.loads(row["content"])["round"]["title"] for key, row in newest.items()}
        chosen = [key for key, title in titles.items() if wanted in ("", title, key)]
        if not chosen:
            raise click.ClickException(say("export.none"))
        if len(chosen) > 1:
            named = ", ".join(titles[key] for key in chosen)
            raise click.ClickException(say("export.several", rounds=named))
        who = organizer_of(looked.store, chosen[0])
        made = packed(looked.store, who, chosen[0], lang, public=public)
    partial = target.with_name(f"{target.name}.part")
    partial.write_bytes(made.content)
    partial.replace(target)
    click.echo(say("export.bundle_done", path=target, files=made.files))
    click.echo(say("export.manifest", code=made.manifest))
