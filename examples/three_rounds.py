"""The invented event of three rounds: desk review, village final, township arena."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import numpy as np

from examples import township_final as township
from examples.desk_review import draw_desk_review
from examples.event import SampleEntrant, SampleEvent, SampleJudge, SampleNextRound, SampleRound
from examples.judges import draw_judges
from examples.marking import SampleTruth, draw_truth, plant
from examples.places import choose_townships, choose_villages, enter, enter_townships
from examples.village_final import TITLE, draw_final, is_plausible

VILLAGES, JUDGES = 401, 15


def three_rounds(seed: int) -> SampleEvent:
    """Return the invented event of a seed: the same seed gives the same event.

    The desk review's 401 plans are read by three of 15 judges each; the forty selected are the
    village final; in another hall 26 township secretaries present to seven other judges. One
    village judge is severe, one lenient, one level, one erratic, and one favours a native county
    without being recused.
    """
    return _build(seed)[0]


def three_rounds_truth(seed: int) -> SampleTruth:
    """Return the true scores and severities of the villages and judges of a seed."""
    return _build(seed)[1]


def _build(seed: int) -> tuple[SampleEvent, SampleTruth]:
    rng = np.random.default_rng([seed, 0])
    villages = enter(choose_villages(VILLAGES, rng), rng)
    judges = draw_judges(villages, JUDGES, rng, local=5)
    truth = draw_truth((e.code for e in villages), range(1, JUDGES + 1), rng)
    truth = plant(
        truth,
        rng,
        home=_largest_county(villages),
        free=[judge.number for judge in judges if judge.county_of_work is None],
    )
    desk_review = draw_desk_review(villages, judges, truth, rng)
    townships = enter_townships(choose_townships(township.PER_COUNTY, rng), rng)
    others = draw_judges(townships, township.JUDGES, rng, local=1, first=township.FIRST_JUDGE)

    def final(codes: Sequence[str]) -> SampleRound:
        entrants = [entrant for entrant in villages if entrant.code in set(codes)]
        draws = (
            draw_final(entrants, judges, truth, np.random.default_rng([seed, 1, attempt]))
            for attempt in count()
        )
        return next(drawn for drawn in draws if is_plausible(drawn, derived=range(1, 25)))

    rounds = (
        desk_review,
        SampleNextRound("village_final", "desk_review", final),
        _township_round(townships, others, seed),
    )
    people = (*_natives(judges, truth), *others)
    return SampleEvent(TITLE, (*villages, *townships), people, rounds), truth


def _township_round(
    townships: tuple[SampleEntrant, ...], judges: tuple[SampleJudge, ...], seed: int
) -> SampleRound:
    numbers = [judge.number for judge in judges]
    codes = [entrant.code for entrant in townships]
    for attempt in count():
        rng = np.random.default_rng([seed, 2, attempt])
        truth = plant(draw_truth(codes, numbers, rng), rng, home="", free=numbers)
        drawn = township.draw_township_final(townships, judges, truth, rng)
        if township.is_plausible(drawn):
            return drawn
    raise AssertionError


def _largest_county(entrants: Sequence[SampleEntrant]) -> str:
    codes = [entrant.county_code for entrant in entrants]
    return max(sorted(set(codes)), key=codes.count)


def _natives(judges: tuple[SampleJudge, ...], truth: SampleTruth) -> tuple[SampleJudge, ...]:
    """The judges; the one that favours a county is a native of it."""
    return tuple(
        replace(judge, native_county=truth.tempers[judge.number].home)
        if judge.number == truth.favours_home
        else judge
        for judge in judges
    )
