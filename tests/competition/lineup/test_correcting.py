"""An entrant's details corrected after opening: where they show, and where they must not."""

from dataclasses import replace
from typing import Any

import pytest

from competition import log
from competition.errors import (
    BadInput,
    Duplicate,
    Missing,
    NothingChanged,
    NotNow,
    ReasonNeeded,
    Refused,
)
from competition.lineup import correcting, roster
from competition.lineup.errors import BadCode, InOpenRound
from competition.marks import own_work
from competition.results import awards, certification, copying, presenting
from competition.rounds import readiness, rounds
from competition.rounds.rules import RoundRules
from competition.saying import sentence, way_out
from competition.stage import hall, pad_work, releasing, turns
from competition.stage.errors import ReleasedAlready
from db.invariants import verify
from scoring import Rules
from tests.competition import event as events
from tests.competition.event import AT, Event

RIGHT = {"village": "团山村", "title": "团山规划", "presenter": "张三"}


def correct(
    event: Event, number: int = 1, *, reason: str = "录错，县里来函", **values: str
) -> None:
    """The organizer corrects an entrant of the event's round."""
    correcting.correct_entrant(
        event.store,
        event.organizer,
        event.round_id,
        event.entrants[1],
        reason=reason,
        at=AT,
        **values,
    )


def facts(row: Any) -> dict[str, str]:
    """What a row or an object shows of those corrected."""
    return {n: row[n] if isinstance(row, dict) else getattr(row, n) for n in RIGHT}


def line(event: Event) -> Any:
    """The standing's line of entrant 1."""
    found = event.standing().line(event.entrants[1])
    assert found is not None
    return found


def second_round(event: Event) -> str:
    """A final in draft of those whom the certified round selects."""
    values = {"title": "总决赛", "stage": "final", "category": "village", "takes": "selected"}
    return copying.copy_round(event.store, event.organizer, event.round_id, at=AT, **values)


def test_a_correction_reaches_the_pad_and_tells_it_to_fetch(event: Event):
    """The tablet's version changes, and what it fetches is corrected; so is the list."""
    who = event.visitor(1)
    before = pad_work.stage_now(event.store, who, event.round_id, at=AT)["version"]
    correct(event, **RIGHT)
    work = pad_work.pad_work(event.store, who, event.round_id, at=AT)
    assert work["version"] != before
    shown = next(s["entrant"] for s in work["sheets"] if s["entrant"]["id"] == event.entrants[1])
    assert facts(shown) == RIGHT
    mine = own_work.own_work(event.store, who, event.round_id, at=AT)["sheets"]
    assert RIGHT["village"] in {sheet["village"] for sheet in mine}


def test_a_correction_reaches_standings_certificate_and_award_list(event: Event):
    """Before certifying and after: the marks are not touched."""
    event.fill_all()
    event.close()
    before = line(event)
    correct(event, **RIGHT)
    after = line(event)
    assert facts(after) == RIGHT
    assert (after.official, after.rank) == (before.official, before.rank)
    event.certify()
    found = awards.award_list(event.store, event.organizer, event.round_id)
    assert facts(found.winners[0]) == RIGHT
    assert verify(event.store) == []


def test_a_correction_reaches_what_the_hall_was_told(store: Any):
    """Board and list show the new name; the score is not called changed, nor announced again."""
    rules = RoundRules(
        scoring=Rules(top=2, official="trimmed", at_cut="exact", draws=100),
        hall="scores",
        recusal_level="none",
    )
    event = events.draft(store, rules=rules)
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    event.fill_all(but=[(3, 2)])
    first = event.entrants[1]
    releasing.release_score(store, event.organizer, event.round_id, first, at=AT)
    correct(event, **RIGHT)
    shown = hall.hall(store, event.organizer, event.round_id).content["lines"][0]
    assert (shown["village"], shown["title"]) == (RIGHT["village"], RIGHT["title"])
    turn = turns.turns(store, event.organizer, event.round_id).order[0]
    assert (turn.village, turn.stale) == (RIGHT["village"], False)
    with pytest.raises(ReleasedAlready):
        releasing.release_score(store, event.organizer, event.round_id, first, at=AT, reason="x")
    assert verify(store) == []


def test_a_correction_is_in_the_log_with_its_reason(event: Event):
    """Who, what, about whom, from what to what, why; of a person's name only that it changed."""
    correct(event, **RIGHT)
    last = log.log(event.store, event.organizer)[0]
    assert (last["kind"], last["reason"]) == ("entrant_corrected", "录错，县里来函")
    assert [one["id"] for one in last["entrants"]] == [event.entrants[1]]
    assert last["changes"] == [
        ("village", "龙潭村", "团山村"),
        ("title", "规划1", "团山规划"),
        ("presenter", "", ""),
    ]
    correct(event, village="龙潭村")
    assert log.log(event.store, event.organizer)[0]["changes"] == [("village", "团山村", "龙潭村")]


