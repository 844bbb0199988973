"""Heads on the wire: in every answer after the commit, and how a tablet's lies to the chain."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

import db
from competition import generations
from competition.returning import returns_view
from db import heads as rows
from tests.competition.event import Event
from tests.routes.asking import Asker
from tests.routes.test_pad_api import body, change, open_event, sign_in

__all__ = ["open_event", "sign_in"]

NOW = datetime.now(UTC)


def shown(asker: Asker, head: str) -> Asker:
    return Asker(asker.cookie, {"arena-head": head})


def last(event: Event) -> rows.Head:
    with event.store.reading() as tx:
        found = rows.last(tx, str(event.organizer.competition_id))
    assert found is not None
    return found


def test_every_answer_carries_the_head_after_it(open_event: Event, sign_in):
    """A mark's own event is in it; a refusal carries it as well."""
    asker, before = sign_in(1), last(open_event)
    answer = asker.ask("PUT", "/api/marks", body(open_event, changes=[change(open_event)]))
    assert answer.json["head"] == str(last(open_event))
    assert last(open_event).n == before.n + 1
    assert answer.json["head_state"] == "same"
    refused = asker.ask("PUT", "/api/marks", body(open_event, judge=2, changes=[]))
    assert (refused.status, refused.json["head"]) == (409, str(last(open_event)))
    assert asker.get("/api/now?round=" + open_event.round_id).json["head"] == str(last(open_event))


STATES: dict[str, Callable[[rows.Head], str]] = {
    "same": str,
    "behind": lambda head: f"{head.generation}.{head.n + 3}.{'a' * 64}",
    "fork": lambda head: f"{head.generation}.{head.n}.{'a' * 64}",
    "new": lambda head: f"7-0123456789abcdef.{head.n}.{head.hash}",
}


@pytest.mark.parametrize("state", STATES)
def test_a_tablets_head_lies_to_the_chain_in_one_of_four_ways(
    open_event: Event, sign_in, state: str
):
    """And whoever shows another than this chain's is waited for before certifying."""
    asker = shown(sign_in(1), STATES[state](last(open_event)))
    answer = asker.get("/api/now?round=" + open_event.round_id)
    assert answer.json["head_state"] == state
    found = returns_view(open_event.store, open_event.organizer)
    assert [one.state for one in found.witnesses] == [state]
    assert [one.state for one in found.tablets] == ([] if state == "same" else ["waiting"])
    assert [one.name for one in found.waiting] == ([] if state == "same" else ["评委·赵1"])


@pytest.mark.parametrize("head", ["", "x", "1.2", "1.2.zz", "9" * 5000, "1-0.1." + "0" * 64])
def test_what_is_no_head_is_as_none(open_event: Event, sign_in, head: str):
    """A pad of an earlier version shows none."""
    answer = shown(sign_in(1), head).get("/api/now?round=" + open_event.round_id)
    assert (answer.status, answer.json["head_state"]) == (200, "same")


def test_a_head_from_before_the_first_generation_counts_as_the_same(open_event: Event, sign_in):
    """Else the upgrade would have every tablet give back everything."""
    head = last(open_event)
    asker = shown(sign_in(1), f"0.{head.n}.{head.hash}")
    assert asker.get("/api/now?round=" + open_event.round_id).json["head_state"] == "same"


def test_a_device_is_noted_at_most_once_a_minute(open_event: Event, sign_in):
    """Two hundred tablets that ask every few seconds must not keep the disk busy."""
    asker = shown(sign_in(1), str(last(open_event)))
    path = "/api/now?round=" + open_event.round_id
    asker.get(path)
    written = open_event.store._writer.conn.total_changes
    for _ in range(5):
        asker.get(path)
    assert open_event.store._writer.conn.total_changes == written


