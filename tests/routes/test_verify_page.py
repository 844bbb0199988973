"""打开我 over http: whole for readers of the record; after its act what is public; else nothing."""

import json

import pytest

from competition.results import publishing
from competition.results.record import RESULT, WINNERS
from competition.results.second_verifier import data_of
from tests.competition.event import Event, later
from tests.routes.client import Client


@pytest.fixture(scope="module")
def certified(event: Event) -> Event:
    """The event, marked, closed and certified."""
    event.fill_all()
    event.close()
    event.certify()
    return event


def held(client: Client, path: str = "/verify") -> dict:
    """What the page that is served holds."""
    answer = client.ask("GET", path)
    assert answer.status == 200, answer.body
    assert "script-src 'sha256-" in answer.headers["content-security-policy"]
    return data_of(answer.body)


def test_before_certifying_there_is_nothing(event: Event, client: Client):
    """Neither for the organizer nor for a passer-by; in words."""
    for browser in (client, client.entered(event, "organizer")):
        answer = browser.ask("GET", "/verify?lang=en")
        assert answer.status == 404
        assert b"<script" not in answer.body


def test_the_record_is_for_organizer_and_supervisor(certified: Event, client: Client):
    """Others are refused while nothing was announced: no code, no name, no figure."""
    for role in ("organizer", "supervisor"):
        assert "events" in held(client.entered(certified, role))
    for browser in (client, client.entered(certified, "scorekeeper"), client.entered(certified, 2)):
        answer = browser.ask("GET", f"/verify?round={certified.round_id}")
        assert answer.status in (401, 403)
        assert b'id="data"' not in answer.body


def test_what_was_announced_is_for_all(certified: Event, client: Client):
    """As much as the rules publish, and never the events."""
    publish(certified)
    data = held(client, "/verify?lang=en")
    assert data["format"] in (WINNERS, RESULT)
    assert "events" not in data
    lost = [one for one in lines(certified) if not one["selected"]]
    if data["format"] == WINNERS:
        assert not any(one["code"] in json.dumps(data) for one in lost)
    assert client.ask("GET", "/verify?round=other").status == 404


def lines(certified: Event) -> list[dict]:
    """The lines of the certificate."""
    with certified.store.reading() as tx:
        content = tx.value("SELECT content FROM snapshots WHERE kind = 'certify'")
    return json.loads(content)["entrants"]


def publish(certified: Event) -> None:
    """Announce the result."""
    with certified.store.reading() as tx:
        code = tx.value("SELECT sha256 FROM snapshots WHERE kind = 'certify'")
    where = (certified.store, certified.organizer, certified.round_id, "announced", {})
    publishing.publish(*where, sha256=str(code), at=later(60))
