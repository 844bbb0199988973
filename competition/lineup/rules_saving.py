"""Saving a round's typed rules: the recusals that follow from them are renewed at once."""

from collections.abc import Mapping
from datetime import datetime

from competition import typed
from competition.acting import acting
from competition.lineup.expectations import renew
from competition.rounds import quota_rules
from competition.rounds.errors import BadRules
from competition.rounds.rounds import set_rules
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rules import read_rules
from competition.visitor import Visitor
from db import Store, entrants
from db import rounds as rows


def save_rules(
    store: Store, who: Visitor, round_id: str, values: Mapping[str, str], *, at: datetime
) -> RoundRules:
    """Set the rules of a round in draft as typed; recusals follow the level at once.

    Raises
    ------
    BadFields
        With the refusal of each field; nothing is written.
    """
    with acting(store, who, "set_rules", round_id, at=at) as (act, tx):
        rules = read_rules(values, RoundRules.from_json(act.round["rules"]))
        known = {criterion["id"] for criterion in rows.criteria(tx, round_id)}
        form = typed.Typed(values)
        if set(rules.scoring.first_criteria) - known:
            form.refuse("first_criteria", BadRules(rule="first_criteria", value=""))
        sizes = quota_rules.county_sizes(entrants.in_round(tx, round_id))
        quota_rules.check(form, rules.scoring, sizes)
        form.done()
        set_rules(store, who, round_id, rules, at=act.at)
        renew(tx, {**act.round, "rules": rules.to_json()})
        if tx.changes:
            act.record("recusals_renewed")
    return rules
