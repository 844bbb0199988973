"""The app's own routes and door behind a real server, with the small event open.

Streamlit itself is left out: its runtime can be started once in a process only.
"""

import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette

import db
from arena_app import app as front
from tests.competition import event as events
from tests.competition.event import Event
from tests.routes.client import Client


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Event, int]]:
    """An open event, and the port of the server that serves it."""
    path = tmp_path_factory.mktemp("routes") / "arena.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARENA_DB", str(path))
        event = events.opened(db.open_store(path))
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            server, thread = serve(listening)
            yield event, listening.getsockname()[1]
            server.should_exit = True
            thread.join()
        db.close_all()


def serve(listening: socket.socket) -> tuple[uvicorn.Server, threading.Thread]:
    app = Starlette(middleware=front._user_middleware)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    waiting = threading.Event()
    while not server.started and thread.is_alive():
        waiting.wait(0.01)
    return server, thread


@pytest.fixture(scope="module")
def event(served: tuple[Event, int]) -> Event:
    """The event."""
    return served[0]


@pytest.fixture(scope="module")
def stranger(event: Event) -> Event:
    """Another competition in the same database, open as well."""
    return events.opened(event.store, title="另一场")


@pytest.fixture(scope="module")
def client(served: tuple[Event, int]) -> Client:
    """A browser that is nobody yet."""
    return Client(served[1])


@pytest.fixture(autouse=True)
def another_minute(event: Event) -> None:
    """No test waits for the wrong links of the one before."""
    with event.store.writing() as tx:
        tx.run("DELETE FROM attempts")
