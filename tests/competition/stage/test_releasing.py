"""Announcing a score in the hall: when it may be, what it locks, and what a later change does."""

import json
import threading
from dataclasses import replace
from typing import Any

import pytest

import db
from competition.errors import Forbidden, Missing, ReasonNeeded, Refused
from competition.lineup import panel
from competition.marks import deductions
from competition.marks.errors import Withdrawn
from competition.rounds.errors import OpenSheets
from competition.rounds.rules import RoundRules
from competition.stage import moves, releasing, turns, withdrawing
from competition.stage.errors import DeductionWaiting, ReleasedAlready
from db.invariants import verify
from scoring import Rules
from tests.competition import event as events
from tests.competition.event import AT, QUICK, Event, later
from tests.competition.stage.hall import (
    SCORES,
    TRIMMED,
    change_locked,
    figures,
    opened,
    release,
    seen,
    stage,
)

# Announcing


def test_nothing_before_release(store: db.Store):
    """All sheets are in and the standing is known: the hall's view holds no figure."""
    event = opened(store)
    event.standing()
    stage(event, 1, "called", "presenting", "answering", "marking", "done")
    assert figures(seen(event)) == []
    assert seen(event)["lines"] == []


def test_an_announced_score_is_the_standings_announced_score(store: db.Store):
    """To the last digit, for every entrant, though made from its own sheets alone."""
    event = opened(store)
    for number in event.entrants:
        release(event, number)
    announced = {line.number: str(line.announced) for line in event.standing().lines}
    assert {line["number"]: line["final"] for line in seen(event)["lines"]} == announced


@pytest.mark.parametrize(
    "scoring",
    [
        Rules(official="mean", top=2),
        Rules(official="trimmed", top=2, trim_low=1, trim_high=1),
        Rules(official="trimmed", top=2, trim_level="criterion"),
        Rules(official="median", top=2),
        Rules(official="clip", clip="0.1", top=2),
        Rules(official="trimmed", top=2, decimals=3),
    ],
    ids=lambda rules: f"{rules.official}-{rules.trim_level}-{rules.decimals}",
)
def test_the_hall_can_do_the_sum(store: db.Store, scoring: Rules):
    """Average less deduction is the figure, and it is the official one."""
    event = opened(store, RoundRules(scoring=scoring, hall="scores", recusal_level="none"))
    deduct(event, 1, "0.15")
    for number in event.entrants:
        release(event, number)
    official = {line.number: line.official for line in event.standing().lines}
    for line in seen(event)["lines"]:
        shown = round(float(line["average"]) - float(line["deduction"] or 0), scoring.decimals)
        assert shown == pytest.approx(float(line["final"]))
        assert line["final"] == str(official[line["number"]])
        assert line["is_official"]


def deduct(event: Event, number: int, amount: str, *, confirm: bool = True) -> str:
    made = deductions.deduct(
        event.store,
        event.visitor("timekeeper"),
        event.round_id,
        event.entrants[number],
        amount,
        reason="超时7秒",
        at=AT,
    )
    if confirm:
        deductions.confirm_deduction(event.store, event.visitor("supervisor"), made, at=AT)
    return made


def test_what_is_left_out_is_struck_and_the_rest_counted(store: db.Store):
    """Five judges: the highest and the lowest go, three make the average; by seat, no names."""
    event = opened(store, TRIMMED, hall="scores")
    deduct(event, 1, "0.1")
    release(event, 1)
    score = seen(event)["score"]
    assert score["totals"] == [
        [1, "83.10", "low"], [2, "83.20", ""], [3, "83.30", ""], [4, "83.40", ""],
        [5, "83.50", "high"],
    ]  # fmt: skip
    assert (score["method"], score["kept"], score["counted"], score["expected"]) == (
        "trimmed", 3, 5, 5,
    )  # fmt: skip
    assert (score["average"], score["deduction"], score["final"]) == ("83.30", "0.10", "83.20")
    assert score["reasons"] == ["超时7秒"]
    assert "评委·" not in json.dumps(seen(event), ensure_ascii=False)


