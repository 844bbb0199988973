"""Kept marks given back after an older file was put in place: each once, nothing overwritten."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from hypothesis import settings

import db
from competition import heads
from competition.acting import Act
from competition.errors import TabletsAwaited
from competition.generations import begin_generation
from competition.marks import pad_marks
from competition.marks.resending import Kept, resend_marks
from competition.marks.sheets import MarkChange
from competition.people import links
from competition.returning import returns_view, waive_tablet
from competition.sign_ins import who_is
from competition.visitor import Visitor
from db import heads as head_rows
from db import sheets as sheet_rows
from db.invariants import verify
from db.store import Transaction
from tests.competition import event as events
from tests.competition.event import Event, later

VALUES = ((40000, 60000, 500), (20000, 40000, 100))
_ids = count(1)


@dataclass
class Tablet:
    """A tablet as the pad's protocol describes it: it keeps what was acknowledged."""

    event: Event
    judge: int
    who: Visitor
    kept: list[Kept] = field(default_factory=list)
    head: str = ""

    def answer(self, at: float = 0) -> str:
        """The state that the next answer of the server tells."""
        told = heads.answer_head(self.event.store, self.who, self.head, at=later(at))
        assert told is not None
        if told.state == "same":
            self.head = told.head
        return told.state

    def mark(self, entrant: int, place: int, value: int) -> str:
        """Mark one criterion, having seen what is stored; return the outcome."""
        change_id, before = f"kept-{next(_ids)}", self.stored(entrant, place)
        change = MarkChange(
            self.event.criteria[place],
            value,
            change_id,
            before["rev"] if before else 0,
            before["client_id"] if before else "",
        )
        answer = pad_marks.record_marks(
            self.event.store,
            self.who,
            round_id=self.event.round_id,
            entrant_id=self.event.entrants[entrant],
            changes=[change],
            at=later(10),
        )
        outcome = answer["results"][0]["outcome"]
        if outcome == "done":
            self.answer()
            self.kept.append(
                Kept(
                    change_id,
                    self.event.entrants[entrant],
                    self.head,
                    change.criterion_id,
                    value,
                    change.after,
                )
            )
        return outcome

    def submit(self, entrant: int) -> None:
        """Submit a sheet as it is stored."""
        seen = {mark["criterion_id"]: mark["value"] for mark in self.marks(entrant)}
        change_id = f"kept-{next(_ids)}"
        pad_marks.submit_sheet(
            self.event.store,
            self.who,
            round_id=self.event.round_id,
            entrant_id=self.event.entrants[entrant],
            change_id=change_id,
            seen=seen,
            at=later(10),
        )
        self.answer()
        self.kept.append(Kept(change_id, self.event.entrants[entrant], self.head, seen=seen))

    def sheet(self, entrant: int) -> dict[str, Any] | None:
        with self.event.store.reading() as tx:
            return sheet_rows.of_pair(
                tx,
                self.event.round_id,
                self.event.entrants[entrant],
                self.event.judges[self.judge],
            )

    def marks(self, entrant: int) -> list[dict[str, Any]]:
        sheet = self.sheet(entrant)
        with self.event.store.reading() as tx:
            return sheet_rows.marks(tx, sheet["id"]) if sheet else []

    def stored(self, entrant: int, place: int) -> dict[str, Any] | None:
        found = [m for m in self.marks(entrant) if m["criterion_id"] == self.event.criteria[place]]
        return found[0] if found else None

    def resend(self, entries: list[Kept], at: float = 30) -> list[str]:
        """Give some of what is kept back; return the outcomes."""
        answer = resend_marks(
            self.event.store,
            self.who,
            round_id=self.event.round_id,
            kept=entries,
            at=later(at),
        )
        return [result["outcome"] for result in answer["results"]]

    def take_head(self, at: float = 40) -> str:
        """After everything is answered the server's head is this tablet's."""
        with self.event.store.reading() as tx:
            self.head = str(head_rows.last(tx, str(self.who.competition_id)))
        return self.answer(at)


@pytest.fixture
def tablet(event: Event) -> Callable[[int], Tablet]:
    """``tablet(judge)`` is another tablet of a judge, with a sign-in of its own."""

    def make(judge: int) -> Tablet:
        token = links.make_link(event.store, event.organizer, event.judges[judge], at=events.AT)
        cookie = links.open_link(event.store, token, at=events.AT, address="hall")
        return Tablet(event, judge, who_is(event.store, cookie, at=events.AT))

    return make


class Undo(Exception):
    """All of it is undone."""


