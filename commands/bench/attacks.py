"""What besieges a server: each attack a separate process, on the processor the tablets leave.

``python -m commands.bench.attacks NAME PORT SECONDS`` prints how often it has asked.  It is
niced: a real attacker's processor is not the server's.
"""

import io
import json
import os
import secrets
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from commands import ROOT

HOST = "127.0.0.1"
RERUN = bytes.fromhex("5a00")
"""The message by which a page asks Streamlit to be drawn again."""
WAITS = 20.0
NICENESS = 19


@dataclass
class Siege:
    """Where an attack goes and how long it lasts, in seconds."""

    port: int
    seconds: float
    _asked: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Let the time begin; again after a long preparation."""
        self.until = time.monotonic() + self.seconds

    def note(self) -> None:
        """Count one connection, request, message or file."""
        next(self._asked)

    @property
    def asked(self) -> int:
        """How many there were; asked once."""
        return next(self._asked)

    @property
    def goes_on(self) -> bool:
        """Whether its time is not over."""
        return time.monotonic() < self.until

    def open(self) -> socket.socket:
        """A connection to the server."""
        return socket.create_connection((HOST, self.port), timeout=WAITS)


Attack = Callable[[Siege], None]


def _many(wires: int, attack: Attack) -> Attack:
    """The same attack on many threads; a server that refuses or hangs up is attacked again."""

    def again(siege: Siege) -> None:
        while siege.goes_on:
            with suppress(OSError):
                attack(siege)
            time.sleep(0.01)

    def all_of(siege: Siege) -> None:
        threads = [threading.Thread(target=again, args=(siege,), daemon=True) for _ in range(wires)]
        for thread in threads:
            thread.start()
        time.sleep(max(0.0, siege.until - time.monotonic()))

    return all_of


def _reruns(a_second: float) -> Attack:
    """Open Streamlit's socket without a cookie and ask for reruns."""

    def attack(siege: Siege) -> None:
        with siege.open() as wire:
            siege.note()
            wire.sendall(
                f"GET /_stcore/stream HTTP/1.1\r\nHost: {HOST}\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
            )
            is_open = b" 101 " in wire.recv(4096)
            while siege.goes_on:
                time.sleep(1 / a_second)
                if not is_open:
                    return
                wire.sendall(_frame(RERUN))
                siege.note()

    return attack


def _frame(message: bytes) -> bytes:
    """A binary WebSocket frame of a client's; masked with zeros."""
    return struct.pack("!BB4s", 0x82, 0x80 | len(message), bytes(4)) + message


def _half(sent: str) -> Attack:
    """Send a part of a request and wait until the server hangs up."""

    def attack(siege: Siege) -> None:
        with siege.open() as wire:
            siege.note()
            wire.sendall(sent.encode())
            while siege.goes_on and wire.recv(4096):
                pass

    return attack


def _requests(path: str, cookie: str = "") -> Attack:
    """Ask again as soon as the answer is there."""

    def attack(siege: Siege) -> None:
        with siege.open() as wire:
            while siege.goes_on:
                made_up = f"Cookie: arena_seat={secrets.token_hex(8)}\r\n" if cookie else ""
                wire.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{made_up}\r\n".encode())
                siege.note()
                if not wire.recv(65536):
                    return

    return attack


def _paced(path: str, a_second: float) -> Attack:
    """Ask so often a second, or as often as answers come; each connection goes on."""

    def attack(siege: Siege) -> None:
        with siege.open() as wire:
            due = time.monotonic()
            while siege.goes_on:
                time.sleep(max(0.0, due - time.monotonic()))
                due = max(due + 1 / a_second, time.monotonic() - 1)
                wire.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
                siege.note()
                if not wire.recv(65536):
                    return

    return attack


def _upload(siege: Siege) -> None:
    """Send a file of 49 MB without a sign-in."""
    with siege.open() as wire:
        siege.note()
        length = 49 * 2**20
        wire.sendall(
            f"PUT /_stcore/upload_file/none/none HTTP/1.1\r\nHost: {HOST}\r\n"
            f"Content-Length: {length}\r\n\r\n".encode()
        )
        for _ in range(length // 65536):
            wire.sendall(bytes(65536))
        wire.recv(4096)


def _workbook(siege: Siege) -> None:
    """Have a large workbook read, as the import page does."""
    import openpyxl

    from intake import template

    os.nice(10)  # as the server's child is; here it makes the workbook besides
    book = openpyxl.load_workbook(io.BytesIO(template("en")))
    for number in range(49_000):
        book.worksheets[1].append([f"H{number}", "county", "township", "village"])
    file = io.BytesIO()
    book.save(file)
    siege.begin()
    asked = json.dumps({"name": "large.xlsx", "recusal_level": "county"})
    command = [sys.executable, "-m", "intake.apart", asked, str(768 * 2**20)]
    while siege.goes_on:
        siege.note()
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(
                command,
                input=file.getvalue(),
                cwd=ROOT,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=max(0.1, siege.until - time.monotonic()),
                check=False,
            )


_BODY = f"PUT /api/marks HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 500\r\n\r\n{{"
_HEADERS = f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: "

ATTACKS: dict[str, Attack] = {
    "sockets_40": _many(40, _reruns(5)),
    "sockets_15": _many(15, _reruns(20)),
    "bodies_28": _many(28, _half(_BODY)),
    "bodies_200": _many(200, _half(_BODY)),
    "headers_1000": _many(1000, _half(_HEADERS)),
    "idle_249": _many(249, _half("")),
    "uploads": _many(4, _upload),
    "requests": _many(4, _requests("/api/now?round=x", "made up")),
    "links": _many(2, _requests("/j/wrong")),
    "pages": _many(4, _requests("/")),
    "pages_400": _many(400, _requests("/")),
    "results": _many(10, _paced("/api/results.json", 200)),
    "workbook": _workbook,
}
"""Its words are ``bench.attack_<key>``."""


def main() -> None:
    """Attack for some seconds."""
    name, port, seconds = sys.argv[1:4]
    with suppress(AttributeError):  # where the system has no niceness
        os.nice(NICENESS)
    siege = Siege(int(port), float(seconds))
    ATTACKS[name](siege)
    print(siege.asked)  # noqa: T201 - read by the bench


if __name__ == "__main__":
    main()
