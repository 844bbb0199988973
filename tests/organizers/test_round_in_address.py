"""The round of a page stands in its address, and nothing else changes it."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from competition.results import copying
from competition.rounds import rounds
from tests.opening import Open, Sample, html
from tests.organizers.acting import REASON, certify, close, has, press
from words import t

OVERVIEW = "organizers/overview.py"
STANDINGS = "organizers/results/standings/page.py"


@pytest.fixture
def second(sample: Sample) -> str:
    """A second round, in preparation, beside the open one."""
    return copied(sample)


def copied(sample: Sample) -> str:
    """A copy of the sample's round, in preparation."""
    return copying.copy_round(
        sample.store,
        sample.who("organizer"),
        sample.round_id,
        title="加赛",
        stage="final",
        category="village",
        takes="all",
        at=datetime.now(UTC),
    )


def shown(at: AppTest) -> str:
    """The round that the page's picker names."""
    return str(at.selectbox(key="round-picker").value)


def test_the_round_shown_is_written_into_the_address(open_page: Open, sample: Sample, second: str):
    """A reload, a bookmark and a second tab then show the same one."""
    at = open_page("organizer", "zh", OVERVIEW)
    assert (shown(at), at.query_params["round"]) == (sample.round_id, sample.round_id)


def test_a_choice_goes_into_the_address_and_along_to_other_pages(
    open_page: Open, sample: Sample, second: str
):
    """Every link of the menu carries it."""
    at = open_page("organizer", "zh", OVERVIEW)
    at.selectbox(key="round-picker").set_value(second).run()
    assert (shown(at), at.query_params["round"]) == (second, second)
    links = [link.proto.query_string for link in at.sidebar.get("page_link")]
    assert links
    assert all(f"round={second}" in link for link in links)


def test_a_reload_after_closing_shows_the_closed_round(open_page: Open, sample: Sample, second):
    """Not the other one with 开始评分… as its button."""
    close(sample)
    at = open_page("organizer", "zh", OVERVIEW, round_id=sample.round_id)
    assert shown(at) == sample.round_id
    assert has(at, "act-reopen_round")
    assert not has(at, "act-open_round")


def test_certifying_leaves_the_round_as_it_is(open_page: Open, sample: Sample):
    """The page comes back with what was certified, though another round is in preparation."""
    certify(sample)
    copied(sample)
    at = open_page("supervisor", "zh", STANDINGS, round_id=sample.round_id)
    assert shown(at) == sample.round_id
    assert t("organizers.certify.card", "zh") in html(at)


def test_a_dialog_names_its_round(open_page: Open, sample: Sample, second: str):
    """Two open rounds: the dialog says which one is about to be closed."""
    at = press(open_page("organizer", "zh", OVERVIEW), "act-close_round")
    title = rounds.round_view(sample.store, sample.who("organizer"), sample.round_id)["title"]
    assert f'<p class="a-about">{title}</p>' in html(at)
    assert REASON not in html(at)


def test_a_dialog_asked_for_in_one_round_is_not_shown_in_another(
    open_page: Open, sample: Sample, second: str
):
    """The browser's way back changes the round under an open dialog."""
    at = press(open_page("organizer", "zh", OVERVIEW), "act-close_round")
    at.query_params["round"] = second
    at.run()
    assert not has(at, "confirm-close_round")
    at.query_params["round"] = sample.round_id
    at.run()
    assert not has(at, "confirm-close_round")
