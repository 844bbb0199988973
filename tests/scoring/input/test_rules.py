"""Rules are frozen, complete, and the same after JSON."""

from dataclasses import FrozenInstanceError, fields, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from scoring import Groups, Rules
from scoring.errors import InvalidRule, UnknownRule
from scoring.input.rules import DEFAULT_KEYS, KEY_NAMES, OFFICIALS
from scoring.methods.registry import METHODS
from scoring.rank.keys import TIE_BREAK_KEYS


def test_the_defaults_are_the_preset_for_different_judges():
    rules = Rules()
    assert (rules.official, rules.top, rules.at_cut, rules.band) == (
        "least_squares",
        13,
        "statistical",
        0.5,
    )
    assert (rules.decimals, rules.sheet_decimals, rules.clip_decimals) == (2, 2, 2)
    assert (rules.trim_low, rules.trim_high, rules.trim_level) == (1, 1, "total")
    assert (rules.scale_max, rules.rounding, rules.draws, rules.seed) == (
        100,
        "half_up",
        20000,
        None,
    )


def test_rules_survive_json():
    rules = Rules(
        official="trimmed", top=8, groups={"caps": {"蒙自市": 2}, "floors": 1}, keys=("lots",)
    )
    again = Rules.from_json(rules.to_json())
    assert again == rules
    assert again.digest == rules.digest
    assert again.groups == Groups({"蒙自市": 2}, 1)


@pytest.mark.parametrize(
    "given",
    [{"band": Decimal("0.3")}, {"band": np.float32(0.5)}, {"top": np.int64(3)}, {"clip": "1.5"}],
    ids=str,
)
def test_a_number_of_any_kind_survives_json(given):
    rules = Rules(**given)
    again = Rules.from_json(rules.to_json())
    assert (again, again.digest, again.to_json()) == (rules, rules.digest, rules.to_json())


@pytest.mark.parametrize("text", ["", "[]", "null", "3", '{"top":1', '{"keys":null}'])
def test_what_is_no_set_of_rules_is_refused(text):
    with pytest.raises(InvalidRule):
        Rules.from_json(text)


def test_every_field_is_in_the_json():
    assert set(Rules().to_dict()) == {f.name for f in fields(Rules)}


def test_the_digest_changes_with_any_rule_and_not_with_the_spelling():
    assert Rules(band="0.5").digest == Rules(band=0.5).digest
    assert Rules(band=0.4).digest != Rules(band=0.5).digest


def test_rules_cannot_be_changed_in_place():
    with pytest.raises(FrozenInstanceError):
        Rules().top = 3
    assert replace(Rules(), top=3).top == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"official": "blup"},
        {"official": "best"},
        {"top": 0},
        {"top": 1.5},
        {"band": 2},
        {"band": "wide"},
        {"at_cut": "coin"},
        {"rounding": "down"},
        {"keys": ("age",)},
        {"keys": "lots"},
        {"official": "clip"},
        {"groups": {"quota": 1}},
        {"groups": {"caps": {"a": -1}}},
        {"decimals": True},
        {"scale_max": 0},
        {"clip": 0},
        {"keys": None},
        {"band": "1e-999999"},
        {"band": Fraction(1, 3)},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(InvalidRule):
        Rules(**wrong)


def test_an_unknown_rule_is_named():
    with pytest.raises(UnknownRule) as caught:
        Rules.from_dict({"bandwidth": 1})
    assert caught.value.values["field"] == "bandwidth"


def test_names_of_methods_and_keys_are_those_of_the_registries():
    assert set(OFFICIALS) == {name for name, m in METHODS.items() if m.may_be_official}
    assert set(KEY_NAMES) == set(TIE_BREAK_KEYS) - {"reading"}
    assert set(DEFAULT_KEYS) <= set(KEY_NAMES)


def test_a_group_of_its_own_number_and_every_other():
    """`EVERY` speaks for those not named; without it they have no limit."""
    groups = Groups(caps={"*": 2, "蒙自市": 3}, floors={"*": 1, "石屏县": 0})
    assert [groups.cap(name) for name in ("蒙自市", "石屏县", "x")] == [3, 2, 2]
    assert [groups.floor(name) for name in ("蒙自市", "石屏县", "x")] == [1, 0, 1]
    assert groups.named == {"蒙自市", "石屏县"}
    alone = Groups(caps={"a": 1}, floors={"a": 1})
    assert (alone.cap("b"), alone.floor("b")) == (None, 0)
    rules = Rules(groups=groups)
    assert Rules.from_json(rules.to_json()).groups == groups
