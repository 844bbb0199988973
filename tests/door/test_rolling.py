"""A rolling restart: one process after the other stops under load, and nothing is lost."""

import os
import signal
from collections import deque
from functools import partial
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from commands.bench import hall as halls
from commands.bench import proxy
from commands.bench.load import Tablet
from commands.bench.marking import acknowledged, unpaused
from commands.bench.soak import judged
from tests.browser.proxied import installed
from tests.browser.waits import until
from tests.door.sockets import socket
from tests.routes.client import Client

pytestmark = pytest.mark.skipif(
    proxy.NGINX is None and os.environ.get("ARENA_NGINX") != "required",
    reason="nginx is not installed: apt-get install nginx-light",
)
SERVICE_RESTART = 1012
TABLETS = 4


@pytest.mark.long(
    "door/test_draining.py::test_a_stopping_server_is_not_ready_and_serves_on",
    "door/test_draining.py::test_marks_under_way_when_the_server_stops_are_answered",
    "door/test_hanging.py::test_a_process_that_hangs_is_left",
)
def test_a_rolling_restart_loses_nothing(tmp_path: Path):
    """Not ready first, then its sockets close as by a restart; every mark is answered."""
    path = tmp_path / "arena.db"
    hall = halls.build(path, judges=TABLETS, sheets=3)
    with installed(path, None) as place:
        tablets = [Tablet(hall, place.port, at) for at in range(TABLETS)]
        with unpaused(tablets) as failed:
            for at, server in enumerate(place.processes):
                wanted, own = acknowledged(tablets) + 20, Client(server.port)
                with socket(server.port, hall.cookies[0]) as page:
                    server.signal(signal.SIGTERM)
                    until(partial(_is_stopping, own))
                    with pytest.raises(ConnectionClosed) as closed:
                        deque(page, maxlen=0)
                assert closed.value.rcvd is not None
                assert closed.value.rcvd.code == SERVICE_RESTART
                server.process.join(timeout=60)
                assert not server.process.is_alive()
                place.start_again(at)
                until(partial(_grown, tablets, wanted))
        logs = "".join(server.log for server in place.processes)
    counted = judged(path, hall, tablets, 0)
    assert (counted.lost, counted.wrong, counted.refused, counted.findings) == (0, 0, 0, 0)
    assert counted.marks == acknowledged(tablets)
    assert failed == [0] * TABLETS
    assert "Traceback" not in logs


def _is_stopping(client: Client) -> bool:
    return client.ask("GET", "/healthz/ready").status == 503


def _grown(tablets: list[Tablet], wanted: int) -> bool:
    return acknowledged(tablets) >= wanted
