"""A pad of the other laptop's page: its token, the origins that may ask, a higher generation."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from competition.people import links
from competition.standby import codes, fencing
from db import people, superseded
from tests.competition.event import Event
from tests.competition.registry.standby_rows import FIRST, SECOND, enter, request
from tests.routes.client import Client
from ui.door import paired

PAGE = {"origin": FIRST[0]}


@pytest.fixture(scope="module")
def told(event: Event, client: Client) -> dict[str, Any]:
    """What judge 1's pad was given at its sign-in."""
    enter(event, at=datetime.now(UTC))
    paired._kept.clear()
    judge = client.entered(event, 1)
    answer = judge.ask("GET", f"/api/now?round={event.round_id}")
    second: dict[str, Any] = answer.json["second"]
    return {**second, "cookie": judge.cookie}


def bearing(told: dict[str, Any], **more: str) -> dict[str, str]:
    return {**PAGE, "authorization": f"Bearer {told['bearer']}", **more}


def test_a_pad_is_told_both_addresses_a_token_and_the_generation(told: dict[str, Any]):
    """Its cookie is not among it."""
    assert set(FIRST + SECOND) <= set(told["addresses"])
    assert told["proof"].startswith("1-")
    assert told["cookie"] not in told["bearer"]


def test_the_staff_are_told_no_token(event: Event, client: Client, told: dict[str, Any]):
    """A token that scripts can read is for pads alone."""
    answer = client.entered(event, "organizer").ask("GET", f"/api/now?round={event.round_id}")
    assert answer.json.get("second") is None


def test_the_token_opens_the_judges_own_work(event: Event, client: Client, told: dict[str, Any]):
    """Read by the page of the paired address, and only by it."""
    answer = client.ask("GET", "/api/work", headers=bearing(told))
    assert (answer.status, answer.json["seat"]) == (200, event.judges[1])
    assert answer.headers["access-control-allow-origin"] == FIRST[0]
    assert "access-control-allow-credentials" not in answer.headers


def test_a_mark_is_taken_from_the_paired_page(event: Event, client: Client, told: dict[str, Any]):
    """As from the server's own page."""
    body = {
        "event": event.organizer.competition_id,
        "seat": event.judges[1],
        "round": event.round_id,
        "entrant": event.entrants[1],
        "changes": [{"id": "far", "criterion": event.criteria[0], "value": 40000, "rev": 0}],
    }
    answer = client.ask("PUT", "/api/marks", body, headers=bearing(told))
    assert (answer.status, answer.json["results"][0]["outcome"]) == (200, "done")


def test_a_page_of_an_earlier_first_laptop_goes_on(
    event: Event, client: Client, told: dict[str, Any]
):
    """Two takeovers: the page came from a laptop that is none of the two now."""
    others = [f"http://192.168.1.{n}:8501" for n in (21, 22)]
    code = codes.make_code(event.store, event.organizer, at=datetime.now(UTC))
    asked = request(code, first=(others[0],), second=(others[1],))
    codes.pair(event.store, asked, b"", at=datetime.now(UTC))
    paired._kept.clear()
    answer = client.ask("GET", "/api/work", headers=bearing(told))
    assert answer.headers["access-control-allow-origin"] == FIRST[0]
    assert answer.json["second"]["addresses"] == others
    enter(event, at=datetime.now(UTC))


def test_before_it_a_browser_is_told_what_it_may_send(client: Client, told: dict[str, Any]):
    """The preflight of the paired address; not that of another."""
    asks = {"access-control-request-method": "PUT"}
    answer = client.ask("OPTIONS", "/api/marks", headers={**PAGE, **asks})
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (204, FIRST[0])
    assert "authorization" in answer.headers["access-control-allow-headers"]
    other = client.ask("OPTIONS", "/api/marks", headers={"origin": "http://evil.test", **asks})
    assert (other.status, "access-control-allow-origin" in other.headers) == (403, False)


@pytest.mark.parametrize("path", ["/api/work", "/standby/generation"])
def test_no_other_page_may_read(client: Client, told: dict[str, Any], path: str):
    """Not even with the token."""
    answer = client.ask("GET", path, headers=bearing(told, origin="http://evil.test"))
    assert "access-control-allow-origin" not in answer.headers


