"""What a record or a public result says, as the page shows it before any script runs."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NotRequired, TypedDict, cast

from competition.results.certificates import CertificateContent
from competition.results.prizes import prize_groups
from competition.results.record import COMPOSITE, FORMAT, RESULT, WINNERS

CHECKS = {
    FORMAT: (
        "text",
        "chain",
        "times",
        "generations",
        "open",
        "marks",
        "rules",
        "root",
        "scores",
        "ranks",
        "line",
        "order",
        "places",
    ),
    COMPOSITE: (
        "text",
        "chain",
        "times",
        "generations",
        "open",
        "rounds",
        "rules",
        "parts",
        "scores",
        "ranks",
        "line",
        "order",
        "places",
    ),
    RESULT: ("text", "chain", "rules", "root", "scores", "ranks", "line", "order", "places"),
    WINNERS: ("chain",),
}
"""What the page checks of each kind of file, in order; record.js has a function for each."""
ELSEWHERE = {
    FORMAT: ("heads", "replay"),
    COMPOSITE: ("heads", "replay"),
    RESULT: ("events", "heads"),
    WINNERS: ("withheld", "heads"),
}
"""What the page leaves to other programs and to a look at the paper."""


class ShownLine(TypedDict):
    """A line as the table shows it; a public list of winners has neither scores nor counts."""

    code: str
    number: int | None
    county: str
    township: str
    village: str
    entrant_id: NotRequired[str]
    rank: NotRequired[int | None]
    place: NotRequired[int | None]
    official: NotRequired[str | None]
    counted: NotRequired[int]
    expected: NotRequired[int]
    selected: NotRequired[bool]
    decided_by: NotRequired[str]
    prize: NotRequired[str]


@dataclass(frozen=True)
class Held:
    """A proof that was read.

    Attributes
    ----------
    data
        As the page carries it.
    content
        The certificate; of a public list of winners None.
    shown
        Certificate, or what is public of it: ``competition, round, version, entrants``.
    """

    data: dict[str, Any]
    content: dict[str, Any] | None
    shown: dict[str, Any]
    sha256: str
    events: int

    @property
    def lines(self) -> list[ShownLine]:
        """The lines by place, those without one last."""
        rows: list[ShownLine] = self.shown["entrants"]
        if self.content is None:
            return rows
        return sorted(rows, key=lambda row: (row.get("place") is None, row.get("place")))

    def prize_of(self, line: ShownLine) -> str:
        """The prize of a line by its declared name; empty where the list is not divided."""
        return self.prizes.get(line["code"], line.get("prize", ""))

    @cached_property
    def prizes(self) -> dict[str, str]:
        """Code of an entrant to its prize, as the certificate gives it."""
        if self.content is None or "prizes" not in self.content:
            return {}
        return {
            one.line["code"]: group.name
            for group in prize_groups(cast("CertificateContent", self.content))
            if group.kind == "prize"
            for one in group.members
            if one.line is not None
        }

    @property
    def is_sum(self) -> bool:
        """Whether it is of a composite: made of rounds, without marks."""
        return self.content is not None and "parts" in self.content

    @property
    def checks(self) -> tuple[str, ...]:
        """What the page checks of it; of an audience's ballots where it has or names some."""
        checks = CHECKS[str(self.data["format"])]
        parts = (self.content or {}).get("parts", ())
        if "ballots" not in self.data and not any("ballots" in part for part in parts):
            return checks
        at = checks.index("parts") + 1
        return (*checks[:at], "votes", *checks[at:])

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """What the page does not check."""
        return ELSEWHERE[str(self.data["format"])]


def hold(data: dict[str, Any]) -> Held:
    """Read a record, a public result or a public list of winners."""
    if data["format"] == WINNERS:
        return Held(data, None, data["certificate"], data["sha256"], len(data["entries"]))
    if data["format"] == RESULT:
        content = json.loads(data["content"])
        return Held(data, content, content, data["sha256"], len(data["entries"]))
    newest = _newest(data)
    content = json.loads(newest["content"])
    return Held(data, content, content, newest["sha256"], len(data["events"]))


def _newest(data: dict[str, Any]) -> dict[str, Any]:
    """The newest certificate of the record's round."""
    rows = [
        change["row"]
        for event in data["events"]
        if event.get("round_id") == data["round"] and "payload" in event
        for change in json.loads(event["payload"])["changes"]
        if change["table"] == "snapshots" and change["row"] is not None
    ]
    certified: list[dict[str, Any]] = [row for row in rows if row["kind"] == "certify"]
    return max(certified, key=lambda row: int(row["version"]))
