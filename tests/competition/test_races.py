"""Several at once: whatever was acknowledged holds, and what only one may do, one does."""

import threading
from collections.abc import Callable, Sequence

from competition import sign_ins
from competition.errors import Refused
from competition.marks import deductions, pad_marks, reopening
from competition.people import links, people
from competition.results import certifying
from db.invariants import verify
from tests.competition.event import AT, Event, later


def together(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Run acts at the same moment; each one's result or refusal, in the order given."""
    results: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(at: int) -> None:
        start.wait()
        try:
            results[at] = acts[at]()
        except Refused as error:
            results[at] = error

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def refused(results: Sequence[object]) -> list[str]:
    return [result.code for result in results if isinstance(result, Refused)]


def test_three_second_people_certify_once(closed: Event):
    """One certificate; the other reads that it is certified already."""
    shown = certifying.to_sign(closed.store, closed.organizer, closed.round_id).sha256
    third = people.add_person(closed.store, closed.organizer, name="监督·三", at=AT)
    people.grant_role(closed.store, closed.organizer, third, "supervisor", at=AT)
    signed = {"sha256": shown, "at": AT}
    certifying.sign_certificate(closed.store, closed.organizer, closed.round_id, **signed)
    closed.people["third"] = third
    seconds = [closed.visitor(who) for who in ("second", "third", "supervisor")]
    results = together(
        [
            lambda who=who: certifying.certify(closed.store, who, closed.round_id, **signed)
            for who in seconds * 2
        ]
    )
    assert refused(results) == ["not_now"] * 5
    with closed.store.reading() as tx:
        assert [row["version"] for row in tx.rows("SELECT version FROM snapshots")] == [1]


def test_a_round_closed_in_mid_submit_loses_nothing_it_acknowledged(event: Event):
    """A submit is either before the closing and counts, or is refused; never in between."""
    waiting = []
    for judge, entrant in event.pairs():
        taps = [event.change(0, "50"), event.change(1, "30")]
        event.record(judge, entrant, *taps)
        waiting.append((judge, entrant))
    acts = [lambda j=judge, e=entrant: event.submit(j, e) for judge, entrant in waiting]
    acts.insert(len(acts) // 2, lambda: event.close(reason="散会"))
    results = together(acts)
    del results[len(acts) // 2]
    accepted = [
        (judge, entrant)
        for (judge, entrant), result in zip(waiting, results, strict=True)
        if not isinstance(result, Refused)
    ]
    assert set(refused(results)) <= {"not_now", "absent"}
    with event.store.reading() as tx:
        counted = {
            (row["person_id"], row["entrant_id"])
            for row in tx.rows(
                """SELECT s.* FROM sheets s
                JOIN assignments a USING (round_id, entrant_id, person_id)
                WHERE s.state = 'submitted' AND a.state = 'expected'"""
            )
        }
    assert counted == {(event.judges[j], event.entrants[e]) for j, e in accepted}
    assert verify(event.store) == []


def test_one_of_many_confirms(closed: Event):
    """A deduction is confirmed once; the same person's further presses change nothing."""
    cost = deductions.deduct(
        closed.store, closed.organizer, closed.round_id, closed.entrants[1], "1", reason="x", at=AT
    )
    who = closed.visitor("supervisor")
    results = together([lambda: deductions.confirm_deduction(closed.store, who, cost, at=AT)] * 8)
    assert refused(results) == []
    with closed.store.reading() as tx:
        said = tx.value("SELECT count(*) FROM events WHERE kind = 'deduction_confirmed'")
    assert said == 1


def test_a_sheet_is_asked_for_once(event: Event):
    """The judge and the desk ask at the same moment."""
    event.fill(1, 1, ("50", "30"))
    sheet = event.sheet(1, 1)
    results = together(
        [
            lambda who=who: reopening.ask_reopening(
                event.store, who, sheet, reason="看错", at=later(300)
            )
            for who in (event.visitor(1), event.organizer) * 3
        ]
    )
    assert refused(results) == ["wrong_state"] * 5


def test_after_a_link_is_revoked_no_mark_is_taken(event: Event):
    """Marks stream in while the organizer revokes: none is stored after that has returned."""
    secret = links.make_link(event.store, event.organizer, event.judges[1], at=AT)
    cookie = links.open_link(event.store, secret, at=AT, address="")
    who = sign_ins.who_is(event.store, cookie, at=AT)
    with event.store.reading() as tx:
        link = tx.value("SELECT id FROM links WHERE person_id = :p", p=event.judges[1])
    ended = threading.Event()
    late: list[int] = []

    def stream() -> None:
        rev = 0
        while True:
            was_ended = ended.is_set()
            try:
                echo = pad_marks.record_marks(
                    event.store,
                    who,
                    round_id=event.round_id,
                    entrant_id=event.entrants[1],
                    changes=[event.change(0, f"{rev % 60}", rev=rev)],
                    at=AT,
                )
            except Refused:
                return
            rev = echo["rev"]
            if was_ended:
                late.append(rev)

    thread = threading.Thread(target=stream)
    thread.start()
    links.revoke_link(event.store, event.organizer, link, at=AT)
    ended.set()
    thread.join()
    assert late == []
