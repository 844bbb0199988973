"""``arena.py recover``: files of marks that tablets saved, read for a second person to approve."""

from datetime import UTC, datetime
from pathlib import Path

import click

import db
from commands import language, say
from commands.import_ import organizer
from commands.options import existing_database
from competition import clock
from competition.marks.recovering import Recovered, fingerprint, recover_marks, rounds_in
from competition.saying import sentence
from competition.visitor import Visitor
from words import t


@click.command(help=say("recover.help"))
@click.argument(
    "files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    nargs=-1,
    required=True,
)
@existing_database
def command(files: tuple[Path, ...], path: Path) -> None:
    """Read each file in the name of the organizer; print what became of its marks."""
    store = db.open_store(path)
    try:
        who, _ = organizer(store, None, datetime.now(UTC))
        for file in files:
            recovered = list(_read(store, who, file.read_bytes()))
            if not recovered:
                raise click.ClickException(say("recover.no_round", path=file))
            for one in recovered:
                click.echo("\n".join(lines(one, language())))
    finally:
        db.close_all()
    click.echo(say("recover.next"))


def _read(store: db.Store, who: Visitor, content: bytes) -> list[Recovered]:
    reason = t(
        "organizers.transcribing.file_reason",
        language(),
        sha256=fingerprint(content),
        name=who.name,
    )
    return [
        recover_marks(store, who, round_id, content, reason=reason, at=clock.now(store))
        for round_id in rounds_in(content, who)
    ]


def lines(recovered: Recovered, lang: str) -> list[str]:
    """What became of one file, and each mark that was not taken."""
    values = {"name": recovered.name, "known": recovered.known, "asked": recovered.asked}
    rows = [t("organizers.transcribing.file_done", lang, left=len(recovered.left), **values)]
    none = t("organizers.transcribing.file_none", lang)
    for one in recovered.left:
        text = t(
            "organizers.transcribing.file_left",
            lang,
            number=one.number or "",
            criterion=one.criterion,
            value=one.value or none,
            held=one.held or none,
            why=sentence(one.error, lang),
        )
        rows.append(f"  {text}")
    return rows
