"""What a tablet is given: a judge's own, whole, and nothing of another judge's."""

import json
from dataclasses import replace

import pytest

import db
from competition.errors import NoRound, WrongState
from competition.marks import remarks
from competition.stage import calls, holding, moves, pad_work, releasing
from tests.competition import event as events
from tests.competition.event import AT, QUICK, Event, later


def work(event: Event, judge: int = 1) -> dict:
    return pad_work.pad_work(event.store, event.visitor(judge), at=AT)


def write(event: Event, judge: int, kind: str, text: str, change_id: str) -> dict:
    return remarks.write(
        event.store,
        event.visitor(judge),
        round_id=event.round_id,
        entrant_id=event.entrants[1],
        kind=kind,
        text=text,
        change_id=change_id,
        at=AT,
    )


def test_all_sheets_of_the_judges_sessions_are_there(event: Event):
    """So they can go on to the next entrant without a network."""
    found = work(event, 2)
    assert [sheet["entrant"]["number"] for sheet in found["sheets"]] == [1, 2, 3, 4, 5]
    assert [c["maximum"] for c in found["criteria"]] == [60000, 40000]
    assert found["round"] == event.round_id
    assert json.loads(json.dumps(found)) == found


def test_nothing_of_another_judge_is_in_it(event: Event):
    """Neither mark nor remark nor note."""
    event.fill(2, 1, ("37.5", "30"))
    write(event, 2, "remark", "思路清楚", "r")
    write(event, 2, "note", "想再看看", "n")
    told = json.dumps(work(event, 1), ensure_ascii=False)
    assert not any(secret in told for secret in ("37.5", "思路清楚", "想再看看"))


def test_remark_and_note_come_back_to_their_judge(event: Event):
    """And the remark alone to the staff, after closing."""
    write(event, 2, "remark", "思路清楚", "r")
    write(event, 2, "note", "想再看看", "n")
    sheet = work(event, 2)["sheets"][0]
    assert (sheet["remark"], sheet["note"]) == ("思路清楚", "想再看看")
    again = write(event, 2, "remark", "别的话", "r")
    assert again["text"] == "思路清楚"
    event.fill_all()
    event.close()
    found = remarks.remarks(event.store, event.organizer, event.round_id)
    assert found == {(event.entrants[1], event.judges[2]): "思路清楚"}


def test_what_a_judge_wrote_is_nowhere_in_the_log(event: Event):
    """Words about a village are personal: the log has their hash."""
    write(event, 2, "note", "想再看看", "n")
    with event.store.reading() as tx:
        log = json.dumps(tx.rows("SELECT payload FROM events"), ensure_ascii=False)
    assert "想再看看" not in log


def test_who_is_on_stage_is_told_at_once(event: Event):
    """The small answer that tablets ask for every few seconds."""
    who = event.visitor(1)
    assert pad_work.stage_now(event.store, who, event.round_id, at=AT)["stage"] is None
    for stage in ("called", "presenting"):
        moves.move_stage(
            event.store, event.visitor("host"), event.round_id, event.entrants[2], stage, at=AT
        )
    now = pad_work.stage_now(event.store, who, event.round_id, at=AT)
    assert (now["stage"]["number"], now["stage"]["stage"]) == (2, "presenting")


def test_a_seat_is_held_by_one_device_until_another_takes_it(event: Event):
    """And both read which."""
    who = event.visitor(1)

    def hold(device: str, *, takes: bool) -> str:
        where = {"round_id": event.round_id, "device": device}
        return str(holding.hold_seat(event.store, who, **where, takes=takes, at=AT)["holder"])

    assert hold("one", takes=False) == "one"
    assert hold("two", takes=False) == "one"
    assert hold("two", takes=True) == "two"
    assert work(event)["holder"] == "two"


def test_a_call_waits_once_until_somebody_came(event: Event):
    """Ten taps on the button are one call."""
    who, place = event.visitor(1), {"round_id": event.round_id}
    first = calls.call_staff(event.store, who, **place, call_id="a", at=AT)
    second = calls.call_staff(event.store, who, **place, call_id="b", at=later(5))
    assert first == second
    (waiting,) = calls.waiting_calls(event.store, event.visitor("host"), event.round_id)
    assert (waiting["seat"], waiting["name"]) == (1, "评委·赵1")
    calls.answer_call(event.store, event.visitor("host"), waiting["id"], at=later(9))
    assert work(event)["call"] is None
    with pytest.raises(WrongState):
        calls.answer_call(event.store, event.organizer, waiting["id"], at=later(10))


def test_without_an_opened_round_there_is_no_work(store: db.Store):
    """It says so, instead of an empty pad."""
    event = events.draft(store)
    with pytest.raises(NoRound):
        work(event)


def test_who_waits_to_be_announced_together_is_said_until_they_are(store: db.Store):
    """Two are held in each session of the three and two; then none is."""
    rules = replace(QUICK, hall="scores", held_first=2)
    event = events.opened(store, rules=rules)
    event.fill_all()

    def held() -> list[int]:
        return [one["entrant"]["number"] for one in work(event, 2)["sheets"] if one["held"]]

    before = work(event, 2)["version"]
    assert held() == [1, 2, 4, 5]
    releasing.release_score(
        store, event.visitor("host"), event.round_id, event.entrants[2], at=later(9)
    )
    assert held() == [4, 5]
    assert work(event, 2)["version"] != before


def test_alone_nobody_is_held(store: db.Store):
    """Where scores are announced one by one, or not at all, no sheet waits for another."""
    for rules in (replace(QUICK, hall="scores"), replace(QUICK, held_first=3)):
        event = events.opened(store, rules=rules, title=rules.hall)
        assert not any(one["held"] for one in work(event, 2)["sheets"])
