"""A real server for the claims about a server, with the small event open; shared by a file."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

import db
from tests.browser import server as servers
from tests.browser.server import Server
from tests.competition import event as events
from tests.competition.event import Event
from tests.routes.client import Client


@dataclass(frozen=True)
class House:
    """A running server and the event that it serves."""

    server: Server
    event: Event

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server.port

    def browser(self, who: int | str | None = None) -> Client:
        """A browser: a judge's by number, a member of the staff's by role, or a stranger's."""
        client = Client(self.port)
        return client if who is None else client.entered(self.event, who)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The event open on a server of its own."""
    path = tmp_path_factory.mktemp("door") / "arena.db"
    store = db.Store(path)
    event = events.opened(store)
    server = servers.start(path)
    yield House(server, event)
    server.stop()
    store.close()
