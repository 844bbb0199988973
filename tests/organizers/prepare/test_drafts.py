"""What was typed and not saved is kept for its person, named on return, and can be given up."""

import pytest
from streamlit.testing.v1 import AppTest

from competition.rounds import rounds
from tests.competition.event import Event
from tests.opening import Open, Sample, html
from tests.organizers.acting import has, press
from tests.organizers.prepare.test_setup_pages import served
from words import t

PAGE = "organizers/prepare/rules/rubric.py"


@pytest.fixture
def sample(event: Event, tmp_path) -> Sample:
    """The event as pages are opened on it."""
    return served(event, tmp_path / "arena.db")


def criterion(at: AppTest, place: int):
    """The field of a criterion's name."""
    (box,) = [
        one for one in at.text_input if one.label == t("organizers.rubric.name", "zh", n=place + 1)
    ]
    return box


def test_edits_of_a_rubric_outlast_the_page_and_the_session(open_page: Open, event: Event):
    """Changed and new lines had vanished on leaving the page."""
    at = open_page("organizer", "zh", PAGE)
    lines = sum(one.label.startswith(t("organizers.rubric.maximum", "zh")) for one in at.text_input)
    criterion(at, 0).input("改过的名称").run()
    press(at, "rubric-add")
    criterion(at, lines).input("新的一项").run()
    at.switch_page("organizers/overview.py").run()
    again = open_page("organizer", "zh", PAGE)
    assert criterion(again, 0).value == "改过的名称"
    assert criterion(again, lines).value == "新的一项"
    assert t("ui.form.unsaved", "zh") in html(again)


def test_a_draft_is_not_stored(open_page: Open, event: Event):
    """Nothing is written before 保存 is pressed."""
    at = open_page("organizer", "zh", PAGE)
    stored = criterion(at, 0).value
    criterion(at, 0).input("我的草稿").run()
    view = rounds.round_view(event.store, event.organizer, event.round_id)
    assert view["criteria"][0]["name"] == stored


def test_a_draft_can_be_given_up(open_page: Open, event: Event):
    """The fields hold again what is stored, also in a later session."""
    at = open_page("organizer", "zh", PAGE)
    stored = criterion(at, 0).value
    criterion(at, 0).input("不要了").run()
    press(at, f"rubric-{event.round_id}-give-up")
    assert criterion(at, 0).value == stored
    again = open_page("organizer", "zh", PAGE)
    assert criterion(again, 0).value == stored
    assert not has(again, f"rubric-{event.round_id}-give-up")
