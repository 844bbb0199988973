"""The rubric as typed: sums, steps, anchors, weights, a floor, samples."""

from dataclasses import replace

import pytest

from competition.errors import BadFields
from competition.rounds import rounds
from competition.rounds.errors import BelowFloor, RubricEmpty
from competition.rounds.rules import RoundRules
from competition.rounds.samples import SAMPLES, sample_rubric
from competition.rounds.typed_rubric import (
    TypedAnchor,
    TypedCriterion,
    as_typed,
    read_rubric,
    rubric_sum,
    save_rubric,
)
from db.invariants import verify
from tests.competition.event import AT, Event

LINES = (
    TypedCriterion("规划实用性", "60", "0.5", anchors=(TypedAnchor("优", "好", "50", "60"),)),
    TypedCriterion("现场展示", "40", "0.1"),
)


def save(event: Event, lines=LINES, **values) -> None:
    save_rubric(event.store, event.organizer, event.round_id, lines, at=AT, **values)


def stored(event: Event) -> dict:
    return rounds.round_view(event.store, event.organizer, event.round_id)


def problems(lines, **values) -> dict[str, str]:
    with pytest.raises(BadFields) as refused:
        read_rubric(lines, **{"full": "100", "floor": "", **values})
    return {field: error.code for field, error in refused.value.problems.items()}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_sums_to_a_hundred_and_fits(draft: Event, name: str):
    """It is marked as a sample until the host has confirmed it."""
    lines = sample_rubric(name)
    assert rubric_sum(lines) == "100"
    save(draft, lines, is_sample=True)
    assert stored(draft)["sample_rubric"] == 1
    assert all(len(c["anchors"]) == 4 for c in stored(draft)["criteria"])
    save(draft, lines)
    assert stored(draft)["sample_rubric"] == 0
    assert verify(draft.store) == []


def test_what_is_shown_is_what_was_saved(draft: Event):
    """Read back from the database and saved again, nothing changes but the log."""
    save(draft)
    before = stored(draft)
    save(draft, as_typed(before["criteria"]))
    assert stored(draft)["criteria"] == before["criteria"]
    assert stored(draft)["rules_hash"] == before["rules_hash"]


def test_maxima_that_do_not_sum_are_refused_with_the_sum():
    """99 is not 100; nothing is stretched to fit."""
    lines = (LINES[0], replace(LINES[1], maximum="39"))
    assert problems(lines) == {"sum": "maxima_do_not_sum"}
    assert read_rubric(lines, full="99", floor="")[1] == "99"


def test_each_field_has_its_own_refusal():
    """A name twice, no number, a step that does not divide, levels that overlap."""
    lines = (
        replace(LINES[0], name="现场展示", maximum="x"),
        replace(LINES[1], step="0.3"),
        TypedCriterion("", "10"),
    )
    assert problems(lines) == {
        "0.maximum": "bad_decimal",
        "1.step": "bad_decimal",
        "1.name": "duplicate",
        "2.name": "blank",
    }
    overlapping = (TypedAnchor("优", "", "50", "60"), TypedAnchor("良", "", "40", "50"))
    assert problems((replace(LINES[0], anchors=overlapping), LINES[1])) == {
        "0.anchor.1": "anchor_off"
    }


def test_weights_apart_from_the_maxima_sum_to_a_hundred():
    """Then the maxima are only the scale of marks."""
    free = replace(LINES[0], maximum="10", weight="70%", anchors=())
    weighted = (free, replace(LINES[1], weight="30"))
    assert [line.weight for line in read_rubric(weighted, full="100", floor="")[0]] == ["70", "30"]
    off = (weighted[0], replace(weighted[1], weight="29"))
    assert problems(off) == {"sum": "maxima_do_not_sum"}


def test_an_empty_rubric_is_refused(draft: Event):
    """There would be nothing to mark."""
    with pytest.raises(RubricEmpty):
        save(draft, ())


def test_a_criterion_stays_itself_when_it_is_renamed_and_moved(draft: Event):
    """The tie-break that names it goes on naming it; a criterion gone is named no more."""
    save(draft)
    ids = [c["id"] for c in stored(draft)["criteria"]]
    rules = RoundRules.from_json(stored(draft)["rules"])
    first = replace(rules, scoring=replace(rules.scoring, first_criteria=tuple(ids)))
    rounds.set_rules(draft.store, draft.organizer, draft.round_id, first, at=AT)
    typed = as_typed(stored(draft)["criteria"])
    save(draft, (replace(typed[1], name="展示与答辩"), typed[0]))
    assert [c["id"] for c in stored(draft)["criteria"]] == [ids[1], ids[0]]
    save(draft, (replace(typed[0], maximum="100", anchors=()),))
    kept = RoundRules.from_json(stored(draft)["rules"]).scoring.first_criteria
    assert kept == (ids[0],)


def test_a_floor_refuses_a_lower_total_and_nothing_else(draft: Event):
    """Marks are kept; a total on the floor may be submitted, and not changed below it after."""
    draft.criteria = [c["id"] for c in stored(draft)["criteria"]]
    typed = as_typed(stored(draft)["criteria"])
    save(draft, typed, floor="70")
    rounds.open_round(draft.store, draft.organizer, draft.round_id, signed="all", at=AT)
    low = draft.record(1, 1, draft.change(0, "40"), draft.change(1, "29.9"))
    with pytest.raises(BelowFloor) as refused:
        draft.submit(1, 1)
    assert refused.value.values == {"total": "69.90", "floor": "70"}
    mark = low["marks"][draft.criteria[1]]
    better = draft.record(1, 1, draft.change(1, "30", rev=mark["rev"]))
    draft.submit(1, 1)
    rev = better["marks"][draft.criteria[1]]["rev"]
    with pytest.raises(BelowFloor):
        draft.record(1, 1, draft.change(1, "20", rev=rev))


def test_a_floor_above_the_full_score_is_refused():
    """Nobody could submit anything."""
    assert problems(LINES, floor="101") == {"floor": "bad_decimal"}
