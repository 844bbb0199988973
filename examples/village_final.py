"""The invented village final: 40 plans, 15 judges, four sessions with nine of them each."""

from collections import Counter
from dataclasses import replace
from itertools import count

import numpy as np

from examples.event import (
    SampleAbsence,
    SampleDeduction,
    SampleEntrant,
    SampleEvent,
    SampleJudge,
    SampleRecusal,
    SampleRound,
    SampleSession,
    SampleSheet,
)
from examples.marking import SampleTruth, draw_marks, draw_truth, trimmed_hundredths
from examples.places import choose_villages, enter
from examples.rubric import SAMPLE_RUBRIC

TITLE = "村庄规划擂台赛（样例）"
ENTRANTS, JUDGES, SESSIONS, PANEL, TOP = 40, 15, 4, 9, 13
SESSION_NAMES = ("第一场", "第二场", "第三场", "第四场")
UNITS = (
    "样例·州级自然资源单位",
    "样例·州级农业农村单位",
    "样例·州级乡村振兴单位",
    "样例·州级住房城乡建设单位",
    "样例·州级生态环境单位",
    "样例·州级文化旅游单位",
    "样例·规划设计单位甲",
    "样例·规划设计单位乙",
    "样例·高等院校",
)
COUNTY_UNIT = "样例·{county}某单位"
OVERTIME = ((1, 12), (1, 41), (2, 8))
"""Session and seconds over of each deduction."""
OPEN_SHEETS = ((8, 2, 6), (8, 6, 5), (9, 1, 3), (9, 3, None), (9, 5, None))
"""Place in the last session, place in the entrant's panel, marks so far (None: not begun)."""


def village_final(seed: int) -> SampleEvent:
    """Return the invented final of a seed: the same seed gives the same event.

    Every county has an entrant; a judge sits in two or three sessions, panels overlap so that
    entrants and judges hang together; judges are recused for their county of work, one declares
    a recusal, one leaves early; most sheets are in, a few of the last session are still open.
    """
    return _build(seed)[0]


def village_final_truth(seed: int) -> SampleTruth:
    """Return what the generator of that seed knew; it is never stored with the event."""
    return _build(seed)[1]


def _build(seed: int) -> tuple[SampleEvent, SampleTruth]:
    draws = (_draw(np.random.default_rng([seed, attempt])) for attempt in count())
    return next((event, truth) for event, truth in draws if _is_plausible(event.rounds[0]))


def _draw(rng: np.random.Generator) -> tuple[SampleEvent, SampleTruth]:
    entrants = enter(choose_villages(ENTRANTS, rng), rng)
    judges = _judges(entrants, rng)
    sessions = _sessions(entrants, rng)
    recusals = _recusals(entrants, judges, sessions, rng)
    absences = _absences(sessions, recusals)
    bare = SampleRound(
        key="village_final",
        name="村级决赛",
        stage="final",
        group="village",
        top=TOP,
        rubric=SAMPLE_RUBRIC,
        sessions=sessions,
        recusals=recusals,
        absences=absences,
    )
    truth = draw_truth((e.code for e in entrants), range(1, JUDGES + 1), rng)
    marks = draw_marks(truth, bare.expected, SAMPLE_RUBRIC, rng)
    marked = replace(
        bare,
        sheets=_sheets(bare, marks),
        deductions=_deductions(sessions, rng),
        on_stage=sessions[-1].entrants[-1],
    )
    return SampleEvent(TITLE, entrants, judges, (marked,)), truth


def _judges(
    entrants: tuple[SampleEntrant, ...], rng: np.random.Generator
) -> tuple[SampleJudge, ...]:
    counties = {entrant.county_code: entrant.county for entrant in entrants}
    codes = sorted(counties)
    working = {
        int(judge): codes[at]
        for judge, at in zip(
            rng.choice(JUDGES, 5, replace=False) + 1,
            rng.choice(len(codes), 5, replace=False),
            strict=True,
        )
    }
    judges = []
    for number in range(1, JUDGES + 1):
        work = working.get(number)
        native = codes[int(rng.integers(len(codes)))]
        unit = (
            UNITS[(number - 1) % len(UNITS)]
            if work is None
            else COUNTY_UNIT.format(county=counties[work])
        )
        judges.append(SampleJudge(number, f"评委{number:02d}", unit, work, native))
    return tuple(judges)


