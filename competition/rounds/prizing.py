"""Declaring the prizes of a round, before its result is certified."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from competition import fields, typed
from competition.acting import acting
from competition.errors import ReasonNeeded
from competition.rights import require_read
from competition.rounds.prize_plans import PrizePlan, read_plan
from competition.rounds.rubric import criteria_of
from competition.rounds.rules import RoundRules
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, prizes


@dataclass(frozen=True)
class Declared:
    """The prizes of a round as declared, and the names of its criteria by id."""

    plan: PrizePlan
    top: int
    criteria: dict[str, str]


def declare_prizes(
    store: Store,
    who: Visitor,
    round_id: str,
    values: Mapping[str, str],
    *,
    at: datetime,
) -> None:
    """Declare the prizes as typed; after the opening with a reason, at the field ``why``.

    Raises
    ------
    BadFields
        With the refusal of each field.
    """
    with acting(store, who, "declare_prizes", round_id, at=at) as (act, tx):
        rules = RoundRules.from_json(act.round["rules"]).scoring
        form = typed.Typed(values)
        criteria = [row["id"] for row in criteria_of(tx, round_id)]
        plan = read_plan(form, top=rules.top, keys=rules.keys, criteria=criteria)
        before, content = prizes.declared(tx, round_id), plan.to_json()
        why = fields.text(values.get("why", ""), "why", longest=500)
        if act.round["state"] != "draft" and content != before and not why:
            form.refuse("why", ReasonNeeded())
        form.done()
        if content == before:
            return act.unchanged()
        row = {"round_id": round_id, "content": content, "person_id": who.person_id}
        tx.put("prize_plans", {**row, "at": stamp(act.at)})
        act.record("prizes_declared", reason=why or None)


def plan_of(tx: Transaction, round_id: str) -> PrizePlan | None:
    """The declared prizes of a round."""
    content = prizes.declared(tx, round_id)
    return None if content is None else PrizePlan.from_json(content)


def declared_prizes(store: Store, who: Visitor, round_id: str) -> Declared:
    """The declared prizes of a round; an empty plan where none were declared."""
    with store.reading() as tx:
        row = require_read(tx, who, "round", round_id)
        names = {one["id"]: str(one["name"]) for one in criteria_of(tx, round_id)}
        top = RoundRules.from_json(row["rules"]).scoring.top
        return Declared(plan_of(tx, round_id) or PrizePlan(), top, names)