def put_back(tx: Transaction, event: Event) -> None:
    """The file as it was when the backup was made, in its next generation."""
    tx.run("ROLLBACK TO backup")
    begin_generation(tx, str(event.organizer.competition_id), "restored", at=later(20))


def content(tx: Transaction) -> list[tuple[Any, ...]]:
    """What counts: values and ids of all marks, states of all sheets."""
    marks = tx.rows(
        """SELECT s.entrant_id, s.person_id, m.criterion_id, m.value, m.client_id
        FROM marks m JOIN sheets s ON s.id = m.sheet_id ORDER BY 1, 2, 3"""
    )
    sheets = tx.rows("SELECT entrant_id, person_id, state FROM sheets ORDER BY 1, 2")
    return [tuple(row.values()) for row in marks + sheets]


def some_work(chance: random.Random, tablets: list[Tablet], taps: int) -> None:
    """Marks, changed marks and submits of tablets in turn."""
    for _ in range(taps):
        one = chance.choice(tablets)
        entrant, place = chance.choice((1, 3)), chance.randrange(2)
        low, high, step = VALUES[place]
        one.mark(entrant, place, chance.randrange(low, high, step))
        sheet = one.sheet(entrant)
        is_whole = len(one.marks(entrant)) == 2 and sheet and sheet["state"] == "draft"
        if is_whole and chance.random() < 0.4:
            one.submit(entrant)


RUNS = settings().max_examples
"""As many as hypothesis tries: 30, and 300 at night."""


def test_whatever_the_order_everything_comes_back_once(
    event: Event, tablet: Callable[[int], Tablet], store: db.Store
):
    """Random work, a backup in between, tablets that come back in any order and in any bites.

    Judges 1 and 4 have two tablets each.  No mark is lost, none is in conflict, and what is
    stored in the end is what was stored before, mark by mark.
    """
    made = [tablet(judge) for judge in (1, 1, 2, 4, 4)]
    outcomes: dict[str, int] = {}
    for run in range(RUNS):
        chance = random.Random(run)
        tablets = [Tablet(event, one.judge, one.who) for one in made]
        with suppress(Undo), store.writing() as tx:
            some_work(chance, tablets, chance.randrange(6))
            tx.db.execute("SAVEPOINT backup")
            some_work(chance, tablets, 4 + chance.randrange(14))
            before = content(tx)
            put_back(tx, event)
            return_all(chance, tablets, outcomes)
            assert content(tx) == before, run
            raise Undo
    assert outcomes.keys() == {"done", "known", "wait"}
    assert outcomes["done"] > RUNS * 4
    assert outcomes["wait"] > RUNS / 10


def return_all(chance: random.Random, tablets: list[Tablet], outcomes: dict[str, int]) -> None:
    """Each tablet sends what it keeps in bites, and what must wait again after the others."""
    left = {id(one): list(one.kept) for one in tablets}
    for _ in range(200):
        busy = [one for one in tablets if left[id(one)]]
        if not busy:
            return
        one = chance.choice(busy)
        entries = left[id(one)]
        bite = entries[: chance.choice((1, 3, 100))]
        told = one.resend(bite)
        for outcome in told:
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
        waits = [entry for entry, said in zip(bite, told, strict=True) if said == "wait"]
        left[id(one)] = entries[len(bite) :] + waits
    raise AssertionError("something waits for ever")


def test_a_newer_mark_is_never_overwritten(event: Event, tablet: Callable[[int], Tablet]):
    """The judge went on marking after the file was put back: both values are shown."""
    one, spare = tablet(1), tablet(1)
    one.mark(1, 0, 50000)
    with event.store.writing() as tx:
        tx.db.execute("SAVEPOINT backup")
        one.mark(1, 0, 51000)
        put_back(tx, event)
        spare.mark(1, 0, 55000)
        assert one.resend(one.kept) == ["known", "conflict"]
        assert spare.stored(1, 0)["value"] == 55000
    assert verify(event.store) == []


def test_what_comes_after_the_lock_waits_for_a_second_person(
    event: Event, tablet: Callable[[int], Tablet]
):
    """As a fresh mark would."""
    one = tablet(1)
    one.mark(1, 0, 50000)
    one.mark(1, 1, 30000)
    one.submit(1)
    with event.store.writing() as tx:
        tx.db.execute("SAVEPOINT backup")
        one.mark(1, 0, 51000)
        put_back(tx, event)
    assert one.resend(one.kept, at=600) == ["known", "known", "known", "requested"]
    assert verify(event.store) == []


