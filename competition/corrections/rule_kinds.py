"""The correction of rules or rubric after opening: a new version beside the one before."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from competition import fields
from competition.acting import Act, changed
from competition.corrections.errors import CriteriaFixed, MarksUnfit, RuleFixed
from competition.corrections.facts import Facts, What
from competition.errors import NothingChanged
from competition.rounds.rubric import hash_anew
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rules import as_typed
from db import Transaction, sheets
from db import rounds as rows
from db.shapes import RoundRow

FIXED = ("recusal_level", "hall", "held_first", "announce", "blind")
"""Rules that decided who marks and what was shown: they stay as at the opening."""
SHOWN = ("name", "points", "maximum", "step", "weight", "phase", "anchors")
MOST_LISTED = 20


def rules(tx: Transaction, round_row: RoundRow, what: What) -> Facts:
    """Other rules or another rubric than the round has.

    Raises
    ------
    RuleFixed, CriteriaFixed, NothingChanged
    MarksUnfit
        If a mark that was given does not fit the changed maximum or step; lists them.
    """
    before, after = RoundRules.from_json(round_row["rules"]), RoundRules.from_json(what["rules"])
    _require_open_to_change(before, after)
    stored = rows.rubric_rows(tx, round_row["id"])
    wanted = what["rubric"]
    if [line["id"] for line in stored] != [line["id"] for line in wanted]:
        raise CriteriaFixed(field="sum")
    _require_fit(tx, round_row["id"], wanted)
    old = _rule_values(before) | _rubric_values(stored)
    new = _rule_values(after) | _rubric_values(wanted)
    names = [name for name in new if old.get(name) != new[name]]
    if not names:
        raise NothingChanged(field="official")
    if any(row["name"] in {other["name"] for other in stored} for row in _renamed(stored, wanted)):
        raise CriteriaFixed(field="sum")
    ground = {
        "version": round_row["rules_version"],
        "rules_hash": round_row["rules_hash"],
        "rules": round_row["rules"],
    }
    return Facts(
        ground, {name: old.get(name, "") for name in names}, {name: new[name] for name in names}
    )


def _require_open_to_change(before: RoundRules, after: RoundRules) -> None:
    for name in FIXED:
        if getattr(before, name) != getattr(after, name):
            raise RuleFixed(field=name)
    if Fraction(after.floor or 0) > Fraction(before.floor or 0):
        raise RuleFixed(field="floor")


def _renamed(
    stored: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    pairs = zip(stored, wanted, strict=True)
    return [new for old, new in pairs if old["name"] != new["name"]]


def _require_fit(tx: Transaction, round_id: str, wanted: Sequence[Mapping[str, Any]]) -> None:
    criteria = {row["id"]: row for row in wanted}
    unfit = [
        (mark["number"], mark["judge"], criteria[mark["criterion_id"]], mark["value"])
        for mark in sheets.given(tx, round_id)
        if mark["value"] > criteria[mark["criterion_id"]]["maximum"]
        or mark["value"] % criteria[mark["criterion_id"]]["step"]
    ]
    if unfit:
        listed = [
            f"{number} {judge} {criterion['name']} {fields.decimal_text(value, 10)}"
            for number, judge, criterion, value in unfit[:MOST_LISTED]
        ]
        raise MarksUnfit(count=len(unfit), marks=listed)


def _rule_values(given: RoundRules) -> dict[str, str]:
    typed = {**as_typed(given), "floor": given.floor, "full": str(given.scoring.scale_max)}
    return {f"rule {name}": value for name, value in typed.items()}


def _rubric_values(rubric: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {
        f"criterion {name} {line['id']}": _shown(name, line[name])
        for line in rubric
        for name in SHOWN
    }


def _shown(name: str, value: Any) -> str:
    return fields.decimal_text(value, 10) if name in ("maximum", "step") else str(value)


def put_rules(act: Act, what: What, _reason: str) -> None:
    """Inside an act: the round has the next version of its rules and rubric, and its hash."""
    round_id = act.round["id"]
    for stored, wanted in _changed(act.tx, round_id, what["rubric"]):
        act.tx.put("criteria", {"round_id": round_id, **stored, **wanted})
    version = act.round["rules_version"] + 1
    hash_anew(act.tx, changed(act.round, rules=what["rules"], rules_version=version))


def _changed(
    tx: Transaction, round_id: str, rubric: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for stored, wanted in zip(rows.rubric_rows(tx, round_id), rubric, strict=True):
        if dict(stored) != dict(wanted):
            yield stored, wanted
