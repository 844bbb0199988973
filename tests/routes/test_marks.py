"""Marks over the wire: the echo is what is stored, and a tap sent twice is one tap."""

import threading
from datetime import UTC, datetime

import pytest

from competition import ids
from competition.marks import own_work
from competition.people import links
from competition.rounds import rounds
from competition.times import stamp
from db import events as event_rows
from db import people
from tests.competition.event import AT, Event
from tests.routes.client import Client
from tests.routes.requests import mark, new_id, sheet, written

JUDGE = 4


@pytest.fixture(scope="module")
def judge(client: Client, event: Event) -> Client:
    """A judge's browser."""
    return client.entered(event, JUDGE)


def held(event: Event, entrant: int) -> dict:
    return own_work.own_sheet(
        event.store, event.visitor(JUDGE), event.round_id, event.entrants[entrant], at=AT
    )


def put(judge: Client, event: Event, entrant: int, *changes: dict):
    body = sheet(event, JUDGE, entrant) | {"changes": list(changes)}
    return judge.ask("PUT", "/api/marks", body)


def test_the_answer_is_what_the_database_holds(judge: Client, event: Event):
    """Value, revision and id of each mark; and the same when it is asked for."""
    answer = put(judge, event, 1, mark(event, 9500, id="first-tap"))
    assert answer.status == 200
    assert answer.json["results"] == [{"id": "first-tap", "outcome": "done"}]
    stored = held(event, 1)
    assert answer.json["marks"] == stored["marks"]
    assert stored["marks"][event.criteria[0]]["value"] == 9500
    query = f"?round={event.round_id}&entrant={event.entrants[1]}"
    assert judge.ask("GET", f"/api/sheet{query}").json["marks"] == stored["marks"]


def test_a_request_sent_again_changes_nothing(judge: Client, event: Event):
    """The answer was lost; the tablet sends the very same once more."""
    changes = [mark(event, 50000), mark(event, 30000, criterion=event.criteria[1])]
    first = put(judge, event, 2, *changes)
    before = written(event)
    again = put(judge, event, 2, *changes)
    assert (again.status, again.json["marks"]) == (200, first.json["marks"])
    assert {one["outcome"] for one in again.json["results"]} == {"done"}
    assert written(event) == before


def test_ten_times_at_once_is_once(judge: Client, event: Event):
    """A double tap, a retry and a second tab together."""
    change = mark(event, 40000)
    before = written(event)
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(put(judge, event, 3, change).status))
        for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 10
    assert written(event)[0] == before[0] + 1
    assert held(event, 3)["rev"] == 1


def test_an_older_page_is_told_what_is_held(judge: Client, event: Event):
    """Its change is a conflict; the newer value stands, and the others of the batch are done."""
    put(judge, event, 4, mark(event, 50000))
    late = mark(event, 10000)
    other = mark(event, 30000, criterion=event.criteria[1])
    answer = put(judge, event, 4, late, other)
    assert answer.status == 200
    outcomes = {one["id"]: one["outcome"] for one in answer.json["results"]}
    assert outcomes == {late["id"]: "conflict", other["id"]: "done"}
    assert held(event, 4)["marks"][event.criteria[0]]["value"] == 50000


@pytest.mark.parametrize("value", [101000, 60500, 9250, 1, 2**53 - 1])
def test_a_bad_mark_is_refused_in_words_for_itself(judge: Client, event: Event, value: int):
    """Nothing of it is stored; the message names criterion and mark in both languages."""
    before = written(event)
    answer = put(judge, event, 5, mark(event, value))
    (result,) = answer.json["results"]
    assert result["outcome"] == "refused"
    assert "规划实用性" in result["says"]["zh"]
    assert written(event) == before


def submit(judge: Client, event: Event, entrant: int, seen: dict[str, int]):
    body = sheet(event, JUDGE, entrant) | {"id": new_id(), "seen": seen}
    return judge.ask("POST", "/api/submit", body)


