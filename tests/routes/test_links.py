"""``GET /j/<token>``: the cookie it sets, and what it never gives away."""

from datetime import UTC, datetime, timedelta

import pytest

from competition.link_ends import has_ended
from competition.people import links
from competition.people.links import WRONG_LINKS_A_MINUTE
from competition.times import stamp
from tests.competition.event import Event
from tests.routes.client import Client, secret_of
from tests.routes.requests import READS, mark, sheet
from tests.routes.test_faults import held


def test_a_link_sets_a_cookie_that_scripts_cannot_read(client: Client, event: Event):
    """HttpOnly, SameSite, for the whole site; and the token is not in it."""
    secret = secret_of(event, 1)
    answer = client.open(secret)
    cookie = answer.headers["set-cookie"]
    assert (answer.status, answer.headers["location"]) == (303, "/pad")
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
    """So that one device differs from another, and can be ended."""
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
    with held(event):  # a flood never waits for the writer that marks need
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


def test_a_browser_with_another_seat_is_asked_before_it_changes(client: Client, event: Event):
    """The page names both; the former seat goes on until its button posts."""
    first, secret = client.entered(event, 1), secret_of(event, 5)
    asked = first.open(secret)
    page = asked.body.decode()
    assert (asked.status, "set-cookie" in asked.headers) == (200, False)
    assert "评委·赵5" in page
    assert first.ask("GET", "/api/work").status == 200
    assert first.ask("POST", f"/j/{secret}").status == 303
    assert first.ask("GET", "/api/work").json["error"] == "replaced"


def test_a_browser_that_holds_the_same_persons_seat_is_not_asked(client: Client, event: Event):
    """A judge who scans the own code again comes straight in."""
    browser = client.entered(event, 1)
    assert browser.open(secret_of(event, 1)).status == 303


def test_the_question_may_post_although_it_sends_no_referrer(client: Client, event: Event):
    """Under no-referrer a browser sends "Origin: null" with a form, which the door refuses."""
    page = client.entered(event, 1).open(secret_of(event, 5))
    assert page.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "headers",
    [{"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}, {"x-moz": "prefetch"}],
)
@pytest.mark.parametrize("path", ["/j/{secret}", "/pair", "/h/x"])
def test_a_browser_that_fetches_ahead_opens_nothing(
    client: Client, event: Event, path: str, headers: dict[str, str]
):
    """No sign-in is made, no digits are given, and no wrong link is counted."""
    secret = secret_of(event, 1)
    before = openings(event)
    for method in ("GET", "HEAD"):
        answer = client.ask(method, path.format(secret=secret), headers=headers)
        assert (answer.status, "set-cookie" in answer.headers) == (503, False)
    assert client.ask("HEAD", path.format(secret=secret)).status == 503
    assert openings(event) == before


def openings(event: Event) -> list[int]:
    """Sign-ins, waiting tablets and wrong links."""
    with event.store.reading() as tx:
        names = ("sign_ins", "pairings", "attempts")
        return [tx.value(f"SELECT count(*) FROM {name}") for name in names]


def test_a_link_and_its_sign_ins_end_after_the_event(client: Client, event: Event):
    """The last day and thirty more; a link made later has thirty days of its own."""
    today = datetime.now(UTC)
    link = {"created_at": stamp(today - timedelta(days=40))}
    days = {"starts_on": "2022-03-18", "ends_on": "", "timezone": "Asia/Shanghai"}
    assert has_ended(link, days, today)
    assert not has_ended(link, {**days, "starts_on": ""}, today)
    assert not has_ended({"created_at": stamp(today)}, days, today)
    secret, browser = secret_of(event, 4), client.entered(event, 4)
    assert browser.ask("GET", "/api/work").status == 200
    with event.store.writing() as tx:
        row = tx.one("SELECT * FROM competitions WHERE id = :i", i=event.organizer.competition_id)
        tx.run("UPDATE competitions SET starts_on = '2022-03-18' WHERE id = :i", i=row["id"])
        tx.run(
            "UPDATE links SET created_at = :at WHERE person_id = :p",
            at=link["created_at"],
            p=event.judges[4],
        )
    assert browser.ask("GET", "/api/work").json["error"] == "link_expired"
    assert client.open(secret).status == 410
    with event.store.writing() as tx:
        tx.run("UPDATE competitions SET starts_on = '' WHERE id = :i", i=row["id"])


def test_a_link_is_opened_by_no_other_method(client: Client, event: Event):
    """Following it, or the button of the question."""
    secret = secret_of(event, 1)
    for method in ("PUT", "DELETE"):
        answer = client.ask(method, f"/j/{secret}", {})
        assert answer.status == 405
        assert "set-cookie" not in answer.headers