def test_a_cookie_counts_for_nothing_from_another_address(
    event: Event, client: Client, told: dict[str, Any]
):
    """Two ports of one host share cookies: without the token the write is foreign."""
    judge = replace(client, cookie=told["cookie"])
    answer = judge.ask("PUT", "/api/marks", {"seat": event.judges[1]}, headers=PAGE)
    assert answer.status == 403
    read = judge.ask("GET", "/api/work", headers=PAGE)
    assert "access-control-allow-origin" not in read.headers


def test_only_the_pads_routes_answer_the_other_address(client: Client, told: dict[str, Any]):
    """Neither pages nor sign-ins."""
    for path in ("/pad", "/j/x", "/pair", "/healthz"):
        answer = client.ask("GET", path, headers=bearing(told))
        assert "access-control-allow-origin" not in answer.headers
    assert client.ask("POST", "/j/x", {}, headers=bearing(told)).status == 403


FORGED = {
    "another judge's id": lambda event, told: told.replace(event.judges[1], event.judges[2]),
    "another sign-in": lambda event, told: "0" * 64 + told[64:],
    "another MAC": lambda event, told: told[:-1] + ("0" if told[-1] != "0" else "1"),
    "no MAC": lambda event, told: told.rpartition(".")[0] + ".",
    "nothing": lambda event, told: "",
    "dots": lambda event, told: "...",
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_token_is_nobodys(event: Event, client: Client, told: dict[str, Any], what: str):
    """401, whoever's page it comes from."""
    token = FORGED[what](event, told["bearer"])
    for headers in ({}, PAGE):
        sent = {**headers, "authorization": f"Bearer {token}"}
        assert client.ask("GET", "/api/work", headers=sent).status == 401


def test_a_sign_in_after_the_last_copy_is_written_down(
    event: Event, client: Client, told: dict[str, Any]
):
    """The copy knows the link and not the sign-in: the token proves it; a revoked link does not."""
    late = client.entered(event, 3)
    answer = late.ask("GET", f"/api/now?round={event.round_id}")
    bearer = answer.json["second"]["bearer"]
    id_hash, link_id = bearer.split(".")[0], bearer.split(".")[2]
    with event.store.writing() as tx:
        tx.run("DELETE FROM sign_ins WHERE id_hash = :h", h=id_hash)
    headers = {"authorization": f"Bearer {bearer}"}
    assert client.ask("GET", "/api/work", headers=headers).json["seat"] == event.judges[3]
    with event.store.reading() as tx:
        assert people.sign_in(tx, id_hash) is not None
    links.revoke_link(event.store, event.organizer, link_id, at=datetime.now(UTC))
    assert client.ask("GET", "/api/work", headers=headers).status == 401


def test_a_pad_that_shows_a_higher_generation_stops_the_server(
    event: Event, client: Client, told: dict[str, Any]
):
    """With its proof; a number that it made up does nothing."""
    owner = str(event.organizer.competition_id)
    judge = replace(client, cookie=told["cookie"])
    forged = f"9-0123456789abcdef.{'a' * 64}"
    assert judge.ask("GET", "/api/work", headers={"arena-generation": forged}).status == 200
    with event.store.reading() as tx:
        said = f"generation {owner} 9-0123456789abcdef"
        true = f"9-0123456789abcdef.{fencing.mac(tx, owner, said)}"
    try:
        answer = judge.ask("GET", "/api/work", headers={"arena-generation": true})
        assert (answer.status, answer.json["error"]) == (503, "database_superseded")
        assert "g9" in answer.json["says"]["zh"]
        assert judge.ask("GET", "/api/work").status == 503
        moved = client.open(links_token(event))
        assert (moved.status, moved.headers["location"].startswith(SECOND[0])) == (303, True)
    finally:
        event.store.superseded = ""
        superseded.path_of(event.store.path).unlink()


def links_token(event: Event) -> str:
    """A link as it was printed before."""
    event.store.superseded, kept = "", event.store.superseded
    token = links.make_link(event.store, event.organizer, event.judges[2], at=datetime.now(UTC))
    event.store.superseded = kept
    return token
