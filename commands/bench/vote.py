"""``arena.py bench vote``: an audience votes by phone while judges mark; what both notice."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

import db
from commands import ROOT, language
from commands.bench import marking, phones
from commands.bench.hall import Hall, build, running
from commands.bench.load import Tablet
from commands.bench.marking import spread
from commands.bench.siege import Process
from commands.columns import align
from competition.rounds import rounds
from competition.rounds.composites import VOTE, TypedPart, set_parts
from competition.sign_ins import visitor_of
from competition.voting import cards, holding, views
from competition.voting.codes import mint_code
from db import people
from db.invariants import verify
from words import t

SHEETS = 10
SCANNING, VOTING = 60.0, 60.0
QUIET_SECONDS = 15.0
GUESSERS, GUESSING = 200, 15.0
MOST_TIMES = 2.0


@dataclass(frozen=True)
class Phase:
    """What tablets noticed while phones did something, and what came of the phones' requests.

    Attributes
    ----------
    marks : list of float
        Milliseconds from a tap to its echo.
    phones : list of float
        Milliseconds from a vote to its answer.
    processor : float
        Processor seconds of the server for each second.
    """

    name: str
    marks: list[float]
    refused: int
    phones: list[float]
    states: dict[str, int]
    again: int
    processor: float

    @property
    def p95(self) -> float:
        """Of the marks."""
        return statistics.quantiles(self.marks, n=20, method="inclusive")[18]

    def cells(self, quiet: "Phase") -> list[str]:
        """The line of a table."""
        states = " ".join(f"{name} {count}" for name, count in sorted(self.states.items()))
        return [
            t(f"bench.vote_{self.name}", language()),
            str(len(self.marks)),
            spread(self.marks),
            f"{self.p95 / quiet.p95:.1f}",
            str(self.refused),
            states,
            spread(self.phones) if len(self.phones) > 1 else "",
            str(self.again),
            f"{self.processor:.2f}",
        ]


@click.command(help=t("bench.vote_help", language()))
@click.option("--phones", "count", type=click.IntRange(2, 20_000), default=5000, show_default=True)
@click.option("--tablets", type=click.IntRange(1, 500), default=100, show_default=True)
def command(count: int, tablets: int) -> None:
    """Print the phases, and whether every ballot is counted once; leave with 1 where not."""
    phases, counted = measured(count, tablets)
    names = ("phase", "marks", "stored", "times", "refused", "states", "phones", "again")
    lines = [[t(f"bench.column_vote_{name}", language()) for name in (*names, "processor")]]
    lines += [one.cells(phases[0]) for one in phases]
    click.echo("\n".join(align(lines)))
    click.echo(t("bench.vote_counted", language(), counted=counted, phones=count))
    is_quick = all(one.p95 <= MOST_TIMES * phases[0].p95 and not one.refused for one in phases)
    sys.exit(0 if is_quick and counted == count else 1)


def measured(
    count: int,
    tablets: int,
    *,
    scanning: float = SCANNING,
    voting: float = VOTING,
    quiet: float = QUIET_SECONDS,
    guessing: float = GUESSING,
) -> tuple[list[Phase], int]:
    """The quiet phase, the vote, a flood of guessed codes; and the ballots counted afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "vote.db"
        hall = build(path, judges=tablets, sheets=SHEETS)
        round_id, codes = declared(path, hall, count)
        plan = phones.Plan(round_id, codes, hall.entrants, scanning, voting)
        guessed = phones.Plan(
            round_id, [mint_code(b"guess") for _ in range(GUESSERS)], hall.entrants, 0.0, guessing
        )
        with running(path, folder / "server.log") as port:
            pads = [Tablet(hall, port, place) for place in range(tablets)]
            with marking.living(pads) as failed:
                time.sleep(marking.TAP_SECONDS)  # every tablet has sent its first mark
                phases = list(
                    _phases(port, pads, failed, folder, quiet, {"hall": plan, "guess": guessed})
                )
        return phases, closed(path, round_id)


def _phases(
    port: int,
    pads: list[Tablet],
    failed: list[int],
    folder: Path,
    quiet: float,
    plans: dict[str, phones.Plan],
) -> Iterator[Phase]:
    for name, plan in {"quiet": None, **plans}.items():
        before = [len(pad.times) for pad in pads]
        refused = sum(failed) + sum(len(pad.refused) for pad in pads)
        begun, used = time.monotonic(), Process.of(port).seconds
        came: dict[str, Any] = {"states": {}, "times": [], "again": 0}
        if plan is None:
            time.sleep(quiet)
        else:
            came = _phones(port, folder, {"act": name, **asdict(plan)})
        marks = [1000 * one for pad, n in zip(pads, before, strict=True) for one in pad.times[n:]]
        yield Phase(
            name,
            marks,
            sum(failed) + sum(len(pad.refused) for pad in pads) - refused,
            [1000 * one for one in came["times"]],
            came["states"],
            came["again"],
            (Process.of(port).seconds - used) / (time.monotonic() - begun),
        )


def _phones(port: int, folder: Path, told: dict[str, Any]) -> dict[str, Any]:
    file = folder / "phones.json"
    file.write_text(json.dumps(told), "utf-8")
    command = [sys.executable, "-m", "commands.bench.phones", str(port), str(file)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    came: dict[str, Any] = json.loads(done.stdout)
    return came


def declared(path: Path, hall: Hall, count: int) -> tuple[str, list[str]]:
    """An open vote on the hall's entrants; its composite and the codes of its cards."""
    store, at = db.Store(path), datetime.now(UTC)
    try:
        with store.reading() as tx:
            who = visitor_of(tx, str(people.any_organizer(tx)))
        round_id = rounds.create_round(store, who, title="vote", kind="composite", at=at)
        parts = [
            TypedPart(hall.round_id, title="stage", weight="0.8"),
            TypedPart(VOTE, title="audience", weight="0.2", opens="any_time"),
        ]
        set_parts(store, who, round_id, parts, {"top": "1"}, at=at)
        rounds.open_round(store, who, round_id, signed="all", late="bench", at=at)
        made: list[cards.Card] = []
        while len(made) < count:
            some = min(cards.MOST_AT_ONCE, count - len(made))
            made += cards.issue_codes(store, who, round_id, str(some), at=at)
        holding.open_vote(store, who, round_id, at=at)
    finally:
        store.close()
    return round_id, [card.code for card in made]


def closed(path: Path, round_id: str) -> int:
    """Close the vote; the sum of all votes, once the file verifies and the report agrees."""
    store, at = db.Store(path), datetime.now(UTC)
    try:
        with store.reading() as tx:
            who = visitor_of(tx, str(people.any_organizer(tx)))
        holding.close_vote(store, who, round_id, at=at)
        view = views.vote_view(store, who, round_id)
        findings = verify(store)
        if findings:
            raise RuntimeError(f"verify: {findings[:3]}")
        votes = sum(votes_for for _, votes_for in view.lines)
        return votes if votes == view.counts["voted"] else -1
    finally:
        store.close()
