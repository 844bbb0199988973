"""``arena.py verify BUNDLE``: a file from elsewhere, checked by three programs."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from commands import browser_file, language, say
from competition.results import second_verifier
from competition.results.rechecking import recheck_record
from competition.results.second_verifier import NoRecord
from exports.open_me import script
from exports.open_me.held import hold
from words import t

MOST_HASHED = 100_000_000
"""Up to so many bytes the page's script hashes the files, too; the second verifier always does."""
NAMED = (
    "files_of_the_manifest",
    "manifest_names_this_record",
    "the_page_holds_this_record",
    "chain_of_events",
    "times_never_go_back",
    "generations",
    "marks_only_while_a_round_is_open",
    "heads_from_paper_and_tablets",
    "on_the_chain",
    "text_and_hash",
    "rules_and_rubric",
    "marks",
    "parts",
    "audience_vote",
    "root_over_the_sheets",
    "scores",
    "ranks",
    "line_and_zone",
    "order_in_the_zone",
    "places",
)
"""Checks of the second verifier, whose names are English, that have words here."""


@dataclass
class Part:
    """What one program did.

    Attributes
    ----------
    faults
        Each with the check that found it.
    left
        What it did not check, in words.
    steps
        What it computed by steps and not in fractions.
    """

    name: str
    checks: int
    faults: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)


def is_bundle(path: Path) -> bool:
    """Whether a file is to be read as a bundle, a record or a page, and not as a database."""
    if path.is_dir():
        return True
    with path.open("rb") as file:
        return not file.read(16).startswith(b"SQLite format 3")


def verify_bundle(path: Path, heads: Sequence[str]) -> None:
    """Print what each program found; fail with the first difference."""
    try:
        files, record = second_verifier.opened(path)
        parts = [_by_standard_library(files, record, heads)]
    except NoRecord as error:
        raise click.ClickException(_refused(path, error)) from error
    if record is not None:
        parts += [_by_page(files, record), _by_app(record)]
    for part in parts:
        state = "differs" if part.faults else "agrees" if part.checks else "not_done"
        name = say(f"verify.by.{part.name}", checks=part.checks)
        click.echo(f"{name}: {say(f'verify.{state}', n=len(part.faults))}")
        for step in part.steps:
            click.echo(f"    {say('verify.by_steps', what=step)}")
        for left in part.left:
            click.echo(f"    {say('verify.left_out', what=left)}")
    if files is not None:
        code = hashlib.sha256(files[second_verifier.MANIFEST]).hexdigest()
        click.echo(say("verify.manifest", code=code))
    faults = [fault for part in parts for fault in part.faults]
    if faults:
        raise click.ClickException("\n".join([say("verify.first", fault=faults[0]), *faults[1:20]]))
    click.echo(say("verify.bundle_clean", path=path))


def _refused(path: Path, error: NoRecord) -> str:
    why = say(f"verify.refused.{error.reason}", subject=error.subject)
    return say("verify.no_bundle", path=path, why=why)


def _by_standard_library(
    files: Mapping[str, bytes] | None, record: Mapping[str, Any] | None, heads: Sequence[str]
) -> Part:
    checks = list(second_verifier.all_checks(files, dict(record) if record else None, heads))
    faults = [f"{_named(name)}: {fault}" for name, found_here in checks for fault in found_here]
    if record is None or faults:
        return Part("library", len(checks), faults)
    left, steps = second_verifier.left_out(dict(record)), second_verifier.by_steps(dict(record))
    return Part("library", len(checks), faults, left, steps)


def _named(check: str) -> str:
    """A check of the second verifier in the reader's language, before it the round's title."""
    title, _, name = check.rpartition(": ")
    slug = re.sub(r"[^a-z]+", "_", re.sub(r"\(.*\)", "", name).strip().lower())
    said = say(f"verify.check.{slug}") if slug in NAMED else name
    return f"{title} {said}".strip()


def _by_page(files: Mapping[str, bytes] | None, record: Mapping[str, Any]) -> Part:
    """The page's own checks on the record; and whether the page in the bundle is this one."""
    left = [say("verify.other_script", name=name) for name in _other_scripts(files or {})]
    if not browser_file.is_there():
        return Part("page", 0, [], [say("verify.no_node"), *left])
    try:
        held = hold(dict(record))
    except (LookupError, TypeError, ValueError) as error:
        return Part("page", 1, [say("verify.unreadable", what=type(error).__name__)], left)
    answer = browser_file.checked(record, held.checks)
    faults, done = [], 0
    for check, here in answer.items():
        name = t(f"exports.open_me.check.{check}", language(), events=held.events)
        if here is None:
            left.append(name)
            continue
        done += 1
        faults += [f"{name}: {fault}" for fault in here]
    for listed in _listed(files or {}):
        done += 1
        differing = browser_file.differing_files(listed, files or {})
        faults += [f"{t('exports.open_me.files', language())}: {path}" for path in differing]
    return Part("page", done, faults, left)


def _listed(files: Mapping[str, bytes]) -> Iterator[list[dict[str, str]]]:
    """The list of files of each page in a bundle; none where so much is not hashed twice."""
    if sum(map(len, files.values())) > MOST_HASHED:
        return
    for name, content in files.items():
        if name.endswith(".html") and "/" not in name:
            listed: list[dict[str, str]] = second_verifier.data_of(content).get("files", [])
            yield listed


def _other_scripts(files: Mapping[str, bytes]) -> Iterator[str]:
    """Pages whose script is not that of this version."""
    for name, content in files.items():
        if name.endswith(".html") and "/" not in name and script().encode() not in content:
            yield name


def _by_app(record: Mapping[str, Any]) -> Part:
    """Every figure again by this program's own scoring, from the replayed events."""
    if "events" not in record:
        return Part("app", 0, [], [say("verify.no_events")])
    faults = [one.subject for one in recheck_record(record)]
    return Part("app", 1, faults)
