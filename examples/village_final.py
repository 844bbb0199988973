"""The invented village final: 40 plans, 15 judges, four sessions with nine of them each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import numpy as np

from examples.event import (
    SampleAbsence,
    SampleDeduction,
    SampleEntrant,
    SampleEvent,
    SampleJudge,
    SampleNextRound,
    SampleRecusal,
    SampleRound,
    SampleSession,
    SampleSheet,
)
from examples.judges import draw_judges
from examples.marking import CENTRE, SampleTruth, draw_marks, draw_truth, trimmed_hundredths
from examples.places import choose_villages, enter
from examples.rubric import SAMPLE_RUBRIC

TITLE = "村庄规划擂台赛（样例）"
ENTRANTS, JUDGES, SESSIONS, PANEL, TOP = 40, 15, 4, 9, 13
SESSION_NAMES = ("第一场", "第二场", "第三场", "第四场")
STAGE_SD = 2.0
"""How far a presentation moves a plan, in points."""
OVERTIME = ((1, 12), (1, 41), (2, 8))
"""Session and seconds over of each deduction."""
OPEN_SHEETS = ((8, 2, 6), (8, 6, 5), (9, 1, 3), (9, 3, None), (9, 5, None))
"""Place in the last session, place in the entrant's panel, marks so far (None: not begun)."""


def village_final(seed: int) -> SampleEvent:
    """Return the invented final of a seed: the same seed gives the same event.

    Every county has an entrant; a judge sits in two or three sessions, panels overlap so that
    the round is connected; judges are recused for their county of work, one declares
    a recusal, one leaves early; most sheets are in, a few of the last session are still open.
    """
    return _build(seed)[0]


def village_final_truth(seed: int) -> SampleTruth:
    """Return the true scores and severities of a seed; never stored with the event."""
    return _build(seed)[1]


def _build(seed: int) -> tuple[SampleEvent, SampleTruth]:
    draws = (_draw(np.random.default_rng([seed, attempt])) for attempt in count())
    return next((event, truth) for event, truth in draws if _shows_enough(event.rounds[0]))


def _shows_enough(drawn: SampleRound | SampleNextRound) -> bool:
    return isinstance(drawn, SampleRound) and is_plausible(drawn, derived=range(4, 13))


def _draw(rng: np.random.Generator) -> tuple[SampleEvent, SampleTruth]:
    entrants = enter(choose_villages(ENTRANTS, rng), rng)
    judges = draw_judges(entrants, JUDGES, rng, local=5)
    sessions = _sessions(entrants, rng)
    bare = _bare(entrants, judges, sessions, rng)
    truth = draw_truth((e.code for e in entrants), range(1, JUDGES + 1), rng)
    marks = draw_marks(truth, bare.expected, SAMPLE_RUBRIC, rng)
    return SampleEvent(TITLE, entrants, judges, (_marked(bare, marks, rng),)), truth


def draw_final(
    entrants: Sequence[SampleEntrant],
    judges: Sequence[SampleJudge],
    truth: SampleTruth,
    rng: np.random.Generator,
) -> SampleRound:
    """Draw the final of forty given entrants, marked by judges of a given temper.

    Qualities are those of the plans, closer together and moved by the quality of the
    presentation.
    """
    sessions = _sessions(entrants, rng)
    bare = _bare(entrants, judges, sessions, rng)
    codes = [entrant.code for entrant in entrants]
    middle = sum(truth.quality[code] for code in codes) / len(codes)
    on_stage = {
        code: CENTRE + 0.8 * (truth.quality[code] - middle) + float(rng.normal(0, STAGE_SD))
        for code in codes
    }
    order = [code for _, _, code in bare.order]
    marks = draw_marks(
        replace(truth, quality=on_stage), bare.expected, SAMPLE_RUBRIC, rng, order=order
    )
    return _marked(bare, marks, rng)


def _bare(
    entrants: Sequence[SampleEntrant],
    judges: Sequence[SampleJudge],
    sessions: tuple[SampleSession, ...],
    rng: np.random.Generator,
) -> SampleRound:
    recusals = _recusals(entrants, judges, sessions, rng)
    return SampleRound(
        key="village_final",
        name="村级决赛",
        stage="final",
        group="village",
        top=TOP,
        rubric=SAMPLE_RUBRIC,
        sessions=sessions,
        recusals=recusals,
        absences=_absences(sessions, recusals),
    )


def _marked(
    bare: SampleRound, marks: dict[tuple[int, str], dict[str, int]], rng: np.random.Generator
) -> SampleRound:
    sheets = _sheets(bare, marks)
    begun = {(sheet.judge, sheet.entrant) for sheet in sheets if sheet.submitted}
    return replace(
        bare,
        sheets=sheets,
        later=tuple(
            SampleSheet(judge, code, marks[judge, code], submitted=True)
            for judge, code in bare.expected
            if (judge, code) not in begun
        ),
        deductions=_deductions(bare.sessions, rng),
        on_stage=bare.sessions[-1].entrants[-1],
    )


def _sessions(
    entrants: Sequence[SampleEntrant], rng: np.random.Generator
) -> tuple[SampleSession, ...]:
    """Draw the order by lot; each session's panel continues through the list of judges."""
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
    entrants: Sequence[SampleEntrant],
    judges: Sequence[SampleJudge],
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
        SampleDeduction(sessions[session - 1].entrants[at], 100, f"超时{over}秒")
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


def is_plausible(drawn: SampleRound, *, derived: range) -> bool:
    """Whether the draw shows the example's effects and looks realistic.

    ``derived`` is the allowed number of recusals by county.
    """
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
    by_county = sum(row.kind == "county" for row in drawn.recusals)
    everything = [total for rows in totals.values() for total in rows]
    return (
        tied_above
        and by_county in derived
        and ordered[-1] >= 7000
        and ordered[0] <= 9500
        and min(everything) >= 62000
        and max(everything) <= 98000
    )
