"""Many at once, and the plug pulled: what was acknowledged is there."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import db
from commands import ROOT
from competition.marks import own_work, pad_marks
from db.invariants import verify
from tests.competition.event import AT, Event
from tests.competition.event import opened as open_event

WRITERS, TAPS = 30, 40

pytestmark = pytest.mark.on_file
"""Writers of another process, killed: those of PostgreSQL are in tests/db/postgres."""


def writer(path: Path, judges: str, entrant: int, taps: int) -> "subprocess.Popen[str]":
    """A process that taps as some judges (see writer.py)."""
    program = Path(__file__).with_name("writer.py")
    return subprocess.Popen(
        [sys.executable, str(program), str(path), judges, str(entrant), str(taps)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def stored(event: Event, judge: int, entrant: int) -> tuple[int, int | None]:
    """Revision and value of the first criterion."""
    echo = own_work.own_sheet(
        event.store, event.visitor(judge), event.round_id, event.entrants[entrant], at=AT
    )
    mark = echo["marks"][event.criteria[0]]
    return mark["rev"], mark["value"]


def test_thirty_writers_at_once_lose_no_mark(store: db.Store):
    """Thirty threads, forty taps each: every tap is one event, and every last value stands."""
    event = open_event(store)
    pairs = [(judge, entrant) for judge, entrant in event.pairs() if (judge, entrant) != (3, 2)]
    pairs = [*pairs, (7, 1), (7, 2), (7, 3)]
    failures: list[BaseException] = []
    start = threading.Barrier(WRITERS)

    def tap(number: int) -> None:
        judge, entrant = pairs[number % len(pairs)]
        criterion = number // len(pairs)
        who, rev = event.visitor(judge), 0
        start.wait()
        try:
            for n in range(TAPS):
                change = event.change(criterion, f"{n % 40}", rev=rev, client_id=f"{number}-{n}")
                echo = pad_marks.record_marks(
                    store,
                    who,
                    round_id=event.round_id,
                    entrant_id=event.entrants[entrant],
                    changes=[change],
                    at=AT,
                )
                rev = echo["marks"][event.criteria[criterion]]["rev"]
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=tap, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with store.reading() as tx:
        taps = tx.value("SELECT count(*) FROM events WHERE kind = 'marks_recorded'")
        last = tx.rows("SELECT value, client_id FROM marks")
    assert taps == WRITERS * TAPS
    assert len(last) == WRITERS
    assert all(row["value"] == 39000 and row["client_id"].endswith("-39") for row in last)
    assert verify(store) == []


def test_two_processes_write_to_one_database(store: db.Store):
    """They wait for each other and lose nothing."""
    event = open_event(store)
    running = [writer(store.path, judge, 1, 60) for judge in "12"]
    for process in running:
        told, _ = process.communicate(timeout=60)
        assert (process.returncode, len(told.splitlines())) == (0, 60)
    assert stored(event, 1, 1) == stored(event, 2, 1) == (60, 29500)
    assert verify(store) == []


@pytest.mark.parametrize(
    "acknowledged",
    [
        25,
        *(
            pytest.param(
                other,
                marks=pytest.mark.long(
                    "db/test_durability.py::test_what_was_acknowledged_survives_a_kill"
                ),
            )
            for other in (1, 90)
        ),
    ],
)
def test_what_was_acknowledged_survives_a_kill(store: db.Store, acknowledged: int):
    """Killed in mid-write, three judges' marks sharing commits: none that was said is lost."""
    event = open_event(store)
    store.close()
    process = writer(store.path, "1,2,3", 1, 100_000)
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(acknowledged)]
    process.send_signal(signal.SIGKILL)
    told += process.stdout.readlines()
    process.stdout.close()
    process.wait()
    reopened = db.Store(store.path)
    event.store = reopened
    said = (line.split() for line in told if line.endswith("\n"))
    last = {int(judge): (int(rev), int(value)) for judge, rev, value in said}
    for judge, (said_rev, said_value) in last.items():
        rev, value = stored(event, judge, 1)
        assert rev - said_rev in (0, 1)
        assert rev > said_rev or value == said_value
    assert verify(reopened) == []
    event.fill(2, 2, ("50", "30"))
    reopened.close()
