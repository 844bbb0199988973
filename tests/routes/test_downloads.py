"""Files to take away: of one sign-in, while its right lasts, kept by no cache."""

from dataclasses import replace

import pytest

from competition.ids import digest
from competition.people import links
from tests.competition.event import AT, Event
from tests.routes.client import Client
from ui.downloads import MOST_OF_ONE, OFFERS, Offer, Offers


def offered(event: Event, client: Client) -> str:
    """The address of a file that a page drawn for a browser offers."""
    offer = Offer(
        digest(client.cookie),
        "standings",
        event.round_id,
        "成绩 1.csv",
        "text/csv",
        lambda: b"1,2\n",
    )
    return f"/download/{OFFERS.add(client.cookie, offer)}"


def test_a_file_is_given_to_the_sign_in_its_page_was_drawn_for(event: Event, client: Client):
    """With its name, as an attachment, never to be stored."""
    browser = client.entered(event, "organizer")
    answer = browser.ask("GET", offered(event, browser))
    assert (answer.status, answer.body) == (200, b"1,2\n")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=utf-8''%E6%88%90%E7%BB%A9%201.csv"
    )


def test_the_address_alone_opens_nothing(event: Event, client: Client):
    """Neither without a cookie nor with another one, not even another one of the same person."""
    browser = client.entered(event, "organizer")
    address = offered(event, browser)
    assert client.ask("GET", address).status == 401
    assert replace(client, cookie="invented").ask("GET", address).status == 401
    assert client.entered(event, 2).ask("GET", address).status == 404
    assert client.entered(event, "organizer").ask("GET", address).status == 404


def test_a_right_is_asked_when_the_file_is_taken(event: Event, client: Client):
    """A page drawn with a right that its reader does not hold gives nothing."""
    browser = client.entered(event, 2)
    assert browser.ask("GET", offered(event, browser)).status == 403


def test_a_revoked_link_takes_its_files_along(event: Event, client: Client):
    """The award list was readable until the page's session ended."""
    browser = client.entered(event, "scorekeeper")
    address = offered(event, browser)
    assert browser.ask("GET", address).status == 200
    with event.store.reading() as tx:
        person = event.people["scorekeeper"]
        rows = tx.rows("SELECT id FROM links WHERE person_id = :p", p=person)
    for row in rows:
        links.revoke_link(event.store, event.organizer, row["id"], at=AT)
    assert browser.ask("GET", address).status == 401


def test_a_page_drawn_again_keeps_its_addresses_and_old_ones_are_forgotten():
    """However often a page is drawn, what it offers stays bounded."""
    kept = Offers()
    offer = Offer("seat", "standings", "r", "a.csv", "text/csv", lambda: b"")
    assert kept.add("one", offer) == kept.add("one", offer)
    addresses = [kept.add(f"file {n}", offer) for n in range(MOST_OF_ONE + 5)]
    assert [kept.find(one) is None for one in addresses[:5]] == [True] * 5
    assert kept.find(addresses[-1]) is offer


@pytest.mark.parametrize("address", ["x", "..", "%2e%2e", "a" * 4000])
def test_an_invented_address_is_not_found(event: Event, client: Client, address: str):
    """In words."""
    answer = client.entered(event, "organizer").ask("GET", f"/download/{address}")
    assert answer.status == 404
