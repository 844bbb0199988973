"""``arena.py demo``: an invented event of three rounds, served, with a link for each person."""

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

import db
from commands import ROOT, language, say
from commands.first_page import BEGUN
from commands.serve import announce, refuse_taken_port, start
from competition.network import EVERYWHERE, web_addresses
from db import competitions
from db.document_files import folder_of
from examples import live_plan, three_rounds, village_final
from examples.entering import Entered, enter
from examples.filings import RETURNED, enter_filings
from examples.programme import enter_programme
from words import t

DEMO = ROOT / "data" / "demo.db"
SEED = 2022
STAFF = ("organizer", "supervisor", "scorekeeper", "host")
BEGUN_BEFORE = timedelta(hours=9)
VILLAGE_DIGITS = 12
REACHED = (EVERYWHERE, "127.0.0.1", "localhost")
"""Where the server must listen for the player, which speaks to this machine only."""


@click.command(help=say("demo.help"))
@click.option("--db", "path", type=click.Path(path_type=Path), default=DEMO, show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--host", default=EVERYWHERE, show_default=True, help=say("serve.option_host"))
@click.option("--host-name", "names", multiple=True, help=say("serve.option_host_name"))
@click.option("--small", is_flag=True, help=say("demo.small_option"))
@click.option("--seed", type=int, default=SEED, show_default=True, help=say("demo.seed_option"))
@click.option("--live", is_flag=True, help=say("demo.live_option"))
@click.option(
    "--minutes",
    type=click.FloatRange(min=0),
    default=4,
    show_default=True,
    help=say("demo.minutes_option"),
)
def command(
    path: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    small: bool,
    seed: int,
    live: bool,
    minutes: float,
) -> None:
    """Build the sample event, print the links and become its server."""
    if live and host not in REACHED:
        raise click.ClickException(say("demo.live_needs_loopback", host=host))
    if live and small:
        raise click.ClickException(say("demo.live_needs_three"))
    refuse_taken_port(host, port)
    if not small:
        click.echo(say("demo.building"))
    entered = build(path, at=datetime.now(UTC), small=small, seed=seed)
    addresses = web_addresses(host, port, names)
    announce(addresses)
    click.echo(say("demo.sample"))
    for line in link_lines(entered, addresses):
        click.echo(line)
    if live:
        play(
            live_plan.plan(db.open_store(path), entered, seed=seed, lang=language()),
            port=port,
            minutes=minutes,
        )
    time_first_page(host, port)
    raise SystemExit(start(path, host=host, port=port, names=names))


def build(path: Path, *, at: datetime, small: bool = False, seed: int = SEED) -> Entered:
    """Enter the sample event into a new database and replace the previous demo.

    Parameters
    ----------
    small
        Whether to build the village final only, instead of three rounds.

    Raises
    ------
    click.ClickException
        If the file is not a sample: a real event is never replaced.
    """
    if path.exists() and not is_sample(path):
        raise click.ClickException(say("demo.not_a_sample", path=path))
    partial = path.with_name(f"{path.name}.part")
    remove(partial)
    store = db.Store(partial)
    event = village_final(seed) if small else three_rounds(seed)
    try:
        names = {role: t(f"role.{role}", "zh") for role in STAFF}
        entered = enter(store, event, at=at - BEGUN_BEFORE, names=names)
        if not small:
            entered.counties = enter_filings(store, entered.organizer, taken=entered.places, at=at)
            villages = [code for code in entered.entrants if len(code) == VILLAGE_DIGITS]
            entered.programme = enter_programme(
                store, entered.organizer, villages, entered.counties, seed=seed, at=at
            )
    finally:
        store.close()
    remove(path)
    partial.rename(path)
    if folder_of(partial).exists():
        folder_of(partial).rename(folder_of(path))
    return entered


def play(plan: dict[str, Any], *, port: int, minutes: float) -> subprocess.Popen[str]:
    """Start the player process; links reach it through a pipe, never a file."""
    sys.stdout.flush()
    player = subprocess.Popen(
        [sys.executable, "-m", "commands.live", str(port), str(minutes)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with player.stdin as wire:  # type: ignore[union-attr]
        json.dump(plan, wire)
    return player


def time_first_page(host: str, port: int) -> subprocess.Popen[bytes]:
    """Start the process that prints how long the first page took, from the command line on."""
    sys.stdout.flush()
    asked = "127.0.0.1" if host == EVERYWHERE else host
    begun = os.environ.get(BEGUN, str(time.time()))
    return subprocess.Popen(
        [sys.executable, "-m", "commands.first_page", asked, str(port), begun], cwd=ROOT
    )


def is_sample(path: Path) -> bool:
    """Whether every competition in a database is an invented one."""
    store = db.Store(path)
    try:
        with store.reading() as tx:
            return all(row["sample"] for row in competitions.all_of(tx))
    finally:
        store.close()


def remove(path: Path) -> None:
    """Remove a database, SQLite's files and the documents beside it."""
    shutil.rmtree(folder_of(path), ignore_errors=True)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def link_lines(entered: Entered, addresses: list[str]) -> list[str]:
    """Personal links under each address, the organizer's first."""
    people = [(t(f"role.{role}", language()), getattr(entered, role).person_id) for role in STAFF]
    people += [
        (say("demo.judge", number=f"{number:02d}"), person_id)
        for number, person_id in sorted(entered.judges.items())
    ]
    links = [(name, entered.tokens[str(who)]) for name, who in people]
    if entered.counties:
        links.append((say("demo.county"), entered.counties[RETURNED]))
    links += [(t(f"role.{role}", language()), token) for role, token in entered.programme.items()]
    return [
        f"  {name}\n" + "\n".join(f"    {a}/j/{token}" for a in addresses) for name, token in links
    ]
