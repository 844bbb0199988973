"""Presets, fields and quotas of a round's rules."""

from dataclasses import replace

import pytest

from competition import readiness, rounds
from competition.errors import BadFields
from competition.rulebook import KEYS, PRESETS, as_typed, chosen, preset_of, read_rules, save_rules
from competition.rules import RoundRules
from db.invariants import verify
from scoring.rules import KEY_NAMES, Groups
from tests.competition.event import AT, Event


def problems(**values: str) -> dict[str, str]:
    """What is refused when these fields of the default rules are changed."""
    with pytest.raises(BadFields) as refused:
        read_rules(as_typed(RoundRules()) | values, RoundRules())
    return {field: error.code for field, error in refused.value.problems.items()}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_known_again_and_its_fields_read_back(name: str):
    """What the form shows is what would be saved."""
    rules = chosen(name, RoundRules(grace_seconds=60))
    assert preset_of(rules) == name
    assert rules.grace_seconds == 60
    assert read_rules(as_typed(rules), rules) == rules


def test_every_key_of_the_chain_can_be_chosen():
    """None is missing from the form."""
    assert set(KEYS) == set(KEY_NAMES)


def test_only_a_panel_on_stage_shows_scores_to_the_hall():
    """An adjusted score moves until the end."""
    halls = {name: rules.hall for name, rules in PRESETS.items()}
    assert halls == {"several_panels": "progress", "one_panel": "scores", "consistency": "progress"}


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"top": "0"}, {"top": "bad_whole"}),
        ({"band": "1.5"}, {"band": "bad_decimal"}),
        ({"official": "blup"}, {"official": "bad_rules"}),
        ({"official": "clip"}, {"clip": "bad_rules"}),
        ({"official": "trimmed", "trim_high": "0"}, {"trim_high": "bad_whole"}),
        ({"quota": "both", "floor_each": "3", "cap_each": "2"}, {"floor_each": "quotas_exceed"}),
        ({"hall": "ranks"}, {"hall": "bad_rules"}),
        (
            {"decimals": "7", "grace_seconds": "x"},
            {"decimals": "bad_whole", "grace_seconds": "bad_whole"},
        ),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_field(values, refused):
    """Each with its own reason, all at once."""
    assert problems(**values) == refused


def test_saving_is_whole_and_recusals_follow_at_once(draft: Event):
    """Judge 3 works in the county of entrant 2; by unit nobody is recused any more."""
    values = as_typed(RoundRules()) | {"top": "2", "recusal_level": "unit"}
    save_rules(draft.store, draft.organizer, draft.round_id, values, at=AT)
    assert readiness.panel_view(draft.store, draft.organizer, draft.round_id).recusals == ()
    with pytest.raises(BadFields):
        save_rules(draft.store, draft.organizer, draft.round_id, values | {"top": "x"}, at=AT)
    stored = rounds.round_view(draft.store, draft.organizer, draft.round_id)
    assert RoundRules.from_json(stored["rules"]).scoring.top == 2
    assert verify(draft.store) == []


def test_guaranteed_places_must_fit(draft: Event):
    """Five counties with one each do not fit into two places; nor would the round open."""
    values = as_typed(RoundRules()) | {"top": "2", "quota": "floor", "floor_each": "1"}
    with pytest.raises(BadFields) as refused:
        save_rules(draft.store, draft.organizer, draft.round_id, values, at=AT)
    assert refused.value.problems["quota"].values == {"floor": 5, "cap": 2}
    rules = RoundRules()
    rules = replace(rules, scoring=replace(rules.scoring, top=2, groups=Groups(floors=1)))
    rounds.set_rules(draft.store, draft.organizer, draft.round_id, rules, at=AT)
    view = rounds.round_view(draft.store, draft.organizer, draft.round_id)
    assert view["missing"] == ["quotas"]


def test_quotas_of_single_counties_stay_as_they_are():
    """The form knows one number for all; what a file brought is not thrown away."""
    groups = Groups(floors={"石屏县": 2})
    rules = RoundRules()
    rules = replace(rules, scoring=replace(rules.scoring, groups=groups))
    assert read_rules(as_typed(rules), rules).scoring.groups == groups
