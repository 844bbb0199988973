"""Typed rules or a typed rubric as a correction of an open round."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from competition import typed
from competition.corrections.facts import What
from competition.rights import require_act
from competition.rounds import quota_rules
from competition.rounds.rubric import rubric_rows
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rubric import TypedCriterion, read_rubric
from competition.rounds.typed_rules import read_rules
from competition.visitor import Visitor
from db import Store, entrants
from db import rounds as rows


def changed_rules(store: Store, who: Visitor, round_id: str, values: Mapping[str, str]) -> What:
    """The rules as typed, beside the rubric there is.

    Raises
    ------
    BadFields
        With the refusal of each field.
    """
    with store.reading() as tx:
        row = require_act(tx, who, "change_rules", round_id)
        wanted = read_rules(values, RoundRules.from_json(row["rules"]))
        form = typed.Typed(values)
        sizes = quota_rules.county_sizes(entrants.in_round(tx, round_id))
        quota_rules.check(form, wanted.scoring, sizes)
        form.done()
        return {"rules": wanted.to_json(), "rubric": rows.rubric_rows(tx, round_id)}


def changed_rubric(
    store: Store,
    who: Visitor,
    round_id: str,
    lines: Sequence[TypedCriterion],
    *,
    full: str,
    floor: str,
) -> What:
    """The rubric, printed full score and floor as typed, beside the rules there are.

    Raises
    ------
    BadFields
        As `typed_rubric.save_rubric`.
    """
    read, scale, lowest = read_rubric(lines, full=full, floor=floor)
    with store.reading() as tx:
        row = require_act(tx, who, "change_rules", round_id)
        rules = RoundRules.from_json(row["rules"])
        stored = rows.rubric_rows(tx, round_id)
        wanted = [_hashed(line) for line in rubric_rows(stored, round_id, read)]
        rules = replace(rules, scoring=replace(rules.scoring, scale_max=scale), floor=lowest)
        return {"rules": rules.to_json(), "rubric": wanted}


def _hashed(line: Mapping[str, Any]) -> dict[str, Any]:
    """A criterion's row as a rubric is hashed: without its round."""
    return {name: value for name, value in line.items() if name != "round_id"}