def test_what_is_submitted_is_what_was_seen(client: Client, event: Event):
    """Another value on the page than in the database: nothing is submitted."""
    browser = client.entered(event, JUDGE)
    one, two = event.criteria
    put(browser, event, 5, mark(event, 50000), mark(event, 30000, criterion=two))
    stale = submit(browser, event, 5, {one: 49000, two: 30000})
    assert held(event, 5)["state"] == "draft"
    assert stale.status == 409 or stale.json["results"][0]["outcome"] != "done"
    answer = submit(browser, event, 5, {one: 50000, two: 30000})
    assert answer.status == 200
    assert held(event, 5)["state"] == "submitted"


def test_an_incomplete_sheet_is_not_submitted(judge: Client, event: Event):
    """6 of 7 is kept, and said."""
    answer = submit(judge, event, 1, {event.criteria[0]: 9500})
    refused = answer.json.get("results", [answer.json])[0]
    assert refused.get("code", refused.get("error")) == "sheet_incomplete"
    assert held(event, 1)["state"] == "draft"


def test_the_answer_tells_nothing_of_others(client: Client, event: Event):
    """Whatever is asked: no other judge's id, mark or total is in it."""
    event.fill(1, 1, ("41.5", "39.9"))
    browser = client.entered(event, JUDGE)
    for path in (
        f"/api/work?round={event.round_id}",
        f"/api/now?round={event.round_id}",
        f"/api/sheet?round={event.round_id}&entrant={event.entrants[1]}",
    ):
        text = browser.ask("GET", path).body.decode()
        assert event.judges[1] not in text, path
        assert "41.5" not in text, path
        assert "39.9" not in text, path


def test_what_ends_a_right_is_seen_by_the_very_next_mark(client: Client, event: Event):
    """A link withdrawn, another one opened in the browser, a role taken away, the round closed.

    Marks remember from one to the next what they have read; nothing of this is remembered wrongly.
    """
    seat, organizer, at = 7, event.organizer, datetime.now(UTC)
    person, revs = event.judges[seat], {seat: 0, 5: 0}

    def outcome(browser: Client, judge: int = seat, value: int = 40000) -> tuple[int, str]:
        changes = [mark(event, value, rev=revs[judge])]
        answer = browser.ask("PUT", "/api/marks", sheet(event, judge, 3) | {"changes": changes})
        if answer.status != 200:
            return answer.status, answer.json["error"]
        revs[judge] = answer.json["rev"]
        return answer.status, answer.json["results"][0]["outcome"]

    first, second = client.entered(event, seat), client.entered(event, seat)
    assert outcome(first) == outcome(second) == (200, "done")
    with event.store.reading() as tx:
        link = tx.value(
            "SELECT link_id FROM sign_ins WHERE id_hash = :h", h=ids.digest(first.cookie)
        )
    links.revoke_link(event.store, organizer, link, at=at)
    assert outcome(first) == (401, "sign_in_needed")
    assert outcome(second)[0] == 200

    replaced = second.entered(event, 5)
    assert outcome(second) == (409, "replaced")
    assert outcome(replaced) == (409, "wrong_seat")

    third = client.entered(event, seat)
    assert outcome(third)[0] == 200
    with event.store.writing() as tx:  # no page takes a judge's role away in an open round
        (grant,) = [one for one in people.grants(tx, person) if one["role"] == "judge"]
        tx.remove("grants", id=grant["id"])
        event_rows.append(
            tx,
            competition_id=str(organizer.competition_id),
            kind="role_revoked",
            subject=person,
            actor="command",
            at=stamp(at),
        )
    assert outcome(third) == (403, "forbidden")

    other = client.entered(event, 5)
    assert outcome(other, 5) == (200, "done")
    rounds.close_round(event.store, organizer, event.round_id, at=at, reason="the day is over")
    assert outcome(other, 5, 30000) == (200, "requested")
