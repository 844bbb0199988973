"""Many competitions behind one server: what is of one is nothing at another's host."""

import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import db
from arena_app import ROUTES
from arena_app import app as front
from competition.ids import digest
from competition.people import links
from competition.province.serving import Installation
from db import members
from db.members import PROVINCE
from db.tables import TABLES
from tests.competition import event as events
from tests.competition.event import Event
from tests.competition.registry.calls import in_open
from tests.db.test_looking import newer
from tests.routes.client import Answer, Client, secret_of
from tests.routes.conftest import serve
from ui.door import door as door_module
from ui.door.places import SOCKET, UPLOADS
from ui.downloads import OFFERS, Offer
from ui.here import ASKED, SERVING, _sessions, host_name

HOST = "contest.test"
A, B = f"gejiu.{HOST}", f"mengzi.{HOST}"
INVENTED = "an-invented-cookie"
DIFFER = ("/healthz", "/healthz/ready", "/api/pair")
"""What these answer differs from one request to the next."""


@dataclass(frozen=True)
class House:
    """A server of two competitions and a province, in one process."""

    port: int
    installation: Installation
    events: dict[str, Event]
    ids: Mapping[str, tuple[str, ...]]
    cookies: tuple[str, ...]

    def ask(self, host: str, method: str, path: str, cookie: str = "", **sent: object) -> Answer:
        """One request at a host."""
        return Client(self.port, cookie).ask(
            method, path, sent.get("body"), headers={"Host": host, **sent.get("headers", {})}
        )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Both competitions open, with documents, halls, votes and files on offer."""
    folder = tmp_path_factory.mktemp("many")
    members.begun(folder, HOST).added("gejiu").added("mengzi").added("absent").added(
        "future"
    ).keep()
    there = members.read(folder)
    links.begin(
        db.open_store(there.path_of(PROVINCE)), title="样例省", organizer="省", at=events.AT
    )
    first = in_open(db.open_store(there.path_of("gejiu"))).event
    second = events.opened(db.open_store(there.path_of("mengzi")), title="蒙自场")
    db.close_all()
    newer(there.path_of("future"))
    installation = Installation(folder)
    installation.begin()
    SERVING.installation = installation
    for name, event in (("gejiu", first), ("mengzi", second)):
        event.store = installation.competitions()[name]
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server, thread = serve(listening)
        cookies = tuple(_entered(port, first, A, who) for who in ("organizer", 1))
        yield House(port, installation, {A: first, B: second}, _ids(first, cookies[0]), cookies)
        server.should_exit = True
        thread.join()
    SERVING.installation = None
    installation.end()


def _entered(port: int, event: Event, host: str, who: int | str) -> str:
    """The cookie of a person who opened a link at the host."""
    secret = event.token if who == "organizer" else secret_of(event, who)
    answer = Client(port).ask("GET", f"/j/{secret}", headers={"Host": host})
    assert answer.status == 303, answer.body
    return answer.cookie


def _ids(event: Event, cookie: str) -> dict[str, tuple[str, ...]]:
    """Every kind of id that a path of A's may name, by the name of the path's part."""
    with event.store.reading() as tx:
        each = [tx.rows(f"SELECT * FROM {table} LIMIT 1") for table in TABLES]
        documents = tx.rows("SELECT id, entrant_id FROM documents")
    some = tuple(row[0]["id"] for row in each if row and "id" in row[0])
    offer = Offer("", "competition", None, "x", "text/plain", lambda: b"secret")
    address = OFFERS.add("x", replace(offer, seat_hash=digest(cookie)), event.store.path)
    return {
        "round": (event.round_id, event.vote_id),
        "document": tuple(row["id"] for row in documents),
        "of": some[:8],
        "evidence": some[:8],
        "address": (address,),
        "seat": (event.judges[1], str(event.organizer.person_id)),
        "token": (event.token, secret_of(event, 2)),
        "number": ("1",),
        "version": ("1",),
        "rest": ("x",),
    }


def paths(house: House) -> Iterator[tuple[str, str, str]]:
    """Route, method and path of everything that can be asked of the app's own routes."""
    for route in ROUTES:
        parts = re.findall(r"\{(\w+)(?::\w+)?\}", route.path)
        for place in range(max((len(house.ids[part]) for part in parts), default=1)):
            path = route.path
            for part in parts:
                values = house.ids[part]
                path = re.sub(rf"\{{{part}(:\w+)?\}}", values[place % len(values)], path)
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield route.path, method, path


