"""A tablet's file read as the last resort: believed by two people only, each mark once."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import db
from competition.aliases import aliases
from competition.errors import SecondPersonNeeded
from competition.marks.change_requests import answer_change
from competition.marks.errors import NoKeptMarks, StaleMark
from competition.marks.recovering import FORMAT, Recovered, recover_marks
from competition.marks.resending import Kept, resend_marks
from db.invariants import verify
from tests.competition import event as events
from tests.competition.event import QUICK, Event, later

JUDGE, ENTRANT = 1, 1


def mark(event: Event, place: int, value: int, name: str, after: str = "") -> dict[str, Any]:
    return {
        "kind": "mark",
        "id": name,
        "round": event.round_id,
        "entrant": event.entrants[ENTRANT],
        "criterion": event.criteria[place],
        "value": value,
        "after": after,
    }


def file(event: Event, /, *entries: dict[str, Any], **others: Any) -> bytes:
    whole = {
        "format": FORMAT,
        "event": event.organizer.competition_id,
        "seat": event.judges[JUDGE],
        "entries": list(entries),
        **others,
    }
    return json.dumps(whole).encode()


def sheet_file(event: Event) -> bytes:
    """A whole sheet: one criterion marked twice, and its submit."""
    submit = {
        "kind": "submit",
        "id": "s",
        "round": event.round_id,
        "entrant": event.entrants[ENTRANT],
    }
    return file(
        event,
        mark(event, 0, 50000, "a"),
        mark(event, 0, 51000, "b", "a"),
        mark(event, 1, 30000, "c"),
        submit,
    )


def read(event: Event, content: bytes, who: str = "organizer") -> Recovered:
    return recover_marks(
        event.store, event.visitor(who), event.round_id, content, reason="平板文件", at=later(20)
    )


def answered(event: Event, who: str, *, approve: bool = True) -> None:
    with event.store.reading() as tx:
        request = tx.value("SELECT id FROM change_requests WHERE state = 'asked'")
    answer_change(event.store, event.visitor(who), request, approve=approve, at=later(30))


def stored(event: Event) -> list[tuple[int, str]]:
    with event.store.reading() as tx:
        rows = tx.rows(
            """SELECT m.value, m.client_id FROM marks m JOIN sheets s ON s.id = m.sheet_id
            WHERE s.person_id = :p ORDER BY m.value DESC""",
            p=event.judges[JUDGE],
        )
    return [(row["value"], row["client_id"]) for row in rows]


def test_a_file_counts_once_another_person_approves_it(event: Event):
    """Nor the organizer who read it; then marks and submit are there under their first ids."""
    found = read(event, sheet_file(event))
    assert (found.asked, found.known, found.left) == (2, 0, ())
    assert stored(event) == []
    with pytest.raises(SecondPersonNeeded):
        answered(event, "organizer")
    assert stored(event) == []
    answered(event, "supervisor")
    assert stored(event) == [(51000, "b"), (30000, "c")]
    with event.store.reading() as tx:
        assert tx.value("SELECT state FROM sheets") == "submitted"
    assert verify(event.store) == []


def test_the_same_file_and_the_tablet_itself_bring_nothing_twice(event: Event):
    """Each mark once, also where the tablet finds its network again."""
    read(event, sheet_file(event))
    answered(event, "supervisor")
    before = stored(event)
    assert (read(event, sheet_file(event)).known, read(event, sheet_file(event)).asked) == (3, 0)
    place = (event.entrants[ENTRANT], "")
    kept = [
        Kept("a", *place, event.criteria[0], 50000),
        Kept("b", *place, event.criteria[0], 51000, "a"),
        Kept("c", *place, event.criteria[1], 30000),
        Kept("s", *place, seen={event.criteria[0]: 51000, event.criteria[1]: 30000}),
    ]
    who = event.visitor(JUDGE)
    answer = resend_marks(event.store, who, round_id=event.round_id, kept=kept, at=later(40))
    assert [one["outcome"] for one in answer["results"]] == ["known"] * 4
    assert stored(event) == before
    assert verify(event.store) == []


def test_nothing_that_was_marked_since_is_overwritten(event: Event):
    """The mark is named with both values; the others of the sheet are asked for."""
    event.record(JUDGE, ENTRANT, event.change(0, "40"))
    found = read(event, sheet_file(event))
    assert (found.asked, [type(one.error) for one in found.left]) == (1, [StaleMark])
    assert (found.left[0].number, found.left[0].value, found.left[0].held) == (1, "51.0", "40.0")
    answered(event, "supervisor")
    assert [value for value, _ in stored(event)] == [40000, 30000]


def test_a_mark_made_between_reading_and_approving_stops_the_approval(event: Event):
    """The approver reads so; nothing of the file is written."""
    read(event, sheet_file(event))
    event.record(JUDGE, ENTRANT, event.change(0, "40"))
    with pytest.raises(StaleMark):
        answered(event, "supervisor")
    assert [value for value, _ in stored(event)] == [40000]


def test_a_forged_file_stays_paper_until_it_is_refused(event: Event):
    """Anybody can write one; a second person who asks the judge says no, and nothing is left."""
    read(event, file(event, mark(event, 0, 60000, "forged"), mark(event, 1, 40000, "too")))
    answered(event, "supervisor", approve=False)
    assert stored(event) == []
    with event.store.reading() as tx:
        kinds = [row["kind"] for row in tx.rows("SELECT kind FROM events ORDER BY seq DESC")][:2]
    assert kinds == ["change_refused", "marks_recovered"]
    assert verify(event.store) == []


def test_who_reads_a_file_cannot_approve_it_through_another_request(event: Event):
    """An open request of the judge's own is answered first: the file waits."""
    event.fill(JUDGE, ENTRANT, ("50", "30"))
    event.take(JUDGE, ENTRANT, event.change(0, "41"), at=later(900))
    name = stored(event)[0][1]
    content = file(event, mark(event, 0, 60000, "x", name))
    found = recover_marks(
        event.store, event.organizer, event.round_id, content, reason="文件", at=later(901)
    )
    assert (found.asked, [one.error.code for one in found.left]) == (0, ["request_waits"])


