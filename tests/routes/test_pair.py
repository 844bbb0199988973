"""``/pair``: a tablet without a link, the desk, and who does not come in by it."""

import re
from datetime import UTC, datetime

import pytest

from competition.people import pairing
from judges.pairing import PAIRING
from tests.competition.event import Event
from tests.routes.client import Answer, Client
from ui.access import COOKIE


@pytest.fixture(autouse=True)
def no_tablet_waits(event: Event) -> None:
    """No test meets the tablets of the one before."""
    with event.store.writing() as tx:
        tx.run("DELETE FROM pairings")


def digits(answer: Answer) -> str:
    return "".join(re.findall(r"<span>(\d)</span>", answer.body.decode()))


def kept(answer: Answer) -> dict[str, str]:
    """What the tablet's browser sends from then on."""
    return {"cookie": answer.headers["set-cookie"].split(";")[0]}


def pair(event: Event, code: str, judge: int = 3) -> None:
    pairing.pair_tablet(
        event.store,
        event.organizer,
        event.round_id,
        event.judges[judge],
        code,
        at=datetime.now(UTC),
    )


def test_a_tablet_shows_four_digits_and_keeps_its_secret_to_itself(client: Client):
    """The secret is in the cookie alone: not in the page, nor in an address."""
    answer = client.ask("GET", "/pair")
    assert answer.status == 200
    assert re.fullmatch(r"\d{4}", digits(answer))
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    secret = cookie.split(";")[0].removeprefix(f"{PAIRING}=")
    assert len(secret) >= 22
    assert secret not in answer.body.decode()
    assert answer.headers["cache-control"] == "no-store"


def test_reloading_keeps_the_digits(client: Client):
    first = client.ask("GET", "/pair")
    again = client.ask("GET", "/pair?lang=en", headers=kept(first))
    assert digits(again) == digits(first)
    assert "four digits" in again.body.decode()


def test_paired_at_the_desk_the_tablet_comes_in(client: Client, event: Event):
    """It asks, is answered, and gets the seat's cookie: then it is that judge."""
    first = client.ask("GET", "/pair")
    tablet = kept(first)
    assert client.ask("GET", "/api/pair", headers=tablet).json == {"state": "waiting"}
    pair(event, digits(first))
    assert client.ask("GET", "/api/pair", headers=tablet).json == {"state": "paired"}
    answer = client.ask("GET", "/pair", headers=tablet)
    assert (answer.status, answer.headers["location"]) == (303, "/pad")
    assert answer.cookie
    seat = {"cookie": f"{COOKIE}={answer.cookie}"}
    work = client.ask("GET", f"/api/work?round={event.round_id}", headers=seat)
    assert (work.status, work.json["seat"]) == (200, event.judges[3])


def test_the_pairing_opens_once(client: Client, event: Event):
    """Whoever has copied the tablet's cookie gets new digits, no seat."""
    first = client.ask("GET", "/pair")
    pair(event, digits(first))
    client.ask("GET", "/pair", headers=kept(first))
    late = client.ask("GET", "/pair", headers=kept(first))
    assert late.status == 200
    assert late.headers["set-cookie"].startswith(PAIRING)
    assert client.ask("GET", "/api/pair", headers=kept(first)).json == {"state": "over"}


def test_another_browser_gets_nothing_of_it(client: Client, event: Event):
    """It has digits of its own, and asking with a made-up secret tells nothing."""
    mine, theirs = client.ask("GET", "/pair"), client.ask("GET", "/pair")
    pair(event, digits(mine))
    assert client.ask("GET", "/api/pair", headers=kept(theirs)).json == {"state": "waiting"}
    assert client.ask("GET", "/api/pair").json == {"state": "over"}
    for made_up in (digits(mine), "x" * 5000, "' OR 1=1 --"):
        cookie = {"cookie": f'{PAIRING}="{made_up}"'}
        assert client.ask("GET", "/api/pair", headers=cookie).json == {"state": "over"}
        assert client.ask("GET", "/pair", headers=cookie).headers["set-cookie"].startswith(PAIRING)


def test_a_tablet_that_has_a_seat_says_whose(client: Client, event: Event):
    """And pairing ends the seat it had before."""
    before = client.entered(event, 1)
    first = before.ask("GET", "/pair")
    assert "评委·赵1" in first.body.decode()
    both = {"cookie": f"{COOKIE}={before.cookie}; {kept(first)['cookie']}"}
    pair(event, digits(first), judge=4)
    after = client.ask("GET", "/pair", headers=both)
    assert after.status == 303
    where = f"/api/work?round={event.round_id}"
    assert before.ask("GET", where).status == 409
    seat = {"cookie": f"{COOKIE}={after.cookie}"}
    assert client.ask("GET", where, headers=seat).json["seat"] == event.judges[4]


def test_digits_are_limited(client: Client):
    """A script does not use them up: 429 after twenty a minute, in words, without a cookie."""
    for _ in range(pairing.BEGUN_A_MINUTE):
        assert client.ask("GET", "/pair").status == 200
    answer = client.ask("GET", "/pair")
    assert answer.status == 429
    assert "set-cookie" not in answer.headers
    for headers in ({"x-real-ip": "10.9.9.9"}, {"forwarded": "for=10.9.9.9"}):
        assert client.ask("GET", "/pair", headers=headers).status == 429


def test_nothing_is_paired_through_a_route(client: Client, event: Event):
    """The desk's act has no address of its own: a page elsewhere cannot press for it."""
    for method in ("POST", "PUT", "DELETE"):
        assert client.entered(event, "organizer").ask(method, "/pair", {}).status == 405
        assert client.entered(event, "organizer").ask(method, "/api/pair", {}).status == 405
