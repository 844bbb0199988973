"""The invented township arena: 26 secretaries, one panel of seven, marks announced at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from examples.event import (
    SampleDeduction,
    SampleEntrant,
    SampleJudge,
    SampleRecusal,
    SampleRound,
    SampleSession,
    SampleSheet,
)
from examples.marking import SampleTruth, draw_marks, trimmed_hundredths
from examples.rubric import TOWNSHIP_RUBRIC

PER_COUNTY, JUDGES, FIRST_JUDGE, TOP = 2, 7, 16, 10
HEARD = 16
"""Entrants who have left the stage; the next one stands on it."""
ON_STAGE = (7, 7, 7, 4, 2, None, None)
"""Marks of the one on stage so far, by seat; the whole sheets are submitted."""
TIMES = {
    "present_seconds": 480,
    "answer_seconds": 300,
    "overtime_by": "steps",
    "overtime": "10=0.02,20=0.05,0.1",
}
"""Eight minutes and five, and what overtime costs."""
HELD = 3
"""How many scores at the beginning are announced together."""
WAITING_SEAT = 2
"""Whose sheet of the one before is whole and not yet submitted."""
CHAIN = ("more_decimals", "mean_all", "first_criteria", "ruling")

Marks = Mapping[tuple[int, str], Mapping[str, int]]


def draw_township_final(
    entrants: Sequence[SampleEntrant],
    judges: Sequence[SampleJudge],
    truth: SampleTruth,
    rng: np.random.Generator,
) -> SampleRound:
    """Draw the township arena, partly presented."""
    codes = tuple(entrants[at].code for at in rng.permutation(len(entrants)))
    panel = tuple(judge.number for judge in judges)
    recusals = tuple(
        SampleRecusal(judge.number, entrant.code, "county", "工作单位在参评乡镇所在县（市）")
        for entrant in entrants
        for judge in judges
        if judge.county_of_work == entrant.county_code
    )
    bare = SampleRound(
        key="township_final",
        name="乡镇擂台",
        stage="final",
        group="township",
        top=TOP,
        rubric=TOWNSHIP_RUBRIC,
        sessions=(SampleSession(1, "乡镇擂台", panel, codes),),
        recusals=recusals,
        scoring={
            "official": "trimmed",
            "at_cut": "exact",
            "keys": CHAIN,
            "first_criteria": ("quality", "coordination"),
        },
        procedure={"published": "scores", "hall": "scores", "held_first": HELD, **TIMES},
        announced=codes[: HEARD - 1],
        deductions=(SampleDeduction(codes[4], 100, "超时23秒"),),
        on_stage=codes[HEARD],
        begins=timedelta(hours=5),
    )
    marks = draw_marks(truth, bare.expected, TOWNSHIP_RUBRIC, rng, order=codes)
    return replace(bare, sheets=_sheets(bare, marks), later=_later(bare, marks))


def _sheets(bare: SampleRound, marks: Marks) -> tuple[SampleSheet, ...]:
    (session,) = bare.sessions
    heard = session.entrants[:HEARD]
    waiting = (session.judges[WAITING_SEAT], heard[-1])
    sheets = [
        SampleSheet(judge, code, given, submitted=(judge, code) != waiting)
        for (judge, code), given in marks.items()
        if code in heard
    ]
    for judge, given_so_far in zip(session.judges, ON_STAGE, strict=True):
        given = marks.get((judge, session.entrants[HEARD]))
        if given is not None and given_so_far is not None:
            part = dict(list(given.items())[:given_so_far])
            sheets.append(
                SampleSheet(judge, session.entrants[HEARD], part, len(part) == len(given))
            )
    return tuple(sheets)


def _later(bare: SampleRound, marks: Marks) -> tuple[SampleSheet, ...]:
    done = {(s.judge, s.entrant) for s in _sheets(bare, marks) if s.submitted}
    return tuple(
        SampleSheet(judge, code, given, submitted=True)
        for (judge, code), given in marks.items()
        if (judge, code) not in done
    )


def is_plausible(drawn: SampleRound) -> bool:
    """Whether two entrants tie at the cut now, and two at the end."""
    now = [sheet for sheet in drawn.sheets if sheet.submitted]
    return _tied_at_cut(drawn, now) and _tied_at_cut(drawn, [*now, *drawn.later])


def _tied_at_cut(drawn: SampleRound, sheets: Sequence[SampleSheet]) -> bool:
    totals: dict[str, list[int]] = {}
    for sheet in sheets:
        totals.setdefault(sheet.entrant, []).append(sum(sheet.marks.values()))
    taken = {row.entrant: row.points // 10 for row in drawn.deductions}
    scores = sorted(
        (trimmed_hundredths(given) - taken.get(code, 0) for code, given in totals.items()),
        reverse=True,
    )
    return scores[drawn.top - 1] == scores[drawn.top] and 7000 <= scores[-1] <= scores[0] <= 9600