def test_no_route_gives_or_takes_what_is_anothers(house: House, monkeypatch: pytest.MonkeyPatch):
    """Each route, with A's cookies, ids, seats and tokens: at B they are those of no person."""
    monkeypatch.setattr(door_module, "LONGEST_WAIT", 0.0)
    event = house.events[A]
    _unlimited(monkeypatch)
    with event.store.reading() as tx:
        names = {row["name"] for row in tx.rows("SELECT name FROM people")}
        texts = names | {row["title"] for row in tx.rows("SELECT title FROM entrants")} | {"secret"}
    seats = (str(event.organizer.person_id), event.judges[1])
    named = {"round": event.round_id, "event": event.organizer.competition_id}
    before = {host: _written(one) for host, one in house.events.items()}
    given: set[str] = set()
    for pattern, method, path in paths(house):
        asked = f"{path}?round={event.round_id}" if method == "GET" else path
        stranger = None
        for cookie, seat in zip(house.cookies, seats, strict=True):
            body = None if method == "GET" else {"seat": seat, **named}
            if method == "GET" and pattern not in given:
                _again(house)
                answer = house.ask(A, method, asked, cookie)
                given |= {pattern} if answer.status < 400 else set()
            _again(house)
            answer = house.ask(B, method, asked, cookie, body=body)
            if stranger is None:
                _again(house)
                stranger = house.ask(B, method, asked, INVENTED, body=body)
            assert answer.status == stranger.status, (method, path)
            if pattern not in DIFFER:
                assert _shown(answer) == _shown(stranger), (method, path)
            said = answer.body.decode("utf-8", "replace")
            assert not [one for one in texts if len(one) > 2 and one in said], (path, said)
    assert {host: _written(one) for host, one in house.events.items()} == before
    assert len(given) > 15, given  # the same is good at A


def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strangers are not made to wait: thousands of requests come of one test."""

    async def admits(*_: object) -> bool:
        return True

    monkeypatch.setattr(door_module.Door, "_admits", admits)


def _again(house: House) -> None:
    """No wrong link is counted."""
    for event in house.events.values():
        with event.store.reading() as tx:
            is_counted = tx.value("SELECT count(*) FROM attempts") > 0
        if is_counted:
            with event.store.writing() as tx:
                tx.run("DELETE FROM attempts")


def _written(event: Event) -> tuple[object, ...]:
    """How far the log is, and how many sign-ins there are."""
    with event.store.reading() as tx:
        return tx.value("SELECT count(*) FROM sessions"), tx.value(
            "SELECT count(*) FROM events WHERE kind NOT IN ('witnessed')"
        )


def _shown(answer: Answer) -> bytes:
    """The body without what differs between any two requests."""
    return re.sub(rb"[0-9A-F]{8}|\d+", b"", answer.body)


@pytest.mark.parametrize("host", [f"{A}:8501", A.upper(), f"{A}.", f"{A}.:443", A])
def test_a_host_is_read_without_port_capitals_and_last_dot(house: House, host: str):
    """Each is A's: its judge is let in."""
    path = f"/api/work?round={house.events[A].round_id}"
    assert house.ask(host, "GET", path, house.cookies[1]).status == 200


@pytest.mark.parametrize(
    "host",
    ["", "127.0.0.1", "contest.test.evil.test", f"x.{A}", "gejiu", f"province.{HOST}",
     "../gejiu.contest.test", f"gejiu.{HOST}@{B}", f"{A},{B}", f"{A}:x", "[::1]", f"{A}..",
     "%67ejiu.contest.test"],
)  # fmt: skip
def test_an_unknown_host_opens_nothing(house: House, host: str):
    """404, for A's own judge as well; nothing is opened and no file is made."""
    files = sorted(Path(house.installation.members.folder).rglob("*"))
    answer = house.ask(host, "GET", "/api/now", house.cookies[1])
    assert answer.status in (400, 404)
    assert sorted(Path(house.installation.members.folder).rglob("*")) == files


