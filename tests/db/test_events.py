"""The chain of events, what it may tell, and that it rebuilds every table."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

import db
from db.canonical import canonical
from db.events import FIRST, event_hash, last_seq
from db.replay import broken_links, differences
from db.tables import TABLES
from tests.competition import event as events
from tests.competition.event import Event


def log(store: db.Store) -> list[dict]:
    with store.reading() as tx:
        return tx.rows("SELECT * FROM events ORDER BY seq")


def test_each_event_names_the_hash_of_the_one_before(certified: Event):
    """From sixty-four zeros on, numbered without a gap."""
    chain = log(certified.store)
    assert [event["n"] for event in chain] == list(range(1, len(chain) + 1))
    assert [event["prev"] for event in chain] == [FIRST, *(e["hash"] for e in chain[:-1])]
    assert all(event["hash"] == event_hash(event) for event in chain)


def test_two_competitions_have_a_chain_each(store: db.Store):
    """Acts of one do not show in the other's chain, though both share the file."""
    one = events.opened(store)
    two = events.opened(store, title="另一场")
    one.fill(1, 1, ("50", "30"))
    two.fill(1, 1, ("50", "30"))
    with store.reading() as tx:
        assert broken_links(tx) == []
        assert last_seq(tx, one.round_id, str(one.organizer.competition_id)) < last_seq(
            tx, two.round_id, str(two.organizer.competition_id)
        )
    assert {event["n"] for event in log(store) if event["kind"] == "competition_begun"} == {1}


@pytest.mark.parametrize("column", ["at", "actor", "kind", "subject", "payload", "round_id", "n"])
def test_a_hash_covers_every_column(certified: Event, column: str):
    """Whatever of an event is changed, its hash no longer fits."""
    event = log(certified.store)[-1]
    assert event_hash({**event, column: "another"}) != event["hash"]


def test_personal_fields_are_nowhere_in_the_log(certified: Event):
    """Names, posts, units and counties of people enter an event as salted hashes only."""
    text = json.dumps(log(certified.store), ensure_ascii=False)
    with certified.store.reading() as tx:
        people = tx.rows("SELECT name, unit FROM people")
        presenters = tx.rows("SELECT presenter, post, unit FROM entrants")
    secrets = {value for row in [*people, *presenters] for value in row.values() if value}
    assert len(secrets) > 20
    assert [secret for secret in secrets if secret in text] == []


def test_a_recusal_by_unit_does_not_tell_the_unit(store: db.Store):
    """The reason of a recusal that follows from where a judge works is personal too."""
    events.draft(store)
    with store.reading() as tx:
        reasons = tx.rows("SELECT reason FROM recusals WHERE cause <> 'declared'")
    changes = [c for e in log(store) for c in json.loads(e["payload"])["changes"]]
    told = {c["row"]["reason"] for c in changes if c["table"] == "recusals" and c["row"]}
    assert reasons
    assert all(reason.startswith("hmac:") for reason in told)


def test_one_value_is_masked_differently_in_two_competitions(store: db.Store):
    """The salt is the competition's: two logs cannot be joined by a person's hash."""
    events.begin(store)
    events.begin(store, title="另一场")
    names = [
        change["row"]["name"]
        for event in log(store)
        if event["kind"] == "competition_begun"
        for change in json.loads(event["payload"])["changes"]
        if change["table"] == "people"
    ]
    assert len(set(names)) == 2


def test_no_secret_is_in_the_log(store: db.Store):
    """Neither a link's token nor the salt."""
    event = events.begin(store)
    with store.reading() as tx:
        salts = [row["salt"] for row in tx.rows("SELECT salt FROM salts")]
    text = json.dumps(log(store))
    assert event.token not in text
    assert all(salt not in text for salt in salts)


def test_replaying_the_events_rebuilds_every_table(certified: Event):
    """Row by row; and the event has rows in most state tables, so that this says something."""
    with certified.store.reading() as tx:
        filled = {name for name in TABLES if tx.value(f"SELECT count(*) FROM {name}")}
    assert filled >= {"people", "links", "marks", "sheets", "reopenings", "rulings", "snapshots"}
    assert len(filled) >= 19
    assert list(differences(certified.store)) == []


def test_nothing_with_two_spellings_is_hashed():
    """A float has no one spelling; keys are sorted and text is in NFC."""
    with pytest.raises(TypeError):
        canonical({"score": 0.1})
    assert canonical({"b": 1, "a": "e\u0301"}) == canonical({"a": "\u00e9", "b": 1})


CONTENT = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
)


@given(CONTENT)
def test_an_event_is_spelt_as_python_spells_it(content: object):
    """Sorted keys, no spaces, no escapes but those JSON needs: hashes of every version agree."""

    def nfc(one: object) -> object:
        if isinstance(one, str):
            return unicodedata.normalize("NFC", one)
        if isinstance(one, dict):
            return {key: nfc(value) for key, value in one.items()}
        return [nfc(value) for value in one] if isinstance(one, list) else one

    spelt = json.dumps(nfc(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(content) == spelt
