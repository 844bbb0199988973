"""Presets, fields and quotas of a round's rules."""

from dataclasses import replace

import pytest

from competition.errors import BadFields
from competition.lineup.rules_saving import save_rules
from competition.rounds import quota_rules, readiness, rounds
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rules import (
    KEYS,
    PRESETS,
    as_typed,
    chosen,
    preset_of,
    read_rules,
)
from db.invariants import verify
from scoring.input.rules import KEY_NAMES, Groups
from tests.competition.event import AT, COUNTIES, Event


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
        ({"official": "trimmed", "trim_high": "0"}, {"trim_high": "nothing_dropped"}),
        ({"quota": "both", "floor_each": "3", "cap_each": "2"}, {"floor_each": "quotas_exceed"}),
        ({"quota": "floor", "floor_each": "0"}, {"floor_each": "bad_whole"}),
        ({"quota": "cap", "cap_each": ""}, {"cap_each": "bad_whole"}),
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


def refusals(draft: Event, **values: str) -> dict[str, tuple[str, dict]]:
    """What is refused when rules are saved so; nothing is written."""
    before = rounds.round_view(draft.store, draft.organizer, draft.round_id)["rules"]
    typed = as_typed(RoundRules()) | values
    with pytest.raises(BadFields) as refused:
        save_rules(draft.store, draft.organizer, draft.round_id, typed, at=AT)
    after = rounds.round_view(draft.store, draft.organizer, draft.round_id)["rules"]
    assert after == before
    return {name: (error.code, error.values) for name, error in refused.value.problems.items()}


SINGLE = {"quota_scope": "single", "floor_each": "0", "cap_each": ""}


def test_guaranteed_places_must_fit(draft: Event):
    """Five counties with one each do not fit into two places; nor would the round open."""
    found = refusals(draft, top="2", quota="floor", floor_each="1")
    assert found == {"floor_each": ("quotas_exceed", {"floor": 5, "cap": 2})}
    rules = RoundRules()
    rules = replace(rules, scoring=replace(rules.scoring, top=2, groups=Groups(floors=1)))
    rounds.set_rules(draft.store, draft.organizer, draft.round_id, rules, at=AT)
    view = rounds.round_view(draft.store, draft.organizer, draft.round_id)
    assert view["missing"] == ["quotas"]


def test_a_county_may_have_numbers_of_its_own(draft: Event):
    """One for each, none for 建水县, which may have up to three where the others have two."""
    values = {"quota": "both", "quota_scope": "single", "floor_each": "1", "cap_each": "2"}
    own = {
        "floor_in.建水县": "0",
        "cap_in.建水县": "３",
        "floor_in.石屏县": "1",
        "cap_in.石屏县": "",
    }
    typed = as_typed(RoundRules()) | values | own
    rules = save_rules(draft.store, draft.organizer, draft.round_id, typed, at=AT)
    assert rules.scoring.groups == Groups(floors={"*": 1, "建水县": 0}, caps={"*": 2, "建水县": 3})
    stored = rounds.round_view(draft.store, draft.organizer, draft.round_id)
    again = as_typed(RoundRules.from_json(stored["rules"]))
    assert {name: again[name] for name in values} == values
    assert (again["floor_in.建水县"], again["cap_in.建水县"]) == ("0", "3")
    assert "quotas" not in stored["missing"]
    assert verify(draft.store) == []


def test_all_alike_again_is_one_number(draft: Event):
    """The cells are kept apart from the rule: what is alike is said once."""
    cells = {"quota": "floor", "floor_each": "1", "floor_in.石屏县": "2"}
    for scope, floors in (("same", 1), ("single", {"*": 1, "石屏县": 2})):
        values = as_typed(RoundRules()) | cells | {"quota_scope": scope}
        assert read_rules(values, RoundRules()).scoring.groups.floors == floors
    same = as_typed(RoundRules()) | cells | {"quota_scope": "single", "floor_in.石屏县": "1"}
    assert read_rules(same, RoundRules()).scoring.groups.floors == 1


def test_a_number_that_cannot_be_is_refused_at_its_cell(draft: Event):
    """Each county has one entrant; two places in all. Every cell says its own reason, at once."""
    two = {"top": "2", "quota": "floor"} | SINGLE
    found = refusals(draft, **two, **{"floor_in.石屏县": "2", "floor_in.个旧市": "1"})
    assert found == {
        "floor_in.石屏县": ("county_too_few", {"county": "石屏县", "floor": 2, "count": 1}),
        "floor_in.个旧市": ("county_absent", {"county": "个旧市"}),
    }
    each = {f"floor_in.{county}": "1" for county in COUNTIES[:3]}
    found = refusals(draft, **two, **each)
    assert set(found) == set(each)
    assert found["floor_in.石屏县"] == ("quotas_exceed", {"floor": 3, "cap": 2})
    assert refusals(draft, **two, **{"floor_in.石屏县": "x"})["floor_in.石屏县"][0] == "bad_whole"
    both = {"quota": "both"} | SINGLE | {"floor_in.石屏县": "3", "cap_in.石屏县": "2"}
    assert refusals(draft, **both)["floor_in.石屏县"] == (
        "floor_above_cap",
        {"county": "石屏县", "floor": 3, "cap": 2},
    )
    capped = {"quota": "cap"} | SINGLE | {"cap_in.个旧市": "1"}
    assert refusals(draft, **capped)["cap_in.个旧市"][0] == "county_absent"


def test_a_county_that_has_left_the_list_keeps_the_round_from_opening(draft: Event):
    """Its rule would be read out for nobody."""
    groups = Groups(floors={"*": 0, "个旧市": 1})
    rules = replace(RoundRules(), scoring=replace(RoundRules().scoring, groups=groups))
    rounds.set_rules(draft.store, draft.organizer, draft.round_id, rules, at=AT)
    view = rounds.round_view(draft.store, draft.organizer, draft.round_id)
    assert view["missing"] == ["quotas"]
    assert quota_rules.county_lines(groups, view["counties"]) == [
        *((county, 1) for county in view["counties"]),
        ("个旧市", 0),
    ]


def test_limits_that_leave_places_empty_are_counted():
    """Thirteen places, at most one each of three counties with 9, 2 and 1 entrants: three."""
    sizes = {"a": 9, "b": 2, "c": 1}
    rules = RoundRules().scoring
    assert quota_rules.unfilled(replace(rules, top=5, groups=Groups(caps=1)), sizes) == 3
    some = Groups(caps={"*": 1, "a": 4})
    assert quota_rules.unfilled(replace(rules, top=6, groups=some), sizes) is None
    assert quota_rules.unfilled(replace(rules, top=13), sizes) is None
    assert quota_rules.unfilled(replace(rules, top=2, groups=Groups(caps=1)), {"a": 1}) is None


def test_quotas_of_single_counties_are_read_back_as_they_are():
    """What a file brought is what the form shows and saves."""
    for groups in (
        Groups(floors={"石屏县": 2}),
        Groups(floors={"*": 1, "石屏县": 2}, caps=3),
        Groups(caps={"石屏县": 2}),
    ):
        rules = replace(RoundRules(), scoring=replace(RoundRules().scoring, groups=groups))
        assert read_rules(as_typed(rules), rules).scoring.groups == groups
