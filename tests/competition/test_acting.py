"""An act asks its right and leaves an event of its own, or keeps nothing."""

import pytest

from competition.acting import ActBroken, acting, acting_on
from competition.errors import Forbidden, Missing
from competition.rounds import rounds
from db import Store, events, people
from db import rounds as round_rows
from tests.competition.event import AT, Event


def kinds(event: Event) -> list[str]:
    with event.store.reading() as tx:
        found = events.history(tx, str(event.organizer.competition_id))
    return [row["kind"] for row in reversed(found)]


def title(event: Event) -> str:
    with event.store.reading() as tx:
        return str((round_rows.find(tx, event.round_id) or {})["title"])


def test_an_act_records_its_rows_actor_round_and_time(draft: Event):
    """The subject is the round where the act names none."""
    with acting(draft.store, draft.organizer, "update_round", draft.round_id, at=AT) as (act, tx):
        tx.put("rounds", {**act.round, "title": "加赛"})
        seq = act.record("round_updated", reason="改名")
    with draft.store.reading() as tx:
        event = events.find(tx, seq) or {}
    assert (event["kind"], event["subject"], event["round_id"]) == (
        "round_updated",
        draft.round_id,
        draft.round_id,
    )
    assert event["actor"] == draft.organizer.person_id
    assert [change["table"] for change in events.changes_of(event)] == ["rounds"]


def test_who_may_not_act_gets_no_transaction(draft: Event):
    """The right is asked before the body runs."""
    reached = []
    with (
        pytest.raises(Forbidden),
        acting(draft.store, draft.visitor("host"), "update_round", draft.round_id, at=AT),
    ):
        reached.append("body")
    assert reached == []


def test_an_act_without_an_event_keeps_nothing(draft: Event):
    """Also where only telemetry was written, which the store alone would let pass."""
    before = title(draft), kinds(draft)
    who = draft.organizer
    with (
        pytest.raises(ActBroken, match="update_round left no event"),
        acting(draft.store, who, "update_round", draft.round_id, at=AT) as (_, tx),
    ):
        people.add_attempt(tx, "desk", "2022-03-18T01:00:00.000Z", "2022-03-18T00:59:00.000Z")
    assert (title(draft), kinds(draft)) == before
    with draft.store.reading() as tx:
        assert people.attempts_since(tx, "desk", "2022-03-18T00:00:00.000Z") == 0


def test_an_act_says_that_nothing_was_to_do(draft: Event):
    """A repetition leaves no second event."""
    before = kinds(draft)
    with acting(draft.store, draft.organizer, "update_round", draft.round_id, at=AT) as (act, _):
        act.unchanged()
    assert kinds(draft) == before


def test_acts_inside_an_act_leave_its_event(draft: Event):
    """Several acts in one transaction need no event of their own besides."""
    who = draft.organizer
    with acting(draft.store, who, "set_rules", draft.round_id, at=AT):
        rounds.add_session(draft.store, who, draft.round_id, title="下午场", at=AT)
    assert kinds(draft)[-1] == "session_added"


@pytest.mark.parametrize("kind", ["round_opened", "round_unheard_of"])
def test_an_act_records_no_kind_but_its_own(draft: Event, kind: str):
    """Neither another act's nor one that is not registered; and nothing is kept."""
    before = title(draft), kinds(draft)
    who = draft.organizer

    def rename() -> None:
        with acting(draft.store, who, "update_round", draft.round_id, at=AT) as (act, tx):
            tx.put("rounds", {**act.round, "title": "加赛"})
            act.record(kind)

    with pytest.raises(ActBroken, match=kind):
        rename()
    assert (title(draft), kinds(draft)) == before


def test_an_act_on_a_row_that_is_not_there(store: Store, draft: Event):
    """It is missing, by the name that a person reads."""
    with (
        pytest.raises(Missing) as refused,
        acting_on(
            store, draft.organizer, "unseat", lambda tx, key: None, "none", what="seat", at=AT
        ),
    ):
        pass
    assert refused.value.values == {"what": "seat"}
