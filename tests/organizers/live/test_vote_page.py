"""大众评审 at the desk: cards made, taken and put away; a lost one given up; the count."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from streamlit.testing.v1 import AppTest

import competition
from competition.ids import digest
from competition.voting import views
from tests.competition import event as made
from tests.competition.event import Event, later
from tests.competition.registry import vote_rows as rows
from tests.opening import Open, Sample, html
from tests.organizers.acting import has, press
from tests.organizers.prepare.test_setup_pages import served
from ui.downloads import OFFERS
from words import t

PAGE = "organizers/live/vote.py"


@pytest.fixture
def event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A closed round, of which a composite has a vote."""
    path = tmp_path / "arena.db"
    monkeypatch.setenv("ARENA_DB", str(path))
    event = made.closed(competition.open_store(path))
    event.vote_id = rows.begin(event, at=later(60))
    yield event
    competition.close_all()


@pytest.fixture
def sample(event: Event, tmp_path: Path) -> Sample:
    """The event as pages are opened on it."""
    return served(event, tmp_path / "arena.db")


def type_in(at: AppTest, key: str, text: str) -> None:
    """Type into the field of a label."""
    label = t(key, "zh")
    next(one for one in at.text_input if one.label == label).input(text)


def offered(at: AppTest, label: str) -> bytes:
    """The file behind a link of this label."""
    (link,) = [one for one in re.findall(r"<a [^>]*>.*?</a>", html(at), re.S) if label in one]
    found = re.search(r"download/([\w-]+)", link)
    assert found is not None, link
    offer = OFFERS.find(found[1])
    assert offer is not None
    return offer.build()


def codes(pdf: bytes) -> int:
    """How many codes a reader finds in the PDF of cards."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return len(re.findall(r"\b[0-9A-Z]{4}(?:\W{1,3}[0-9A-Z]{4}){3}\b", text))


def view(event: Event) -> views.VoteView:
    """The vote as it is."""
    return views.vote_view(event.store, event.organizer, event.vote_id)


def test_cards_are_made_taken_and_put_away_and_a_lost_one_is_given_up(
    open_page: Open, event: Event
):
    """Their file is offered until they are put away; a card given up is listed with the new one."""
    at = open_page("organizer", "zh", PAGE, round_id=event.vote_id)
    type_in(at, "organizers.vote.make_count", "3")
    at = press(at, f"vote-make-{event.vote_id}-send")
    taken = t("organizers.vote.fresh_pdf", "zh")
    assert taken in html(at)
    assert view(event).counts["issued"] == 3
    assert codes(offered(at, taken)) == 3
    at = press(at, "vote-put-away")
    assert taken not in html(at)
    assert not has(at, "vote-put-away")
    type_in(at, "organizers.vote.cancel_number", "2")
    at = press(at, f"vote-cancel-{event.vote_id}-send")
    assert not view(event).cancelled, "a reason is asked for"
    type_in(at, "organizers.ask.reason", "遗失")
    at = press(at, f"vote-cancel-{event.vote_id}-send")
    assert t("organizers.vote.lost.title", "zh") in html(at)
    assert [(one["number"], one["replaced_by"]) for one in view(event).cancelled] == [(2, 4)]


def test_once_it_is_closed_the_desk_counts_and_offers_the_ballots(open_page: Open, event: Event):
    """The votes by entrant; the file of ballots, whose hash stands beside it."""
    (card, *_) = rows.make(event, event.vote_id, 2, at=later(60))
    rows.open_(event, event.vote_id, at=later(61))
    rows.send(event, event.vote_id, card, 1, at=later(62))
    rows.close(event, event.vote_id, at=later(63))
    at = open_page("organizer", "zh", PAGE, round_id=event.vote_id)
    assert t("organizers.vote.result", "zh") in html(at)
    assert [one.value for one in at.code] == [view(event).sha256]
    ballots = offered(at, t("organizers.vote.ballots_file", "zh"))
    assert hashlib.sha256(ballots).hexdigest() == view(event).sha256
    assert digest(card.code) in ballots.decode()
