"""A page of the laptop that died comes in: by a form's body, from a paired address only."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from competition import sign_ins
from competition.generations import begin_generation
from competition.people import links
from competition.standby import passes
from tests.competition.event import Event
from tests.competition.registry.standby_rows import FIRST, enter
from tests.routes.client import Answer, Client
from ui.door import paired

FORM = "application/x-www-form-urlencoded"
ORIGIN = {"origin": FIRST[0]}


@dataclass(frozen=True)
class Page:
    """An open page of the first laptop: its browser there, and its ticket."""

    client: Client
    ticket: str

    def brings(self, to: str = "/organizers-stage?round=r", **more: str) -> Answer:
        """The form that the page submits, from the first laptop's address."""
        body = urlencode({"ticket": self.ticket, "to": to}).encode()
        client = replace(self.client, cookie="")
        return client.ask("POST", "/standby/enter", body, kind=FORM, headers={**ORIGIN, **more})


@pytest.fixture(scope="module")
def page(event: Event, client: Client) -> Iterator[Page]:
    """The organizer's page; afterwards a generation began here, as after a takeover."""
    enter(event, at=datetime.now(UTC))
    paired._kept.clear()
    entered = client.entered(event, "organizer")
    who = sign_ins.who_is(event.store, entered.cookie, at=datetime.now(UTC))
    way = passes.pass_of(event.store, who)
    assert way is not None
    with event.store.writing() as tx:
        owner = str(event.organizer.competition_id)
        begin_generation(tx, owner, "promoted", at=datetime.now(UTC))
    return Page(entered, way["ticket"])


def test_the_page_enters_and_goes_where_it_was(event: Event, page: Page):
    """A cookie of its own, that no script reads; the ticket in no address."""
    answer = page.brings()
    assert (answer.status, answer.headers["location"]) == (303, "/organizers-stage?round=r")
    assert "httponly" in answer.headers["set-cookie"].lower()
    here = sign_ins.who_is(event.store, answer.cookie, at=datetime.now(UTC))
    assert here.person_id == event.organizer.person_id


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "http://192.168.1.99:8501"])
def test_no_other_site_signs_a_browser_in(page: Page, origin: str):
    """Not even with a ticket that is good."""
    answer = page.brings(origin=origin)
    assert (answer.status, "set-cookie" in answer.headers) == (403, False)


def test_a_wrong_ticket_is_refused_in_words(page: Page):
    """And sets nothing."""
    answer = replace(page, ticket=f"{page.ticket[:-1]}z").brings()
    assert (answer.status, "set-cookie" in answer.headers) == (401, False)
    assert "请用原来的链接" in answer.body.decode()


@pytest.mark.parametrize(
    "to",
    [
        "//evil.test/x",
        "http://evil.test",
        "/\\evil.test",
        "/j/x",
        "/api/now",
        "/a\r\nX: y",
        "评",
        "",
    ],
)
def test_it_is_sent_to_pages_of_this_server_alone(page: Page, to: str):
    """Anything else is the first page."""
    assert page.brings(to).headers["location"] == "/"


def test_screens_and_the_hosts_page_go_on_where_they_were(page: Page):
    """They are no pages of Streamlit's."""
    for to in ("/hall/r?lang=zh", "/host/r?lang=en"):
        assert page.brings(to).headers["location"] == to


def test_a_browser_that_is_in_already_keeps_its_sign_in(event: Event, page: Page):
    """A second window of the same browser brings the same ticket."""
    known = page.brings().cookie
    with event.store.reading() as tx:
        before = tx.value("SELECT count(*) FROM sign_ins")
    answer = page.brings(cookie=f"arena_seat={known}")
    assert (answer.status, "set-cookie" in answer.headers) == (303, False)
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM sign_ins") == before


def test_another_persons_seat_is_asked_about(event: Event, page: Page, client: Client):
    """It is not taken by a page that only went on by itself."""
    judge = client.entered(event, 1)
    answer = page.brings(cookie=f"arena_seat={judge.cookie}")
    assert (answer.status, "set-cookie" in answer.headers) == (200, False)
    assert "改为" in answer.body.decode()
    body = urlencode({"ticket": page.ticket, "to": "/", "sure": "yes"}).encode()
    sure = judge.ask("POST", "/standby/enter", body, kind=FORM)
    assert (sure.status, bool(sure.cookie)) == (303, True)


def test_a_revoked_link_comes_in_no_more(event: Event, page: Page):
    """Its sign-ins ended with it, so did its open pages' tickets."""
    link_id = page.ticket.split(".")[2]
    links.revoke_link(event.store, event.organizer, link_id, at=datetime.now(UTC))
    answer = page.brings()
    assert (answer.status, "set-cookie" in answer.headers) == (401, False)


def test_a_laptop_that_only_follows_has_no_such_door():
    """It serves its page, its state and taking over, and nothing that signs in."""
    from organizers.live.standby_page import standby_app

    paths = {getattr(route, "path", "") for route in standby_app(object()).routes}  # type: ignore[arg-type]
    assert paths == {"/", "/state", "/takeover"}
