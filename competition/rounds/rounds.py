"""Rounds: made, given rules and rubric, opened, closed, taken back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from competition import fields
from competition.acting import acting, changed
from competition.blind import hides_from
from competition.errors import (
    BadInput,
    Duplicate,
    Missing,
    NotReady,
    OpenSheets,
    RubricEmpty,
    WeightsDoNotSum,
    WrongState,
)
from competition.ids import mint
from competition.rights import require_read
from competition.rounds.quota_rules import county_sizes
from competition.rounds.readiness import missing_to_open
from competition.rounds.rules import RoundRules
from competition.states import ROUND, allows
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, documents, entrants, panel, sheets
from db import rounds as rows

STAGES = ("preliminary", "second", "final")
CATEGORIES = ("village", "township", "all")
PHASES = ("material", "stage")


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric.

    Attributes
    ----------
    name, points : str
        The criterion, and what judges look for.
    maximum, step : str
        Decimal strings; the maximum is the weight unless ``weight`` is given.
    weight : str
        A decimal or fraction of the whole, or empty.
    anchors : tuple of Mapping
        ``level, text, low, high``, from the best level down.
    id : str
        Of the stored criterion that this line is; without it the one of the same name is kept.
    """

    name: str
    maximum: str
    step: str = "0.5"
    points: str = ""
    weight: str = ""
    phase: str = "stage"
    anchors: tuple[Mapping[str, str], ...] = field(default=())
    id: str = ""


def create_round(
    store: Store,
    who: Visitor,
    *,
    title: str,
    at: datetime,
    stage: str = "final",
    category: str = "village",
    rules: RoundRules | None = None,
) -> str:
    """A new round in draft, after those there are; return its id."""
    round_id = mint()
    with acting(store, who, "create_round", at=at) as (act, tx):
        for name, value, known in (("stage", stage, STAGES), ("category", category, CATEGORIES)):
            if value not in known:
                raise BadInput(field=name, value=value[:20])
        chosen = (rules or RoundRules()).to_json()
        tx.put(
            "rounds",
            {
                "id": round_id,
                "competition_id": who.competition_id,
                "position": len(rows.ever(tx, str(who.competition_id))) + 1,
                "title": fields.text(title, "title", required=True),
                "stage": stage,
                "category": category,
                "rules": chosen,
                "rules_hash": rows.rules_hash(tx, round_id, chosen),
                "rules_version": 1,
                "state": "draft",
                "frozen": 0,
            },
        )
        act.record("round_created", round_id, round_id=round_id)
    return round_id


def update_round(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    title: str,
    stage: str,
    category: str,
    at: datetime,
) -> None:
    """Set what a round in draft is called, its stage and its group."""
    with acting(store, who, "update_round", round_id, at=at) as (act, tx):
        for field, value, known in (("stage", stage, STAGES), ("category", category, CATEGORIES)):
            if value not in known:
                raise BadInput(field=field, value=value[:20])
        name = fields.text(title, "title", required=True)
        tx.put("rounds", changed(act.round, title=name, stage=stage, category=category))
        act.record("round_updated")


def set_rules(
    store: Store, who: Visitor, round_id: str, rules: RoundRules, *, at: datetime
) -> None:
    """Set the rules of a round in draft, whole."""
    with acting(store, who, "set_rules", round_id, at=at) as (act, tx):
        hash_anew(tx, changed(act.round, rules=rules.to_json()))
        act.record("rules_set")


def set_rubric(
    store: Store, who: Visitor, round_id: str, rubric: Sequence[Criterion], *, at: datetime
) -> None:
    """Set the rubric of a round in draft, whole.

    Raises
    ------
    RubricEmpty, WeightsDoNotSum, Duplicate, Blank, BadInput
        Nothing is written then.
    """
    if not rubric:
        raise RubricEmpty
    maxima = [_decimal(line.maximum, "maximum") for line in rubric]
    weights = _weights(rubric, maxima)
    names = [fields.text(line.name, "criterion", required=True) for line in rubric]
    if len(set(names)) < len(names):
        raise Duplicate(what=next(name for name in names if names.count(name) > 1))
    with acting(store, who, "set_rubric", round_id, at=at) as (act, tx):
        before = rows.criteria(tx, round_id)
        for old in before:
            tx.remove("criteria", id=old["id"])
        ids = _kept_ids(before, rubric, names)
        for position, (line, weight) in enumerate(zip(rubric, weights, strict=True), start=1):
            criterion_row = _criterion_row(round_id, position, line, weight)
            tx.put("criteria", {**criterion_row, "id": ids[position - 1]})
        hash_anew(tx, act.round)
        act.record("rubric_set")