def test_what_a_tablet_kept_is_taken_back_over_the_wire(open_event: Event, sign_in):
    """By the protocol of docs/pad.md: outcomes for each entry, and the sheets as they are."""
    asker = shown(sign_in(1), f"7-0123456789abcdef.3.{'a' * 64}")
    entry = {"entrant": open_event.entrants[1], "criterion": open_event.criteria[0]}
    kept = [
        {
            "kind": "mark",
            "id": "a",
            "value": 50000,
            "after": "",
            "head": "7.3." + "a" * 12,
            **entry,
        },
        {"kind": "mark", "id": "b", "value": 51000, "after": "a", "head": "", **entry},
        {"kind": "mark", "id": "c", "value": 1, "after": "unknown", "head": "", **entry},
        {"kind": "submit", "id": "d", "entrant": open_event.entrants[1], "seen": {}, "head": ""},
    ]
    answer = asker.ask("POST", "/api/resend", body(open_event, kept=kept))
    assert [one["outcome"] for one in answer.json["results"]] == ["done", "done", "wait", "wait"]
    assert answer.json["sheets"][0]["marks"][open_event.criteria[0]]["value"] == 51000
    assert answer.json["head"] == str(last(open_event))
    again = asker.ask("POST", "/api/resend", body(open_event, kept=kept))
    assert [one["outcome"] for one in again.json["results"]] == ["known", "known", "wait", "wait"]
    for wrong in ([], [1], [{"id": "e"}], kept * 30):
        assert asker.ask("POST", "/api/resend", body(open_event, kept=wrong)).status == 422


def test_a_server_that_starts_on_another_file_begins_a_generation(open_event: Event, tmp_path):
    """What was last served here does not lie on its chain; the next start finds it in order."""
    store = open_event.store
    generations.start_serving(store, at=NOW)
    assert last(open_event).number == 1
    open_event.hold("leader", "host")
    served = last(open_event)
    lost = f"{served.generation}.{served.n + 5}.{'b' * 64}"
    beside = json.dumps({str(open_event.organizer.competition_id): lost})
    generations.sidecar(store.path).write_text(beside)
    generations.start_serving(store, at=NOW)
    assert last(open_event).number == 2
    generations.start_serving(store, at=NOW)
    assert last(open_event).number == 2
    with store.reading() as tx:
        row = rows.generation(tx, str(open_event.organizer.competition_id)) or {}
    assert (row["cause"], row["last_n"]) == ("replaced", served.n)


def test_the_head_beside_the_file_follows_every_commit(open_event: Event):
    """So that the next start can tell."""
    store = open_event.store
    generations.start_serving(store, at=NOW)
    beside, owner = generations.sidecar(store.path), str(open_event.organizer.competition_id)
    for judge, entrant in ((1, 1), (2, 1), (1, 2)):
        open_event.fill(judge, entrant, ("40", "30"))
        assert json.loads(beside.read_text()) == {owner: str(last(open_event))}
    beside.unlink()
    open_event.hold("leader", "host")
    assert json.loads(beside.read_text()) == {owner: str(last(open_event))}


def test_a_busy_database_does_not_hold_an_answer_up(open_event: Event, sign_in):
    """To note a witness may fail quietly; the head is answered all the same."""
    asker, path = sign_in(1), "/api/now?round=" + open_event.round_id
    head = str(last(open_event))
    asker.get(path)
    other = db.Store(open_event.store.path)
    with other.writing():
        answer = shown(asker, head).get(path)
    other.close()
    assert (answer.status, answer.json["head"]) == (200, head)


def test_a_disagreeing_device_is_chained_as_a_witness(open_event: Event, sign_in):
    """The log of witnesses cannot be taken away unseen."""
    shown(sign_in(1), f"7-0123456789abcdef.3.{'a' * 64}").get(
        "/api/now?round=" + open_event.round_id
    )
    with open_event.store.reading() as tx:
        row = tx.one("SELECT * FROM sightings WHERE kind = 'witnessed'") or {}
    assert row["detail"].startswith("new 7-0123456789abcdef.3.")
