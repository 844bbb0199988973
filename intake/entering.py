"""Entering a plan through the acts that people use: all of it, or nothing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from competition import Store, entrants, panel, past_scores, people, rounds
from competition.rules import RoundRules
from competition.visitor import Visitor
from intake.errors import PlanStopped
from intake.plan import Plan, PlannedSession
from words import t


@dataclass(frozen=True)
class Entered:
    """What was entered.

    Attributes
    ----------
    round_id, round_title, state : str
        The new round; closed if it has past scores, else still in draft.
    entrants, judges : int
        New in the competition; ``known_…`` were there already and are used again.
    in_round : int
        Entrants of the round.
    incomplete : int
        Sheets kept with their marks that do not count.
    """

    round_id: str
    round_title: str
    state: str
    entrants: int
    known_entrants: int
    in_round: int
    judges: int
    known_judges: int
    criteria: int
    sessions: int
    recused: int
    absent: int
    sheets: int
    incomplete: int
    marks: int

    def to_dict(self) -> dict[str, Any]:
        """For a machine."""
        return asdict(self)


def enter(
    store: Store,
    who: Visitor,
    plan: Plan,
    *,
    at: datetime,
    round_title: str = "",
    rules: RoundRules | None = None,
    lang: str = "zh",
) -> Entered:
    """Enter a plan as a new round of the visitor's competition, in one transaction.

    Entrants with the same code and plan title, and judges with the same name, unit and county,
    are those of before. A round with past scores is opened, filled and closed; one without
    stays in draft.

    Parameters
    ----------
    round_title : str
        What the round is called; else it is named after its stage.
    rules : RoundRules, optional
        The rules of the round; the level of recusals is always the plan's.
    lang : str
        Language of the titles and reasons that are written down.

    Raises
    ------
    PlanStopped
        If the plan has stops.
    competition.errors.Refused
        As each act; nothing is written then.
    """
    if plan.stops:
        raise PlanStopped(count=len(plan.stops))
    title = round_title or t(f"intake.round_title.{plan.stage}", lang)
    with store.writing():
        entering = _Entering(store, who, plan, at, lang)
        entering.start_round(title, rules or RoundRules())
        entering.seat_everybody()
        entering.set_panels()
        marks = entering.fill() if plan.sheets else 0
    counts = plan.counts
    return Entered(
        round_id=entering.round_id,
        round_title=title,
        state="closed" if plan.sheets else "draft",
        entrants=len(plan.entrants) - entering.known_entrants,
        known_entrants=entering.known_entrants,
        in_round=counts["in_round"],
        judges=len(plan.judges) - entering.known_judges,
        known_judges=entering.known_judges,
        criteria=counts["criteria"],
        sessions=counts["sessions"],
        recused=counts["recused"],
        absent=counts["absent"] if plan.sheets else 0,
        sheets=counts["sheets"],
        incomplete=counts["incomplete"],
        marks=marks,
    )


class _Entering:
    """The ids of one entering, from the workbook's keys."""

    def __init__(self, store: Store, who: Visitor, plan: Plan, at: datetime, lang: str) -> None:
        self.store, self.who, self.plan, self.at, self.lang = store, who, plan, at, lang
        self.round_id = ""
        self.sessions: dict[str, str] = {}
        known = {(row["code"], row["title"]): row["id"] for row in entrants.everyone(store, who)}
        self.known_entrants = sum((e.code, e.title) in known for e in plan.entrants)
        self.entrants = {
            e.key: known.get((e.code, e.title)) or self._add_entrant(e) for e in plan.entrants
        }
        there = _people(store, who)
        self.known_judges = sum((j.name, j.unit, j.county) in there for j in plan.judges)
        self.judges = {
            j.key: there.get((j.name, j.unit, j.county)) or self._add_judge(j) for j in plan.judges
        }

    def _add_entrant(self, planned: Any) -> str:
        return entrants.add_entrant(
            self.store,
            self.who,
            code=planned.code,
            county=planned.county,
            township=planned.township,
            village=planned.village,
            title=planned.title,
            presenter=planned.presenter,
            post=planned.post,
            unit=planned.unit,
            at=self.at,
        )

    def _add_judge(self, planned: Any) -> str:
        return people.add_person(
            self.store,
            self.who,
            name=planned.name,
            unit=planned.unit,
            county=planned.county,
            at=self.at,
        )

    def start_round(self, title: str, rules: RoundRules) -> None:
        """Make the round, with its rules and rubric."""
        self.round_id = rounds.create_round(
            self.store,
            self.who,
            title=title,
            stage=self.plan.stage,
            category=self.plan.category,
            rules=replace(rules, recusal_level=self.plan.recusal_level),
            at=self.at,
        )
        rubric = [criterion.line for criterion in self.plan.rubric]
        rounds.set_rubric(self.store, self.who, self.round_id, rubric, at=self.at)

    def seat_everybody(self) -> None:
        """Seats, sessions and the entrants in their order."""
        for judge in self.plan.judges:
            panel.seat_judge(
                self.store,
                self.who,
                self.round_id,
                self.judges[judge.key],
                number=judge.number,
                at=self.at,
            )
        session_of: dict[str, str] = {}
        for session in self.plan.sessions:
            title = self._session_title(session)
            session_id = rounds.add_session(
                self.store, self.who, self.round_id, title=title, at=self.at
            )
            self.sessions[session.key] = session_id
            session_of |= dict.fromkeys(session.entrants, session_id)
        for entrant in self.plan.entrants:
            if entrant.in_round:
                entrants.enter_entrant(
                    self.store,
                    self.who,
                    self.round_id,
                    self.entrants[entrant.key],
                    number=entrant.number,
                    session_id=session_of.get(entrant.key),
                    at=self.at,
                )

    def _session_title(self, session: PlannedSession) -> str:
        if not session.is_named:
            return t("intake.group_title", self.lang, number=session.key)
        if session.key.isdecimal():
            return t("intake.session_title", self.lang, number=session.key)
        return session.key

    def set_panels(self) -> None:
        """Who sits for which session; the recusals that do not follow from where they work."""
        for assignment in self.plan.assignments:
            if assignment.state == "recused" and not assignment.is_derived:
                panel.declare_recusal(
                    self.store,
                    self.who,
                    self.round_id,
                    self.entrants[assignment.entrant],
                    self.judges[assignment.judge],
                    reason=self._reason("recused"),
                    at=self.at,
                )
        for session in self.plan.sessions:
            panel.set_panel(
                self.store,
                self.who,
                self.round_id,
                self.sessions[session.key],
                [self.judges[judge] for judge in session.judges],
                at=self.at,
            )

    def fill(self) -> int:
        """Open the round, enter absences and past scores, close it; return the marks."""
        rounds.open_round(self.store, self.who, self.round_id, at=self.at)
        for assignment in self.plan.assignments:
            if assignment.state == "absent":
                panel.mark_absent(
                    self.store,
                    self.who,
                    self.round_id,
                    self.entrants[assignment.entrant],
                    self.judges[assignment.judge],
                    reason=self._reason("absent"),
                    at=self.at,
                )
        entered = past_scores.enter_past_scores(
            self.store,
            self.who,
            self.round_id,
            self._sheets(),
            source=self._reason("source"),
            at=self.at,
        )
        reason = self._reason("incomplete") if self.plan.incomplete else ""
        rounds.close_round(self.store, self.who, self.round_id, reason=reason, at=self.at)
        return entered

    def _sheets(self) -> list[past_scores.PastSheet]:
        view = rounds.round_view(self.store, self.who, self.round_id)
        ids = [row["id"] for row in view["criteria"]]
        keys = [criterion.key for criterion in self.plan.rubric]
        criterion_of: Mapping[str, str] = dict(zip(keys, ids, strict=True))
        return [
            past_scores.PastSheet(
                entrant_id=self.entrants[sheet.entrant],
                person_id=self.judges[sheet.judge],
                marks={criterion_of[key]: mark for key, mark in sheet.marks.items()},
            )
            for sheet in self.plan.sheets
        ]

    def _reason(self, key: str) -> str:
        return t(f"intake.reason.{key}", self.lang, name=self.plan.name or "xlsx")


def _people(store: Store, who: Visitor) -> dict[tuple[str, str, str], str]:
    """Whoever can be told by name, unit and county: those of whom there is just one."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for person in people.everybody(store, who):
        key = (person["name"], person["unit"], person["county"])
        found.setdefault(key, []).append(person["id"])
    return {key: ids[0] for key, ids in found.items() if len(ids) == 1}
