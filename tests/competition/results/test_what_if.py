"""What if: other rules beside the result; nothing of it is kept."""

from dataclasses import replace
from decimal import Decimal

import pytest

from competition import log
from competition.errors import NotNow
from competition.lineup import panel
from competition.results import forecasting, standings
from competition.results.errors import NoCommonRanking, NothingToRank
from competition.results.what_if import Hypothesis, what_if
from competition.rounds import rounds
from competition.rounds.errors import BadRules, NotReady
from competition.rounds.rules import RoundRules
from scoring import METHODS, Groups
from tests.competition.event import COUNTIES, Event
from tests.opening import Sample
from tests.organizers.acting import close, events, now

OFFICIALS = [name for name, method in METHODS.items() if method.may_be_official]


def ask(sample: Sample, **asked: object):
    return what_if(
        sample.store, sample.who("organizer"), sample.round_id, Hypothesis(**asked), at=now()
    )


def test_nothing_changed_changes_nothing(sample: Sample):
    """The empty hypothesis gives the standing, figure by figure."""
    close(sample)
    answer = ask(sample)
    assert answer.hypothesis.is_empty
    assert not answer.gained
    assert not answer.lost
    assert [one.then for one in answer.moved] == [
        line for line in answer.standings.lines if line.rank is not None
    ]


def test_nothing_is_written(sample: Sample):
    """No event, no changed row, and the standing afterwards is the same object.

    That a person asked, before the certificate, is noted once for the supervisor.
    """
    close(sample)
    ask(sample, official="median", top=3, without=(1,))
    seen = log.views_of(sample.store, sample.who("supervisor"), sample.round_id)
    assert [view["what"] for view in seen] == ["what_if"]
    who = sample.who("organizer")
    before = standings.standings(sample.store, who, sample.round_id, at=now())
    kinds, rows = events(sample), sample.store._writer.conn.total_changes
    ask(sample, official="median", top=3, without=(1,))
    assert events(sample) == kinds
    assert sample.store._writer.conn.total_changes == rows
    assert standings.standings(sample.store, who, sample.round_id, at=now()) is before


@pytest.mark.parametrize("official", OFFICIALS)
def test_each_method_can_be_asked_for(sample: Sample, official: str):
    """Every official method ranks the demo's forty; who gains and who loses are as many."""
    close(sample)
    answer = ask(sample, official=official, clip="3")
    assert len(answer.moved) == 40
    assert len(answer.gained) == len(answer.lost)
    assert sum(one.then.selected for one in answer.moved) == 13


def test_fewer_seats_take_only_seats_away(sample: Sample):
    """With the exact cut the first ten of thirteen keep theirs."""
    close(sample)
    exact = ask(sample, at_cut="exact")
    fewer = ask(sample, at_cut="exact", top=10)
    assert {one.line.entrant_id for one in fewer.moved if one.then.selected} <= {
        one.line.entrant_id for one in exact.moved if one.then.selected
    }


def test_without_a_judge_is_what_leaving_that_judge_out_found(sample: Sample):
    """The same answer as the standing's own leave-one-out, judge by judge."""
    close(sample)
    found = ask(sample).standings
    for change in found.numbers.robustness:
        answer = ask(sample, without=(found.judges[change.judge],))
        assert {one.line.entrant_id for one in answer.gained} == set(change.gained)
        assert {one.line.entrant_id for one in answer.lost} == set(change.lost)


def test_a_changed_weight_leaves_the_others_in_proportion(sample: Sample):
    """From 25 % to 40 %: the rest shares 60 % as it shared 75 %; totals come from the marks."""
    close(sample)
    name = next(iter(ask(sample).standings.criteria.values()))
    answer = ask(sample, criterion=name, share="40")
    then = {row: after for row, _, after in answer.weights}
    assert then[name] == Decimal("40.0")
    assert sum(then.values()) == pytest.approx(Decimal(100), abs=Decimal("0.5"))
    ratios = {after / before for row, before, after in answer.weights if row != name}
    assert all(abs(ratio - Decimal("0.8")) < Decimal("0.01") for ratio in ratios)
    assert any(one.line.official != one.then.official for one in answer.moved)


def test_its_own_weight_changes_nothing(sample: Sample):
    """25 % asked of a criterion that weighs 25 % gives the standing."""
    close(sample)
    name = next(iter(ask(sample).standings.criteria.values()))
    answer = ask(sample, criterion=name, share="25")
    assert [one.then.official for one in answer.moved] == [
        one.line.official for one in answer.moved
    ]