def _kept_ids(
    before: Sequence[Mapping[str, Any]], rubric: Sequence[Criterion], names: Sequence[str]
) -> list[str]:
    """The id of each line: a criterion stays itself when it is renamed, moved or changed."""
    stored = {str(row["id"]) for row in before}
    named = {str(row["name"]): str(row["id"]) for row in before}
    claimed = {line.id for line in rubric if line.id in stored}
    found: list[str] = []
    for line, name in zip(rubric, names, strict=True):
        by_name = named.get(name, "")
        wanted = line.id if line.id in stored else by_name if by_name not in claimed else ""
        found.append(wanted if wanted and wanted not in found else mint())
    return found


def _decimal(typed: str, name: str) -> Fraction:
    number = fields.amount(typed)
    value = None if number is None else fields.thousandths(number)
    if not value or value > fields.THOUSAND**2:
        raise BadInput(field=name, value=typed[:20])
    return Fraction(value, fields.THOUSAND)


def _weights(rubric: Sequence[Criterion], maxima: Sequence[Fraction]) -> list[Fraction]:
    """The exact weights; the maxima are the weights where none is given."""
    if not any(line.weight for line in rubric):
        return [maximum / sum(maxima, Fraction()) for maximum in maxima]
    given = [_weight(line.weight) for line in rubric]
    total = sum(given, Fraction())
    if total == 100:
        return [weight / 100 for weight in given]
    if total != 1:
        raise WeightsDoNotSum(total=f"{float(total * (1 if total > 2 else 100)):g}%")
    return given


def _weight(typed: str) -> Fraction:
    """A decimal or a fraction, not negative; blank is no weight."""
    over, bar, under = (typed or "0").partition("/")
    parts = [fields.amount(part) for part in ((over, under) if bar else (over,))]
    if any(part is None for part in parts) or (bar and not parts[1]):
        raise BadInput(field="weight", value=typed[:20])
    numbers = [Fraction(part) for part in parts if part is not None]
    return numbers[0] / numbers[1] if bar else numbers[0]


def _criterion_row(
    round_id: str, position: int, line: Criterion, weight: Fraction
) -> dict[str, Any]:
    maximum, step = _decimal(line.maximum, "maximum"), _decimal(line.step, "step")
    if (maximum / step).denominator != 1:
        raise BadInput(field="step", value=line.step[:20])
    if line.phase not in PHASES:
        raise BadInput(field="phase", value=line.phase)
    return {
        "id": mint(),
        "round_id": round_id,
        "position": position,
        "name": fields.text(line.name, "criterion", required=True),
        "points": fields.text(line.points, "points", longest=500),
        "maximum": int(maximum * fields.THOUSAND),
        "step": int(step * fields.THOUSAND),
        "weight": str(weight),
        "phase": line.phase,
        "anchors": json.dumps([dict(anchor) for anchor in line.anchors], ensure_ascii=False),
    }


def hash_anew(tx: Transaction, row: Mapping[str, Any]) -> None:
    """Inside an act: write a round with the hash that its rules and rubric now have."""
    tx.put("rounds", {**row, "rules_hash": rows.rules_hash(tx, row["id"], row["rules"])})


def add_session(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    title: str,
    at: datetime,
    venue: str = "",
    starts_at: str = "",
) -> str:
    """A session of a round in draft; return its id."""
    session_id = mint()
    with acting(store, who, "add_session", round_id, at=at) as (act, tx):
        tx.put(
            "sessions",
            {
                "id": session_id,
                "round_id": round_id,
                "position": max((s["position"] for s in rows.sessions(tx, round_id)), default=0)
                + 1,
                "title": fields.text(title, "title", required=True),
                "venue": fields.text(venue, "venue"),
                "starts_at": starts_at,
            },
        )
        act.record("session_added", session_id)
    return session_id


