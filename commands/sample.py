"""Entering an invented event through the same acts that people use."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from competition import decisions, entrants, links, panel, people, rounds, sheets
from competition.rules import RoundRules
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from db import Store
from examples.event import SampleEvent, SampleRound
from examples.rubric import SampleCriterion
from scoring import Rules

THOUSAND = Decimal(1000)


@dataclass
class Entered:
    """Who and what was entered, by the sample's own names.

    Attributes
    ----------
    organizer, supervisor, host, scorekeeper : Visitor
    tokens : dict
        Person's id to the token of their link.
    judges : dict
        Judge's number to person's id.
    entrants : dict
        12-digit code to entrant's id.
    rounds : dict
        The sample round's key to the round's id.
    """

    organizer: Visitor
    supervisor: Visitor
    host: Visitor
    scorekeeper: Visitor
    tokens: dict[str, str]
    judges: dict[int, str] = field(default_factory=dict)
    entrants: dict[str, str] = field(default_factory=dict)
    rounds: dict[str, str] = field(default_factory=dict)


def enter(
    store: Store,
    event: SampleEvent,
    *,
    at: datetime,
    names: dict[str, str],
    marks: bool = True,
    rules: Rules | None = None,
    step: Callable[[], object] = lambda: None,
) -> Entered:
    """Enter a whole sample event, each round opened, with its marks.

    Parameters
    ----------
    at
        The time of the first act; the marks follow at a judge's pace before it.
    names
        Names of the staff by role: organizer, supervisor, host, scorekeeper.
    marks
        Whether the sheets are filled in, or only the round opened.
    step
        Called after each sheet, to show progress.
    """
    with store.writing():
        entered = _staff(store, event, names, at)
        _people(store, event, entered, at)
        for sample in event.rounds:
            _round(store, sample, entered, at, rules)
    if marks:
        for sample in event.rounds:
            _marks(store, sample, entered, at, step)
    return entered


def _staff(store: Store, event: SampleEvent, names: dict[str, str], at: datetime) -> Entered:
    organizer, secret = links.begin(
        store,
        title=event.title,
        organizer=names["organizer"],
        at=at,
        sample=event.is_sample,
        venue="",
        starts_on=at.date().isoformat(),
    )
    tokens = {str(organizer.person_id): secret}
    staff: dict[str, Visitor] = {}
    for role in ("supervisor", "host", "scorekeeper"):
        person_id = people.add_person(store, organizer, name=names[role], at=at)
        people.grant_role(store, organizer, person_id, role, at=at)
        tokens[person_id] = links.make_link(store, organizer, person_id, at=at)
        with store.reading() as tx:
            staff[role] = visitor_of(tx, person_id)
    return Entered(
        organizer=organizer,
        supervisor=staff["supervisor"],
        host=staff["host"],
        scorekeeper=staff["scorekeeper"],
        tokens=tokens,
    )


def _people(store: Store, event: SampleEvent, entered: Entered, at: datetime) -> None:
    who = entered.organizer
    counties = {row.county_code: row.county for row in event.entrants}
    for judge in event.judges:
        person_id = people.add_person(
            store,
            who,
            name=judge.name,
            at=at,
            unit=judge.unit,
            county=counties.get(judge.county_of_work or "", ""),
            native_county=counties.get(judge.native_county, ""),
        )
        entered.judges[judge.number] = person_id
        entered.tokens[person_id] = links.make_link(store, who, person_id, at=at)
    for row in event.entrants:
        entered.entrants[row.code] = entrants.add_entrant(
            store,
            who,
            code=row.code,
            county=row.county,
            township=row.township,
            village=row.village,
            title=row.plan_title,
            presenter=row.presenter,
            post=row.post,
            unit=row.unit,
            at=at,
        )


def _round(
    store: Store, sample: SampleRound, entered: Entered, at: datetime, rules: Rules | None
) -> None:
    who = entered.organizer
    round_id = rounds.create_round(
        store,
        who,
        title=sample.name,
        at=at,
        stage=sample.stage,
        category=sample.group,
        rules=RoundRules(scoring=rules or Rules(top=sample.top)),
    )
    entered.rounds[sample.key] = round_id
    rounds.set_rubric(store, who, round_id, [_criterion(c) for c in sample.rubric], at=at)
    for number, person_id in entered.judges.items():
        panel.seat_judge(store, who, round_id, person_id, number=number, at=at, chair=number == 1)
    sessions = {
        session.number: rounds.add_session(store, who, round_id, title=session.name, at=at)
        for session in sample.sessions
    }
    for session_number, number, code in sample.order:
        entrants.enter_entrant(
            store,
            who,
            round_id,
            entered.entrants[code],
            number=number,
            session_id=sessions[session_number],
            at=at,
        )
    for session in sample.sessions:
        panel.set_panel(
            store,
            who,
            round_id,
            sessions[session.number],
            [entered.judges[n] for n in session.judges],
            at=at,
        )
    for recusal in sample.recusals:
        if recusal.kind == "declared":
            panel.declare_recusal(
                store,
                who,
                round_id,
                entered.entrants[recusal.entrant],
                entered.judges[recusal.judge],
                reason=recusal.reason,
                at=at,
            )
    rounds.open_round(store, who, round_id, at=at)
    for absence in sample.absences:
        panel.mark_absent(
            store,
            who,
            round_id,
            entered.entrants[absence.entrant],
            entered.judges[absence.judge],
            reason=absence.reason,
            at=at,
        )
    for cost in sample.deductions:
        deduction = decisions.deduct(
            store,
            entered.scorekeeper,
            round_id,
            entered.entrants[cost.entrant],
            str(cost.points / THOUSAND),
            reason=cost.reason,
            at=at,
        )
        decisions.confirm_deduction(store, entered.supervisor, deduction, at=at)


def _criterion(sample: SampleCriterion) -> rounds.Criterion:
    return rounds.Criterion(
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


def _marks(
    store: Store,
    sample: SampleRound,
    entered: Entered,
    at: datetime,
    step: Callable[[], object],
) -> None:
    round_id = entered.rounds[sample.key]
    names = {c.key: c.name for c in sample.rubric}
    with store.reading() as tx:
        visitors = {n: visitor_of(tx, p) for n, p in entered.judges.items()}
        ids = {row["name"]: row["id"] for row in rounds.rubric(tx, round_id)}
    stage = {code: number for _, number, code in sample.order}
    for number, code in sorted((n, c) for c, n in stage.items()):
        begun = at + timedelta(minutes=12 * number)
        if code == sample.on_stage:
            _call(store, entered, round_id, code, begun)
        with store.writing():
            for sheet in (s for s in sample.sheets if s.entrant == code):
                who = visitors[sheet.judge]
                changes = [
                    sheets.MarkChange(
                        ids[names[key]],
                        str(value / THOUSAND),
                        f"sample-{number}-{sheet.judge}-{key}",
                    )
                    for key, value in sheet.marks.items()
                ]
                when = begun + timedelta(seconds=20 * sheet.judge)
                echo = sheets.record_marks(
                    store,
                    who,
                    seat=str(who.person_id),
                    round_id=round_id,
                    entrant_id=entered.entrants[code],
                    changes=changes,
                    at=when,
                )
                if sheet.submitted:
                    sheets.submit_sheet(
                        store,
                        who,
                        seat=str(who.person_id),
                        round_id=round_id,
                        entrant_id=entered.entrants[code],
                        rev=echo["rev"],
                        at=when + timedelta(seconds=40),
                    )
                step()


def _call(store: Store, entered: Entered, round_id: str, code: str, at: datetime) -> None:
    """Bring the entrant who is on stage in the sample to the stage."""
    for stage in ("called", "presenting", "answering", "marking"):
        entrants.move_stage(store, entered.host, round_id, entered.entrants[code], stage, at=at)
