"""The invented final has everything that the screens and papers must be able to show."""

from collections import Counter
from dataclasses import asdict

import pytest

from examples import SampleEvent, SampleRound, divisions, village_final, village_final_truth
from examples.marking import trimmed_hundredths

SEEDS = (1, 2, 2022)


@pytest.fixture(params=SEEDS, scope="module", name="event")
def fixture_event(request: pytest.FixtureRequest) -> SampleEvent:
    return village_final(request.param)


@pytest.fixture(name="final")
def fixture_final(event: SampleEvent) -> SampleRound:
    return event.rounds[0]


def submitted_totals(final: SampleRound) -> dict[str, list[int]]:
    totals: dict[str, list[int]] = {}
    for sheet in final.sheets:
        if sheet.submitted:
            totals.setdefault(sheet.entrant, []).append(sum(sheet.marks.values()))
    return totals


def test_the_same_seed_gives_the_same_event():
    """Two people who start the example with one seed see one event."""
    assert village_final(7) == village_final(7)
    assert village_final(7) != village_final(8)


def test_forty_real_villages_with_every_county_among_them(event: SampleEvent):
    """Each entrant's places are those of its code in the divisions."""
    places = {row.village_code: row for row in divisions()}
    assert len({entrant.code for entrant in event.entrants}) == 40
    assert {entrant.county_code for entrant in event.entrants} == {
        row.county_code for row in places.values()
    }
    for entrant in event.entrants:
        place = places[entrant.code]
        assert (entrant.county, entrant.township, entrant.village) == (
            place.county,
            place.township,
            place.label,
        )


def test_a_village_name_occurs_twice_so_that_the_code_must_tell(event: SampleEvent):
    """团山村 is in two counties."""
    twice = [entrant.county for entrant in event.entrants if entrant.village == "团山村"]
    assert len(set(twice)) >= 2


def test_everything_invented_says_so(event: SampleEvent):
    """Title, presenters and units are marked; judges go by number only."""
    assert event.is_sample
    assert "样例" in event.title
    assert all(entrant.presenter.startswith("样例·") for entrant in event.entrants)
    assert all(judge.unit.startswith("样例·") for judge in event.judges)
    assert [judge.name for judge in event.judges] == [f"评委{n:02d}" for n in range(1, 16)]
    assert len({entrant.plan_title for entrant in event.entrants}) > 30


def test_nine_sit_in_each_of_four_sessions_and_everyone_two_or_three_times(final: SampleRound):
    """Ten entrants a session, each entrant once, judges in rotation."""
    assert [len(set(session.judges)) for session in final.sessions] == [9, 9, 9, 9]
    assert [len(session.entrants) for session in final.sessions] == [10, 10, 10, 10]
    assert [number for _, number, _ in final.order] == list(range(1, 41))
    sessions = Counter(judge for session in final.sessions for judge in session.judges)
    assert set(sessions) == set(range(1, 16))
    assert set(sessions.values()) <= {2, 3}


def test_submitted_sheets_hold_entrants_and_judges_together(final: SampleRound):
    """From any entrant every other one is reached through shared judges."""
    pairs = [(s.judge, s.entrant) for s in final.sheets if s.submitted]
    reached: set[int | str] = {pairs[0][0]}
    while True:
        wider = reached | {node for pair in pairs if reached & set(pair) for node in pair}
        if wider == reached:
            break
        reached = wider
    assert reached == {node for pair in pairs for node in pair}
    assert len(reached) == 55


def test_judges_are_recused_for_their_county_and_one_declares(event: SampleEvent):
    """Every session judge of the entrant's county is recused; one other with a reason."""
    final = event.rounds[0]
    work = {judge.number: judge.county_of_work for judge in event.judges}
    expected = {
        (judge, code)
        for session in final.sessions
        for code in session.entrants
        for judge in session.judges
        if work[judge] == event.entrant(code).county_code
    }
    derived = {(r.judge, r.entrant) for r in final.recusals if r.kind == "county"}
    assert derived == expected
    assert derived
    assert [r.reason != "" for r in final.recusals if r.kind == "declared"] == [True]