def _sessions(
    entrants: tuple[SampleEntrant, ...], rng: np.random.Generator
) -> tuple[SampleSession, ...]:
    """Draw the order by lot; each session's panel goes on round the table of judges."""
    codes = [entrants[at].code for at in rng.permutation(len(entrants))]
    size = ENTRANTS // SESSIONS
    return tuple(
        SampleSession(
            number=at + 1,
            name=SESSION_NAMES[at],
            judges=tuple(sorted((at * PANEL + seat) % JUDGES + 1 for seat in range(PANEL))),
            entrants=tuple(codes[at * size : (at + 1) * size]),
        )
        for at in range(SESSIONS)
    )


def _recusals(
    entrants: tuple[SampleEntrant, ...],
    judges: tuple[SampleJudge, ...],
    sessions: tuple[SampleSession, ...],
    rng: np.random.Generator,
) -> tuple[SampleRecusal, ...]:
    county = {entrant.code: entrant.county_code for entrant in entrants}
    work = {judge.number: judge.county_of_work for judge in judges}
    derived = [
        SampleRecusal(judge, code, "county", "工作单位在参评村所在县（市）")
        for session in sessions
        for code in session.entrants
        for judge in session.judges
        if work[judge] == county[code]
    ]
    second = sessions[1]
    judge = next(judge for judge in second.judges if work[judge] is None)
    code = second.entrants[int(rng.integers(len(second.entrants)))]
    declared = SampleRecusal(judge, code, "declared", "样例：曾参与该成果的编制咨询")
    return (*derived, declared)


def _absences(
    sessions: tuple[SampleSession, ...], recusals: tuple[SampleRecusal, ...]
) -> tuple[SampleAbsence, ...]:
    """One judge of the third session leaves before its last three entrants."""
    third = sessions[2]
    leaver = third.judges[-1]
    recused = {(row.judge, row.entrant) for row in recusals}
    return tuple(
        SampleAbsence(leaver, code, "样例：因公务中途离席")
        for code in third.entrants[-3:]
        if (leaver, code) not in recused
    )


def _deductions(
    sessions: tuple[SampleSession, ...], rng: np.random.Generator
) -> tuple[SampleDeduction, ...]:
    places = rng.permutation(ENTRANTS // SESSIONS)
    return tuple(
        SampleDeduction(sessions[session - 1].entrants[at], 100, over, f"超时{over}秒")
        for (session, over), at in zip(OVERTIME, places, strict=False)
    )


def _sheets(
    bare: SampleRound, marks: dict[tuple[int, str], dict[str, int]]
) -> tuple[SampleSheet, ...]:
    last = bare.sessions[-1]
    open_marks: dict[tuple[int, str], int | None] = {}
    for place, seat, done in OPEN_SHEETS:
        code = last.entrants[place]
        panel = [judge for judge, entrant in bare.expected if entrant == code]
        open_marks[panel[seat], code] = done
    sheets = []
    for judge, code in bare.expected:
        sheet = marks[judge, code]
        if (judge, code) not in open_marks:
            sheets.append(SampleSheet(judge, code, sheet, submitted=True))
        elif (done := open_marks[judge, code]) is not None:
            part = dict(list(sheet.items())[:done])
            sheets.append(SampleSheet(judge, code, part, submitted=False))
    return tuple(sheets)


def _is_plausible(drawn: SampleRound) -> bool:
    """Whether the draw shows what the example is for, and nothing that would look made up."""
    totals: dict[str, list[int]] = {}
    for sheet in drawn.sheets:
        if sheet.submitted:
            totals.setdefault(sheet.entrant, []).append(sum(sheet.marks.values()))
    if min(len(rows) for rows in totals.values()) < 6:
        return False
    taken = {row.entrant: row.points // 10 for row in drawn.deductions}
    scores = {code: trimmed_hundredths(t) - taken.get(code, 0) for code, t in totals.items()}
    ordered = sorted(scores.values(), reverse=True)
    tied_above = any(n > 1 for n in Counter(ordered[: TOP + 7]).values())
    derived = sum(row.kind == "county" for row in drawn.recusals)
    everything = [total for rows in totals.values() for total in rows]
    return (
        tied_above
        and 4 <= derived <= 12
        and ordered[-1] >= 7000
        and ordered[0] <= 9500
        and min(everything) >= 62000
        and max(everything) <= 98000
    )