@pytest.mark.parametrize(
    ("error", "values"),
    [
        (ReasonNeeded, {"village": "团山村", "reason": "  "}),
        (NothingChanged, {"village": "村1"}),
        (NothingChanged, {}),
        (BadCode, {"code": "5325"}),
        (BadInput, {"county": " "}),
        (Duplicate, {"code": "532502100200", "title": "规划2"}),
    ],
)
def test_a_correction_that_is_none_is_refused(
    event: Event, error: type[Refused], values: dict[str, str]
):
    """No reason, nothing new, no code, another's code: nothing is written."""
    with event.store.reading() as tx:
        row = tx.one("SELECT * FROM entrants WHERE id = :e", e=event.entrants[1])
        seq = tx.value("SELECT max(seq) FROM events")
    known = {"village": str((row or {})["village"])} if values.get("village") == "村1" else {}
    with pytest.raises(error):
        correct(event, **{**values, **known})
    with event.store.reading() as tx:
        assert tx.one("SELECT * FROM entrants WHERE id = :e", e=event.entrants[1]) == row
        assert tx.value("SELECT max(seq) FROM events") == seq


def test_only_an_entrant_of_the_round_is_corrected_there(event: Event):
    """Another's id is no entrant of it."""
    with pytest.raises(Missing):
        correcting.correct_entrant(
            event.store,
            event.organizer,
            event.round_id,
            event.judges[1],
            village="x",
            reason="x",
            at=AT,
        )


def test_what_was_certified_is_not_corrected(closed: Event):
    """The refusal names the act that takes the certificate back."""
    closed.certify()
    with pytest.raises(NotNow) as refused:
        correct(closed, **RIGHT)
    assert refused.value.clears == "revoke_certificate"
    assert sentence(refused.value, "zh") == "本轮成绩已确认，现在不能进行这一步。"
    assert way_out(refused.value, "zh") == "请赛务组撤回成绩确认，并写明理由。"
    assert facts(line(closed)) != RIGHT


def test_recusals_fixed_at_opening_stay(event: Event):
    """Judge 3 works in the county that entrant 1 turns out to be from: nothing moves by itself."""
    before = readiness.panel_view(event.store, event.organizer, event.round_id).recusals
    correct(event, county=events.COUNTIES[1])
    after = readiness.panel_view(event.store, event.organizer, event.round_id).recusals
    assert [(one.seat["number"], one.cause) for one in after] == [
        (one.seat["number"], one.cause) for one in before
    ]
    assert verify(event.store) == []


def test_a_certified_round_keeps_what_it_was_certified_with(closed: Event):
    """Its entrant, corrected for the final, stands there as before: list, sheet, presenter."""
    closed.certify()
    before = facts(line(closed))
    listed = awards.award_list(closed.store, closed.organizer, closed.round_id)
    final = second_round(closed)
    with pytest.raises(InOpenRound) as refused:
        roster.update_entrant(
            closed.store, closed.organizer, closed.entrants[1], village="改", at=AT
        )
    assert refused.value.clears == "correct_entrant"
    found = correcting.reach(closed.store, closed.organizer, closed.entrants[1])
    assert (found.opened, found.kept, found.wants_reason) == ((), ("村级决赛",), True)
    for values in (RIGHT, {"presenter": "李四"}):
        correcting.correct_entrant(
            closed.store,
            closed.organizer,
            final,
            closed.entrants[1],
            reason="录错",
            at=AT,
            **values,
        )
    place = readiness.panel_view(closed.store, closed.organizer, final).expected
    shown = next(p.entrant for p in place if p.entrant["id"] == closed.entrants[1])
    assert facts(shown) == {**RIGHT, "presenter": "李四"}
    assert facts(line(closed)) == before
    assert awards.award_list(closed.store, closed.organizer, closed.round_id) == listed
    sheet = presenting.presenter_sheet(
        closed.store, closed.organizer, closed.round_id, closed.entrants[1], at=AT
    )
    assert sheet.agrees
    assert verify(closed.store) == []


def test_a_revoked_certificate_lets_the_correction_in(closed: Event):
    """Certified again, the second edition has it; the first stays as it was."""
    closed.certify()
    final = second_round(closed)
    correcting.correct_entrant(
        closed.store, closed.organizer, final, closed.entrants[1], reason="录错", at=AT, **RIGHT
    )
    certification.revoke_certificate(
        closed.store, closed.organizer, closed.round_id, reason="一并更正", at=AT
    )
    assert facts(line(closed)) == RIGHT
    closed.certify()
    content = certification.certified(closed.store, closed.organizer, closed.round_id)["content"]
    assert content["version"] == 2
    assert content["entrants"][0]["village"] == RIGHT["village"]
    assert verify(closed.store) == []


def test_a_correction_moves_every_open_round_of_the_entrant(event: Event):
    """The other round's standing is computed again, not lent from before."""
    copy = copying.copy_round(
        event.store,
        event.organizer,
        event.round_id,
        title="加赛",
        stage="final",
        category="village",
        takes="all",
        at=AT,
    )
    event.fill_all()
    other = replace(event, round_id=copy)
    before = line(event)
    correct(other, **RIGHT)
    assert facts(before) != RIGHT
    assert facts(line(event)) == RIGHT
    assert verify(event.store) == []
