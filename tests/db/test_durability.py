"""Many at once, and the plug pulled: what was acknowledged is there."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

import db
from competition.marks import own_work, pad_marks
from db.invariants import verify
from tests.competition.event import AT, Event
from tests.competition.event import opened as open_event
from tests.db.writer import Tap, tap_as
from tests.forks import FORKS, forked

WRITERS, TAPS = 30, 20

pytestmark = pytest.mark.on_file
"""Writers of another process, killed: those of PostgreSQL are in tests/db/postgres."""


def writer(
    path: Path, judges: str, entrant: int, taps: int
) -> tuple[BaseProcess, "Connection[Any, Tap]"]:
    """A process that taps as some judges, and where it says what was stored."""
    told, tells = FORKS.Pipe(duplex=False)
    process = forked(tap_as, path, judges, entrant, taps, tells)
    tells.close()
    return process, told


def all_of(told: "Connection[Any, Tap]") -> Iterator[Tap]:
    """Every tap that a process says is stored, until it has ended; half a message is none."""
    with suppress(EOFError, OSError):
        while True:
            yield told.recv()


def stored(event: Event, judge: int, entrant: int) -> tuple[int, int | None]:
    """Revision and value of the first criterion."""
    echo = own_work.own_sheet(
        event.store, event.visitor(judge), event.round_id, event.entrants[entrant], at=AT
    )
    mark = echo["marks"][event.criteria[0]]
    return mark["rev"], mark["value"]


def test_thirty_writers_at_once_lose_no_mark(store: db.Store):
    """Thirty threads, twenty taps each: every tap is one event, and every last value stands."""
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
    assert all(row["value"] == 19000 and row["client_id"].endswith("-19") for row in last)
    assert verify(store) == []


def test_two_processes_write_to_one_database(store: db.Store):
    """They wait for each other and lose nothing."""
    event = open_event(store)
    running = [writer(store.path, judge, 1, 60) for judge in "12"]
    for process, told in running:
        assert len([*all_of(told)]) == 60
        process.join(60)
        assert process.exitcode == 0
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
    process, told = writer(store.path, "123", 1, 100_000)
    said = [told.recv() for _ in range(acknowledged)]
    process.kill()
    said += all_of(told)
    process.join()
    reopened = db.Store(store.path)
    event.store = reopened
    last = {judge: (rev, value) for judge, rev, value in said}
    for judge, (said_rev, said_value) in last.items():
        rev, value = stored(event, judge, 1)
        assert rev - said_rev in (0, 1)
        assert rev > said_rev or value == said_value
    assert verify(reopened) == []
    event.fill(2, 2, ("50", "30"))
    reopened.close()
