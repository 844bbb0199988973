"""A simulated tablet: stores, sends and acknowledges like ``judges/pad``, over a bad network."""

import json
import random
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from commands.bench.hall import Hall

COOKIE = "arena_seat"
"""As ``ui.access`` names it, which a command must not import: it brings the whole app along."""
BATCH = 50
PATIENCE = 8.0


class NoEcho(Exception):
    """No answer, or one that is no echo."""


@dataclass
class Tablet:
    """One judge's tablet.

    Attributes
    ----------
    cuts : float
        Share of requests that are cut: half of them after the server has done the work and
        before its answer.
    values : dict
        (entrant, criterion) to the last value tapped, in thousandths.
    acknowledged : list of str
        Ids of the changes the server has echoed.
    times : list of float
        Seconds from sending to the echo.
    """

    hall: Hall
    port: int
    place: int
    cuts: float = 0.0
    seed: int = 0
    pending: list[dict[str, Any]] = field(default_factory=list)
    held: dict[tuple[str, str], int] = field(default_factory=dict)
    last: dict[tuple[str, str], str] = field(default_factory=dict)
    values: dict[tuple[str, str], int] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance = random.Random(f"{self.seed} {self.place}")
        self._wire: HTTPConnection | None = None

    def tap(self) -> None:
        """Mark some criterion of some sheet with some level of its step."""
        entrant = self._chance.choice(self.hall.entrants)
        criterion = self._chance.choice(self.hall.criteria)
        step = int(criterion["step"])
        level = self._chance.randrange(int(criterion["maximum"]) // step + 1) * step
        key = (entrant, str(criterion["id"]))
        change = {
            "id": secrets.token_hex(16),
            "criterion": key[1],
            "value": level,
            "rev": self.held.get(key, 0),
            "after": self.last.get(key, ""),
        }
        self.pending.append({"entrant": entrant, "change": change})
        self.last[key] = str(change["id"])
        self.values[key] = level

    def send(self) -> bool:
        """Send the stored changes, oldest first; False if the connection was cut."""
        while self.pending:
            batch = self._batch()
            body = {
                "event": self.hall.event,
                "seat": self.hall.judges[self.place],
                "round": self.hall.round_id,
                "entrant": batch[0]["entrant"],
                "changes": [one["change"] for one in batch],
            }
            begun = time.monotonic()
            try:
                echo = self._ask("PUT", "/api/marks", body)
            except NoEcho:
                return False
            self.times.append(time.monotonic() - begun)
            self._take(batch, echo)
        return True

    def _batch(self) -> list[dict[str, Any]]:
        first = self.pending[0]["entrant"]
        batch = []
        for one in self.pending[:BATCH]:
            if one["entrant"] != first:
                break
            batch.append(one)
        return batch

    def _take(self, batch: list[dict[str, Any]], echo: dict[str, Any]) -> None:
        outcomes = {one["id"]: one for one in echo["results"]}
        for one in batch:
            change = one["change"]
            if outcomes[change["id"]]["outcome"] == "done":
                self.acknowledged.append(change["id"])
            else:
                self.refused.append(outcomes[change["id"]])
            self.pending.remove(one)
        for criterion, mark in echo["marks"].items():
            self.held[echo["entrant"], criterion] = mark["rev"]

    def look(self) -> None:
        """Poll the stage, as a tablet does every few seconds."""
        with suppress(NoEcho):
            self._ask("GET", f"/api/now?round={self.hall.round_id}")

    def _ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        cut = self._chance.random() < self.cuts
        early = cut and self._chance.random() < 0.5
        if early:
            self.close()
            raise NoEcho
        wire = self._wire or HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self._wire = wire
        headers = {"Cookie": f"{COOKIE}={self.hall.cookies[self.place]}", **self.headers()}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            wire.request(method, path, json.dumps(body) if body is not None else None, headers)
            if cut:
                time.sleep(self._chance.random() * 0.05)
                self.close()
                raise NoEcho
            answer = wire.getresponse()
            answered = json.loads(answer.read())
        except (OSError, HTTPException, ValueError) as error:
            self.close()
            raise NoEcho from error
        if answer.status != 200 or answered.get("seat") != self.hall.judges[self.place]:
            raise NoEcho
        return dict(answered)

    def headers(self) -> dict[str, str]:
        """Further headers of every request."""
        return {}

    def close(self) -> None:
        """Close the connection."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None
