"""``arena.py import``: enter workbooks as a new round, in one transaction."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

import db
import intake
from commands import language, say
from commands.columns import align
from commands.options import named_database
from competition.lineup import learnt
from competition.people import links
from competition.rounds.rules import RECUSAL_LEVELS
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from db import competitions, installation, people, served
from db.backup import backup
from intake.saying import as_row, proposals, sentence, summary
from intake.workbook import MAX_FILE_BYTES
from words import t

PORT = 8501


@click.command(help=say("import.help"))
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
)
@named_database
@click.option("--dry-run", is_flag=True, help=say("import.option_dry_run"))
@click.option("--json", "as_json", is_flag=True, help=say("import.option_json"))
@click.option("--title", help=say("import.option_title"))
@click.option("--round-title", default="", help=say("import.option_round_title"))
@click.option(
    "--recusal",
    type=click.Choice(RECUSAL_LEVELS),
    default="county",
    show_default=True,
    help=say("import.option_recusal"),
)
@click.option("--template", "is_template", is_flag=True, help=say("import.option_template"))
def command(
    files: tuple[Path, ...],
    path: Path,
    dry_run: bool,
    as_json: bool,
    title: str | None,
    round_title: str,
    recusal: str,
    is_template: bool,
) -> None:
    """Read the workbooks, print the findings, enter them unless it is a trial."""
    if is_template:
        write_template(files[0])
        return
    try:
        plan = read_files(files, path, recusal)
    finally:
        db.close_all()
    done: dict[str, Any] = {}
    if not plan.stops:
        done = enter(plan, path, dry_run=dry_run, title=title, round_title=round_title)
    if as_json:
        click.echo(as_one_object(plan, done, dry_run=dry_run))
    else:
        report(plan, done, dry_run=dry_run)
    if plan.stops:
        raise SystemExit(1)


def read_files(files: Sequence[Path], path: Path, recusal: str) -> intake.Plan:
    """Read the files in a process with limits; one that cannot be opened is a stop."""
    remembered, places = learnt_of(path)
    asked = intake.Asked(recusal_level=recusal, remembered=remembered, places=places)
    try:
        contents = [(path.name, path.read_bytes()) for path in files if is_small(path)]
    except OSError:
        contents = []
    if len(contents) < len(files):  # its own reader says what is wrong with which
        return intake.read_all([(path.name, path) for path in files], asked)
    return intake.read_files_apart(contents, asked)


def learnt_of(path: Path) -> tuple[dict[str, str], tuple[tuple[str, ...], ...]]:
    """Columns named in earlier imports, and further places, where a database is there."""
    if not served.is_there(path):
        return installation.column_names(path), ()
    store = db.open_store(path)
    with store.reading() as tx:
        existing = competitions.all_of(tx)
        if len(existing) != 1:
            return {}, ()
        grants = people.grants_in(tx, existing[0]["id"])
        ids = [row["person_id"] for row in grants if row["role"] == "organizer"]
        who = visitor_of(tx, ids[0]) if ids else None
    if who is None:
        return {}, ()
    return learnt.remembered_columns(store, who), learnt.further_places(store, who)


def is_small(path: Path) -> bool:
    """Whether a file may be read at all."""
    return path.stat().st_size <= MAX_FILE_BYTES


def write_template(path: Path) -> None:
    """Write the blank workbook to a new file."""
    try:
        with path.open("xb") as file:
            file.write(intake.template(language()))
    except FileExistsError as error:
        raise click.ClickException(say("import.exists", path=path)) from error
    click.echo(say("import.template_done", path=path))


def enter(
    plan: intake.Plan, path: Path, *, dry_run: bool, title: str | None, round_title: str
) -> dict[str, Any]:
    """Enter a plan; a trial uses a temporary copy of the database."""
    try:
        if not dry_run:
            return enter_into(db.open_store(path), plan, title, round_title)
        with TemporaryDirectory() as folder:
            copy = Path(folder) / "trial.db"
            if served.is_there(path):
                backup(db.open_store(path), copy)
            store = db.Store(copy)
            try:
                return {**enter_into(store, plan, title, round_title), "token": None}
            finally:
                store.close()
    finally:
        db.close_all()


def enter_into(
    store: db.Store, plan: intake.Plan, title: str | None, round_title: str
) -> dict[str, Any]:
    """Enter a plan as the organizer; create a competition if there is none."""
    at = datetime.now(UTC)
    with store.writing():
        who, token = organizer(store, title, at)
        done = intake.enter(store, who, plan, at=at, round_title=round_title)
    return {**done.to_dict(), "token": token}


def organizer(store: db.Store, title: str | None, at: datetime) -> tuple[Visitor, str | None]:
    """The organizer of the only competition, and the link's token if the competition is new."""
    with store.reading() as tx:
        existing = competitions.all_of(tx)
        if len(existing) > 1:
            raise click.ClickException(say("import.several"))
        if existing:
            if title is not None:
                raise click.ClickException(say("import.title_unused", title=existing[0]["title"]))
            grants = people.grants_in(tx, existing[0]["id"])
            ids = [row["person_id"] for row in grants if row["role"] == "organizer"]
            if not ids:
                raise click.ClickException(say("import.no_organizer"))
            return visitor_of(tx, ids[0]), None
    name = say("serve.first_organizer")
    return links.begin(store, title=title or say("serve.first_title"), organizer=name, at=at)


