"""The invented desk review: 401 plans read by three of fifteen judges each, forty advance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from examples.event import (
    SampleAbsence,
    SampleEntrant,
    SampleJudge,
    SampleRecusal,
    SampleRound,
    SampleSheet,
)
from examples.marking import SampleTruth, draw_marks
from examples.rubric import DESK_RUBRIC
from scoring.assign.assignment import assign_judges

PER_ENTRANT, ADVANCING = 3, 40
DECLARED, MISSING = 3, 4
"""Recusals declared with the papers already open; sheets that one judge never hands in."""
SHELF, SHELVES = 4, 5
"""Plans on a shelf, shelves in a cabinet."""
CLOSING = "样例：评委因病未交，其余评分表已齐"


def draw_desk_review(
    entrants: Sequence[SampleEntrant],
    judges: Sequence[SampleJudge],
    truth: SampleTruth,
    rng: np.random.Generator,
) -> SampleRound:
    """Draw the desk review of the given entrants by judges of the given temper.

    No judge gets a plan of the county where the judge works. A few recusals are declared after
    assigning, and the last plans of one judge stay unmarked: those entrants have two sheets
    instead of three, never fewer.
    """
    codes = [entrants[at].code for at in rng.permutation(len(entrants))]
    pairs = _pairs(codes, entrants, judges, seed=int(rng.integers(2**31)))
    recusals = _declared(pairs, rng)
    bare = SampleRound(
        key="desk_review",
        name="初评（材料评审）",
        stage="preliminary",
        group="village",
        top=ADVANCING,
        rubric=DESK_RUBRIC,
        queue=tuple(codes),
        pairs=pairs,
        shelf_marks={code: _shelf(at) for at, code in enumerate(codes)},
        recusals=recusals,
        scoring={"groups": {"caps": None, "floors": 1}},
        closing=CLOSING,
        begins=-timedelta(days=12),
        pace=timedelta(minutes=8),
    )
    bare = replace(bare, absences=_absences(pairs, {row.entrant for row in recusals}, truth))
    marks = draw_marks(truth, bare.expected, DESK_RUBRIC, rng, order=codes)
    sheets = tuple(SampleSheet(*pair, given, submitted=True) for pair, given in marks.items())
    return replace(bare, sheets=sheets)


def _shelf(at: int) -> str:
    """Shelf mark of the entrant at a place in the order: 4 papers a shelf, 5 shelves a cabinet."""
    cabinet, shelf = divmod(at // SHELF, SHELVES)
    return f"A-{cabinet + 1:02d} 号柜 {shelf + 1} 层"


def _pairs(
    codes: Sequence[str],
    entrants: Sequence[SampleEntrant],
    judges: Sequence[SampleJudge],
    *,
    seed: int,
) -> tuple[tuple[int, str], ...]:
    """Judge and plan pairs in the order of the plans, avoiding the judge's county."""
    numbers = {f"{judge.number:02d}": judge.number for judge in judges}
    recused = [
        (entrant.code, f"{judge.number:02d}")
        for entrant in entrants
        for judge in judges
        if judge.county_of_work == entrant.county_code
    ]
    assigned = assign_judges(codes, list(numbers), PER_ENTRANT, recused=recused, seed=seed)
    place = {code: at for at, code in enumerate(codes)}
    pairs = [(numbers[judge], code) for code, judge in assigned.pairs]
    return tuple(sorted(pairs, key=lambda pair: (place[pair[1]], pair[0])))


def _declared(
    pairs: Sequence[tuple[int, str]], rng: np.random.Generator
) -> tuple[SampleRecusal, ...]:
    chosen = sorted(rng.choice(len(pairs), DECLARED * 2, replace=False).tolist())
    one_each = {pairs[at][1]: pairs[at][0] for at in chosen}
    return tuple(
        SampleRecusal(judge, code, "declared", "样例：打开材料后发现曾参与编制咨询")
        for code, judge in list(one_each.items())[:DECLARED]
    )


def _absences(
    pairs: Sequence[tuple[int, str]], spared: set[str], truth: SampleTruth
) -> tuple[SampleAbsence, ...]:
    """The last plans of the busiest judge without a special temper."""
    special = {truth.severe, truth.lenient, truth.erratic, truth.level, truth.favours_home}
    loads = Counter(judge for judge, _ in pairs if judge not in special)
    judge = min(loads, key=lambda number: (-loads[number], number))
    plans = [code for number, code in pairs if number == judge and code not in spared]
    return tuple(SampleAbsence(judge, code, CLOSING) for code in plans[-MISSING:])
