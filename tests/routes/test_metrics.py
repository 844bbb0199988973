"""Figures for a monitoring program: by key alone, true, and without any name."""

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from arena_app import ROUTES
from tests.competition.event import Event
from tests.routes.client import Client
from tests.routes.requests import EVERY, JUDGE, mark, request, sheet
from ui.door.places import place_of
from ui.watch.counts import METHODS, OTHER, SHORT_NAMES
from ui.watch.figures import KEY

SECRET = "a-key-of-twenty-signs"


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The header of a monitoring program, and the server's key."""
    monkeypatch.setenv(KEY, SECRET)
    return {"authorization": f"Bearer {SECRET}"}


def figures(client: Client, key: dict[str, str]) -> dict[tuple[str, ...], float]:
    """Name and labels' values to the figure, as Prometheus itself reads them."""
    answer = client.ask("GET", "/metrics", headers=key)
    assert answer.status == 200
    return {
        (one.name, *one.labels.values()): one.value
        for family in text_string_to_metric_families(answer.body.decode())
        for one in family.samples
    }


def test_without_a_key_there_is_nothing(client: Client, monkeypatch: pytest.MonkeyPatch):
    """No key, or one that can be guessed, closes the page for everybody; a wrong one is refused."""
    shown = {"authorization": "Bearer short"}
    for held in ("", "short"):
        monkeypatch.setenv(KEY, held)
        assert client.ask("GET", "/metrics").status == 404
        assert client.ask("GET", "/metrics", headers=shown).status == 404
    monkeypatch.setenv(KEY, SECRET)
    for wrong in ("", "Bearer", f"Basic {SECRET}", f"Bearer {SECRET}x", "Bearer é"):
        answer = client.ask("GET", "/metrics", headers={"authorization": wrong})
        assert (answer.status, b"arena_" in answer.body) == (401, False), wrong


def test_an_organizer_s_sign_in_is_no_key(client: Client, event: Event, key: dict[str, str]):
    """A person's page is another one; a cookie opens no figures."""
    assert client.entered(event, "organizer").ask("GET", "/metrics").status == 401


def test_a_mark_is_counted_once(client: Client, event: Event, key: dict[str, str]):
    """By route and status, among the seconds of marks, and as one commit."""
    judge = client.entered(event, JUDGE)
    before = figures(client, key)
    body = sheet(event) | {"changes": [mark(event)]}
    assert judge.ask("PUT", "/api/marks", body).status == 200
    assert judge.ask("PUT", "/api/marks", {**body, "seat": "x"}).status == 409
    after = figures(client, key)

    def grown(*name: str) -> float:
        return after[name] - before.get(name, 0.0)

    assert grown("arena_requests_total", "PUT", "/api/marks", "200") == 1
    assert grown("arena_requests_total", "PUT", "/api/marks", "409") == 1
    assert grown("arena_seconds_count", "marks") == 2
    assert grown("arena_commits_total") >= 1
    assert grown("arena_commit_seconds_total") > 0
    assert grown("arena_event_number") == 1
    assert after["arena_acts_per_commit_bucket", "+Inf"] == after["arena_commits_total",]
    assert after["arena_database_bytes",] == event.store.path.stat().st_size
    assert after["arena_store_answers",] == 1


def test_a_pad_that_beats_is_on_line(client: Client, event: Event, key: dict[str, str]):
    """With what it has not sent; figures that are not known, as a lag without a laptop, are not."""
    judge = client.entered(event, JUDGE)
    beat = f"/api/now?round={event.round_id}&seat={event.judges[JUDGE]}&tab=t1&unsent=3"
    assert judge.ask("GET", beat).status == 200
    shown = figures(client, key)
    assert shown["arena_tablets", "online"] == 1
    assert shown["arena_tablets", "unsent"] == 1
    assert shown["arena_marks_unsent",] == 3
    assert ("arena_standby_lag_events",) not in shown


def test_labels_are_words_of_ours(client: Client, event: Event, key: dict[str, str]):
    """Whatever is asked: the sets are bounded, and no name, code, title or address is in one."""
    for each in EVERY:
        client.entered(event, JUDGE).ask(*request(each, event))
    for path in ("/j/secret-of-a-link", "/hall/%E7%94%B2", "/nowhere/1", "/api/x", "/static/../x"):
        client.ask("GET", path)
    client.ask("BREW", "/hall")
    text = client.ask("GET", "/metrics", headers=key).body.decode()
    labels = set(re.findall(r'(\w+)="([^"]*)"', text))
    routes = {route.path for route in ROUTES}
    places = {"ours", "page", "inner", "upload", "open", "closed", "socket"}
    bounded = {
        "route": routes | places,
        "method": METHODS | {OTHER},
        "about": SHORT_NAMES,
        "state": {"online", "offline", "unsent"},
    }
    for name, value in labels:
        if name in bounded:
            assert value in bounded[name], name
        elif name == "status":
            assert 100 <= int(value) <= 599
        else:
            assert name == "le"
    assert place_of("/metrics") == "ours"