@pytest.mark.parametrize(
    "asked",
    [
        {"band": "2"},
        {"top": 0},
        {"official": "blup"},
        {"criterion": "规划实用性", "share": "100"},
        {"criterion": "规划实用性", "share": "abc"},
        {"criterion": "没有", "share": "20"},
    ],
)
def test_what_cannot_be_is_refused_in_words(closed: Event, asked: dict[str, object]):
    """A rule that cannot have the value: refused, and nothing computed."""
    with pytest.raises(BadRules):
        what_if(closed.store, closed.organizer, closed.round_id, Hypothesis(**asked), at=now())


def test_a_panel_that_would_fall_apart_is_named(closed: Event):
    """Without judges 2, 4 and 5 nobody sits in both sessions: refused, with the groups."""
    with pytest.raises(NoCommonRanking) as refused:
        what_if(
            closed.store,
            closed.organizer,
            closed.round_id,
            Hypothesis(without=(2, 3, 4, 5)),
            at=now(),
        )
    assert refused.value.values["groups"] == "1, 2, 3 | 4, 5"


def test_without_any_judge_there_is_nothing_to_rank(closed: Event):
    """Refused, rather than a table of blanks."""
    with pytest.raises(NothingToRank):
        what_if(
            closed.store,
            closed.organizer,
            closed.round_id,
            Hypothesis(without=tuple(range(1, 8))),
            at=now(),
        )


def test_not_while_marking_goes_on(event: Event):
    """Before closing nobody plays with other rules."""
    with pytest.raises(NotNow):
        what_if(event.store, event.organizer, event.round_id, Hypothesis(top=1), at=now())


def test_before_opening_contests_of_this_size_are_drawn(draft: Event):
    """As many entrants and judges, the round's own rules; the same seed, the same answer."""
    scenario, rules = forecasting.scenario_of(
        draft.store, draft.organizer, draft.round_id, at=now()
    )
    assert (scenario.entrants, scenario.judges, scenario.criteria) == (5, 6, 2)
    assert scenario.seen == (
        (0, 1, 2, 3, 4),
        (0, 1, 3, 4),
        *[(0, 1, 2, 3, 4)],
        *[(1, 2, 3, 4, 5)] * 2,
    )
    assert scenario.groups == COUNTIES
    first, second = (
        list(forecasting.forecast(scenario, rules, trials=4, seed=1)) for _ in range(2)
    )
    assert first == second
    last = first[-1]
    assert last.trials == 4
    assert sum(last.decided.values()) == pytest.approx(1)
    assert 0 <= last.correct <= last.top == 2


def test_county_rules_decide_in_the_invented_contests_too(draft: Event):
    """One seat, kept for the first entrant's county: it moves in about four contests of five."""
    groups = Groups(floors={COUNTIES[0]: 1})
    rules = replace(RoundRules(), scoring=replace(RoundRules().scoring, top=1, groups=groups))
    rounds.set_rules(draft.store, draft.organizer, draft.round_id, rules, at=now())
    found = forecasting.scenario_of(draft.store, draft.organizer, draft.round_id, at=now())
    last = list(forecasting.forecast(*found, trials=30, seed=1))[-1]
    assert last.has_quotas
    assert last.correct == 1
    assert 0.6 < last.by_county < 1
    assert last.decided == {"clear": 1.0}


def test_county_rules_that_do_not_fit_are_said_first(draft: Event):
    """One for each of five counties and two seats: nothing to try."""
    rules = replace(
        RoundRules(), scoring=replace(RoundRules().scoring, top=2, groups=Groups(floors=1))
    )
    rounds.set_rules(draft.store, draft.organizer, draft.round_id, rules, at=now())
    with pytest.raises(NotReady) as refused:
        forecasting.scenario_of(draft.store, draft.organizer, draft.round_id, at=now())
    assert refused.value.values["missing"] == ["quotas"]


def test_panels_that_share_no_judge_are_named_before_a_contest_is_drawn(draft: Event):
    """Judges 1 to 3 hear session 1 and 4 to 6 session 2: there will be no common ranking."""
    for session, numbers in ((1, (1, 2, 3)), (2, (4, 5, 6))):
        panel.set_panel(
            draft.store,
            draft.organizer,
            draft.round_id,
            draft.sessions[session],
            [draft.judges[number] for number in numbers],
            at=now(),
        )
    with pytest.raises(NoCommonRanking) as refused:
        forecasting.scenario_of(draft.store, draft.organizer, draft.round_id, at=now())
    assert refused.value.values["groups"] == "1, 2, 3 | 4, 5"


def test_a_round_without_a_list_cannot_be_foretold(draft: Event):
    """Fewer than three entrants: refused, naming what is missing."""
    empty = rounds.create_round(draft.store, draft.organizer, title="复评", at=now())
    with pytest.raises(NotReady):
        forecasting.scenario_of(draft.store, draft.organizer, empty, at=now())