def open_round(store: Store, who: Visitor, round_id: str, *, at: datetime) -> str:
    """Open a round for marks; its rules and rubric are fixed by the hash returned.

    Raises
    ------
    NotReady
        Names what is missing: rubric, entrants, seats, panels, or too few judges for the
        trim of the rules.
    """
    with acting(store, who, "open_round", round_id, at=at) as (act, tx):
        row = act.round
        missing = missing_to_open(tx, row)
        if missing:
            raise NotReady(missing=missing)
        fixed = rows.rules_hash(tx, round_id, row["rules"])
        tx.put("rounds", changed(row, state="open", opened_at=stamp(at), rules_hash=fixed))
        act.record("round_opened")
    return fixed


def close_round(
    store: Store, who: Visitor, round_id: str, *, at: datetime, reason: str = ""
) -> None:
    """Close a round: no mark is taken any more and every submitted sheet is locked.

    With sheets still open a reason is needed; each such judge is then recorded absent
    for that entrant, and the marks on an open sheet are kept but do not count.

    Raises
    ------
    OpenSheets
        If sheets are open and no reason is given; names them.
    """
    with acting(store, who, "close_round", round_id, at=at) as (act, tx):
        left = sheets.open_pairs(tx, round_id)
        if left and not reason.strip():
            raise OpenSheets(count=len(left), pairs=[(p["number"], p["seat"]) for p in left])
        for pair in left:
            found = panel.assignment(tx, round_id, pair["entrant_id"], pair["person_id"])
            if found is not None:
                tx.put("assignments", changed(found, state="absent", reason=fields.reason(reason)))
        tx.put("rounds", changed(act.round, state="closed", closed_at=stamp(at)))
        act.record("round_closed", reason=reason.strip() or None)


def reopen_round(store: Store, who: Visitor, round_id: str, *, reason: str, at: datetime) -> None:
    """Take a closed round back to open, with a reason."""
    with acting(store, who, "reopen_round", round_id, at=at) as (act, tx):
        why = fields.reason(reason)
        if not allows(ROUND, act.round["state"], "open"):
            raise WrongState
        tx.put("rounds", changed(act.round, state="open", closed_at=None))
        act.record("round_reopened", reason=why)


def round_view(store: Store, who: Visitor, round_id: str) -> dict[str, Any]:
    """A round with its rubric and sessions, what its maxima sum to, and how many it has.

    ``counties`` is how many entrants each county has, ``with_documents`` how many entrants
    have a document.

    ``missing`` names what a draft still lacks, as words' keys (``ready.<key>``).
    """
    with store.reading() as tx:
        row = require_read(tx, who, "round", round_id)
        criteria = rubric(tx, round_id)
        places = entrants.in_round(tx, round_id)
        return {
            **row,
            "criteria": criteria,
            "maximum": fields.decimal_text(sum(c["maximum"] for c in criteria)),
            "sessions": rows.sessions(tx, round_id),
            "entrants": len(places),
            "counties": {} if hides_from(who, row) else county_sizes(places),
            "with_documents": documents.entrants_with(tx, round_id),
            "judges": len(panel.seats(tx, round_id)),
            "missing": missing_to_open(tx, row) if row["state"] == "draft" else [],
        }


def rubric(tx: Transaction, round_id: str) -> list[dict[str, Any]]:
    """The criteria of a round with their anchors as lists."""
    return [{**row, "anchors": json.loads(row["anchors"])} for row in rows.criteria(tx, round_id)]


def rounds_of(store: Store, who: Visitor) -> list[dict[str, Any]]:
    """The rounds of the visitor's competition in which they have any role."""
    with store.reading() as tx:
        require_read(tx, who, "competition")
        return [
            row
            for row in rows.of_competition(tx, str(who.competition_id))
            if who.roles_in(row["id"]) - {"public"}
        ]


def round_at_first(
    mine: Sequence[dict[str, Any]], *, sees_drafts: bool = True
) -> dict[str, Any] | None:
    """The round that is shown where none was chosen: the open one, or else the last.

    ``sees_drafts=False`` prefers any round that has begun to one in draft.
    """
    is_open = [row for row in mine if row["state"] == "open"]
    begun = [row for row in mine if sees_drafts or row["state"] != "draft"]
    return next(reversed(is_open or begun or mine), None)


def require_session(tx: Transaction, round_id: str, session_id: str) -> dict[str, Any]:
    """A session of this round, or `Missing`."""
    found = rows.session(tx, session_id)
    if found is None or found["round_id"] != round_id:
        raise Missing(what="session")
    return found