def as_one_object(plan: intake.Plan, done: dict[str, Any], *, dry_run: bool) -> str:
    """Plan and result as one JSON object."""
    lang = language()
    token = done.pop("token", None)
    whole = {
        "file": plan.name,
        "entered": bool(done) and not dry_run,
        "dry_run": dry_run,
        "mapping": mappings(plan),
        "plan": {"stage": plan.stage, "category": plan.category, **plan.counts},
        "round": done or None,
        "organizer_link": f"/j/{token}" if token else None,
        "stops": [as_row(finding, lang) for finding in plan.stops],
        "files": list(dict.fromkeys(sheet.file for sheet in plan.sheets_read if sheet.file)),
        "fixes": [as_row(finding, lang) for finding in plan.fixes],
        "notes": [as_row(finding, lang) for finding in plan.notes],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def mappings(plan: intake.Plan) -> dict[str, Any]:
    """Each sheet's columns: letter to field, null for one that is not imported.

    With several files the sheets are under their file's name.
    """
    letters: dict[str, Any] = {}
    for sheet in plan.sheets_read:
        fields = {letter: name or None for letter, name in sheet.fields.items()}
        within = letters.setdefault(sheet.file, {}) if sheet.file else letters
        within[sheet.title] = fields
    return letters


def report(plan: intake.Plan, done: dict[str, Any], *, dry_run: bool) -> None:
    """Plan and result as text: stops, first corrections of each kind, counts, link."""
    lang = language()
    for key, findings in (("fixed", plan.fixes), ("noted", plan.notes)):
        if findings:
            click.echo(say(f"import.{key}", n=len(findings)))
            click.echo("\n".join(f"  {line}" for line in summary(findings, lang)))
    if plan.stops:
        click.echo(say("import.refused", n=len(plan.stops)), err=True)
        for stop in plan.stops:
            click.echo(f"  {sentence(stop, lang)}", err=True)
            if stop.choices:
                click.echo(f"    {proposals(stop, lang)}", err=True)
        return
    state = t(f"round_state.{done['state']}", lang)
    head = "import.would_enter" if dry_run else "import.entered"
    click.echo(say(head, title=done["round_title"], state=state))
    counts = [[say(f"import.count.{name}"), f"{n}"] for name, n in plan.counts.items()]
    click.echo("\n".join(f"  {line}" for line in align(counts)))
    if plan.entrants or plan.rubric:
        click.echo(f"  {say('import.rules_default')}")
    if done["known_entrants"] or done["known_judges"]:
        known = {"entrants": done["known_entrants"], "judges": done["known_judges"]}
        click.echo(f"  {say('import.known', **known)}")
    if done["token"]:
        link = f"http://localhost:{PORT}/j/{done['token']}"
        click.echo(say("import.link", link=link))
