"""Tablets that speak the pad's protocol over http, and keep what was acknowledged."""

import random
import secrets
from dataclasses import dataclass, field
from typing import Any

from tests.competition.event import Event
from tests.routes.client import Client

RANGES = ((0, 60000, 500), (0, 40000, 100))


@dataclass
class ApiTablet:
    """One tablet: its browser, its judge, the head it last took, what it keeps.

    Attributes
    ----------
    kept : list of dict
        Entries of ``POST /api/resend``, oldest first.
    """

    event: Event
    judge: int
    client: Client
    head: str = ""
    kept: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Ask with the last head shown; the answer's head is taken while it agrees."""
        answer = self.client.ask(method, path, body, headers={"arena-head": self.head})
        assert answer.status == 200, answer.body
        found = answer.json
        if found["head_state"] == "same":
            self.head = found["head"]
        return found

    def where(self, **more: Any) -> dict[str, Any]:
        return {
            "event": self.event.organizer.competition_id,
            "seat": self.event.judges[self.judge],
            "round": self.event.round_id,
            **more,
        }

    def sheet(self, entrant: int) -> dict[str, Any]:
        """The judge's sheet as the server holds it."""
        return self.ask(
            "GET",
            f"/api/sheet?round={self.event.round_id}&entrant={self.event.entrants[entrant]}",
        )

    def mark(self, entrant: int, taps: int, chance: random.Random) -> int:
        """Tap one sheet some times in one request; return how many were acknowledged."""
        held = {key: mark["id"] for key, mark in self.sheet(entrant)["marks"].items()}
        revs = {key: mark["rev"] for key, mark in self.sheet(entrant)["marks"].items()}
        changes = []
        for _ in range(taps):
            place = chance.randrange(2)
            criterion = self.event.criteria[place]
            changes.append(
                {
                    "id": secrets.token_hex(16),
                    "criterion": criterion,
                    "value": chance.randrange(*RANGES[place]),
                    "rev": revs.get(criterion, 0),
                    "after": held.get(criterion, ""),
                }
            )
            held[criterion] = changes[-1]["id"]
        where = self.where(entrant=self.event.entrants[entrant])
        answer = self.ask("PUT", "/api/marks", {**where, "changes": changes})
        assert {one["outcome"] for one in answer["results"]} == {"done"}
        self.kept += [
            {
                "kind": "mark",
                "entrant": self.event.entrants[entrant],
                "head": answer["head"],
                **{name: one[name] for name in ("id", "criterion", "value", "after")},
            }
            for one in changes
        ]
        return len(changes)

    def submit(self, entrant: int) -> None:
        """Submit a sheet as it is held."""
        seen = {key: mark["value"] for key, mark in self.sheet(entrant)["marks"].items()}
        body = {"id": secrets.token_hex(16), "seen": seen}
        where = self.where(entrant=self.event.entrants[entrant])
        answer = self.ask("POST", "/api/submit", {**where, **body})
        entry = {"kind": "submit", "entrant": where["entrant"], "head": answer["head"], **body}
        self.kept.append(entry)

    def give_back(self) -> list[str]:
        """Send everything kept once, a hundred at a time; return the outcomes."""
        outcomes = []
        for first in range(0, len(self.kept), 100):
            part = self.kept[first : first + 100]
            answer = self.ask("POST", "/api/resend", self.where(kept=part))
            outcomes += [one["outcome"] for one in answer["results"]]
            self.last = answer["head"]
        return outcomes

    def take_head(self) -> str:
        """Everything is answered: the server's head is the tablet's; return the state answered."""
        self.head = self.last
        return self.now()["head_state"]

    def now(self) -> dict[str, Any]:
        """What the pad asks every few seconds."""
        return self.ask("GET", f"/api/now?round={self.event.round_id}")

    last: str = ""
