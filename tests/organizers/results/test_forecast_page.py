"""Before opening: invented contests of the round as it is, its county rules among them."""

from dataclasses import replace

import pytest

from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from scoring import Groups
from tests.competition.event import AT, Event
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import has, press
from tests.organizers.prepare.test_setup_pages import served
from words import t

PAGE = "organizers/results/analysis/trial.py"


@pytest.fixture
def sample(event: Event) -> Sample:
    """What ``open_page`` opens."""
    return served(event, event.store.path)


def set_rules(event: Event, **scoring: object) -> None:
    rules = RoundRules()
    rules = replace(rules, scoring=replace(rules.scoring, **scoring))
    rounds.set_rules(event.store, event.organizer, event.round_id, rules, at=AT)


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_county_rules_are_counted(open_page: Open, event: Event, lang: str):
    """Five counties with one entrant each and five places for one each: nothing is left to move."""
    set_rules(event, top=5, groups=Groups(floors=1))
    at = open_page("organizer", lang, PAGE)
    press(at, "act-expect")
    assert not has(at, "act-expect")
    assert t("organizers.what_if.expect.county", lang, seats="0.0") in html(at)
    said = t("organizers.what_if.expect.correct_by_county", lang, correct="5.0", top=5)
    assert said in html(at)


def test_without_county_rules_nothing_is_said_of_them(open_page: Open, event: Event):
    """Three claims, and the panel's own arrangement."""
    set_rules(event, top=2)
    at = open_page("organizer", "zh", PAGE)
    assert t("organizers.what_if.expect.dealt", "zh", each=6) not in html(at)
    press(at, "act-expect")
    assert t("organizers.what_if.expect.county_proof", "zh") not in html(at)


def test_county_rules_that_do_not_fit_stop_it(open_page: Open, event: Event):
    """Said in place of the button."""
    set_rules(event, top=2, groups=Groups(floors=1))
    at = open_page("organizer", "zh", PAGE)
    assert not has(at, "act-expect")
    assert t("ready.quotas", "zh") in html(at)