def test_certifying_waits_for_a_tablet_until_it_is_waived(
    event: Event, tablet: Callable[[int], Tablet]
):
    """Seen before, not heard of since: named, waived with a reason, then certified."""
    one, lost = tablet(1), tablet(2)
    lost.mark(1, 0, 50000)
    event.fill_all(but=[(2, 1)])
    one.answer(), lost.answer()
    with event.store.writing() as tx:
        tx.db.execute("SAVEPOINT backup")
        lost.mark(1, 1, 30000)
        put_back(tx, event)
    assert one.answer(25) == "new"
    assert one.take_head() == "same"
    event.close(reason="评委02的平板摔坏", at=later(400))
    with pytest.raises(TabletsAwaited) as refused:
        event.certify(at=later(401))
    assert refused.value.values["names"] == ["评委·赵2"]
    found = returns_view(event.store, event.organizer)
    assert [(tablet.name, tablet.state) for tablet in found.tablets] == [
        ("评委·赵1", "reported"),
        ("评委·赵2", "waiting"),
    ]
    waive_tablet(
        event.store, event.organizer, found.waiting[0].device, reason="平板摔坏", at=later(402)
    )
    event.certify(at=later(403))
    assert verify(event.store) == []


def test_a_tablet_whose_marks_wait_for_another_has_not_reported(
    event: Event, tablet: Callable[[int], Tablet]
):
    """The other one is waived: then the judge sees both values, and it has reported."""
    one, lost = tablet(1), tablet(1)
    for each in (one, lost, one, lost):
        each.answer()
    with event.store.writing() as tx:
        tx.db.execute("SAVEPOINT backup")
        lost.mark(1, 0, 50000)
        one.mark(1, 0, 51000)
        put_back(tx, event)
    assert one.resend(one.kept) == ["wait"]
    assert one.take_head() == "same"
    waiting = returns_view(event.store, event.organizer).waiting
    assert {found.device for found in waiting} == {one.who.seat_hash, lost.who.seat_hash}
    device = str(lost.who.seat_hash)
    waive_tablet(event.store, event.organizer, device, reason="平板摔坏", at=later(50))
    assert one.resend(one.kept, at=60) == ["conflict"]
    assert one.take_head(at=130) == "same"
    assert returns_view(event.store, event.organizer).waiting == ()
    assert verify(event.store) == []


def test_a_tablet_given_to_another_judge_does_not_report_for_the_first(
    event: Event, tablet: Callable[[int], Tablet]
):
    """What it keeps for the first is given back from that judge's pad only."""
    one, other = tablet(1), tablet(2)
    one.mark(1, 0, 50000)
    one.answer()
    with event.store.writing() as tx:
        former = {"f": one.who.seat_hash, "h": other.who.seat_hash}
        tx.run("UPDATE sign_ins SET former = :f WHERE id_hash = :h", **former)
        begin_generation(tx, str(event.organizer.competition_id), "restored", at=later(20))
    assert other.take_head() == "same"
    assert other.answer(120) == "same"
    waiting = returns_view(event.store, event.organizer).waiting
    assert [found.device for found in waiting] == [one.who.seat_hash]


def test_a_judge_whose_sign_in_was_lost_reports_by_the_next_one(
    event: Event, tablet: Callable[[int], Tablet]
):
    """The browser shows the cookie it had; so the tablet that is waited for is known again."""
    one = tablet(1)
    one.answer()
    token = links.make_link(event.store, event.organizer, event.judges[1], at=events.AT)
    with event.store.writing() as tx:
        tx.db.execute("SAVEPOINT backup")
        lost = links.open_link(event.store, token, at=events.AT, address="hall")
        gone = Tablet(event, 1, who_is(event.store, lost, at=events.AT))
        gone.mark(1, 0, 50000)
        device = str(gone.who.seat_hash)
        tx.run("ROLLBACK TO backup")
        owner = str(event.organizer.competition_id)
        begin_generation(tx, owner, "restored", at=later(20))
        heads.await_device(tx, owner, device, event.judges[1], gone.head, "2022")
        act = Act(tx, event.organizer, "show_head", later(21))
        act.record("tablet_awaited", event.judges[1])
    again = links.open_link(
        event.store, token, at=later(30), address="hall", device="", former=lost
    )
    gone.who = who_is(event.store, again, at=later(30))
    assert gone.answer(31) == "new"
    assert gone.resend(gone.kept) == ["done"]
    assert gone.take_head() == "same"
    states = {row.device: row.state for row in returns_view(event.store, event.organizer).tablets}
    assert states[device] == "reported"
