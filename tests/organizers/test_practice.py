"""The practice on the overview: one press begins it, pages of results refuse it, one ends it."""

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from competition.rounds.rounds import rounds_of
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import has, press
from words import t

OVERVIEW = "organizers/overview.py"
REFUSING = (
    "organizers/results/standings/page.py",
    "organizers/results/analysis/judges.py",
    "organizers/results/lists/page.py",
)
WORKING = (
    "organizers/live/desk/page.py",
    "organizers/live/collect/progress.py",
)


def begun(open_page: Open, lang: str = "zh") -> AppTest:
    at = open_page("organizer", lang, OVERVIEW)
    return press(at, "act-begin_practice")


@pytest.mark.parametrize("lang", BOTH)
def test_one_press_begins_and_one_ends_it(open_page: Open, sample: Sample, lang: str):
    """The desk of the practice opens; the overview says that it runs; then it is gone."""
    begun(open_page, lang)
    assert len(rounds_of(sample.store, sample.who("organizer"))) == len(sample.entered.rounds) + 1
    at = open_page("organizer", lang, OVERVIEW, round_id=sample.round_id)
    assert t("organizers.practice.title", lang) in unescape(html(at))
    assert not has(at, "act-begin_practice")
    press(at, "act-end_practice")
    assert len(rounds_of(sample.store, sample.who("organizer"))) == len(sample.entered.rounds)
    assert t("organizers.practice.title", lang) not in unescape(html(at))


@pytest.fixture
def practice_id(open_page: Open, sample: Sample) -> str:
    """A practice that runs."""
    begun(open_page)
    return next(
        row["id"] for row in rounds_of(sample.store, sample.who("organizer")) if row["practice_of"]
    )


def test_the_days_pages_work_in_it_and_pages_of_results_refuse_it(
    open_page: Open, practice_id: str
):
    """Desk and progress are those of any round; no standing, no report on judges, no list."""
    for page in WORKING:
        at = open_page("organizer", "zh", page, round_id=practice_id)
        assert t("error.never_in_practice", "zh") not in unescape(html(at)), page
    for page in REFUSING:
        at = open_page("organizer", "zh", page, round_id=practice_id, title=None)
        assert t("error.never_in_practice", "zh") in unescape(html(at)), page


def test_its_overview_offers_no_act_of_a_round(open_page: Open, practice_id: str):
    """Closing and opening are not for a practice; ending it is."""
    at = open_page("organizer", "zh", OVERVIEW, round_id=practice_id)
    assert has(at, "act-end_practice")
    assert not has(at, "act-close_round")
    assert not has(at, "act-begin_practice")
