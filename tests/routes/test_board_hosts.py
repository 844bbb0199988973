"""A hall screen at one machine while another one announces: both on one PostgreSQL."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

import db
from commands.bench.cluster import programs
from competition.stage import screens
from db.postgres.address import URL
from db.postgres.store import ServedStore
from organizers.live.hall.pulse import PULSE
from tests.cluster import Cluster
from tests.competition import event as events
from tests.competition.event import Event
from tests.db.damage import master
from tests.routes.client import Client
from tests.routes.conftest import serve

pytestmark = pytest.mark.skipif(programs() is None, reason="no PostgreSQL 15 here")
LISTENER = "query LIKE 'SET synchronous_commit%' AND datname = current_database()"


@dataclass(frozen=True)
class Hosts:
    """The event at this server, the same as another machine has it, and a browser."""

    event: Event
    elsewhere: Event
    browser: Client

    @property
    def where(self) -> str:
        return f"/api/hall/{self.event.round_id}"

    def waiting(self) -> "Screen":
        """A screen that knows the present answer and waits for the next one."""
        PULSE._seen.clear()
        return Screen(self, self.browser.ask("GET", self.where).json)

    def show(self, what: str) -> None:
        """The organizer at the other machine puts something else on the screen."""
        at, one = datetime.now(UTC), self.elsewhere
        screens.set_screen(one.store, one.organizer, one.round_id, what, at=at)


class Screen:
    """One request that is held back until there is news."""

    def __init__(self, hosts: Hosts, before: dict[str, Any]) -> None:
        self._hosts, self._before = hosts, before
        self._answers: list[dict[str, Any]] = []
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()
        while not PULSE._due:
            assert self._thread.is_alive()

    def _ask(self) -> None:
        where = f"{self._hosts.where}?mark={self._before['mark']}"
        self._answers.append(self._hosts.browser.ask("GET", where).json)

    def changed(self) -> bool:
        """Whether the answer is another one."""
        self._thread.join()
        return bool(self._answers[0]["mark"] != self._before["mark"])


@pytest.fixture(scope="module")
def hosts(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """The event opened on two machines; one of them serves."""
    address, folder = cluster.empty(), tmp_path_factory.mktemp("hosts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(URL, address.url)
        patch.setenv("ARENA_DB", str(folder / address.file_name))
        event = events.opened(db.open_store(folder / address.file_name))
        other = ServedStore(address, folder / "other" / address.file_name)
        with closing(other), socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            server, thread = serve(listening)
            browser = Client(listening.getsockname()[1]).entered(event, "host")
            yield Hosts(event, replace(event, store=other), browser)
            server.should_exit = True
            thread.join()
        db.close_all()


@pytest.fixture(scope="module")
def event(hosts: Hosts) -> Event:
    """The event."""
    return hosts.event


def test_a_screen_is_woken_by_a_commit_of_another_machine(
    hosts: Hosts, monkeypatch: pytest.MonkeyPatch
):
    """By the hint alone: the next look and the end of the wait are an hour off."""
    for name in ("FRESH_SECONDS", "WAIT_SECONDS"):
        monkeypatch.setattr(f"organizers.live.hall.pulse.{name}", 3600.0)
    with hosts.event.store.listening(), hosts.elsewhere.store.listening():
        _await_listeners(hosts, 2)
        screen = hosts.waiting()
        hosts.show("break")
        assert screen.changed()


def test_a_screen_sees_it_without_a_hint_as_well(hosts: Hosts, monkeypatch: pytest.MonkeyPatch):
    """The listening connection is killed and the hint lost: the next look brings it."""
    monkeypatch.setattr("db.postgres.listening.AGAIN_SECONDS", 3600.0)
    monkeypatch.setattr("organizers.live.hall.pulse.WAIT_SECONDS", 3600.0)
    with hosts.event.store.listening():
        _await_listeners(hosts, 1)
        screen = hosts.waiting()
        with closing(master(hosts.event.store)) as connection:  # type: ignore[arg-type]
            sql = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {LISTENER}"
            assert connection.execute(sql).fetchall() == [(True,)]
        hosts.show("auto")
        assert screen.changed()


def _await_listeners(hosts: Hosts, count: int) -> None:
    """Wait until so many connections listen."""
    pause = threading.Event()
    with closing(master(hosts.event.store)) as connection:  # type: ignore[arg-type]
        sql = f"SELECT count(*) FROM pg_stat_activity WHERE {LISTENER}"
        for _ in range(600):
            if connection.execute(sql).fetchall() == [(count,)]:
                return
            pause.wait(0.1)
    raise AssertionError
