"""A new round made from another: rules, rubric, prizes, judges and selected entrants."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import Act, acting, changed
from competition.errors import Missing, NotNow
from competition.lineup.roster import put_place
from competition.people.people import put_grant
from competition.results.certification import latest_certified
from competition.rounds.prize_plans import PrizePlan
from competition.rounds.prizing import plan_of
from competition.rounds.rounds import create_round
from competition.rounds.rubric import Criterion, hash_anew, set_rubric
from competition.rounds.rubric import criteria_of as rubric_of
from competition.rounds.rules import RoundRules
from competition.states import AFTER_CERTIFYING
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, composites, entrants, panel, setup
from db import rounds as rows
from db.shapes import RoundRow

TAKES = ("none", "all", "selected")
"""Which entrants go along: none, all, or those selected by a certified result."""


def copy_round(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    title: str,
    stage: str,
    category: str,
    at: datetime,
    takes: str = "none",
    judges: bool = True,
    wild_cards: Sequence[str] = (),
    wild_reason: str = "",
) -> str:
    """A new round in draft with rules, rubric and prizes of another; return its id.

    From a composite its entrants go along, with rules, rubric and judges of the round it ranks.

    Parameters
    ----------
    takes : str
        ``none``, ``all``, or ``selected``: those whom the certified result selects.
    judges : bool
        Whether the judges keep their seats in it.
    wild_cards : sequence of str
        Ids of entrants that go along though the certified result does not select them.
    wild_reason : str
        Why, for the log; needed where there are wild cards.

    Raises
    ------
    NotNow
        If the selected are asked for and nothing is certified.
    ReasonNeeded
        If wild cards are given without a reason.
    Missing
        If a wild card is no entrant of the round, or one that is selected anyway.
    """
    with acting(store, who, "copy_round", round_id, at=at) as (act, tx):
        row = act.round
        if (takes == "selected" or wild_cards) and row["state"] not in AFTER_CERTIFYING:
            raise NotNow(act="copy_round", state=row["state"], clears="certify")
        like = _like(tx, row)
        new_id = create_round(store, who, title=title, stage=stage, category=category, at=act.at)
        ids = _copy_rules(store, who, tx, like, new_id, act.at)
        _copy_prizes(act, plan_of(tx, round_id) or plan_of(tx, like["id"]), new_id, ids)
        for entrant_id in _taken(tx, round_id, takes):
            put_place(tx, new_id, entrant_id, None)
        _give_wild_cards(act, new_id, tuple(dict.fromkeys(wild_cards)), wild_reason)
        for seat in panel.seats(tx, like["id"]) if judges else ():
            _copy_seat(tx, like["id"], new_id, seat)
        act.record("round_copied", new_id, round_id=new_id)
    return new_id


def _like(tx: Transaction, row: RoundRow) -> RoundRow:
    """The round whose rules, rubric and judges are copied."""
    source_id = composites.listing_round(tx, row["id"])
    return row if source_id is None else rows.get(tx, source_id)


def _copy_rules(
    store: Store, who: Visitor, tx: Transaction, row: Mapping[str, Any], new_id: str, at: datetime
) -> dict[str, str]:
    """Rules and rubric; criteria are new, so a key that names one names its copy.

    Returns
    -------
    dict
        Id of each criterion to that of its copy.
    """
    before = rubric_of(tx, row["id"])
    if before:
        set_rubric(store, who, new_id, [_line(criterion) for criterion in before], at=at)
    copies = {c["name"]: c["id"] for c in rows.criteria(tx, new_id)}
    ids = {c["id"]: copies[c["name"]] for c in before}
    rules = RoundRules.from_json(row["rules"])
    first = tuple(ids[c] for c in rules.scoring.first_criteria if c in ids)
    rules = replace(rules, scoring=replace(rules.scoring, first_criteria=first, seed=None))
    hash_anew(
        tx, changed(rows.get(tx, new_id), rules=rules.to_json(), sample_rubric=row["sample_rubric"])
    )
    return ids


def _copy_prizes(act: Act, plan: PrizePlan | None, new_id: str, ids: Mapping[str, str]) -> None:
    """The declared prizes; a prize for a criterion is for its copy."""
    if plan is None:
        return
    singles = tuple(
        replace(one, criterion=ids[one.criterion]) for one in plan.singles if one.criterion in ids
    )
    content = replace(plan, singles=singles).to_json()
    row = {"round_id": new_id, "content": content, "person_id": act.who.person_id}
    act.tx.put("prize_plans", {**row, "at": stamp(act.at)})


def _line(criterion: Mapping[str, Any]) -> Criterion:
    columns = ("name", "points", "phase", "weight")
    return Criterion(
        **{column: criterion[column] for column in columns},
        maximum=fields.decimal_text(criterion["maximum"], 1),
        step=fields.decimal_text(criterion["step"], 1),
        anchors=tuple(criterion["anchors"]),
    )


def _taken(tx: Transaction, round_id: str, takes: str) -> list[str]:
    if takes == "selected":
        lines = latest_certified(tx, round_id)["content"]["entrants"]
        return [line["entrant_id"] for line in lines if line["selected"]]
    return [e["id"] for e in entrants.in_round(tx, round_id)] if takes == "all" else []


def _give_wild_cards(act: Act, new_id: str, wild: Sequence[str], reason: str) -> None:
    """Entrants beside the selected, each an event with the reason."""
    if not wild:
        return
    said = fields.reason(reason)
    listed = {place["id"] for place in entrants.in_round(act.tx, act.round["id"])}
    if not set(wild) <= listed - set(_taken(act.tx, act.round["id"], "selected")):
        raise Missing(what="entrant")
    for entrant_id in wild:
        put_place(act.tx, new_id, entrant_id, None)
        act.record("wild_card_given", entrant_id, round_id=new_id, reason=said)


def _copy_seat(tx: Transaction, round_id: str, new_id: str, seat: Mapping[str, Any]) -> None:
    columns = ("person_id", "number", "reserve")
    tx.put(
        "seats", {**{c: seat[c] for c in columns}, "round_id": new_id, "presence": "not_arrived"}
    )
    for grant in setup.grants_in_round(tx, seat["person_id"], round_id):
        if grant["role"] in ("judge", "chair"):
            put_grant(tx, seat["person_id"], grant["role"], new_id)
