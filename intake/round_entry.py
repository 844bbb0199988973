"""The acts that enter one round of a plan, in order."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from competition import Store
from competition.documents import documents
from competition.lineup import assigning, entrants, panel, roster, seating
from competition.lineup import sessions as session_acts
from competition.lineup.importing import Before
from competition.lineup.known import known
from competition.marks import past_scores
from competition.people import people
from competition.rounds import readiness, rounds
from competition.rounds.rubric import set_rubric
from competition.rounds.rules import RoundRules
from competition.shapes import Place
from competition.visitor import Visitor
from intake.comparing import compare
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
    compared : Compared
        What of the plan was there already.
    before : list of Before
        The rows that were changed, as they were.
    """

    def __init__(self, store: Store, who: Visitor, plan: Plan, at: datetime, lang: str) -> None:
        self.store, self.who, self.plan, self.at, self.lang = store, who, plan, at, lang
        self.round_id = ""
        self.sessions: dict[str, str] = {}
        self.compared = compare(plan, known(store, who))
        self.before: list[Before] = []
        for planned in plan.entrants:
            self._change_entrant(planned)
        there: Mapping[str, Mapping[str, Any]] = self.compared.entrants
        self.entrants = {
            e.key: there[e.key]["id"] if e.key in there else self._add_entrant(e)
            for e in plan.entrants
        }
        for planned in plan.entrants:
            if planned.shelf_mark and planned.key not in self.compared.fixed:
                entrant_id = self.entrants[planned.key]
                self._do(documents.set_shelf_mark, entrant_id, planned.shelf_mark)
        for judge in plan.judges:
            self._change_person(judge)
        persons: Mapping[str, Mapping[str, Any]] = self.compared.people
        self.judges = {
            j.key: persons[j.key]["id"] if j.key in persons else self._add_judge(j)
            for j in plan.judges
        }

    def _change_entrant(self, planned: PlannedEntrant) -> None:
        """Set what differs of an entrant that is there, and keep how it was."""
        changes = dict(self.compared.entrant_changes.get(planned.key, {}))
        if not changes:
            return
        row = self.compared.entrants[planned.key]
        if changes.pop("shelf_mark", ""):
            mark = self.compared.shelf_marks.get(row["id"], "")
            self.before.append(
                {"table": "shelf_marks", "row": {"entrant_id": row["id"], "mark": mark}}
            )
        if changes:
            self.before.append({"table": "entrants", "row": dict(row)})
            self._do(roster.update_entrant, row["id"], **changes)

    def _change_person(self, planned: PlannedJudge) -> None:
        """Fill in what is missing of a judge who is there, and keep how it was."""
        changes = self.compared.person_changes.get(planned.key, {})
        if changes:
            row = self.compared.people[planned.key]
            self.before.append({"table": "people", "row": dict(row)})
            self._do(seating.update_person, row["id"], **changes)

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
        """Enter seats, sessions and entrants in order; what is in the round already stays.

        Where the round has one session already and the plan has none, they join that session.
        """
        there = readiness.panel_view(self.store, self.who, self.round_id)
        panel_of_all = {} if self.plan.sessions else _only_panel(there)
        new = self._seat_judges({seat["person_id"] for seat in there.seats})
        titles = {session["title"]: session["id"] for session in there.sessions}
        session_of: dict[str, str] = {}
        for session in self.plan.sessions:
            title = session.key
            if title.isdecimal():
                title = t("intake.session_title", self.lang, number=title)
            if title not in titles:
                titles[title] = self._do(rounds.add_session, self.round_id, title=title)
            self.sessions[session.key] = titles[title]
            session_of |= dict.fromkeys(session.entrants, titles[title])
        joined = next(iter(panel_of_all), None)
        self._enter_entrants(
            {line.entrant["id"]: line.entrant for line in there.expected}, session_of, joined
        )
        for session_id, judges in panel_of_all.items():
            self._do(panel.set_panel, self.round_id, session_id, [*judges, *new])

    def _seat_judges(self, seated: set[str]) -> list[str]:
        """Seat the judges who have no seat yet; return their ids."""
        new = [judge for judge in self.plan.judges if self.judges[judge.key] not in seated]
        for judge in new:
            person_id = self.judges[judge.key]
            self._do(panel.seat_judge, self.round_id, person_id, number=judge.number)
        return [self.judges[judge.key] for judge in new]

    def _enter_entrants(
        self, there: Mapping[str, Place], session_of: Mapping[str, str], joined: str | None
    ) -> None:
        """Enter those that are not in the round, or that get another number or session."""
        for entrant in self.plan.entrants:
            if not entrant.in_round:
                continue
            entrant_id = self.entrants[entrant.key]
            place = there.get(entrant_id)
            session_id = session_of.get(entrant.key, joined)
            number = entrant.number
            if place is not None:
                number = place["number"] if number is None else number
                session_id = session_id or place["session_id"]
                if (number, session_id) == (place["number"], place["session_id"]):
                    continue
            self._do(
                entrants.enter_entrant,
                self.round_id,
                entrant_id,
                number=number,
                session_id=session_id,
            )

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
        """Where the plan assigns no judge: all judges in each of its sessions, or in one of all."""
        if self.plan.assignments:
            return
        judges = list(self.judges.values())
        for session_id in self.sessions.values():
            self._do(panel.set_panel, self.round_id, session_id, judges)
        if not self.sessions:
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


def _only_panel(there: readiness.PanelView) -> dict[str, list[str]]:
    """A round's session and its judges' ids if there is exactly one."""
    sessions = there.sessions
    return {one["id"]: one["person_ids"] for one in sessions} if len(sessions) == 1 else {}
