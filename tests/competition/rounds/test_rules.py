"""Rules and rubric: whole, exact, hashed; what is refused writes nothing."""

import json
from dataclasses import replace

import pytest

import db
from competition.errors import BadInput, Blank, Duplicate, NotNow, Refused
from competition.results.tallying import rubric_frame
from competition.rounds import rounds
from competition.rounds.errors import BadRules, RubricEmpty, WeightsDoNotSum
from competition.rounds.rubric import Criterion, set_rubric
from competition.rounds.rules import RoundRules
from db import rounds as round_rows
from db.invariants import verify
from scoring import Rules
from scoring.input.rules import Groups
from tests.competition import event as events
from tests.competition.event import AT, Event

RULES = [
    RoundRules(),
    RoundRules(scoring=Rules(official="trimmed", trim_low=2, trim_high=2, top=3)),
    RoundRules(scoring=Rules(band=0.3, band_max="0.5", at_cut="jury", sheet_decimals=None)),
    RoundRules(scoring=Rules(official="clip", clip="2.5", groups=Groups(caps=1, floors={"a": 1}))),
    RoundRules(scoring=Rules(keys=("ruling", "lots"), first_criteria=("x",), seed="s", decimals=3)),
    RoundRules(grace_seconds=0, recusal_level="none", published="scores"),
]


@pytest.mark.parametrize("rules", RULES)
def test_rules_come_back_as_they_went(rules: RoundRules):
    """Whole, with every default filled in; the same text for the same rules; no float in it."""
    text = rules.to_json()
    again = RoundRules.from_json(text)
    assert again.to_json() == text
    assert float(again.scoring.band) == float(rules.scoring.band)
    assert replace(again, scoring=rules.scoring) == rules
    assert not any(isinstance(value, float) for value in json.loads(text)["scoring"].values())


def test_stored_rules_compute_what_the_rules_compute(store: db.Store):
    """A band read back from text decides the same zone."""
    event = events.opened(store)
    event.fill_all()
    stored = RoundRules.from_json(event.standing().round["rules"])
    assert stored.scoring.top == events.QUICK.scoring.top
    assert stored.grace_seconds == 120


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"scoring": {}, "colour": "red"}',
        '{"scoring": {"top": 0}}',
        '{"scoring": {"official": "guess"}}',
        '{"scoring": {"band": "wide"}}',
        '{"scoring": {"unknown": 1}}',
        '{"scoring": 1}',
        "[]",
        "not json",
    ],
)
def test_rules_that_cannot_be_are_refused(text: str):
    """In words, not by a traceback."""
    with pytest.raises(BadRules):
        RoundRules.from_json(text)


@pytest.mark.parametrize(
    "values", [{"recusal_level": "street"}, {"published": "all"}, {"grace_seconds": -1}]
)
def test_procedural_rules_have_their_range_too(values: dict):
    """Level of recusal, what is published, the grace time."""
    with pytest.raises(BadRules):
        RoundRules(**values)


def stored_hash(event: Event) -> str:
    return str(rounds.round_view(event.store, event.organizer, event.round_id)["rules_hash"])


def test_the_hash_covers_rules_and_rubric(draft: Event):
    """Anything that changes a number changes it; setting the same again does not."""
    before = stored_hash(draft)
    rounds.set_rules(draft.store, draft.organizer, draft.round_id, events.QUICK, at=AT)
    assert stored_hash(draft) == before
    changed = replace(events.QUICK, grace_seconds=1)
    rounds.set_rules(draft.store, draft.organizer, draft.round_id, changed, at=AT)
    second = stored_hash(draft)
    rubric = [replace(line, points="要点") for line in events.RUBRIC]
    set_rubric(draft.store, draft.organizer, draft.round_id, rubric, at=AT)
    assert len({before, second, stored_hash(draft)}) == 3


