"""The acts that enter one round of a plan, in order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from competition import Store
from competition.documents import documents
from competition.lineup import assigning, entrants, panel
from competition.lineup import sessions as session_acts
from competition.marks import past_scores
from competition.people import people
from competition.rounds import readiness, rounds
from competition.rounds.rubric import set_rubric
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from intake.plan import Plan, PlannedEntrant, PlannedJudge
from words import t

T = TypeVar("T")


class RoundEntry:
    """State of entering one plan: plan, visitor, time, and the ids of the workbook's keys.

    Attributes
    ----------
    round_id : str
        Empty until `start_round`.
    entrants, judges : dict
        Key to id. Existing ones are used again.
    known_entrants, known_judges : int
        Number of existing ones.
    """

    def __init__(self, store: Store, who: Visitor, plan: Plan, at: datetime, lang: str) -> None:
        self.store, self.who, self.plan, self.at, self.lang = store, who, plan, at, lang
        self.round_id = ""
        self.sessions: dict[str, str] = {}
        known = {
            (row["code"], row["title"]): row["id"] for row in entrants.all_entrants(store, who)
        }
        self.known_entrants = sum((e.code, e.title) in known for e in plan.entrants)
        self.entrants = {
            e.key: known.get((e.code, e.title)) or self._add_entrant(e) for e in plan.entrants
        }
        for planned in plan.entrants:
            if planned.shelf_mark:
                entrant_id = self.entrants[planned.key]
                self._do(documents.set_shelf_mark, entrant_id, planned.shelf_mark)
        there = _people(store, who)
        self.known_judges = sum((j.name, j.unit, j.county) in there for j in plan.judges)
        self.judges = {
            j.key: there.get((j.name, j.unit, j.county)) or self._add_judge(j) for j in plan.judges
        }

    def _do(self, act: Callable[..., T], *subject: Any, **values: Any) -> T:
        return act(self.store, self.who, *subject, at=self.at, **values)

    def _add_entrant(self, planned: PlannedEntrant) -> str:
        names = ("code", "county", "township", "village", "title", "presenter", "post", "unit")
        return self._do(entrants.add_entrant, **{name: getattr(planned, name) for name in names})

    def _add_judge(self, planned: PlannedJudge) -> str:
        values = {"name": planned.name, "unit": planned.unit, "county": planned.county}
        return self._do(people.add_person, **values)

    def start_round(self, title: str, rules: RoundRules) -> None:
        """Create the round with its rules and rubric."""
        self.round_id = self._do(
            rounds.create_round,
            title=title,
            stage=self.plan.stage,
            category=self.plan.category,
            rules=replace(rules, recusal_level=self.plan.recusal_level),
        )
        self._set_rubric()

    def add_to_round(self, round_id: str) -> None:
        """Add to a round in draft; a rubric in the plan replaces that of the round."""
        self.round_id = round_id
        self._set_rubric()

    def _set_rubric(self) -> None:
        if self.plan.rubric:
            rubric = [criterion.line for criterion in self.plan.rubric]
            self._do(set_rubric, self.round_id, rubric)

    def seat_everybody(self) -> None:
        """Enter seats, sessions and entrants in order.

        Where the round has one session already and the plan has none, they join that session.
        """
        panel_of_all = {} if self.plan.sessions else self._only_panel()
        for judge in self.plan.judges:
            person_id = self.judges[judge.key]
            self._do(panel.seat_judge, self.round_id, person_id, number=judge.number)
        session_of: dict[str, str] = {}
        for session in self.plan.sessions:
            title = session.key
            if title.isdecimal():
                title = t("intake.session_title", self.lang, number=title)
            session_id = self._do(rounds.add_session, self.round_id, title=title)
            self.sessions[session.key] = session_id
            session_of |= dict.fromkeys(session.entrants, session_id)
        for entrant in self.plan.entrants:
            if entrant.in_round:
                self._do(
                    entrants.enter_entrant,
                    self.round_id,
                    self.entrants[entrant.key],
                    number=entrant.number,
                    session_id=session_of.get(entrant.key, next(iter(panel_of_all), None)),
                )
        for session_id, there in panel_of_all.items():
            judges = [self.judges[judge.key] for judge in self.plan.judges]
            self._do(panel.set_panel, self.round_id, session_id, [*there, *judges])

    def _only_panel(self) -> dict[str, list[str]]:
        """The round's session and its judges' ids if there is exactly one."""
        sessions = readiness.panel_view(self.store, self.who, self.round_id).sessions
        return {one["id"]: one["person_ids"] for one in sessions} if len(sessions) == 1 else {}

    def set_panels(self) -> None:
        """Enter panels or single assignments, and declared recusals."""
        reason = self._reason("recused")
        for each in self.plan.assignments:
            if each.state == "recused" and not each.is_derived:
                pair = (self.entrants[each.entrant], self.judges[each.judge])
                self._do(panel.declare_recusal, self.round_id, *pair, reason=reason)
        for session in self.plan.sessions:
            judges = [self.judges[judge] for judge in session.judges]
            self._do(panel.set_panel, self.round_id, self.sessions[session.key], judges)
        if self.plan.assignments and not self.plan.sessions:
            pairs = [
                (self.entrants[each.entrant], self.judges[each.judge])
                for each in self.plan.assignments
            ]
            self._do(assigning.assign, self.round_id, pairs)

    def assign_all(self, title: str) -> None:
        """Make one session of all entrants and judges where the plan assigns no judge."""
        if not (self.plan.sessions or self.plan.assignments):
            self._do(session_acts.first_panel, self.round_id, title=title)

    def fill(self) -> int:
        """Open the round, enter absences and past scores, close it; return the marks."""
        self._do(rounds.open_round, self.round_id, waived=self._reason("unsigned"))
        for each in self.plan.assignments:
            if each.state == "absent":
                pair = (self.entrants[each.entrant], self.judges[each.judge])
                self._do(panel.mark_absent, self.round_id, *pair, reason=self._reason("absent"))
        entered = self._do(
            past_scores.enter_past_scores,
            self.round_id,
            self._sheets(),
            source=self._reason("source"),
        )
        reason = self._reason("incomplete") if self.plan.incomplete else ""
        self._do(rounds.close_round, self.round_id, reason=reason)
        return entered

    def _sheets(self) -> list[past_scores.PastSheet]:
        criteria = rounds.round_view(self.store, self.who, self.round_id)["criteria"]
        keys = [criterion.key for criterion in self.plan.rubric]
        id_of = {key: row["id"] for key, row in zip(keys, criteria, strict=True)}
        return [
            past_scores.PastSheet(
                entrant_id=self.entrants[sheet.entrant],
                person_id=self.judges[sheet.judge],
                marks={id_of[key]: mark for key, mark in sheet.marks.items()},
            )
            for sheet in self.plan.sheets
        ]

    def _reason(self, key: str) -> str:
        return t(f"intake.reason.{key}", self.lang, name=self.plan.name or "xlsx")


def _people(store: Store, who: Visitor) -> dict[tuple[str, str, str], str]:
    """Person ids by name, unit and county; only where exactly one person matches."""
    ids_of: dict[tuple[str, str, str], list[str]] = {}
    for person in people.all_people(store, who):
        key = (person["name"], person["unit"], person["county"])
        ids_of.setdefault(key, []).append(person["id"])
    return {key: ids[0] for key, ids in ids_of.items() if len(ids) == 1}
