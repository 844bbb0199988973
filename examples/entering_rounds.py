"""One round of an invented event: its set-up and its acts in order of time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from competition.documents import documents
from competition.lineup import assigning, entrants, panel
from competition.marks import deductions, pad_marks
from competition.marks.sheets import MarkChange
from competition.results import certification, standings
from competition.rounds import rounds
from competition.rounds.rubric import Criterion, criteria_of, set_rubric
from competition.rounds.rules import RoundRules
from competition.sign_ins import visitor_of
from competition.stage import moves, releasing
from competition.visitor import Visitor
from db import Store
from examples.certifying import certify_by_two
from examples.event import SampleAbsence, SampleDeduction, SampleRound, SampleSheet
from examples.rubric import SampleCriterion
from scoring import Rules

THOUSAND = Decimal(1000)
SEAT = timedelta(seconds=20)
"""How long after the seat before it a seat's marks come."""
STAGE = (("called", -5), ("presenting", -4), ("answering", -2), ("marking", 0))
"""Minutes before an entrant is marked."""
ANNOUNCED = timedelta(minutes=5)
"""From an entrant's marking to the announcement in the hall."""


@dataclass(frozen=True)
class Cast:
    """People and entrants of an event for its rounds, by the sample's keys."""

    organizer: Visitor
    supervisor: Visitor
    host: Visitor
    scorekeeper: Visitor
    judges: dict[int, str]
    entrants: dict[str, str]


@dataclass(frozen=True)
class Act:
    """One act with its time; ``is_sheet`` for a sheet of marks."""

    at: datetime
    do: Callable[[], object]
    is_sheet: bool = False


def set_up(
    store: Store, cast: Cast, sample: SampleRound, at: datetime, scoring: Rules | None
) -> str:
    """Create and open a round; return its id. ``scoring`` replaces the sample's rules."""
    who = cast.organizer
    given = dict(sample.scoring)
    first = given.pop("first_criteria", ())
    rules = RoundRules(scoring=scoring or Rules(top=sample.top, **given), **sample.procedure)
    round_id = rounds.create_round(
        store,
        who,
        title=sample.name,
        at=at,
        stage=sample.stage,
        category=sample.group,
        rules=rules,
    )
    set_rubric(store, who, round_id, [_criterion(c) for c in sample.rubric], at=at)
    if first:
        ids = criterion_ids(store, round_id, sample)
        named = replace(rules.scoring, first_criteria=tuple(ids[key] for key in first))
        rounds.set_rules(store, who, round_id, replace(rules, scoring=named), at=at)
    for number in sample.seated:
        chair = number == sample.seated[0]
        person_id = cast.judges[number]
        panel.seat_judge(store, who, round_id, person_id, number=number, at=at, chair=chair)
    _place(store, cast, sample, round_id, at)
    if not sample.queue:
        _recuse(store, cast, sample, round_id, lambda _: at)
    rounds.open_round(store, who, round_id, signed="all", at=at)
    return round_id


def _place(store: Store, cast: Cast, sample: SampleRound, round_id: str, at: datetime) -> None:
    """Enter the entrants in order and their assignments."""
    who = cast.organizer
    sessions = {
        session.number: rounds.add_session(store, who, round_id, title=session.name, at=at)
        for session in sample.sessions
    }
    for session, number, code in sample.order:
        entrants.enter_entrant(
            store,
            who,
            round_id,
            cast.entrants[code],
            number=number,
            session_id=None if session is None else sessions[session],
            at=at,
        )
    for code, mark in sample.shelf_marks.items():
        documents.set_shelf_mark(store, who, cast.entrants[code], mark, at=at)
    for row in sample.sessions:
        members = [cast.judges[number] for number in row.judges]
        panel.set_panel(store, who, round_id, sessions[row.number], members, at=at)
    if sample.pairs:
        pairs = [(cast.entrants[code], cast.judges[judge]) for judge, code in sample.pairs]
        assigning.assign(store, who, round_id, pairs, at=at)


def _recuse(
    store: Store, cast: Cast, sample: SampleRound, round_id: str, at: Callable[[str], datetime]
) -> None:
    for row in sample.recusals:
        if row.kind == "declared":
            panel.declare_recusal(
                store,
                cast.organizer,
                round_id,
                cast.entrants[row.entrant],
                cast.judges[row.judge],
                reason=row.reason,
                at=at(row.entrant),
            )


def _criterion(sample: SampleCriterion) -> Criterion:
    return Criterion(
        name=sample.name,
        maximum=str(sample.maximum / THOUSAND),
        step=str(sample.step / THOUSAND),
        points=sample.hint,
        phase=sample.phase,
        anchors=tuple(
            {
                "level": anchor.level,
                "text": anchor.text,
                "low": str(anchor.low / THOUSAND),
                "high": str(anchor.high / THOUSAND),
            }
            for anchor in sample.anchors
        ),
    )


def criterion_ids(store: Store, round_id: str, sample: SampleRound) -> dict[str, str]:
    """The sample's criterion keys to the round's criterion ids."""
    with store.reading() as tx:
        by_name = {row["name"]: str(row["id"]) for row in criteria_of(tx, round_id)}
    return {criterion.key: by_name[criterion.name] for criterion in sample.rubric}