def test_too_few_to_trim_is_a_plain_average(store: db.Store):
    """Recused and absent judges are not counted; the denominator says so."""
    event = events.opened(store, rules=replace(TRIMMED, hall="scores"))
    event.fill_all()
    panel.mark_absent(
        event.store, event.organizer, event.round_id, event.entrants[2], event.judges[3],
        reason="迟到", at=AT,
    )  # fmt: skip
    release(event, 2)
    score = seen(event)["score"]
    assert (score["counted"], score["expected"], score["method"]) == (4, 5, "mean")
    assert all(fate == "" for _, _, fate in score["totals"])


def test_the_host_may_announce_and_the_judges_may_not(store: db.Store):
    event = opened(store)
    assert release(event, 1) == [event.entrants[1]]
    for who in (1, "scorekeeper", "supervisor", "timekeeper", "checker", "leader", "county"):
        with pytest.raises(Forbidden):
            releasing.release_score(
                event.store, event.visitor(who), event.round_id, event.entrants[2], at=AT
            )


def test_a_missing_sheet_holds_the_score_back(store: db.Store):
    """Names entrant and seat; nothing is written."""
    event = events.opened(store, rules=SCORES)
    event.fill_all(but=[(4, 1)])
    with pytest.raises(OpenSheets) as refused:
        release(event, 1)
    assert refused.value.values["pairs"] == [(1, 4)]
    assert seen(event)["lines"] == []


def test_an_unconfirmed_deduction_holds_the_score_back(store: db.Store):
    """Else the figure would change after it was announced."""
    event = opened(store)
    waiting = deduct(event, 1, "0.1", confirm=False)
    with pytest.raises(DeductionWaiting):
        release(event, 1)
    deductions.confirm_deduction(event.store, event.visitor("supervisor"), waiting, at=AT)
    release(event, 1)
    assert seen(event)["score"]["deduction"] == "0.10"


def test_who_has_withdrawn_is_not_announced(store: db.Store):
    event = opened(store)
    moves.move_stage(
        event.store, event.organizer, event.round_id, event.entrants[1], "withdrawn",
        reason="弃权", at=AT,
    )  # fmt: skip
    with pytest.raises(Withdrawn):
        release(event, 1)


def test_an_entrant_of_another_event_is_not_announced(store: db.Store):
    """Whatever id is sent."""
    event, other = opened(store), events.opened(store, title="另一场")
    with pytest.raises(Missing):
        releasing.release_score(
            store, event.visitor("host"), event.round_id, other.entrants[1], at=AT
        )
    with pytest.raises(Missing):
        releasing.release_score(
            store, event.visitor("host"), other.round_id, other.entrants[1], at=AT
        )


def test_the_first_are_announced_together(store: db.Store):
    """Two are held in each session: pressing for either announces both, and nobody else."""
    event = opened(store, held_first=2)
    assert release(event, 2) == [event.entrants[1], event.entrants[2]]
    assert [line["number"] for line in seen(event)["lines"]] == [1, 2]
    assert seen(event)["scene"] == "list"
    assert release(event, 3) == [event.entrants[3]]
    assert seen(event)["score"]["number"] == 3
    assert release(event, 5) == [event.entrants[4], event.entrants[5]]


def test_the_held_wait_for_each_other(store: db.Store):
    """One sheet of the second is missing: the first is not announced either."""
    event = events.opened(store, rules=replace(SCORES, held_first=2))
    event.fill_all(but=[(4, 2)])
    with pytest.raises(OpenSheets):
        release(event, 1)
    assert seen(event)["lines"] == []
    found = turns.turns(store, event.visitor("host"), event.round_id).order
    assert [turn.state for turn in found] == ["held", "waiting", "ready", "ready", "ready"]
    assert found[0].together == (1, 2)


def test_who_withdrew_is_passed_over_in_the_hold(store: db.Store):
    """The first two that appeared are held."""
    event = opened(store, held_first=2)
    moves.move_stage(
        event.store, event.organizer, event.round_id, event.entrants[1], "withdrawn",
        reason="弃权", at=AT,
    )  # fmt: skip
    assert release(event, 2) == [event.entrants[2], event.entrants[3]]


