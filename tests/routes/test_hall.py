"""The hall's screen: what it is without a right, and that a revoked link goes dark."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from competition.stage import hall_links
from organizers.live.hall.routes import SCREEN
from tests.competition.event import Event
from tests.routes.client import Client


def screen(client: Client, secret: str) -> str:
    """The cookie a screen's browser holds after its link was opened."""
    answer = client.ask("GET", f"/h/{secret}")
    assert answer.status == 303
    assert "HttpOnly" in answer.headers["set-cookie"]
    return answer.headers["set-cookie"].split(";")[0]


@pytest.mark.parametrize("path", ["/hall", "/hall/{round}", "/hall/{round}?part=1"])
def test_nobody_sees_a_hall_without_a_right(client: Client, event: Event, path: str):
    """Not the public, not a judge: a partial standing leaks through screens first."""
    path = path.format(round=event.round_id)
    assert client.ask("GET", path).status == 401
    assert replace(client, cookie="made-up").ask("GET", path).status == 401
    if path != "/hall":
        assert client.entered(event, 2).ask("GET", path).status == 403


def test_a_screens_link_opens_its_round_and_nothing_else(
    client: Client, event: Event, stranger: Event
):
    """Neither another round, nor a judge's work, nor a page of the staff's."""
    secret = hall_links.make_hall_link(
        event.store, event.organizer, event.round_id, at=datetime.now(UTC)
    )
    cookie = {"cookie": screen(client, secret)}
    assert client.ask("GET", f"/hall/{event.round_id}", headers=cookie).status == 200
    assert client.ask("GET", f"/hall/{stranger.round_id}", headers=cookie).status in (401, 404)
    for path in ("/api/work", "/api/now", "/api/sheet"):
        query = f"?round={event.round_id}&entrant={event.entrants[1]}"
        assert client.ask("GET", path + query, headers=cookie).status == 401
    as_seat = {"cookie": cookie["cookie"].replace(SCREEN, "arena_seat")}
    assert client.ask("GET", "/api/work", headers=as_seat).status == 401


def test_a_revoked_screen_goes_dark(client: Client, event: Event):
    """At the next page; within seconds for the question whether anything is new."""
    secret = hall_links.make_hall_link(
        event.store, event.organizer, event.round_id, at=datetime.now(UTC)
    )
    cookie = {"cookie": screen(client, secret)}
    hall_links.revoke_hall_links(event.store, event.organizer, event.round_id, at=datetime.now(UTC))
    assert client.ask("GET", f"/hall/{event.round_id}", headers=cookie).status in (401, 410)
    assert client.ask("GET", f"/h/{secret}").status == 410


@pytest.mark.parametrize("path", ["/h/wrong", "/h/%00", "/h/" + "x" * 3000, "/hall/%3Cscript%3E"])
def test_a_wrong_address_is_a_plain_page(client: Client, path: str):
    """No failure, nothing of it echoed, no cookie."""
    answer = client.ask("GET", path)
    assert answer.status in (401, 404)
    assert b"<script>" not in answer.body
    assert "set-cookie" not in answer.headers


def test_what_the_hall_sees_names_no_judge(client: Client, event: Event):
    """While the round is open: who is on stage and how many sheets are in, no mark."""
    event.fill(1, 1, ("41.5", "39.9"))
    text = client.entered(event, "host").ask("GET", f"/hall/{event.round_id}").body.decode()
    for secret in ("评委·", "41.5", "39.9", "81.4", event.judges[1]):
        assert secret not in text