def happenings(
    store: Store, cast: Cast, sample: SampleRound, round_id: str, at: datetime
) -> Iterator[Act]:
    """The acts of a round after its opening; ``at`` is the start of the event."""
    when = {code: at + sample.begins + sample.pace * number for _, number, code in sample.order}
    if sample.queue:
        yield Act(
            at + sample.begins, lambda: _recuse(store, cast, sample, round_id, when.__getitem__)
        )
    yield from _on_stage(store, cast, sample, round_id, when)
    yield from _decided(store, cast, sample, round_id, when)
    ids = criterion_ids(store, round_id, sample)
    with store.reading() as tx:
        judges = {number: visitor_of(tx, cast.judges[number]) for number in sample.seated}
    yield from _announced(store, cast, sample, round_id, when)
    for sheet in sample.sheets:
        begun = when[sheet.entrant] + SEAT * (sheet.judge % len(judges))
        yield from _sheet(store, cast, sheet, round_id, judges[sheet.judge], ids, begun)


def _on_stage(
    store: Store, cast: Cast, sample: SampleRound, round_id: str, when: dict[str, datetime]
) -> Iterator[Act]:
    """The host's moves of the stage, up to the current entrant."""
    heard = [code for _, _, code in sample.order] if sample.on_stage else []
    for code in heard[: heard.index(str(sample.on_stage)) + 1 if heard else 0]:
        for stage, minutes in STAGE:
            moment = when[code] + timedelta(minutes=minutes)
            ids = (round_id, cast.entrants[code], stage)
            yield Act(moment, partial(moves.move_stage, store, cast.host, *ids, at=moment))


def _decided(
    store: Store, cast: Cast, sample: SampleRound, round_id: str, when: dict[str, datetime]
) -> Iterator[Act]:
    """Absences and overtime deductions; closing a round records absences by itself."""
    for absence in () if sample.closing else sample.absences:
        moment = when[absence.entrant]
        yield Act(moment, partial(_note_absence, store, cast, round_id, absence, moment))
    for cost in sample.deductions:
        moment = when[cost.entrant] + timedelta(minutes=1)
        yield Act(moment, partial(_deduct, store, cast, round_id, cost, moment))


def _announced(
    store: Store, cast: Cast, sample: SampleRound, round_id: str, when: dict[str, datetime]
) -> Iterator[Act]:
    """The host's announcements: the held scores together, then one by one."""
    together = sample.announced[: int(sample.procedure.get("held_first", 0))]
    for code in sample.announced:
        if code in together[:-1]:
            continue
        moment = when[code] + ANNOUNCED
        release = partial(releasing.release_score, store, cast.host, round_id)
        yield Act(moment, partial(release, cast.entrants[code], at=moment))


def _note_absence(
    store: Store, cast: Cast, round_id: str, absence: SampleAbsence, at: datetime
) -> None:
    ids = (cast.entrants[absence.entrant], cast.judges[absence.judge])
    panel.mark_absent(store, cast.organizer, round_id, *ids, reason=absence.reason, at=at)


def _deduct(store: Store, cast: Cast, round_id: str, cost: SampleDeduction, at: datetime) -> None:
    entered = deductions.deduct(
        store,
        cast.scorekeeper,
        round_id,
        cast.entrants[cost.entrant],
        str(cost.points / THOUSAND),
        reason=cost.reason,
        at=at,
    )
    deductions.confirm_deduction(store, cast.supervisor, entered, at=at)


def _sheet(
    store: Store,
    cast: Cast,
    sheet: SampleSheet,
    round_id: str,
    who: Visitor,
    ids: dict[str, str],
    begun: datetime,
) -> Iterator[Act]:
    """A sheet's marks, and its submission 40 seconds later."""
    which = {"round_id": round_id, "entrant_id": cast.entrants[sheet.entrant]}
    name = f"{round_id}-{sheet.entrant}-{sheet.judge}"
    seen = {ids[key]: value for key, value in sheet.marks.items()}
    changes = [MarkChange(ids[key], value, f"{name}-{key}") for key, value in sheet.marks.items()]

    record = partial(pad_marks.record_marks, store, who, **which, changes=changes, at=begun)
    yield Act(begun, record, is_sheet=True)
    if sheet.submitted:
        later = begun + 2 * SEAT
        submit = partial(
            pad_marks.submit_sheet, store, who, **which, change_id=name, seen=seen, at=later
        )
        yield Act(later, submit)


def close_and_certify(
    store: Store, cast: Cast, sample: SampleRound, round_id: str, at: datetime
) -> list[str]:
    """Close a round and certify its standing; return the codes of those selected."""
    who = cast.organizer
    rounds.close_round(store, who, round_id, reason=sample.closing, at=at)
    standings.standings(store, who, round_id, at=at)
    certify_by_two(store, who, cast.supervisor, round_id, at=at + timedelta(minutes=30))
    certified = certification.certified(store, who, round_id)["content"]["entrants"]
    return [str(line["code"]) for line in certified if line["selected"]]
