"""``GET /j/<token>``: the cookie it sets, and what it never gives away."""

from datetime import UTC, datetime

import pytest

from competition.people import links
from competition.people.links import WRONG_LINKS_A_MINUTE
from tests.competition.event import Event
from tests.routes.client import Client, secret_of
from tests.routes.requests import READS, mark, sheet


def test_a_link_sets_a_cookie_that_scripts_cannot_read(client: Client, event: Event):
    """HttpOnly, SameSite, for the whole site; and the token is not in it."""
    secret = secret_of(event, 1)
    answer = client.open(secret)
    cookie = answer.headers["set-cookie"]
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert secret not in cookie
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == (
        "no-store",
        "no-referrer",
    )


def test_each_opening_is_another_cookie(client: Client, event: Event):
    """So that one device can be told from another, and ended."""
    secret = secret_of(event, 1)
    assert client.open(secret).cookie != client.open(secret).cookie


@pytest.mark.parametrize(
    "path", ["wrong", "%00", "%ff", "x" * 3000, "'%20OR%201=1--", "%3Cscript%3E", "..%2f..%2fetc"]
)
def test_a_wrong_link_is_a_plain_page(client: Client, path: str):
    """404, no cookie, nothing of the path echoed."""
    answer = client.open(path)
    assert answer.status == 404
    assert "set-cookie" not in answer.headers
    assert b"<script>" not in answer.body


@pytest.mark.parametrize(
    ("accepts", "word"), [("zh-CN", "链接"), ("en-GB", "link"), ("xx", "链接")]
)
def test_the_page_speaks_the_browsers_language(client: Client, accepts: str, word: str):
    """Chinese where it asks for something else."""
    answer = client.open("wrong", **{"accept-language": accepts})
    assert word in answer.body.decode()


def test_a_revoked_link_says_so(client: Client, event: Event):
    """410; the device that came in by it is nobody from now on."""
    secret = secret_of(event, 6)
    browser = client.entered(event, 6)
    with event.store.reading() as tx:
        found = tx.rows("SELECT id FROM links WHERE person_id = :p", p=event.judges[6])
    for row in found:
        links.revoke_link(event.store, event.organizer, row["id"], at=datetime.now(UTC))
    assert client.open(secret).status == 410
    key = ("GET", "/api/work")
    assert browser.ask(key[0], key[1] + READS[key](event)).status == 401


def test_wrong_links_are_limited(client: Client, event: Event):
    """429 after thirty in a minute, in words; no header moves the address."""
    for _ in range(WRONG_LINKS_A_MINUTE):
        assert client.open("wrong").status == 404
    for headers in ({}, {"x-real-ip": "10.9.9.9"}, {"forwarded": "for=10.9.9.9"}):
        assert client.open("wrong", **headers).status == 429
    assert client.open(secret_of(event, 1)).status == 303, "one address may be a whole hall"


def test_two_links_in_one_browser(client: Client, event: Event):
    """The page of the first writes nothing as the second: 409 names who sits there now."""
    first = client.entered(event, 1)
    second = first.entered(event, 5)
    body = sheet(event, 1) | {"changes": [mark(event)]}
    answer = second.ask("PUT", "/api/marks", body)
    assert (answer.status, answer.json["error"]) == (409, "wrong_seat")
    assert "评委·赵5" in answer.json["message"]
    answer = first.ask("PUT", "/api/marks", body)
    assert (answer.status, answer.json["error"]) == (409, "replaced")
    assert "评委·赵5" in answer.json["message"]


def test_a_link_is_opened_by_following_it_only(client: Client, event: Event):
    """No other method enters."""
    secret = secret_of(event, 1)
    for method in ("POST", "PUT", "DELETE"):
        answer = client.ask(method, f"/j/{secret}", {})
        assert answer.status == 405
        assert "set-cookie" not in answer.headers
