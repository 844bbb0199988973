"""The hall's screen in the hand of the desk: pages of a long list, and the bell."""

import pytest

import competition
from competition.stage import hall, hall_scene, moves, releasing, screens
from tests.competition import event as made
from tests.competition.event import TIMED, Event
from tests.opening import Open, Sample, html
from tests.organizers.acting import events, press
from tests.organizers.prepare.test_setup_pages import served
from words import t

PAGE = "organizers/live/desk/page.py"


@pytest.fixture
def event(tmp_path, monkeypatch):
    """Two scores were announced, and the hall shows its list of one line a page."""
    monkeypatch.setattr(hall_scene, "LIST_PAGE", 1)
    path = tmp_path / "arena.db"
    monkeypatch.setenv("ARENA_DB", str(path))
    store = competition.open_store(path)
    event = made.opened(store, rules=TIMED)
    event.fill_all()
    for number in (1, 2):
        entrant = event.entrants[number]
        for step in ("called", "presenting", "answering", "marking", "done"):
            moves.move_stage(store, event.organizer, event.round_id, entrant, step, at=made.AT)
    for number in (1, 2):
        entrant = event.entrants[number]
        releasing.release_score(store, event.organizer, event.round_id, entrant, at=made.AT)
    screens.set_screen(store, event.organizer, event.round_id, "list", at=made.AT)
    yield event
    competition.close_all()


@pytest.fixture
def sample(event: Event, tmp_path) -> Sample:
    """The event as pages are opened on it."""
    return served(event, tmp_path / "arena.db")


def test_the_host_turns_a_long_list_and_tries_the_bell(open_page: Open, event: Event, sample):
    """Each button does its act; on the last page there is no further one."""

    def page() -> int:
        return int(hall.hall(event.store, event.organizer, event.round_id).content["page"])

    at = press(open_page("host", "zh", PAGE), "screen-more")
    first = page()
    assert at.button(key="page-on").disabled == (first == 2)
    press(at, "page-back" if first == 2 else "page-on")
    assert page() == 3 - first
    assert t("organizers.board.page", "zh", page=3 - first, pages=2) in html(at)
    press(at, "try-bell")
    assert events(sample)[-1] == "bell_tested"