def test_an_open_round_keeps_its_rules(event: Event):
    """Not changed midway: refused, and the hash is the one announced at opening."""
    before = stored_hash(event)
    with pytest.raises(NotNow):
        rounds.set_rules(event.store, event.organizer, event.round_id, RoundRules(), at=AT)
    with pytest.raises(NotNow):
        set_rubric(event.store, event.organizer, event.round_id, events.RUBRIC, at=AT)
    assert stored_hash(event) == before


A, B = Criterion("甲", "60"), Criterion("乙", "40")
WRONG = {
    "empty": ([], RubricEmpty),
    "two of one name": ([A, replace(B, name="甲 ")], Duplicate),
    "no name": ([replace(A, name=" ")], Blank),
    "maximum zero": ([replace(A, maximum="0")], BadInput),
    "maximum negative": ([replace(A, maximum="-5")], BadInput),
    "maximum a word": ([replace(A, maximum="many")], BadInput),
    "maximum endless": ([replace(A, maximum="1e999999")], BadInput),
    "maximum of four decimals": ([replace(A, maximum="60.0005")], BadInput),
    "maximum beyond reason": ([replace(A, maximum="10000000")], BadInput),
    "step zero": ([replace(A, step="0")], BadInput),
    "step that does not divide": ([replace(A, step="7")], BadInput),
    "step larger than the maximum": ([replace(A, step="120")], BadInput),
    "an unknown phase": ([replace(A, phase="night")], BadInput),
    "weights of 90%": ([replace(A, weight="50"), replace(B, weight="40")], WeightsDoNotSum),
    "weights of 1.1": ([replace(A, weight="0.6"), replace(B, weight="0.5")], WeightsDoNotSum),
    "a third rounded": ([replace(A, weight="0.33"), replace(B, weight="0.66")], WeightsDoNotSum),
    "one weight missing": ([replace(A, weight="60"), B], WeightsDoNotSum),
    "a negative weight": ([replace(A, weight="120"), replace(B, weight="-20")], BadInput),
    "a weight over nothing": ([replace(A, weight="1/0")], BadInput),
    "a weight in words": ([replace(A, weight="half")], BadInput),
    "a weight endless": ([replace(A, weight="1e999999")], BadInput),
}


@pytest.mark.parametrize(("rubric", "error"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_rubric_is_refused_and_writes_nothing(
    draft: Event, rubric: list[Criterion], error: type[Refused]
):
    """The former rubric stays."""
    before = stored_hash(draft)
    with pytest.raises(error):
        set_rubric(draft.store, draft.organizer, draft.round_id, rubric, at=AT)
    with draft.store.reading() as tx:
        names = [row["name"] for row in round_rows.criteria(tx, draft.round_id)]
    assert names == [line.name for line in events.RUBRIC]
    assert stored_hash(draft) == before
    assert verify(draft.store) == []


@pytest.mark.parametrize(
    "weights", [("60", "40"), ("0.6", "0.4"), ("3/5", "2/5"), ("１/３", "2/3"), ("100", "")]
)
def test_weights_are_exact(draft: Event, weights: tuple[str, str]):
    """Percent, decimals or fractions that sum to exactly one."""
    rubric = [replace(A, weight=weights[0]), replace(B, weight=weights[1])]
    set_rubric(draft.store, draft.organizer, draft.round_id, rubric, at=AT)
    with draft.store.reading() as tx:
        frame = rubric_frame(round_rows.criteria(tx, draft.round_id))
    assert sum(frame["weight"]) == 1
    assert verify(draft.store) == []


@pytest.mark.parametrize(
    "values",
    [{"stage": "quarter"}, {"category": "city"}, {"title": " \u202e "}, {"title": ""}],
)
def test_a_round_that_cannot_be_is_refused_in_words(draft: Event, values: dict):
    """Not by a failure of the database."""
    with pytest.raises(Refused):
        rounds.create_round(draft.store, draft.organizer, at=AT, **({"title": "加赛"} | values))
