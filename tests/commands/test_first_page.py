"""``demo`` says how long its first page took, once that page is there and not before."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from commands import ROOT, first_page


class Starting(BaseHTTPRequestHandler):
    """A server that is busy at first."""

    refusals = 2

    def do_GET(self) -> None:
        """Answer 503 twice, then 200."""
        type(self).refusals -= 1
        self.send_response(200 if type(self).refusals < 0 else 503)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """The port of such a server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Starting) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_the_time_is_counted_from_the_command_line_on(port: int, monkeypatch: pytest.MonkeyPatch):
    """The seconds of installing and building are among them."""
    monkeypatch.setenv("ARENA_LANG", "en")
    begun = time.time() - 1000
    said = subprocess.run(
        [sys.executable, "-m", "commands.first_page", "127.0.0.1", str(port), str(begun)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = [int(word) for word in said.stdout.split() if word.isdigit()]
    assert len(seconds) == 1
    assert seconds[0] >= 1000
    assert Starting.refusals < 0


def test_a_port_without_a_server_has_no_page():
    assert not first_page.answers("127.0.0.1", 9)
