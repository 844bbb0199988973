"""The audience's routes: what phones without a sign-in are answered, and who floods them."""

import asyncio
import json
import socket
import threading

import pytest

from competition.ids import digest
from competition.voting import ballots
from competition.voting.cards import Card
from db.invariants import verify
from organizers.public.vote import routes
from organizers.public.vote.gathering import MOST_WAITING, Gathering
from tests.competition.event import Event, later
from tests.competition.registry import vote_rows as rows
from tests.door.running import run
from tests.routes.client import Answer, Client
from ui.door.budgets import Bucket

WHOLE = 15 * 1024
"""All that a phone fetches."""


@pytest.fixture(scope="module")
def vote(event: Event) -> tuple[str, list[Card]]:
    """An open vote on the entrants of the open round, and its cards."""
    round_id = rows.begin(event, at=later(60))
    made = rows.make(event, round_id, 40, at=later(60))
    rows.open_(event, round_id, at=later(61))
    return round_id, made


def phone(client: Client, round_id: str, lang: str = "zh") -> tuple[Answer, dict[str, str]]:
    """The page, and the cookie of this phone."""
    page = client.ask("GET", f"/vote/{round_id}?lang={lang}", kind=None)
    cookie = page.headers["set-cookie"].split(";")[0]
    return page, {"Cookie": cookie}


def send(
    client: Client, round_id: str, cookie: dict[str, str], code: str, *chosen: str
) -> dict[str, object]:
    body: dict[str, object] = {"code": code} | ({"choices": list(chosen)} if chosen else {})
    answer = client.ask("POST", f"/api/vote/{round_id}", body, headers=cookie)
    assert answer.status == 200
    return answer.json


