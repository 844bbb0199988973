"""One event entered again into an empty file: for a rehearsal, or as next year's template.

Everything goes through the acts, so the copy has ids, links and a log apart from the first one's:
a tablet of one is a stranger to the other.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from competition import Store, fields
from competition.lineup import assigning
from competition.lineup.entrants import add_entrant, all_entrants, enter_entrant
from competition.lineup.panel import declare_recusal, seat_judge, set_panel
from competition.people.people import add_person, all_people
from competition.rounds import rounds
from competition.rounds.composites import OUTSIDE, VOTE, TypedPart, is_composite, set_parts
from competition.rounds.readiness import PanelView, panel_view
from competition.rounds.rounds import rounds_of
from competition.rounds.rubric import Criterion, set_rubric
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rules import as_typed
from competition.rounds.vote_rules import VoteRules
from competition.shapes import PartRow
from competition.visitor import Visitor
from words import t

What = Literal["rehearsal", "template"]
OF_PERSON = ("name", "unit", "county", "native_county")
OF_ENTRANT = ("code", "county", "township", "village", "title", "post", "unit")


def enter_again(
    source: Store, reader: Visitor, target: Store, who: Visitor, *, what: What, at: datetime
) -> int:
    """Enter the rounds of one event into another; return how many.

    Parameters
    ----------
    reader, who
        Organizers of the source's event and of the target's.
    what
        ``rehearsal``: rounds with rules, rubric, judges, entrants and sessions, presenters
        invented. ``template``: rounds with rules and rubric only.
    """
    copy = _Copy(source, reader, target, who, at)
    first = [row for row in rounds_of(source, reader) if row["practice_of"] is None]
    with target.writing():
        if what == "rehearsal":
            copy.people_and_entrants()
        for row in first:
            if is_composite(row):
                continue
            copy.rounds[row["id"]] = copy.round(row["id"])
            if what == "rehearsal":
                copy.lineup(row["id"], copy.rounds[row["id"]])
        for row in first:
            if is_composite(row):
                copy.composite(row["id"])
    return len(first)


class _Copy:
    """Ids of the first event's people and entrants to those of the second."""

    def __init__(
        self, source: Store, reader: Visitor, target: Store, who: Visitor, at: datetime
    ) -> None:
        self.source, self.reader, self.target, self.who, self.at = source, reader, target, who, at
        self.people: dict[str, str] = {}
        self.entrants: dict[str, str] = {}
        self.rounds: dict[str, str] = {}

    def people_and_entrants(self) -> None:
        """Judges by name, entrants with invented presenters."""
        for person in all_people(self.source, self.reader):
            if person["numbers"]:
                values = {name: str(person.get(name) or "") for name in OF_PERSON}
                self.people[person["id"]] = add_person(self.target, self.who, at=self.at, **values)
        for number, entrant in enumerate(all_entrants(self.source, self.reader), start=1):
            values = {name: str(entrant.get(name) or "") for name in OF_ENTRANT}
            self.entrants[entrant["id"]] = add_entrant(
                self.target,
                self.who,
                presenter=t("intake.rehearsal.presenter", "zh", number=number),
                at=self.at,
                **values,
            )

    def round(self, round_id: str) -> str:
        """A round in draft with rules and rubric; a key that names a criterion names its copy."""
        view = rounds.round_view(self.source, self.reader, round_id)
        rules = RoundRules.from_json(view["rules"])
        plain = replace(rules, scoring=replace(rules.scoring, first_criteria=(), seed=None))
        values = {name: str(view[name]) for name in ("title", "stage", "category")}
        new_id = rounds.create_round(self.target, self.who, rules=plain, at=self.at, **values)
        if view["criteria"]:
            lines = [_criterion(one) for one in view["criteria"]]
            set_rubric(self.target, self.who, new_id, lines, at=self.at)
        made = rounds.round_view(self.target, self.who, new_id)["criteria"]
        ids = {old["id"]: new["id"] for old, new in zip(view["criteria"], made, strict=True)}
        first = tuple(ids[one] for one in rules.scoring.first_criteria if one in ids)
        if first:
            whole = replace(plain, scoring=replace(plain.scoring, first_criteria=first))
            rounds.set_rules(self.target, self.who, new_id, whole, at=self.at)
        return new_id

    def composite(self, round_id: str) -> None:
        """A composite in draft, made of the copies of its rounds; a key may name a part."""
        view = rounds.round_view(self.source, self.reader, round_id)
        new_id = rounds.create_round(
            self.target,
            self.who,
            title=view["title"],
            stage=view["stage"],
            category=view["category"],
            kind=view["kind"],
            at=self.at,
        )
        if not view["parts"]:
            return
        rules = as_typed(RoundRules.from_json(view["rules"]))
        parts = [_part(one, self.rounds) for one in view["parts"]]
        set_parts(self.target, self.who, new_id, parts, rules, at=self.at)
        made = rounds.round_view(self.target, self.who, new_id)["parts"]
        ids = {old["id"]: new["id"] for old, new in zip(view["parts"], made, strict=True)}
        named = [ids[one] for one in rules["first_criteria"].split(",") if one in ids]
        if named:
            same = [replace(one, id=new["id"]) for one, new in zip(parts, made, strict=True)]
            first = rules | {"first_criteria": ",".join(named)}
            set_parts(self.target, self.who, new_id, same, first, at=self.at)

    def lineup(self, round_id: str, new_id: str) -> None:
        """Seats, sessions, running order, panels or pairs, and declared recusals."""
        view = panel_view(self.source, self.reader, round_id)
        to, who, at = self.target, self.who, self.at
        for seat in view.seats:
            person_id = self.people[seat["person_id"]]
            more = {"reserve": bool(seat["reserve"]), "chair": bool(seat["chair"])}
            seat_judge(to, who, new_id, person_id, number=seat["number"], at=at, **more)
        sessions = {
            one["id"]: rounds.add_session(to, who, new_id, title=one["title"], at=at)
            for one in view.sessions
        }
        for line in view.expected:
            place = line.entrant
            enter_entrant(
                to,
                who,
                new_id,
                self.entrants[place["id"]],
                number=place["number"],
                session_id=sessions.get(place["session_id"] or ""),
                at=at,
            )
        for one in view.recusals:
            if one.cause == "declared":
                pair = self.entrants[one.entrant["id"]], self.people[one.seat["person_id"]]
                declare_recusal(to, who, new_id, *pair, reason=one.reason, at=at)
        for session in view.sessions:
            judges = [self.people[person_id] for person_id in session["person_ids"]]
            set_panel(to, who, new_id, sessions[session["id"]], judges, at=at)
        self._pairs(view, new_id)

    def _pairs(self, view: PanelView, new_id: str) -> None:
        by_number = {seat["number"]: self.people[seat["person_id"]] for seat in view.seats}
        pairs = [
            (self.entrants[line.entrant["id"]], by_number[seat])
            for line in view.expected
            if line.entrant["session_id"] is None
            for seat in line.judges
        ]
        if pairs:
            assigning.assign(self.target, self.who, new_id, pairs, at=self.at)


def _criterion(one: Mapping[str, Any]) -> Criterion:
    return Criterion(
        name=one["name"],
        points=one["points"],
        phase=one["phase"],
        weight=one["weight"],
        maximum=fields.decimal_text(one["maximum"], 1),
        step=fields.decimal_text(one["step"], 1),
        anchors=tuple(one["anchors"]),
    )


def _part(part: PartRow, copies: Mapping[str, str]) -> TypedPart:
    if part["source_id"] is not None:
        source = copies[part["source_id"]]
        return TypedPart(source, title=part["title"], weight=part["weight"])
    assert part["maximum"] is not None
    assert part["step"] is not None
    vote = VoteRules.from_json(part["vote"]) if part["vote"] is not None else None
    return TypedPart(
        OUTSIDE if vote is None else VOTE,
        title=part["title"],
        weight=part["weight"],
        maximum=fields.decimal_text(part["maximum"], 1),
        step=fields.decimal_text(part["step"], 1),
        **(vote.as_typed() if vote else {}),
    )