def test_two_hosts_are_none_and_a_proxys_word_counts_for_nothing(house: House):
    """Two Host headers are refused; X-Forwarded-Host and Forwarded change nothing."""
    with socket.create_connection(("127.0.0.1", house.port)) as wire:
        wire.sendall(
            f"GET /api/now HTTP/1.1\r\nHost: {A}\r\nHost: {B}\r\nConnection: close\r\n"
            f"Cookie: arena_seat={house.cookies[1]}\r\n\r\n".encode()
        )
        said = b"".join(iter(lambda: wire.recv(4096), b""))
    assert said.split(b" ", 2)[1] in (b"400", b"404")
    told = {"X-Forwarded-Host": A, "Forwarded": f"host={A}", "X-Host": A}
    assert house.ask(B, "GET", "/api/now", house.cookies[1], headers=told).status == 401


def test_a_competition_that_cannot_be_opened_stops_no_other(house: House):
    """Without its file, or with a newer version's: 503, its reason is kept, the others answer."""
    faults = house.installation.faults
    for name, code in (("absent", "database_empty"), ("future", "database_newer")):
        assert house.ask(f"{name}.{HOST}", "GET", "/api/now").status == 503
        assert faults[name].code == code
        assert name not in house.installation.competitions()
    assert house.ask(B, "GET", "/healthz/ready").status == 200


def test_one_flooded_competition_keeps_no_other_waiting(house: House):
    """A's budget of strangers is spent; at B a stranger is answered at once."""
    door = door_module.Door(front, lambda *_: None)  # type: ignore[arg-type,return-value]
    spent = ASKED.set(house.events[A].store)
    door.strangers.here().take(10_000)
    assert door.strangers.here().take() > 100
    ASKED.reset(spent)
    other = ASKED.set(house.events[B].store)
    assert door.strangers.here().take() == 0
    ASKED.reset(other)


def test_a_page_opened_at_one_host_is_not_carried_on_at_another(house: House):
    """A session of Streamlit's that has shown A takes no file and no socket at B."""
    _sessions["of-a"] = house.events[A].store
    path = f"{UPLOADS}of-a/1"
    for host, is_refused in ((A, False), (B, True)):
        answer = house.ask(host, "PUT", path, house.cookies[0], body=b"x")
        assert (answer.body == b"unknown host") is is_refused
    told = {"Sec-WebSocket-Protocol": "streamlit, x, of-a"}
    assert house.ask(B, "GET", SOCKET, house.cookies[0], headers=told).status == 404


def test_one_that_is_added_is_served_at_once_and_a_copy_never(house: House):
    """The list is looked at again; the same competition under another name is left out."""
    installation = house.installation
    folder, source = installation.members.folder, installation.members.path_of("mengzi")
    more = members.read(folder).added("copied").added("newer")
    house.events[B].store.checkpoint()
    more.path_of("copied").write_bytes(source.read_bytes())
    links.begin(db.Store(more.path_of("newer")), title="新", organizer="新", at=datetime.now(UTC))
    more.keep()
    installation._looked = 0.0
    assert house.ask(f"newer.{HOST}", "GET", "/api/now").status == 401
    assert house.ask(f"copied.{HOST}", "GET", "/api/now").status == 503
    assert installation.faults["copied"].code == "database_same_twice"
    assert "newer" in installation.competitions()


@pytest.mark.parametrize(
    ("header", "name"),
    [("A.Test:80", "a.test"), ("a.test.", "a.test"), ("a:b:1", ""), ("", ""), ("a.test:", "")],
)
def test_a_host_name_is_read_strictly(header: str, name: str):
    """A port is digits."""
    assert host_name(header) == name
