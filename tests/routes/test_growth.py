"""Growth on the wire: the entries since a head prove, without the server's word, what followed."""

import hashlib

import pytest

from competition import growth as module
from competition.growth import growth
from competition.returning import returns_view
from db import heads as rows
from tests.competition.event import Event
from tests.db.damage import damaged
from tests.golden.conftest import golden
from tests.routes.test_heads import last
from tests.routes.test_pad_api import body, change, open_event, sign_in

__all__ = ["golden", "open_event", "sign_in"]


def followed(start: str, entries: str) -> str:
    """The chain's value after the entries, as anybody with SHA-256 computes it."""
    for at in range(0, len(entries), 64):
        start = hashlib.sha256((start + entries[at : at + 64]).encode()).hexdigest()
    return start


def test_a_head_and_the_entries_after_it_give_the_present_head(open_event: Event, sign_in):
    """The mark made in between is among them, and none of it can be read from an entry."""
    asker, before = sign_in(1), last(open_event)
    assert asker.get(f"/api/growth?after={before.n}").json["entries"] == ""
    asker.ask("PUT", "/api/marks", body(open_event, changes=[change(open_event)]))
    told = asker.get(f"/api/growth?after={before.n}").json
    assert len(told["entries"]) == 64
    assert (told["after"], told["start"]) == (before.n, before.hash)
    assert told["reached"] == told["head"] == str(last(open_event))
    assert followed(before.hash, told["entries"]) == last(open_event).hash
    assert followed("a" * 64, told["entries"]) != last(open_event).hash


def test_a_long_way_is_told_in_parts(open_event: Event, sign_in, monkeypatch: pytest.MonkeyPatch):
    """Each part begins where the one before has reached."""
    monkeypatch.setattr(module, "MOST", 7)
    asker, value, n = sign_in(1), "0" * 64, 0
    while n < last(open_event).n:
        told = asker.get(f"/api/growth?after={n}").json
        assert (told["after"], told["start"]) == (n, value)
        value, n = followed(value, told["entries"]), n + len(told["entries"]) // 64
        assert told["reached"].split(".")[1:] == [str(n), value]
    assert value == last(open_event).hash


def test_an_entry_changed_in_the_file_leads_elsewhere(open_event: Event, sign_in):
    """A forger who leaves the hashes as they are, which alone are looked up, is still found."""
    asker, before = sign_in(1), last(open_event)
    asker.ask("PUT", "/api/marks", body(open_event, changes=[change(open_event)]))
    damaged(open_event.store.path, f"UPDATE events SET entry = '{'b' * 64}' WHERE n > {before.n}")
    shown = asker.get(f"/api/growth?after={before.n}").json
    assert shown["head_state"] == "same"
    assert followed(before.hash, shown["entries"]) != rows.parse(shown["reached"]).hash


def test_what_an_earlier_version_wrote_has_no_entries(golden):
    """It is passed over: the answer begins at its last event, and says so."""
    who = golden.judge()
    with golden.store.reading() as tx:
        end = rows.last(tx, str(who.competition_id))
    told = growth(golden.store, who, after=3)
    assert (told["after"], told["start"], told["entries"]) == (end.n, end.hash, "")


@pytest.mark.parametrize("after", ["", "-1", "x", "1e3", "٣", "9" * 13])
def test_a_number_is_a_number(open_event: Event, sign_in, after: str):
    """Anything else is refused in words."""
    answer = sign_in(1).get(f"/api/growth?after={after}")
    assert (answer.status, answer.json["error"]) == (422, "bad_input")


def test_a_tablet_that_cannot_follow_is_a_witness_of_a_fork(open_event: Event, sign_in):
    """Though its head lies on the chain: the desk names it, and certifying waits for it."""
    asker = sign_in(1)
    asker.headers |= {"arena-head": str(last(open_event)), "arena-growth": "broken"}
    answer = asker.get("/api/now?round=" + open_event.round_id)
    assert answer.json["head_state"] == "fork"
    found = returns_view(open_event.store, open_event.organizer)
    assert [one.state for one in found.witnesses] == ["fork"]
    assert [one.name for one in found.waiting] == ["评委·赵1"]
