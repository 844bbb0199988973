"""Where one competition stands, as the province may know it: counts and facts, no mark, no judge.

What was awarded is read from certificates alone. A summary is made once for each number of the
last event; what is late follows from it and the time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from competition.invented import invented
from competition.results.certification import latest_certified
from competition.results.deciding import groups_in_force
from competition.times import local, parse, stamp
from db import Store, Transaction, competitions, entrants, events, filings, sheets
from db import rounds as rows
from db.shapes import RoundRow

UNCERTIFIED = timedelta(days=1)
"""How long a closed round may wait for its certificate."""


@dataclass(frozen=True)
class Award:
    """Who was given what by a certificate."""

    round: str
    prize: str
    county: str
    village: str
    rank: int


@dataclass(frozen=True)
class RoundStands:
    """A round's state and counts."""

    title: str
    kind: str
    state: str
    entrants: int
    submitted: int
    expected: int
    closed_at: str
    certified_at: str


@dataclass(frozen=True)
class Summary:
    """A competition at one number of its last event.

    Attributes
    ----------
    filings_due : str
        When counties' lists are due; empty where none are asked for.
    unfiled : int
        Counties that were asked and have not handed in.
    """

    title: str
    zone: str
    starts_on: str
    invented: str
    rounds: tuple[RoundStands, ...]
    awards: tuple[Award, ...]
    filings_due: str = ""
    unfiled: int = 0

    @property
    def now(self) -> RoundStands | None:
        """The round that judges mark now, else the last one that has begun, else the first."""
        judged = [one for one in self.rounds if one.kind == "judged"] or list(self.rounds)
        marked = [one for one in judged if one.state == "open"]
        begun = [one for one in judged if one.state != "draft"]
        return next(iter((*marked, *begun[::-1], *judged)), None)

    @property
    def state(self) -> str:
        """The state of that round; ``empty`` without any."""
        return self.now.state if self.now else "empty"

    @property
    def certified(self) -> int:
        """How many rounds have a certificate."""
        return sum(one.state == "certified" for one in self.rounds)

    def late(self, at: datetime) -> tuple[str, ...]:
        """What is late at a time: ``unfiled``, ``unopened``, ``uncertified``."""
        today = local(stamp(at), self.zone).date().isoformat()
        has_begun = any(one.state != "draft" for one in self.rounds)
        waits = [one.closed_at for one in self.rounds if one.state == "closed" and one.closed_at]
        missing = {
            "unfiled": bool(self.unfiled and self.filings_due and self.filings_due < stamp(at)),
            "unopened": bool(self.starts_on and self.starts_on < today and not has_begun),
            "uncertified": any(parse(one) + UNCERTIFIED < at for one in waits),
        }
        return tuple(key for key, is_late in missing.items() if is_late)


_kept: dict[Path, tuple[int, Summary | None]] = {}


def summary(store: Store, number: int | None = None) -> Summary | None:
    """The competition of a store now; None where it has none.

    Parameters
    ----------
    number : int, optional
        That of its last event, where it is known.

    Raises
    ------
    DatabaseError
    """
    kept = _kept.get(store.path)
    if kept is not None and kept[0] == number:
        return kept[1]
    with store.reading() as tx:
        number = events.last_number(tx)
        if kept is not None and kept[0] == number:
            return kept[1]
        there = competitions.all_of(tx)
        made = _summary(tx, there[0]["id"]) if there else None
    _kept[store.path] = (number, made)
    return made


def _summary(tx: Transaction, owner: str) -> Summary:
    competition = competitions.get(tx, owner)
    there = [row for row in rows.of_competition(tx, owner) if _counts(row)]
    terms = filings.terms(tx, owner)
    asked = filings.of_competition(tx, owner) if terms else []
    return Summary(
        competition["title"],
        competition["timezone"],
        competition["starts_on"],
        invented(competition),
        tuple(_stands(tx, row) for row in there),
        tuple(one for row in there for one in _awards(tx, row)),
        terms["closes_at"] if terms else "",
        sum(one["state"] in ("draft", "returned") for one in asked),
    )


def _counts(row: RoundRow) -> bool:
    """Whether a round is the contest's: neither practice nor a second reading."""
    return row["practice_of"] is None and row["reading_of"] is None


def _stands(tx: Transaction, row: RoundRow) -> RoundStands:
    counted = sheets.counted_of_entrants(tx, row["id"])
    return RoundStands(
        row["title"],
        row["kind"],
        row["state"],
        len(entrants.in_round(tx, row["id"])),
        sum(one["submitted"] for one in counted),
        sum(one["counted"] for one in counted),
        row["closed_at"] or "",
        row["certified_at"] or "",
    )


def _awards(tx: Transaction, row: RoundRow) -> Iterator[Award]:
    """What a certified final gave; nothing before, and nothing of a round that leads on."""
    if row["state"] != "certified" or row["stage"] != "final":
        return
    certificate = latest_certified(tx, row["id"])
    for group in groups_in_force(tx, certificate["id"], certificate["content"]):
        for one in group.members:
            line = one.line
            if line is not None and line["rank"]:
                yield Award(row["title"], group.name, line["county"], line["village"], line["rank"])
