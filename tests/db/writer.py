"""A process of its own that marks sheets and says of each commit, once it is done, that it is."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import db
from competition.marks import pad_marks
from competition.marks.sheets import MarkChange
from competition.sign_ins import visitor_of

Tap = tuple[int, int, int]
"""Judge, revision and value of a tap that was stored."""


def tap_as(path: Path, judges: str, entrant: int, taps: int, told: Connection) -> None:
    """Tap on the first criterion as some judges (``123``), each on a thread; tell of each tap."""
    store, one_by_one = db.Store(path), threading.Lock()

    def tell(stored: Tap) -> None:
        with one_by_one:
            told.send(stored)

    threads = [
        threading.Thread(target=tap_all, args=(store, int(judge), entrant, taps, tell))
        for judge in judges
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()


def tap_all(
    store: db.Store, judge: int, entrant: int, taps: int, tell: Callable[[Tap], None]
) -> None:
    """One judge's taps, each after the one before was acknowledged."""
    with store.reading() as tx:
        round_id = tx.value("SELECT id FROM rounds")
        criterion = tx.value("SELECT id FROM criteria WHERE position = 1")
        person = tx.value("SELECT person_id FROM seats WHERE number = :n", n=judge)
        entered = tx.value("SELECT entrant_id FROM round_entrants WHERE number = :n", n=entrant)
        who = visitor_of(tx, person)
    rev = 0
    for number in range(taps):
        value = number % 120 * 500
        echo = pad_marks.record_marks(
            store,
            who,
            round_id=round_id,
            entrant_id=entered,
            changes=[MarkChange(criterion, value, f"{judge}-{number}", rev)],
            at=datetime.now(UTC),
        )
        rev = echo["rev"]
        tell((judge, rev, value))
