"""A server asked to stop: first not ready, then it gives every answer and closes its sockets."""

import signal
import threading
from collections import deque
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from commands.bench import hall as halls
from commands.bench.hall import Hall
from commands.bench.load import Tablet
from db import Store
from tests.browser import server as servers
from tests.door.sockets import socket
from tests.routes.client import Client

SERVICE_RESTART = 1012
JUDGES = 6


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    """Judges with tablets, who mark."""
    return halls.build(tmp_path / "arena.db", judges=JUDGES, sheets=3)


def applied(path: Path) -> set[str]:
    """Ids of the changes that the file has."""
    store = Store(path, read_only=True)
    with store.reading() as tx:
        found = {row["id"] for row in tx.rows("SELECT id FROM applied_changes")}
    store.close()
    return found


def test_a_stopping_server_is_not_ready_and_serves_on(hall: Hall, tmp_path: Path):
    """Marks are still saved meanwhile; a page's socket is closed as by a restart."""
    server = servers.start(tmp_path / "arena.db", more=("--drain", "2"))
    client, tablet = Client(server.port), Tablet(hall, server.port, 0)
    for path in ("/healthz", "/healthz/live", "/healthz/ready"):
        assert client.ask("GET", path).status == 200
    with socket(server.port, hall.cookies[0]) as page:
        server.signal(signal.SIGTERM)
        while (answer := client.ask("GET", "/healthz/ready")).status == 200:
            pass
        assert (answer.status, answer.json["state"]) == (503, "stopping")
        assert client.ask("GET", "/healthz/live").status == 200
        tablet.tap()
        assert tablet.send()
        tablet.close()
        with pytest.raises(ConnectionClosed) as closed:
            deque(page, maxlen=0)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == SERVICE_RESTART
    server.process.join(timeout=60)
    assert not server.process.is_alive()
    assert "Traceback" not in server.log
    assert applied(tmp_path / "arena.db") == set(tablet.acknowledged)


def test_a_second_interrupt_is_no_crash_and_leaves_one_whole_file(hall: Hall, tmp_path: Path):
    """An impatient Ctrl-C: the database is closed all the same, and no journal is left."""
    path = tmp_path / "arena.db"
    server = servers.start(path, more=("--drain", "2"))
    tablet = Tablet(hall, server.port, 0)
    tablet.tap()
    assert tablet.send()
    tablet.close()
    assert path.with_name("arena.db-wal").exists()
    client = Client(server.port)
    server.signal(signal.SIGINT)
    while client.ask("GET", "/healthz/ready").status == 200:
        pass
    server.signal(signal.SIGINT)
    server.process.join(timeout=60)
    assert not server.process.is_alive()
    assert "Traceback" not in server.log
    assert not path.with_name("arena.db-wal").exists()
    assert applied(path) == set(tablet.acknowledged)


def test_marks_under_way_when_the_server_stops_are_answered(hall: Hall, tmp_path: Path):
    """What was acknowledged is in the file, and nothing else is."""
    server = servers.start(tmp_path / "arena.db")
    tablets = [Tablet(hall, server.port, place) for place in range(JUDGES)]
    begun = threading.Barrier(JUDGES + 1)

    def go_on(tablet: Tablet) -> None:
        tablet.tap()
        sent = tablet.send()
        begun.wait()
        while sent:
            tablet.tap()
            sent = tablet.send()
        tablet.close()

    threads = [threading.Thread(target=go_on, args=(tablet,)) for tablet in tablets]
    for thread in threads:
        thread.start()
    begun.wait()
    server.signal(signal.SIGTERM)
    for thread in threads:
        thread.join()
    server.process.join(timeout=60)
    assert applied(tmp_path / "arena.db") == {
        change for tablet in tablets for change in tablet.acknowledged
    }
