"""Blind review over the wire: no byte that a judge's tablet is sent names an entrant."""

from dataclasses import replace

import pytest

from competition.aliases import _of, aliases
from tests.competition import event as events
from tests.competition.event import QUICK, Event
from tests.competition.test_blind import names_of
from tests.routes import requests
from tests.routes.client import Client
from tests.routes.requests import EVERY, JUDGE, Key, role_of

JUDGES = tuple(key for key in EVERY if role_of(key) == JUDGE)


@pytest.fixture(scope="module")
def blind(event: Event) -> Event:
    """A blind round, open, in the database that is served."""
    return events.opened(event.store, rules=replace(QUICK, blind=True), title="盲评")


@pytest.fixture(scope="module")
def judge(client: Client, blind: Event) -> Client:
    """Judge 2, signed in."""
    return client.entered(blind, JUDGE)


def names_in(body: bytes, event: Event) -> set[str]:
    """The names of entrants that an answer tells, as text or as JSON escapes it."""
    text = body.decode()
    escaped = {name: name.encode("unicode_escape").decode() for name in names_of(event.store)}
    return {name for name, other in escaped.items() if name in text or other in text}


@pytest.mark.parametrize("key", JUDGES, ids=lambda key: " ".join(key))
def test_no_route_of_a_judge_names_an_entrant(judge: Client, blind: Event, key: Key):
    """Its right request, and one for an entrant of another panel."""
    method, path, body = requests.request(key, blind)
    answers = [judge.ask(method, path, body)]
    if body and "entrant" in body:
        answers.append(judge.ask(method, path, body | {"entrant": blind.entrants[1]}))
    for answer in answers:
        assert names_in(answer.body, blind) == set()


@pytest.mark.parametrize("path", ["/pad"])
def test_the_pads_own_page_names_nobody(judge: Client, blind: Event, path: str):
    """It fetches its work by itself."""
    assert names_in(judge.ask("GET", path).body, blind) == set()


def test_certified_it_may(client: Client, event: Event):
    """The same judge, the same route, after the certificate."""
    blind = events.opened(event.store, rules=replace(QUICK, blind=True), title="盲评二")
    blind.fill_all()
    judge = client.entered(blind, JUDGE)
    path = f"/api/work?round={blind.round_id}"
    assert names_in(judge.ask("GET", path).body, blind) == set()
    blind.close()
    blind.certify()
    assert {"龙潭村", "规划1"} <= names_in(judge.ask("GET", path).body, blind)


@pytest.mark.parametrize("key", JUDGES, ids=lambda key: " ".join(key))
def test_no_route_of_a_judge_tells_an_id_that_another_round_has(
    judge: Client, blind: Event, key: Key
):
    """An entrant keeps its id from round to round: an open one would give the name to it."""
    answer = judge.ask(*requests.request(key, blind))
    ids = [one for one in blind.entrants.values() if one.encode() in answer.body]
    assert ids == []


def test_a_tablet_marks_by_the_id_that_it_was_told(judge: Client, blind: Event):
    """What the work names is what marks, sheet and echo take and give; no other round's is it."""
    work = judge.ask("GET", f"/api/work?round={blind.round_id}").json
    told = {sheet["entrant"]["number"]: sheet["entrant"]["id"] for sheet in work["sheets"]}
    body = requests.where(blind) | {"entrant": told[2], "changes": [requests.mark(blind)]}
    answer = judge.ask("PUT", "/api/marks", body)
    assert (answer.status, answer.json["entrant"]) == (200, told[2])
    path = f"/api/sheet?round={blind.round_id}&entrant={told[2]}"
    assert judge.ask("GET", path).json["marks"] == answer.json["marks"]
    other = aliases(blind.store, blind.visitor(JUDGE), blind.round_id)
    assert other.shown(told[2]) == blind.entrants[2]
    again = _of(b"key", "another round", tuple(blind.entrants.values()))
    assert not set(again.hidden(list(blind.entrants.values()))) & set(told.values())


def test_who_runs_the_round_gets_the_ids_themselves(client: Client, blind: Event):
    """The host's acts name what the desk names."""
    assert aliases(blind.store, blind.organizer, blind.round_id).hidden("x") == "x"
    known = aliases(blind.store, blind.visitor("host"), blind.round_id)
    assert known.hidden(blind.entrants[1]) == blind.entrants[1]
