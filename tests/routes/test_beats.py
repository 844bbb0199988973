"""The pad's heartbeat: it names its seat, and is believed about that seat only."""

from datetime import UTC, datetime

import pytest

from competition.stage import beats
from tests.competition import event as events
from tests.competition.event import Event
from tests.routes.test_pad_api import open_event, sign_in

__all__ = ["open_event", "sign_in"]


def query(event: Event, seat: str, unsent: str = "2", entrant: str = "") -> str:
    opened = entrant or event.entrants[1]
    return f"?round={event.round_id}&seat={seat}&tab=t&entrant={opened}&unsent={unsent}"


def known(event: Event) -> dict[str, beats.Sign]:
    return dict(beats.signs(event.store, event.round_id, at=datetime.now(UTC)))


@pytest.fixture(autouse=True)
def restarted() -> None:
    beats.forget()


def test_a_beat_is_kept_for_the_seat_that_is_signed_in(open_event: Event, sign_in):
    """The answer is what it was; the desk knows the entrant and what is unsent."""
    seat = open_event.judges[1]
    answer = sign_in(1).get(f"/api/now{query(open_event, seat)}")
    assert (answer.status, answer.json["seat"]) == (200, seat)
    assert known(open_event) == {seat: beats.Sign("online", 0, open_event.entrants[1], 2)}


def test_another_seats_page_is_refused(open_event: Event, sign_in):
    """Two links in one browser: the page of judge 2 would say where judge 1 is."""
    answer = sign_in(1).get(f"/api/now{query(open_event, open_event.judges[2])}")
    assert (answer.status, answer.json["error"]) == (409, "wrong_seat")
    assert known(open_event) == {}


@pytest.mark.parametrize("unsent", ["-1", "1e9", "９", "123456"])
def test_a_count_that_is_none_is_refused(open_event: Event, sign_in, unsent: str):
    answer = sign_in(1).get(f"/api/now{query(open_event, open_event.judges[1], unsent)}")
    assert (answer.status, answer.json["error"]) == (422, "bad_input")
    assert known(open_event) == {}


def test_a_judge_of_another_round_beats_nowhere(open_event: Event, sign_in):
    """A round's id of another competition is no round."""
    stranger = events.opened(open_event.store, title="另一场")
    seat = open_event.judges[1]
    answer = sign_in(1).get(f"/api/now?round={stranger.round_id}&seat={seat}&tab=t&unsent=0")
    assert answer.status == 404
    assert known(stranger) == {}


def test_without_a_seat_it_asks_and_says_nothing(open_event: Event, sign_in):
    assert sign_in(1).get(f"/api/now?round={open_event.round_id}").status == 200
    assert known(open_event) == {}
