"""The invented event of three rounds has everything that a real one would throw at the app."""

from collections import Counter
from dataclasses import asdict
from functools import cache

import numpy as np
import pytest

from examples import (
    SampleEvent,
    SampleNextRound,
    SampleRound,
    divisions,
    three_rounds,
    three_rounds_truth,
    township_final,
)
from examples.event import SampleSheet
from examples.marking import SampleTruth, trimmed_hundredths
from examples.places import choose_villages
from examples.three_rounds import VILLAGES

SEEDS = (1, 2022)


@cache
def drawn(seed: int) -> tuple[SampleEvent, SampleTruth]:
    return three_rounds(seed), three_rounds_truth(seed)


@pytest.fixture(
    params=[
        SEEDS[0],
        pytest.param(
            SEEDS[1],
            marks=pytest.mark.long(
                "examples/test_three_rounds.py::test_a_severe_a_lenient_a_level_and_an_erratic_judge"
            ),
        ),
    ],
    name="seed",
)
def fixture_seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(name="event")
def fixture_event(seed: int) -> SampleEvent:
    return drawn(seed)[0]


@pytest.fixture(name="desk")
def fixture_desk(event: SampleEvent) -> SampleRound:
    return event.round("desk_review")


@pytest.fixture(name="township")
def fixture_township(event: SampleEvent) -> SampleRound:
    return event.round("township_final")


def final_of(event: SampleEvent, codes: list[str]) -> SampleRound:
    waiting = event.rounds[1]
    assert isinstance(waiting, SampleNextRound)
    assert waiting.after == "desk_review"
    return waiting.draw(codes)


def best(desk: SampleRound, count: int = 40) -> list[str]:
    """Forty by the plain mean: any forty will do to draw a final."""
    totals: dict[str, list[int]] = {}
    for sheet in desk.sheets:
        totals.setdefault(sheet.entrant, []).append(sum(sheet.marks.values()))
    return sorted(totals, key=lambda code: -sum(totals[code]) / len(totals[code]))[:count]


def by_judge(sheets: tuple[SampleSheet, ...]) -> dict[int, dict[str, int]]:
    totals: dict[int, dict[str, int]] = {}
    for sheet in sheets:
        totals.setdefault(sheet.judge, {})[sheet.entrant] = sum(sheet.marks.values())
    return totals


def residuals(desk: SampleRound) -> dict[int, dict[str, float]]:
    """Marks less the mean of the other sheets of the entrant, in points."""
    totals: dict[str, list[int]] = {}
    for sheet in desk.sheets:
        totals.setdefault(sheet.entrant, []).append(sum(sheet.marks.values()))
    return {
        judge: {
            code: (total - (sum(totals[code]) - total) / (len(totals[code]) - 1)) / 1000
            for code, total in own.items()
        }
        for judge, own in by_judge(desk.sheets).items()
    }


def test_the_same_seed_gives_the_same_event():
    """Also the final that is drawn when its entrants are known, in whatever order they come."""
    event, again = drawn(SEEDS[0])[0], three_rounds(SEEDS[0])
    desk = event.round("desk_review")
    assert (again.entrants, again.judges) == (event.entrants, event.judges)
    assert again.round("desk_review") == desk
    assert again.round("township_final") == event.round("township_final")
    assert final_of(again, best(desk)[::-1]) == final_of(event, best(desk))


def test_another_seed_gives_another_event():
    """The seed is what tells two demos apart: other villages come."""
    first, second = (choose_villages(VILLAGES, np.random.default_rng([seed, 0])) for seed in SEEDS)
    assert first != second


def test_401_real_villages_and_two_real_townships_of_every_county(event: SampleEvent):
    """12 digits and 9, all in the divisions, no code twice."""
    villages = {row.village_code: row for row in divisions()}
    townships = {row.township_code: row for row in divisions()}
    codes = [entrant.code for entrant in event.entrants]
    assert Counter(map(len, codes)) == {12: 401, 9: 26}
    assert len(set(codes)) == 427
    for entrant in event.entrants:
        place = (villages if entrant.village else townships)[entrant.code]
        assert (entrant.county, entrant.township) == (place.county, place.township)
    counties = Counter(e.county for e in event.entrants if not e.village)
    assert set(counties.values()) == {2}
    assert len(counties) == 13
    assert len({e.county for e in event.entrants if e.village}) == 13


def test_everything_invented_says_so(event: SampleEvent):
    """Title, presenters and units of judges are marked; judges go by number."""
    assert "样例" in event.title
    assert all(entrant.presenter.startswith("样例·") for entrant in event.entrants)
    assert all(judge.unit.startswith("样例·") for judge in event.judges)
    assert [judge.number for judge in event.judges] == list(range(1, 23))


def test_each_plan_is_given_to_three_judges_evenly_and_never_to_its_own_county(
    event: SampleEvent, desk: SampleRound
):
    """80 or 81 plans a judge."""
    work = {judge.number: judge.county_of_work for judge in event.judges}
    counties = {entrant.code: entrant.county_code for entrant in event.entrants}
    assert set(Counter(code for _, code in desk.pairs).values()) == {3}
    assert set(Counter(judge for judge, _ in desk.pairs).values()) <= {80, 81}
    assert all(work[judge] != counties[code] for judge, code in desk.pairs)
    assert sum(work[number] is not None for number in range(1, 16)) == 5


