"""Who is not meant: no cookie, another role, another seat, another event, another site."""

from dataclasses import replace

import pytest
from streamlit import config

from tests.competition.event import Event
from tests.routes.client import Client
from tests.routes.requests import (
    BOUND,
    EVERY,
    JUDGE,
    READS,
    WRITES,
    Key,
    request,
    role_of,
    routes,
    written,
)
from words import LANGS

NO_ROUND = ("/api/language", "/api/growth")
"""Routes that name no round."""

ALSO_THEIRS = {
    "/api/stage": ("organizer",),
    "/api/release": ("organizer",),
    "/api/recusal": ("organizer",),
    "/api/host/{round}": ("organizer",),
    "/api/hall/{round}": ("organizer", "scorekeeper", "supervisor"),
}
"""Acts that another role may do as well, through its own page."""


@pytest.fixture(scope="module")
def browsers(client: Client, event: Event) -> dict[int | str, Client]:
    """A browser for each role."""
    roles = ("organizer", "timekeeper", "scorekeeper", "supervisor", "host", JUDGE, 5)
    return {role: client.entered(event, role) for role in roles}


def test_every_route_is_tried_here():
    """A new route brings its right request."""
    unsigned = {
        ("GET", "/api/pair"),  # for a tablet that is nobody's yet: test_pair tries it
        ("GET", "/api/results.json"),  # for everybody, after its act: test_public tries it
    }
    by_code = {("GET", "/api/vote/{round}"), ("POST", "/api/vote/{round}")}
    of_composites = {("POST", "/api/host-vote")}  # the event has none: test_vote tries them
    assert routes() - unsigned - by_code - of_composites == set(EVERY)


@pytest.mark.parametrize("key", EVERY)
def test_nobody_is_served_without_a_sign_in(client: Client, event: Event, key: Key):
    """401, in both languages, with who can help."""
    before = written(event)
    for cookie in ("", "made-up", "a" * 3000):
        answer = replace(client, cookie=cookie).ask(*request(key, event))
        assert (answer.status, answer.json["error"]) == (401, "sign_in_needed"), cookie
        assert set(answer.json["says"]) == set(answer.json["way"]) == set(LANGS)
        assert all(answer.json["way"].values())
    assert written(event) == before


@pytest.mark.parametrize("key", [key for key in EVERY if key[1] not in NO_ROUND])
def test_another_role_is_refused(browsers: dict, event: Event, key: Key):
    """Each in its own name and with its own seat; nothing is written."""
    before = written(event)
    for role, browser in browsers.items():
        if isinstance(role_of(key), type(role)) or role in ALSO_THEIRS.get(key[1], ()):
            continue
        method, path, body = request(key, event)
        if body is not None:
            body["seat"] = event.judges[role] if isinstance(role, int) else event.people[role]
        answer = browser.ask(method, path, body)
        assert (answer.status, answer.json["error"]) == (403, "forbidden"), role
    assert written(event) == before


@pytest.mark.parametrize("key", WRITES)
def test_a_page_made_for_another_seat_is_told_whose_it_is(browsers: dict, event: Event, key: Key):
    """409, naming who is signed in on this device; nothing is written as the wrong judge."""
    before = written(event)
    answer = browsers[5].ask(*request(key, event))
    assert (answer.status, answer.json["error"]) == (409, "wrong_seat")
    assert "评委·赵5" in answer.json["message"]
    assert written(event) == before


@pytest.mark.parametrize("key", [key for key in EVERY if key[1] not in NO_ROUND])
def test_another_events_round_is_not_found(browsers: dict, event: Event, stranger: Event, key: Key):
    """Its ids are unknown here, though they stand in the same database."""
    before = written(event)
    method, path, body = request(key, stranger)
    own = request(key, event)[2]
    if body is not None and own is not None:
        body |= {name: own[name] for name in ("event", "seat") if name in own}
    answer = browsers[role_of(key)].ask(method, path, body)
    assert (answer.status, answer.json["error"]) == (404, "missing")
    assert written(event) == before


@pytest.mark.parametrize("key", BOUND)
def test_a_write_bound_to_another_event_is_refused(browsers: dict, event: Event, key: Key):
    """Marks kept on a tablet since the rehearsal do not flow into the real event."""
    before = written(event)
    method, path, body = request(key, event)
    answer = browsers[JUDGE].ask(method, path, {**(body or {}), "event": "rehearsal"})
    assert (answer.status, answer.json["error"]) == (409, "wrong_event")
    assert written(event) == before


ORIGINS = (
    "http://evil.test",
    "null",
    "",
    "http://[",
    "http://127.0.0.1",
    "http://127.0.0.1.evil.test",
)


@pytest.mark.parametrize("key", [key for key in EVERY if key not in READS])
def test_another_sites_page_writes_nothing(browsers: dict, event: Event, key: Key):
    """403 before anything is read, though the browser sent the cookie along."""
    before = written(event)
    browser = browsers[role_of(key)]
    for origin in ORIGINS:
        answer = browser.ask(*request(key, event), headers={"origin": origin})
        assert answer.status == 403, origin
    assert written(event) == before


@pytest.mark.parametrize("key", EVERY)
def test_an_unknown_host_name_is_refused(browsers: dict, event: Event, key: Key):
    """Another name that leads here (DNS rebinding) opens nothing."""
    allowed = config.get_option("server.allowedHosts")
    config.set_option("server.allowedHosts", ["127.0.0.1"])
    try:
        for name in ("evil.test", "evil.test:80", "[::1", "", "127.0.0.1.evil.test"):
            answer = browsers[role_of(key)].ask(*request(key, event), headers={"host": name})
            assert answer.status == 400, name
            assert browsers[JUDGE].open("wrong", host=name).status == 400
    finally:
        config.set_option("server.allowedHosts", allowed)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_taken(browsers: dict, method: str):
    """A write is not done by following a link."""
    for path in sorted({path for _, path in EVERY}):
        if (method, path) not in EVERY:
            answer = browsers[JUDGE].ask(method, path, {})
            assert answer.status in (404, 405), path


@pytest.mark.parametrize("key", EVERY)
def test_no_answer_is_kept_by_a_browser_or_framed(client: Client, event: Event, key: Key):
    """Nor does a link's secret travel on in a Referer."""
    headers = client.ask(*request(key, event)).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
