"""A tie across the line: ruled by the panel, entered by one person, signed by another."""

import pytest

from competition.results import rulings, standings
from examples.certifying import certify_by_two
from scoring import Rules
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import (
    close,
    has,
    is_blocked,
    now,
    press,
    refused,
    set_rules,
    state,
)
from words import t

PAGE = "organizers/results/standings/page.py"
HOME = "judges/home.py"


def tied(sample: Sample) -> None:
    """Rules that know a ruling only, by which two share the 13th score; the round is closed."""
    set_rules(sample, scoring=Rules(top=13, at_cut="exact", keys=("ruling",)))
    close(sample)


@pytest.fixture
def sample(sample: Sample) -> Sample:
    """A round that waits for a ruling."""
    sample.reach(tied)
    return sample


def waiting(sample: Sample) -> list[str]:
    found = standings.standings(sample.store, sample.who("organizer"), sample.round_id, at=now())
    return [line.entrant_id for line in found.awaiting]


def test_a_tie_waits_for_a_ruling_and_nothing_is_certified(open_page: Open, sample: Sample):
    """In the button's place stands which entrants wait, and who clears it; for both people."""
    assert len(waiting(sample)) == 2
    at = open_page("organizer", "zh", PAGE)
    assert is_blocked(at, sample, "awaiting_ruling")
    assert t("clears.enter_ruling", "zh") in html(at)
    assert is_blocked(open_page("supervisor", "zh", PAGE), sample, "awaiting_ruling")
    assert t("ui.state.awaiting", "zh") in html(at)


def test_a_ruling_takes_two_people(open_page: Open, sample: Sample):
    """The organizer enters the order; only the supervisor's signature settles the tie."""
    tied = waiting(sample)
    at = press(open_page("organizer", "zh", PAGE), "act-enter_ruling")
    at.multiselect(key="ruling-order").set_value(tied)
    at.text_area(key="reason-enter_ruling").input("评委组表决 8 比 1")
    press(at, "confirm-enter_ruling")
    assert waiting(sample) == tied
    assert t("organizers.ruling.waiting", "zh") in html(at)
    assert not any((button.key or "").startswith("sign-") for button in at.button)
    second = open_page("supervisor", "zh", PAGE)
    sign = next(button.key for button in second.button if (button.key or "").startswith("sign-"))
    press(second, sign)
    assert waiting(sample) == []
    assert has(open_page("organizer", "zh", PAGE), "act-sign_certificate")
    who, other = sample.who("organizer"), sample.who("supervisor")
    certify_by_two(sample.store, who, other, sample.round_id, at=now())
    assert state(sample) == "certified"


def test_a_ruling_without_a_reason_is_refused(open_page: Open, sample: Sample):
    """Nothing is written."""
    at = press(open_page("organizer", "zh", PAGE), "act-enter_ruling")
    at.multiselect(key="ruling-order").set_value(waiting(sample))
    press(at, "confirm-enter_ruling")
    assert refused(at)
    with sample.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM rulings") == 0


def test_a_supervisor_enters_no_ruling(open_page: Open):
    """The supervisor signs what others entered."""
    assert not has(open_page("supervisor", "zh", PAGE), "act-enter_ruling")


@pytest.mark.parametrize("lang", BOTH)
def test_the_chair_reads_and_signs_a_ruling_on_their_own_page(
    open_page: Open, sample: Sample, lang: str
):
    """Without a score in it; another judge's page has nothing of it."""
    tied = waiting(sample)
    rulings.enter_ruling(
        sample.store, sample.who("organizer"), sample.round_id, tied, reason="评委组表决", at=now()
    )
    chair = next(
        name
        for name in (f"judge{n}" for n in sample.entered.judges)
        if "chair" in sample.who(name).roles
    )
    other = "judge2" if chair != "judge2" else "judge3"
    assert "评委组表决" not in html(open_page(other, lang, HOME, title=None))
    at = open_page(chair, lang, HOME, title=None)
    assert "评委组表决" in html(at)
    sign = next(button.key for button in at.button if (button.key or "").startswith("sign-"))
    press(at, sign)
    assert waiting(sample) == []
    assert t("organizers.ruling.confirmed", lang) in html(at)