def test_some_sheets_of_the_desk_review_are_missing(desk: SampleRound):
    """Three recusals declared late, four sheets never handed in: each entrant has two or three."""
    assert len(desk.recusals) == 3
    assert len(desk.absences) == 4
    assert len(desk.sheets) == 1203 - 7
    assert set(Counter(sheet.entrant for sheet in desk.sheets).values()) == {2, 3}
    assert len({row.judge for row in desk.absences}) == 1
    assert desk.closing


def test_marks_are_on_the_step_and_within_the_maximum(event: SampleEvent, desk: SampleRound):
    """In every round, also those that will be played later."""
    for sample in (desk, final_of(event, best(desk)), event.round("township_final")):
        rubric = {criterion.key: criterion for criterion in sample.rubric}
        assert sum(criterion.maximum for criterion in sample.rubric) == 100_000
        for sheet in (*sample.sheets, *sample.later):
            for key, mark in sheet.marks.items():
                assert 0 <= mark <= rubric[key].maximum
                assert mark % rubric[key].step == 0


def test_a_severe_a_lenient_a_level_and_an_erratic_judge(seed: int, desk: SampleRound):
    """Each shows in the marks: by level, by spread, and by disagreement with the others."""
    truth = drawn(seed)[1]
    apart = {judge: float(np.mean(list(own.values()))) for judge, own in residuals(desk).items()}
    spread = {
        judge: float(np.std(list(own.values()))) for judge, own in by_judge(desk.sheets).items()
    }
    noise = {judge: float(np.std(list(own.values()))) for judge, own in residuals(desk).items()}
    assert min(apart, key=apart.__getitem__) == truth.severe
    assert max(apart, key=apart.__getitem__) == truth.lenient
    assert min(spread, key=spread.__getitem__) == truth.level
    assert max(noise, key=noise.__getitem__) == truth.erratic
    special = {truth.severe, truth.lenient, truth.level, truth.erratic, truth.favours_home}
    assert len(special) == 5


def test_one_judge_favours_their_native_county_undeclared(
    seed: int, event: SampleEvent, desk: SampleRound
):
    """By more than two points over five plans or more; nothing recuses them."""
    truth = drawn(seed)[1]
    (judge,) = (judge for judge in event.judges if judge.number == truth.favours_home)
    assert judge.county_of_work is None
    assert judge.native_county == truth.tempers[judge.number].home
    own = residuals(desk)[judge.number]
    home = [gap for code, gap in own.items() if code.startswith(judge.native_county)]
    away = [gap for code, gap in own.items() if not code.startswith(judge.native_county)]
    assert len(home) >= 5
    assert np.mean(home) - np.mean(away) > 2


def test_marks_drift_over_the_order(seed: int):
    """Nearly everybody's marks rise from the first to the last."""
    drifts = [temper.drift for temper in drawn(seed)[1].tempers.values()]
    assert np.mean(drifts) > 0.4


def test_the_final_of_forty_is_the_small_one_with_other_entrants(
    event: SampleEvent, desk: SampleRound
):
    """Four sessions of ten before nine of the same fifteen; five sheets are still open."""
    codes = best(desk)
    final = final_of(event, codes)
    assert sorted(code for _, _, code in final.order) == sorted(codes)
    assert [len(set(session.judges)) for session in final.sessions] == [9] * 4
    assert len(final.later) == 5
    assert all(len(sheet.marks) == 7 for sheet in final.later)
    assert {row.kind for row in final.recusals} == {"county", "declared"}


def test_the_township_arena_stands_at_the_seventeenth(township: SampleRound):
    """Sixteen heard, with one sheet not submitted; the seventeenth half marked; nine to come."""
    order = [code for _, _, code in township.order]
    assert township.on_stage == order[16]
    begun = {sheet.entrant for sheet in township.sheets}
    assert begun == set(order[:17])
    waiting = [s for s in township.sheets if s.entrant in order[:16] and not s.submitted]
    assert [len(sheet.marks) for sheet in waiting] == [7]
    now = {(s.judge, s.entrant) for s in township.sheets if s.submitted}
    later = {(s.judge, s.entrant) for s in township.later}
    assert now | later == set(township.expected)
    assert not now & later


def test_two_are_equal_at_the_township_cut_now_and_at_the_end(township: SampleRound):
    """Announced scores of the tenth and the eleventh, by hand."""
    assert township_final.is_plausible(township)
    for sheets in (township.sheets, (*township.sheets, *township.later)):
        totals: dict[str, list[int]] = {}
        for sheet in (sheet for sheet in sheets if sheet.submitted):
            totals.setdefault(sheet.entrant, []).append(sum(sheet.marks.values()))
        taken = {row.entrant: row.points // 10 for row in township.deductions}
        scores = sorted(
            (trimmed_hundredths(t) - taken.get(code, 0) for code, t in totals.items()),
            reverse=True,
        )
        assert scores[9] == scores[10]


def test_what_would_be_stored_holds_no_true_quality(event: SampleEvent, desk: SampleRound):
    """The truth is a separate value, never a field of what is entered."""
    assert "quality=" not in repr(asdict(desk))
    assert "SampleTruth" not in repr((event.entrants, event.judges))


def test_every_plan_of_the_desk_review_lies_on_a_shelf(desk: SampleRound):
    """A few to each, in the order in which they are read."""
    marks = [desk.shelf_marks[code] for code in desk.queue]
    assert len(marks) == len(desk.queue)
    assert marks[:5] == ["A-01 号柜 1 层"] * 4 + ["A-01 号柜 2 层"]
    assert max(Counter(marks).values()) == 4
