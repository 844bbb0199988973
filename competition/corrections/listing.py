"""Corrections as pages and papers show them: about whom, old and new, who asked, who answered."""

import json
from dataclasses import dataclass
from typing import Any

from competition.blind import seen_by
from competition.corrections.kinds import KINDS
from competition.corrections.requests import what_of
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, corrections, entrants, panel, people
from db import rounds as round_rows
from db.shapes import CorrectionRow, Place, RoundRow


@dataclass(frozen=True)
class Change:
    """One thing with what it was and would be.

    Attributes
    ----------
    name : str
        mark, entrant, other, assignment, sheets, holder, rule or criterion.
    about : str
        Of a mark or a criterion its name; of a rule the rule's.
    column : str
        Of a criterion what of it: name, maximum, step…
    """

    name: str
    about: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class KeptLine:
    """One entrant in both standings that a confirmed correction keeps."""

    number: int | None
    old: str | None
    new: str | None
    old_rank: int | None
    new_rank: int | None
    was_selected: bool
    is_selected: bool


@dataclass(frozen=True)
class PaperForm:
    """The photographed form by which a correction was confirmed: who signed, who took it, when."""

    signed_by: str
    taken_by: str
    at: str


@dataclass(frozen=True)
class Correction:
    """One correction.

    Attributes
    ----------
    entrant, other : Place or None
        The entrant concerned, and of a moved sheet the one it belongs to.
    seat, taking : int or None
        Numbers of the judge concerned, and of who takes the seat over.
    first : int or None
        The first entrant concerned, where it holds from one on.
    standings : tuple of KeptLine
        Both standings by number, once it is confirmed.
    rules, rules_before : RoundRules or None
        Of changed rules.
    """

    id: str
    kind: str
    entrant: Place | None
    other: Place | None
    seat: int | None
    taking: int | None
    first: int | None
    changes: tuple[Change, ...]
    reason: str
    asked_by: str
    asked_by_id: str
    asked_at: str
    state: str
    answered_by: str
    answered_at: str
    answer: str
    standings: tuple[KeptLine, ...]
    rules: RoundRules | None
    rules_before: RoundRules | None
    form: PaperForm | None

    @property
    def answers(self) -> str:
        """The act that confirms or refuses it."""
        return KINDS[self.kind].answers


def corrections_of(
    store: Store, who: Visitor, round_id: str, *, waiting: bool = False
) -> list[Correction]:
    """The corrections of a round, those that wait first; a chair sees those a chair answers.

    Parameters
    ----------
    waiting
        Only those that have no answer yet.
    """
    with store.reading() as tx:
        round_row = require_read(tx, who, "corrections", round_id)
        is_staff = bool(who.roles_in(round_id) & {"organizer", "scorekeeper", "supervisor"})
        return [
            _view(tx, who, round_row, row)
            for row in corrections.of_round(tx, round_id)
            if is_staff or KINDS[row["kind"]].answers == "confirm_set_aside"
            if not waiting or row["state"] == "asked"
        ]


def _view(tx: Transaction, who: Visitor, round_row: RoundRow, row: CorrectionRow) -> Correction:
    what = what_of(row)
    seats = {seat["person_id"]: seat["number"] for seat in panel.seats(tx, row["round_id"])}
    is_rules = row["kind"] == "rules"
    return Correction(
        id=row["id"],
        kind=row["kind"],
        entrant=_place(tx, who, round_row, what.get("entrant")),
        other=_place(tx, who, round_row, what.get("other")),
        seat=seats.get(what.get("judge", "")),
        taking=seats.get(what.get("taking", "")),
        first=what.get("first"),
        changes=_changes(tx, row),
        reason=row["reason"],
        asked_by=_name(tx, row["asked_by"]),
        asked_by_id=row["asked_by"],
        asked_at=row["asked_at"],
        state=row["state"],
        answered_by=_name(tx, row["answered_by"]),
        answered_at=row["answered_at"] or "",
        answer=row["answer"],
        standings=_standings(row),
        rules=RoundRules.from_json(what["rules"]) if is_rules else None,
        rules_before=RoundRules.from_json(json.loads(row["ground"])["rules"]) if is_rules else None,
        form=_form(tx, row["id"]),
    )


def _form(tx: Transaction, correction_id: str) -> PaperForm | None:
    row = corrections.signed_form(tx, correction_id)
    return PaperForm(row["signer"], row["taker"], row["at"]) if row else None


def _place(
    tx: Transaction, who: Visitor, round_row: RoundRow, entrant_id: str | None
) -> Place | None:
    places = [one for one in entrants.in_round(tx, round_row["id"]) if one["id"] == entrant_id]
    return seen_by(who, round_row, places)[0] if places else None


def _name(tx: Transaction, person_id: str | None) -> str:
    person = people.find(tx, person_id) if person_id else None
    return str(person["name"]) if person else ""


def _changes(tx: Transaction, row: CorrectionRow) -> tuple[Change, ...]:
    names = {c["id"]: c["name"] for c in round_rows.criteria(tx, row["round_id"])}
    numbers = {p["id"]: str(p["number"]) for p in entrants.in_round(tx, row["round_id"])}
    old, new = json.loads(row["old"]), json.loads(row["new"])
    return tuple(
        Change(*_named(name, names), *(_value(one[name], numbers) for one in (old, new)))
        for name in new
    )


def _named(name: str, criteria: dict[str, str]) -> tuple[str, str, str]:
    """A stored name's parts: kind, what it is about, and of that which column."""
    kind, *rest = name.split(" ")
    if kind == "mark":
        return kind, criteria.get(rest[0], ""), ""
    if kind == "criterion":
        return kind, criteria.get(rest[1], ""), rest[0]
    return kind, rest[0] if rest else "", ""


def _value(value: str, numbers: dict[str, str]) -> str:
    """A value as it is read: an entrant by its number."""
    return numbers.get(value, value)


def _standings(row: CorrectionRow) -> tuple[KeptLine, ...]:
    """Both standings of a confirmed correction, joined by entrant."""
    if row["before"] is None or row["after"] is None:
        return ()
    old: dict[str, Any] = {line["entrant_id"]: line for line in json.loads(row["before"])}
    new: dict[str, Any] = {line["entrant_id"]: line for line in json.loads(row["after"])}
    blank = {"number": None, "official": None, "rank": None, "selected": False}
    joined = [(old.get(key, blank), new.get(key, blank)) for key in old | new]
    return tuple(
        KeptLine(
            number=a["number"] or b["number"],
            old=a["official"],
            new=b["official"],
            old_rank=a["rank"],
            new_rank=b["rank"],
            was_selected=a["selected"],
            is_selected=b["selected"],
        )
        for a, b in joined
    )
