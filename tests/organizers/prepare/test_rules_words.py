"""Rules in sentences: places by county as they are read out, in both languages."""

import pytest

from competition.rounds.rule_words import sentences
from competition.rounds.rules import RoundRules
from scoring import Groups, Rules
from words import LANGS

SAID = {
    "free": (Groups(), "不分县市。"),
    "alike": (Groups(floors=1, caps=3), "每个县市至少 1 名。每个县市至多 3 名。"),
    "but": (
        Groups(floors={"*": 1, "石屏县": 2, "建水县": 2, "元阳县": 0}),
        "每个县市至少 1 名，但石屏县、建水县各至少 2 名，元阳县不保底。",
    ),
    "only": (
        Groups(floors={"石屏县": 2}, caps={"*": 3, "红河县": 4}),
        "石屏县至少 2 名，其余县市不保底。每个县市至多 3 名，但红河县至多 4 名。",
    ),
    "caps": (
        Groups(caps={"红河县": 1, "元阳县": 1}),
        "红河县、元阳县各至多 1 名，其余县市不限。",
    ),
}


def quota(groups: Groups, lang: str) -> str:
    said = sentences(RoundRules(scoring=Rules(groups=groups)), {}, lang)
    return dict(said)["县市名额" if lang == "zh" else "Counties"]


@pytest.mark.parametrize(("groups", "text"), SAID.values(), ids=SAID.keys())
def test_places_by_county_are_said_plainly(groups: Groups, text: str):
    """Counties with one number are named together; those that have none are named so."""
    assert quota(groups, "zh") == text


def test_in_english_too():
    assert quota(SAID["but"][0], "en") == (
        "At least 1 from every county, but at least 2 each from 石屏县, 建水县, "
        "no guarantee for 元阳县."
    )
    assert quota(Groups(caps={"红河县": 1}), "en") == (
        "By county: at most 1 from 红河县; no limit for the others."
    )


@pytest.mark.parametrize("lang", LANGS)
def test_a_county_kept_out_is_said(lang: str):
    """A file may set a limit of nought."""
    assert "石屏县" in quota(Groups(caps={"*": 2, "石屏县": 0}), lang)