def test_one_judge_is_absent_for_some_entrants_of_one_session(final: SampleRound):
    """The absent judge has a seat there and no sheet."""
    assert len({row.judge for row in final.absences}) == 1
    third = final.sessions[2]
    sheets = {(sheet.judge, sheet.entrant) for sheet in final.sheets}
    for row in final.absences:
        assert row.judge in third.judges
        assert row.entrant in third.entrants
        assert (row.judge, row.entrant) not in sheets


def test_marks_are_on_the_step_and_within_the_maximum(final: SampleRound):
    """No mark would be refused; no criterion is marked that the rubric does not have."""
    rubric = {criterion.key: criterion for criterion in final.rubric}
    for sheet in final.sheets:
        for key, mark in sheet.marks.items():
            assert 0 <= mark <= rubric[key].maximum
            assert mark % rubric[key].step == 0


def test_most_sheets_are_in_and_a_few_of_the_last_session_open(final: SampleRound):
    """Some are begun, some not; a submitted sheet is complete."""
    begun = [sheet for sheet in final.sheets if not sheet.submitted]
    assert len(begun) == 3
    assert len(final.expected) - len(final.sheets) == 2
    assert {sheet.entrant for sheet in begun} <= set(final.sessions[-1].entrants)
    assert all(0 < len(sheet.marks) < 7 for sheet in begun)
    assert all(len(sheet.marks) == 7 for sheet in final.sheets if sheet.submitted)
    assert {(s.judge, s.entrant) for s in final.sheets} <= set(final.expected)
    assert final.on_stage == final.sessions[-1].entrants[-1]


def test_announced_scores_are_plausible_and_two_are_equal(final: SampleRound):
    """Between 70 and 95 net of deductions, with an exact tie among the first twenty."""
    taken = {row.entrant: row.points // 10 for row in final.deductions}
    totals = submitted_totals(final)
    net = [trimmed_hundredths(rows) - taken.get(code, 0) for code, rows in totals.items()]
    scores = sorted(net, reverse=True)
    assert len(scores) == 40
    assert scores[-1] >= 7000
    assert scores[0] <= 9500
    assert len(set(scores[:20])) < 20


def test_the_severe_judge_is_severe_and_the_lenient_lenient(event: SampleEvent):
    """Against the other judges of the same entrants, each by more than two points."""
    truth = village_final_truth(next(s for s in SEEDS if village_final(s) == event))
    sheets = [sheet for sheet in event.rounds[0].sheets if sheet.submitted]
    totals = {(sheet.judge, sheet.entrant): sum(sheet.marks.values()) for sheet in sheets}

    def lead(judge: int) -> float:
        leads = []
        for (who, code), total in totals.items():
            if who == judge:
                rest = [t for (other, c), t in totals.items() if c == code and other != judge]
                leads.append(total - sum(rest) / len(rest))
        return sum(leads) / len(leads)

    assert lead(truth.severe) < -2000
    assert lead(truth.lenient) > 2000
    assert truth.tempers[truth.erratic].noise > 2


def test_what_would_be_stored_holds_no_true_quality(event: SampleEvent):
    """The truth is a separate value, never a field of the event."""
    assert "quality" not in repr(asdict(event))


def test_deductions_are_a_tenth_of_a_point_for_time(final: SampleRound):
    """Three entrants, each once."""
    assert [row.points for row in final.deductions] == [100, 100, 100]
    assert len({row.entrant for row in final.deductions}) == 3


def test_a_tie_is_half_up_after_dropping_one_each():
    """By hand: 82, 85, 85.25, 85.5, 90 leaves 85.25; 1, 1.01, 1.005 make 1.005: half goes up."""
    assert trimmed_hundredths([90000, 82000, 85500, 85000, 85250]) == 8525
    assert trimmed_hundredths([1000, 1010, 1005, 1000, 9000]) == 101


def test_fewer_than_five_totals_are_not_trimmed():
    """By hand: the mean of 80, 82 and 90 is 84."""
    assert trimmed_hundredths([80000, 82000, 90000]) == 8400
