"""When a score may be announced: each once it is in, one behind, or all at the end."""

from dataclasses import replace

import pytest

import db
from competition.rounds.errors import BadRules
from competition.rounds.rule_words import rule_texts
from competition.rounds.rules import RoundRules
from competition.stage import host, moves, pad_work, withdrawing
from competition.stage.errors import HeldToTheEnd, NotItsTurn
from competition.stage.turns import turns
from tests.competition.event import AT, QUICK, RESERVE, Event, later
from tests.competition.stage.hall import SCORES, figures, opened, release, seen, stage

ON = ("called", "presenting", "answering", "marking")


def states(event: Event) -> dict[int | None, str]:
    order = turns(event.store, event.visitor("host"), event.round_id).order
    return {turn.number: turn.state for turn in order}


def readable(event: Event) -> int:
    """How many scores the host may read out now."""
    view = host.host_view(event.store, event.visitor("host"), event.round_id, "zh")
    return len(view.reading.scores) if view.reading else 0


def test_one_behind_a_score_waits_until_the_next_is_marked(store: db.Store):
    """1号 while 2号 presents: refused, no figure on any screen; once 2号 is marked: announced."""
    event = opened(store, announce="behind")
    stage(event, 1, *ON)
    stage(event, 2, "called", "presenting")
    with pytest.raises(NotItsTurn) as refused:
        release(event, 1)
    assert refused.value.values == {"number": 1, "after": 2}
    assert (states(event)[1], readable(event), figures(seen(event))) == ("held", 0, [])
    stage(event, 2, "answering", "marking")
    assert (states(event)[1], readable(event)) == ("ready", 1)
    assert release(event, 1) == [event.entrants[1]]
    with pytest.raises(NotItsTurn):
        release(event, 2)


def test_the_last_of_a_session_waits_for_no_other(store: db.Store):
    """3号 is the last that judges 1 to 5 hear; 4号 has a session and a panel of its own."""
    event = opened(store, announce="behind")
    for number in (1, 2, 3):
        stage(event, number, *ON)
    assert release(event, 3) == [event.entrants[3]]


def test_who_withdraws_is_not_waited_for(store: db.Store):
    """2号 does not come: 1号 then waits for 3号."""
    event = opened(store, announce="behind")
    stage(event, 1, *ON)
    moves.move_stage(
        store, event.organizer, event.round_id, event.entrants[2], "withdrawn", reason="没到", at=AT
    )
    with pytest.raises(NotItsTurn) as refused:
        release(event, 1)
    assert refused.value.values["after"] == 3
    stage(event, 3, *ON)
    release(event, 1)


def test_the_first_ones_are_held_and_then_it_goes_one_behind(store: db.Store):
    """1号 and 2号 together without waiting for 3号."""
    event = opened(store, announce="behind", held_first=2)
    for number in (1, 2):
        stage(event, number, *ON)
    assert release(event, 1) == [event.entrants[1], event.entrants[2]]


def test_a_withdrawn_score_comes_again_without_waiting(store: db.Store):
    """The hall knows it already: it waits for the mistake's end, not for the next entrant."""
    event = opened(store, announce="behind")
    for number in (1, 2):
        stage(event, number, *ON)
    release(event, 1)
    stage(event, 3, "called", "presenting")
    withdrawing.withdraw_release(
        store, event.organizer, event.round_id, event.entrants[1], reason="念错", at=later(201)
    )
    assert release(event, 1, at=later(202)) == [event.entrants[1]]


def test_at_the_end_nothing_is_shown_before_the_last_was_heard(store: db.Store):
    """Three of session 1: refused after two, all three at once after the third."""
    event = opened(store, announce="end")
    for number in (1, 2):
        stage(event, number, *ON)
    with pytest.raises(HeldToTheEnd) as refused:
        release(event, 1)
    assert refused.value.values["count"] == 1
    assert (states(event)[1], readable(event), figures(seen(event))) == ("held", 0, [])
    stage(event, 3, *ON)
    assert readable(event) == 3
    assert release(event, 2) == [event.entrants[n] for n in (1, 2, 3)]
    assert seen(event)["scene"] == "list"


def test_until_the_end_judges_may_still_change_a_sheet(store: db.Store):
    """The tablet shows its sheets as held, to be compared side by side."""
    event = opened(store, announce="end")
    work = pad_work.pad_work(event.store, event.visitor(RESERVE), at=later(3600))
    assert [sheet["held"] for sheet in work["sheets"] if sheet["entrant"]["number"] < 4] == [
        True
    ] * 3
    sheet = event.take(1, 1, event.change(0, "41"), at=later(3600))
    assert sheet["marks"]


def test_after_closing_no_entrant_is_waited_for(store: db.Store):
    """2号 was never heard; the round is closed and 1号's score may be shown."""
    event = opened(store, announce="behind")
    stage(event, 1, *ON)
    event.close(reason="暴雨，改日再比", at=later(100))
    assert release(event, 1) == [event.entrants[1]]


def test_a_round_without_the_stage_waits_for_nobody(store: db.Store):
    """No entrant was ever called: each score as soon as it is in."""
    event = opened(store, announce="behind")
    assert release(event, 1) == [event.entrants[1]]


@pytest.mark.parametrize("wrong", [{"announce": "sometime"}, {"announce": "end", "held_first": 3}])
def test_what_contradicts_itself_is_no_rule(wrong: dict[str, object]):
    with pytest.raises(BadRules) as refused:
        replace(SCORES, **wrong)  # type: ignore[arg-type]
    assert refused.value.values["rule"] == "announce"


def test_older_rules_announce_each_once_it_is_in():
    """A database of before has no such rule; its text stays as it is."""
    older = QUICK.to_json().replace('"announce":"each",', "")
    assert "announce" not in older
    assert RoundRules.from_json(older).announce == "each"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("announce", ["behind", "end"])
def test_the_rule_is_read_out(announce: str, lang: str):
    """In the sentence on the hall, which the paper 评分办法 has too."""
    plain = rule_texts(SCORES, {}, lang)["hall"]
    said = rule_texts(replace(SCORES, announce=announce), {}, lang)["hall"]
    assert said.startswith(plain)
    assert len(said) > len(plain)
