"""A process that hangs: it takes connections and answers none, and the proxy leaves it."""

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
from tests.browser.proxied import installed
from tests.browser.waits import until
from tests.door.sockets import socket
from tests.routes.client import Client


@pytest.mark.parametrize(
    "kind",
    [
        "nginx",
        pytest.param(
            "caddy",
            marks=pytest.mark.long("door/test_hanging.py::test_a_process_that_hangs_is_left"),
        ),
    ],
)
def test_a_process_that_hangs_is_left(tmp_path: Path, kind: str):
    """Its page's socket is closed; page, screen and mark are answered by the other process.

    It hangs to the end, so that no answer is its own.
    """
    if not proxy.is_installed(kind) and os.environ.get(f"ARENA_{kind.upper()}") != "required":
        pytest.skip(f"{kind} is not installed")
    path = tmp_path / "arena.db"
    hall = halls.build(path, judges=1, sheets=1)
    with installed(path, None, kind) as place:
        tablet, client = Tablet(hall, place.port, 0), Client(place.port, hall.cookies[0])
        place.kill(1)
        with socket(place.port, hall.cookies[0]) as page:  # at the only one there is
            place.start_again(1)
            place.processes[0].signal(signal.SIGSTOP)
            with pytest.raises(ConnectionClosed):
                deque(page, maxlen=0)
        for way in ("/_stcore/health", "/healthz/ready", f"/api/now?round={hall.round_id}"):
            until(partial(_is_answered, client, way))
        tablet.tap()
        until(tablet.send)
        with socket(place.port, hall.cookies[0]):
            place.kill(0)
        tablet.close()
        place.kill(1)  # what it would wait for while it stops is no claim here
    assert len(tablet.acknowledged) == 1


def _is_answered(client: Client, path: str) -> bool:
    return client.ask("GET", path).status == 200
