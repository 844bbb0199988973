"""A tablet between two laptops: it goes on at whichever serves, and gives back what that lacks."""

import json
import time
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from commands.bench.hall import HOST
from commands.bench.kills import KeepingTablet
from commands.bench.load import NoEcho
from competition.standby import fencing

PATIENCE_SECONDS = 120.0


@dataclass
class RovingTablet(KeepingTablet):
    """A tablet that goes on at whichever laptop serves the highest generation.

    Attributes
    ----------
    second : dict
        What it last heard of the two laptops: addresses, token, generation with its proof.
    home : int
        The port of the laptop that its page came from.
    """

    second: dict[str, Any] = field(default_factory=dict)
    home: int = 0
    is_lost: bool = False

    def __post_init__(self) -> None:
        """Begin at the first laptop."""
        super().__post_init__()
        self.home = self.port

    def headers(self) -> dict[str, str]:
        """The head and the generation; at another laptop the token, from the page's origin."""
        sent = super().headers()
        if self.second:
            sent["Arena-Generation"] = self.second["proof"]
        if self.second and self.port != self.home:
            sent["Authorization"] = f"Bearer {self.second['bearer']}"
            sent["Origin"] = f"http://{HOST}:{self.home}"
        return sent

    def hear(self) -> None:
        """Ask how things are; an answer may name the two laptops."""
        told = self._ask("GET", f"/api/now?round={self.hall.round_id}")
        self.second = told.get("second") or self.second

    def live(self) -> None:
        """Tap, send; where nothing answers, look for the other laptop and give back there."""
        self.tap()
        try:
            if self.is_lost:
                self.return_all()
                self.hear()
                self.is_lost = False
            if self.send():
                return
        except NoEcho:
            pass
        self.is_lost = True
        self._move()

    def _move(self) -> None:
        shown = fencing.order(str(self.second.get("proof", "")).partition(".")[0])
        for address in self.second.get("addresses", ()):
            port = urlsplit(address).port or self.port
            generation = generation_at(port, self.hall.event)
            if generation is not None and fencing.order(generation) >= shown:
                self.close()
                self.port = port
                shown = fencing.order(generation)


def generation_at(port: int, event: str) -> str | None:
    """The generation served on a port; None where none is."""
    wire = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        wire.request("GET", f"/standby/generation?event={event}")
        answer = wire.getresponse()
        told = json.loads(answer.read())
        return str(told["generation"]).partition(".")[0] if told.get("serves") else None
    except (OSError, ValueError, KeyError):
        return None
    finally:
        wire.close()


def until_told(pad: RovingTablet, port: int) -> None:
    """Wait until a tablet has heard of the second laptop, as by its next poll."""
    asking = replace(pad, pending=[], kept=[], acknowledged=[], refused=[])
    asking.home, asking.port, asking.second = pad.home, pad.port, pad.second
    end = time.monotonic() + PATIENCE_SECONDS
    while str(port) not in str(asking.second):
        if time.monotonic() > end:
            raise RuntimeError("a tablet never heard of the second laptop")
        try:
            asking.hear()
        except NoEcho:
            time.sleep(0.05)
    pad.second = asking.second
    asking.close()