def test_a_phone_needs_one_small_page(client: Client, vote: tuple[str, list[Card]]):
    """Under 15 KB whole, in both languages; nothing in it is of a card, the cookie is a secret."""
    for lang in ("zh", "en"):
        page, _ = phone(client, vote[0], lang)
        assert page.status == 200
        assert len(page.body) < WHOLE
        text = page.body.decode()
        assert not any(other in text for other in ("<link", "src=", "http:", "https:"))
        assert not any(card.code in text for card in vote[1])
    kept = page.headers["set-cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=lax" in kept
    script = text[text.rindex("<script>") :]
    modern = ("=>", "const ", "let ", "`", "?.", "async ", ",\n  )")
    assert [sign for sign in modern if sign in script] == []


def test_a_ballot_by_phone(client: Client, event: Event, vote: tuple[str, list[Card]]):
    """Opened, given, given again, from another phone, by a second card: each as it should be."""
    round_id, made = vote
    _, mine = phone(client, round_id)
    _, other = phone(client, round_id)
    code, chosen = made[0].code, event.entrants[2]
    assert client.ask("GET", f"/api/vote/{round_id}").json == {"state": "open"}
    assert send(client, round_id, mine, code) == {"state": "open", "number": 1}
    given = send(client, round_id, mine, code, chosen)
    assert (given["state"], given["choices"], given["number"]) == ("voted", [chosen], 1)
    assert send(client, round_id, mine, code, event.entrants[1]) == given
    assert send(client, round_id, mine, code) == given
    assert send(client, round_id, other, code, chosen) == {"state": "other", "number": 1}
    assert send(client, round_id, mine, made[1].code, chosen) == {"state": "held", "number": 1}
    assert send(client, round_id, {}, made[2].code, chosen) == {"state": "no_cookie"}
    assert send(client, "elsewhere", other, made[2].code, chosen)["state"] == "unknown"


def test_what_is_no_request_is_refused_and_nothing_is_kept(
    client: Client, event: Event, vote: tuple[str, list[Card]]
):
    """Half a body, no JSON, a wrong type, much too many choices, another site's page."""
    round_id, made = vote
    path, code = f"/api/vote/{round_id}", made[3].code
    _, mine = phone(client, round_id)
    for body in ([], {"code": 5}, {"code": code, "choices": "all"}, {"code": code, "choices": [1]}):
        assert client.ask("POST", path, body, headers=mine).status == 422
    many = {"code": code, "choices": [event.entrants[1]] * 65}
    assert client.ask("POST", path, many, headers=mine).status == 422
    foreign = mine | {"Origin": "http://elsewhere.test"}
    assert client.ask("POST", path, {"code": code}, headers=foreign).status == 403
    assert client.ask("GET", "/vote/nowhere", kind=None).status == 404
    assert client.ask("GET", f"/vote/{event.round_id}", kind=None).status == 404
    with event.store.reading() as tx:
        claimed = tx.rows("SELECT hash FROM vote_claims WHERE hash = :h", h=digest(code))
    assert claimed == []


def test_a_half_sent_body_leaves_no_ballot(
    client: Client, event: Event, vote: tuple[str, list[Card]]
):
    """The phone goes away in the middle: what arrived is no request; sent whole, it counts."""
    round_id, made = vote
    _, mine = phone(client, round_id)
    code, chosen = made[4].code, event.entrants[1]
    whole = json.dumps({"code": code, "choices": [chosen]}).encode()
    head = (
        f"POST /api/vote/{round_id} HTTP/1.1\r\nHost: localhost\r\nCookie: {mine['Cookie']}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(whole)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", client.port)) as wire:
        wire.sendall(head.encode() + whole[: len(whole) // 2])
    assert send(client, round_id, mine, code, chosen)["state"] == "voted"
    with event.store.reading() as tx:
        kept = tx.rows("SELECT choices FROM vote_ballots WHERE hash = :h", h=digest(code))
    assert kept == [{"choices": chosen}]


def test_two_taps_at_once_are_one_ballot(
    client: Client, event: Event, vote: tuple[str, list[Card]]
):
    """Eight requests of one phone side by side, for two entrants: all answers are one ballot."""
    round_id, made = vote
    _, mine = phone(client, round_id)
    told: list[dict[str, object]] = []

    def tap(entrant: int) -> None:
        told.append(send(client, round_id, mine, made[5].code, event.entrants[entrant]))

    taps = [threading.Thread(target=tap, args=(1 + n % 2,)) for n in range(8)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert [one["state"] for one in told] == ["voted"] * 8
    assert len({str(one) for one in told}) == 1


def test_wrong_codes_are_slowed_and_right_ones_are_not(
    client: Client, event: Event, vote: tuple[str, list[Card]], monkeypatch: pytest.MonkeyPatch
):
    """One address, as a whole hall has: after its budget each wrong code waits, no right one."""
    slept: list[float] = []

    async def noted(seconds: float) -> None:
        slept.append(seconds)

    round_id, made = vote
    _, mine = phone(client, round_id)
    monkeypatch.setattr(routes, "rest", noted)  # not asyncio's: the server's loop sleeps, too
    here = (event.store.path, "127.0.0.1")
    monkeypatch.setattr(routes, "_wrong", type(routes._wrong)({here: Bucket(2, 1e-9)}))
    for _ in range(5):
        assert send(client, round_id, mine, "0" * 16)["state"] == "unknown"
    assert len([one for one in slept if one >= routes.SLOW_SECONDS]) == 3
    assert send(client, round_id, mine, made[6].code, event.entrants[4])["state"] == "voted"
    assert len([one for one in slept if one >= routes.SLOW_SECONDS]) == 3


def test_an_old_tab_after_the_closing_counts_nothing(client: Client, event: Event):
    """A page that was left open sends its choice too late: it is refused, and the count stands."""
    round_id = rows.begin(event, at=later(70), hall="result")
    (card,) = rows.make(event, round_id, 1, at=later(70))
    _, mine = phone(client, round_id)
    assert send(client, round_id, mine, card.code)["state"] == "waiting"
    rows.open_(event, round_id, at=later(71))
    assert send(client, round_id, mine, card.code)["state"] == "open"
    rows.close(event, round_id, at=later(72))
    assert send(client, round_id, mine, card.code, event.entrants[1])["state"] == "closed"
    assert verify(event.store) == []


def test_the_host_turns_the_vote_and_no_other_page_does(
    client: Client, event: Event, vote: tuple[str, list[Card]]
):
    """The step asks its right: a judge, another seat's page, a step that is none are refused."""
    round_id = rows.begin(event, at=later(80))
    path = "/api/host-vote"
    host, judge = client.entered(event, "host"), client.entered(event, 1)
    body = {"seat": event.people["host"], "round": round_id, "step": "open"}
    assert client.ask("POST", path, body).status == 401
    assert judge.ask("POST", path, {**body, "seat": event.judges[1]}).status == 403
    assert host.ask("POST", path, {**body, "seat": event.judges[1]}).status == 409
    assert host.ask("POST", path, {**body, "step": "count"}).status == 422
    assert host.ask("POST", path, body).json["state"] == "open"
    assert host.ask("POST", path, {**body, "step": "close"}).json["state"] == "closed"


def test_phones_that_come_together_share_a_commit(event: Event, vote: tuple[str, list[Card]]):
    """Thirty ballots in the moment of gathering: few commits, each answered after it."""
    round_id, made = vote
    commits: list[int] = []
    event.store.after_commit(lambda: commits.append(1))
    sent = [
        ballots.Sent(round_id, digest(card.code), digest(card.code), (event.entrants[3],))
        for card in made[8:38]
    ]

    async def together() -> list[ballots.Answer]:
        gathering = Gathering()
        return await asyncio.gather(*(gathering.answer(event.store, one) for one in sent))

    assert [one.state for one in run(together())] == ["voted"] * 30
    assert 0 < len(commits) <= 2
    assert MOST_WAITING > 0
