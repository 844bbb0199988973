"""A process of its own that marks sheets and says of each commit, once it is done, that it is.

``python writer.py DATABASE JUDGE ENTRANT ROUNDS``: taps on the first criterion.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import db
from competition.marks import pad_marks
from competition.marks.sheets import MarkChange
from competition.sign_ins import visitor_of


def main(path: str, judge: str, entrant: str, taps: str) -> None:
    """Tap, and print revision and value of each tap that was stored."""
    store = db.Store(Path(path))
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
        sys.stdout.write(f"{rev} {value}\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