BROKEN: dict[str, Callable[[Event], bytes]] = {
    "half-sent": lambda event: sheet_file(event)[:-20],
    "empty": lambda _: b"",
    "no text": lambda _: bytes(range(256)),
    "another event's": lambda event: file(event, event="other"),
    "nobody's": lambda event: file(event, mark(event, 0, 1000, "x"), seat="nobody"),
    "not a list": lambda event: file(event, entries={}),
    "no entry": lambda event: file(event, entries=[1]),
    "a negative mark": lambda event: file(event, mark(event, 0, -1, "x")),
    "a mark as text": lambda event: file(event, {**mark(event, 0, 0, "x"), "value": "9"}),
    "an endless id": lambda event: file(event, mark(event, 0, 1000, "x" * 65)),
    "too many": lambda event: file(event, *[mark(event, 0, 1000, "x")] * 10_001),
    "deep": lambda _: b"[" * 100_000,
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_no_such_file_is_refused_whole(event: Event, what: str):
    """Cut short, of another event, or forged without care: nothing is written."""
    before = event.store._writer.conn.total_changes
    with pytest.raises(NoKeptMarks):
        read(event, BROKEN[what](event))
    assert event.store._writer.conn.total_changes == before


def test_marks_the_rules_do_not_allow_are_named(event: Event):
    """Above the maximum, off the step, of no criterion: left, each by itself."""
    bad = {**mark(event, 1, 30000, "z"), "criterion": "none"}
    found = read(event, file(event, mark(event, 0, 99_000, "x"), mark(event, 1, 30_001, "y"), bad))
    assert found.asked == 0
    assert len(found.left) == 3


def test_a_blind_rounds_file_has_the_ids_the_tablet_knew(store: db.Store):
    """They are the round's own; they are read back to the entrants they stand for."""
    event = events.opened(store, rules=replace(QUICK, blind=True))
    hidden = aliases(store, event.visitor(JUDGE), event.round_id).hidden(mark(event, 0, 50000, "a"))
    assert hidden["entrant"] != event.entrants[ENTRANT]
    assert read(event, file(event, hidden)).asked == 1
    answered(event, "supervisor")
    assert stored(event) == [(50000, "a")]
