"""``arena.py bench public``: a flood on the public results beside pads that mark."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

import db
from commands import language
from commands.bench.siege import besieged, show
from competition.results import publishing
from competition.rounds import rounds
from examples import village_final
from examples.certifying import certify_by_two
from examples.entering import enter
from words import t

STAFF = ("organizer", "supervisor", "host", "scorekeeper")


@click.command(help=t("bench.public_help", language()))
@click.option("--pads", type=click.IntRange(1, 500), default=20, show_default=True)
@click.option("--seconds", type=click.FloatRange(min=1), default=30.0, show_default=True)
def command(pads: int, seconds: float) -> None:
    """Quiet and flooded below each other; fail where the pads' p95 is over twice the quiet one."""
    show(list(besieged(pads, seconds, ("results",), also=announce)))


def announce(path: Path) -> None:
    """Put the sample beside the hall, certified and announced: what the flood asks for."""
    store, at = db.Store(path), datetime.now(UTC)
    try:
        names = dict.fromkeys(STAFF, "bench")
        entered = enter(store, village_final(2022), at=at - timedelta(hours=9), names=names)
        who, round_id = entered.organizer, list(entered.rounds.values())[-1]
        rounds.close_round(store, who, round_id, reason="bench", at=at)
        made = certify_by_two(store, who, entered.supervisor, round_id, at=at)
        code = made["sha256"]
        publishing.publish(store, who, round_id, "announced", {}, sha256=code, at=at)
    finally:
        store.close()