def test_twice_is_once(store: db.Store):
    """A double tap reads that it was done."""
    event = opened(store)
    release(event, 1)
    with pytest.raises(ReleasedAlready):
        release(event, 1)
    with pytest.raises(ReleasedAlready):
        release(event, 1, reason="再亮一次")


def test_two_at_once_announce_once(store: db.Store):
    """Host and organizer press together."""
    event = opened(store)
    told: list[Any] = []

    def press() -> None:
        try:
            told.append(release(event, 1))
        except Refused as error:
            told.append(type(error))

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, told)).count(str([event.entrants[1]])) == 1
    assert told.count(ReleasedAlready) == 3


# Locks


def test_held_sheets_stay_open_until_the_announcement(store: db.Store):
    """Long after the grace time; from the announcement on, locked."""
    event = opened(store, held_first=2)
    echo = event.record(1, 1, event.change(0, "52", rev=1), at=later(4000))
    assert (echo["state"], echo["locked_at"]) == ("submitted", None)
    release(event, 1, at=later(5000))
    assert event.outcome(1, 1, event.change(0, "51", rev=3), at=later(5001)) == "requested"
    assert event.outcome(1, 3, event.change(0, "46", rev=1), at=later(5002)) == "done"


def test_without_announcements_sheets_lock_after_the_grace_time(store: db.Store):
    event = opened(store, QUICK)
    assert event.outcome(1, 1, event.change(0, "52", rev=1), at=later(121)) == "requested"


def test_the_database_is_clean_after_all_of_it(store: db.Store):
    event = opened(store, held_first=2)
    release(event, 1)
    release(event, 3)
    change_locked(event, 1, 3, "41")
    release(event, 3, reason="改分")
    releasing.freeze(store, event.organizer, event.round_id, at=AT)
    assert verify(store) == []


# A score that changes after it was announced


def test_nothing_shown_changes_silently(store: db.Store):
    """A mark is corrected: the hall still sees what was announced, and the desk says so."""
    event = opened(store)
    release(event, 1)
    before = seen(event)["score"]
    change_locked(event, 1, 1, "20")
    assert seen(event)["score"] == before
    found = turns.turns(store, event.organizer, event.round_id)
    assert [turn.number for turn in found.order if turn.stale] == [1]


def test_announcing_again_wants_a_reason_and_keeps_the_former(store: db.Store):
    event = opened(store)
    release(event, 1)
    change_locked(event, 1, 1, "20")
    with pytest.raises(ReasonNeeded):
        release(event, 1)
    release(event, 1, reason="评委01改分，监督员批准")
    assert not any(t.stale for t in turns.turns(store, event.organizer, event.round_id).order)
    with store.reading() as tx:
        rows = tx.rows("SELECT version, reason FROM releases ORDER BY version")
    assert rows == [
        {"version": 1, "reason": ""},
        {"version": 2, "reason": "评委01改分，监督员批准"},
    ]


def test_the_hall_sees_what_a_corrected_score_was_before(store: db.Store):
    """Old and new figure; a score announced again unchanged after a withdrawal is no correction."""
    event = opened(store)
    release(event, 1)
    old = seen(event)["score"]["final"]
    assert "before" not in seen(event)["score"]
    change_locked(event, 3, 1, "20")
    release(event, 1, reason="评委03改分")
    score = seen(event)["score"]
    assert (score["before"], score["final"] != old) == (old, True)
    turn = turns.turns(store, event.organizer, event.round_id).order[0]
    assert (turn.before, turn.final, turn.why) == (old, score["final"], "评委03改分")
    release(event, 3)
    where = (store, event.organizer, event.round_id, event.entrants[3])
    withdrawing.withdraw_release(*where, reason="误按", at=later(300))
    release(event, 3)
    assert "before" not in seen(event)["score"]


def test_a_later_deduction_makes_the_score_stale(store: db.Store):
    event = opened(store)
    release(event, 1)
    deduct(event, 1, "0.1")
    assert turns.turns(store, event.organizer, event.round_id).order[0].stale
