"""A process of its own that marks sheets and says of each commit, once it is done, that it is.

``python writer.py DATABASE JUDGES ENTRANT ROUNDS``: each judge (``1,2,3``) taps on the first
criterion, on a thread of its own.
"""

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import db
from competition.marks import pad_marks
from competition.marks.sheets import MarkChange
from competition.sign_ins import visitor_of


def main(path: str, judges: str, entrant: str, taps: str) -> None:
    """Tap, and print judge, revision and value of each tap that was stored."""
    store = db.Store(Path(path))
    threads = [
        threading.Thread(target=tap_all, args=(store, judge, entrant, taps))
        for judge in judges.split(",")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()


def tap_all(store: db.Store, judge: str, entrant: str, taps: str) -> None:
    """One judge's taps, each after the one before was acknowledged."""
    with store.reading() as tx:
        round_id = tx.value("SELECT id FROM rounds")
        criterion = tx.value("SELECT id FROM criteria WHERE position = 1")
        person = tx.value("SELECT person_id FROM seats WHERE number = :n", n=int(judge))
        entered = tx.value(
            "SELECT entrant_id FROM round_entrants WHERE number = :n", n=int(entrant)
        )
        who = visitor_of(tx, person)
    rev = 0
    for tap in range(int(taps)):
        value = tap % 120 * 500
        echo = pad_marks.record_marks(
            store,
            who,
            round_id=round_id,
            entrant_id=entered,
            changes=[MarkChange(criterion, value, f"{judge}-{tap}", rev)],
            at=datetime.now(UTC),
        )
        rev = echo["rev"]
        sys.stdout.write(f"{judge} {rev} {value}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
