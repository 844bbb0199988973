"""A clock that is set back: acts stay in order, and what a time has locked stays locked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import db
from competition import clock, generations, heads
from competition.machine import machine
from competition.marks import pad_marks
from competition.people import people
from competition.times import parse
from db.invariants import verify
from tests.competition import event as events
from tests.competition.event import AT
from tests.competition.stage.hall import opened, release


def test_an_announced_sheet_stays_locked_when_the_clock_goes_back(store: db.Store):
    """A mark at a time before the announcement becomes a request for two people."""
    event = opened(store)
    release(event, 1)
    with store.reading() as tx:
        held = tx.one(
            """SELECT m.* FROM marks m JOIN sheets s ON s.id = m.sheet_id
            WHERE s.person_id = :p AND s.entrant_id = :e ORDER BY m.criterion_id""",
            p=event.judges[1],
            e=event.entrants[1],
        )
    assert held is not None
    tap = pad_marks.MarkChange(held["criterion_id"], 10_000, "late-tap", held["rev"])
    earlier = AT - timedelta(days=1)
    answer = pad_marks.record_marks(
        store,
        event.visitor(1),
        round_id=event.round_id,
        entrant_id=event.entrants[1],
        changes=[tap],
        at=earlier,
    )
    assert [result["outcome"] for result in answer["results"]] == ["requested"]
    assert answer["state"] == "locked"
    with store.reading() as tx:
        assert tx.value("SELECT value FROM marks WHERE client_id = 'late-tap'") is None


def test_no_event_is_earlier_than_the_one_before(store: db.Store):
    """An act under a clock that was set back has the time of the last event."""
    event = events.opened(store)
    people.add_person(store, event.organizer, name="甲", at=AT + timedelta(hours=1))
    people.add_person(store, event.organizer, name="乙", at=AT - timedelta(hours=1))
    with store.reading() as tx:
        times = [row["at"] for row in tx.rows("SELECT at FROM events ORDER BY seq")]
    assert times == sorted(times)
    assert parse(times[-1]) == AT + timedelta(hours=1)
    assert not verify(store)


def test_what_commands_and_tablets_write_is_no_earlier_either(store: db.Store):
    """A generation, its waiting tablets and a witness, under a clock two hours back."""
    event = events.opened(store)
    ahead, behind = AT + timedelta(hours=1), AT - timedelta(hours=1)
    people.add_person(store, event.organizer, name="甲", at=ahead)
    with store.writing() as tx:
        generations.begin_generation(tx, event.organizer.competition_id, "restored", at=behind)
    who = replace(event.visitor(1), seat_hash="tablet")
    heads.answer_head(store, who, f"7-0123456789abcdef.3.{'a' * 64}", at=behind)
    with store.reading() as tx:
        kinds = [row["kind"] for row in tx.rows("SELECT kind FROM events ORDER BY seq")]
        times = [
            tx.value(f"SELECT min({column}) FROM {table} WHERE {where}")
            for table, column, where in (
                ("events", "at", "kind IN ('generation_begun', 'tablet_awaited')"),
                ("generations", "at", "number = 2"),
                ("awaited", "seen_at", "device = 'tablet'"),
                ("witnesses", "at", "device = 'tablet'"),
                ("sightings", "at", "kind = 'witnessed'"),
            )
        ]
    assert kinds[-2:] == ["generation_begun", "tablet_awaited"]
    assert [parse(found) for found in times] == [ahead] * 5
    assert not verify(store)


def test_the_next_act_is_never_before_the_last_event(store: db.Store):
    """A log from a clock that ran ahead is gone on from where it is."""
    event = events.opened(store)
    ahead = datetime.now(UTC) + timedelta(days=2)
    people.add_person(store, event.organizer, name="甲", at=ahead)
    assert clock.now(store) >= ahead - timedelta(milliseconds=1)
    found = machine(store, at=ahead - timedelta(seconds=90))
    assert (found.is_behind, found.seconds_behind) == (True, 89)
    assert not machine(store, at=ahead + timedelta(seconds=1)).is_behind
