"""The log: every act, in order, with its reason."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from competition.event_kinds import EVENTS, MARKING
from competition.rights import require_read
from competition.times import local
from competition.visitor import Visitor
from db import (
    Store,
    Transaction,
    changes,
    competitions,
    composites,
    corrections,
    decisions,
    entrants,
    events,
    filings,
    heads,
    panel,
    people,
    programmes,
    readings,
    sheets,
    snapshots,
    transcriptions,
)
from db import rounds as round_rows
from db.shapes import Entrant


class LoggedEntrant(Entrant):
    """An entrant that an event is about, with its number in the event's round."""

    number: int | None


class LoggedPerson(TypedDict):
    """A person that an event is about, with the seat in the event's round."""

    name: str
    seat: int | None


class About(TypedDict):
    """What an event is about; ``titles`` are of rounds and sessions, or counties."""

    entrants: list[LoggedEntrant]
    people: list[LoggedPerson]
    titles: list[str]


class LoggedEvent(About):
    """One event as pages show it, without any mark.

    Attributes
    ----------
    round : str
        The round's title.
    actor : str
        Empty for the command line.
    machine_of : str
        The person on whose device the actor confirmed by PIN; or empty.
    head : str
        As on paper: of opening, closing, certifying and a new generation.
    changes : list of tuple
        Of a correction: each column with what it was and is, blank where the log keeps only a
        hash.
    """

    seq: int
    n: int
    at: str
    kind: str
    actor: str
    machine_of: str
    reason: str
    hash: str
    round: str
    head: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Chosen:
    """Which events are wanted; what is empty chooses none away.

    Attributes
    ----------
    entrant, person : str
        Ids: an event is about the entrant; the person did it, or it is about the person.
    kind : str
        Key of `event_kinds.EVENTS`.
    since, until : str
        As ``2022-03-18 14:30`` on the competition's clock, both included.
    """

    entrant: str = ""
    person: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is chosen."""
        return self == Chosen()

    def takes(self, known: "_Known", event: dict[str, Any], timezone: str) -> bool:
        """Whether an event is one of those wanted."""
        if self.kind and event["kind"] != self.kind:
            return False
        at = local(event["at"], timezone).strftime("%Y-%m-%d %H:%M")
        if (self.since and at < self.since) or (self.until and at > self.until):
            return False
        named = {*known.parts(event), event["actor"], _payload(event).get("machine_of", "")}
        return {self.entrant, self.person} - {""} <= named


class Names(TypedDict):
    """What a log can be filtered by: the entrants, people and kinds it names."""

    entrants: dict[str, str]
    people: dict[str, str]
    kinds: list[str]


def log_names(store: Store, who: Visitor) -> Names:
    """The entrants and people of the competition by id, and the kinds of its events."""
    with store.reading() as tx:
        require_read(tx, who, "log")
        owner = str(who.competition_id)
        places = entrants.of_competition(tx, owner)
        return {
            "entrants": {
                one["id"]: " ".join(filter(None, (one["county"], one["township"], one["village"])))
                for one in places
            },
            "people": {one["id"]: one["name"] for one in people.of_competition(tx, owner)},
            "kinds": sorted(set(events.kinds_after(tx, owner, 0))),
        }


NOTHING_CHOSEN = Chosen()


def log(
    store: Store,
    who: Visitor,
    *,
    round_id: str | None = None,
    before: int | None = None,
    limit: int = 200,
    marking: bool = True,
    chosen: Chosen = NOTHING_CHOSEN,
) -> list[LoggedEvent]:
    """Events, newest first, without any mark.

    Parameters
    ----------
    before : int, optional
        Only events before this ``seq``: the next page.
    marking : bool
        Whether the judges' own saving and submitting is listed too.
    chosen : Chosen
        Of the events read, which are wanted.
    """
    with store.reading() as tx:
        require_read(tx, who, "log")
        competition_id = str(who.competition_id)
        known = _Known(tx, competition_id)
        timezone = str(competitions.get(tx, competition_id)["timezone"])
        page = events.history(
            tx,
            competition_id,
            round_id=round_id,
            before=before,
            limit=limit,
            without=() if marking else MARKING,
        )
        return [
            {
                "seq": event["seq"],
                "n": event["n"],
                "at": event["at"],
                "kind": event["kind"],
                "actor": known.names.get(event["actor"], ""),
                "machine_of": known.names.get(_payload(event).get("machine_of", ""), ""),
                "reason": _payload(event).get("reason", ""),
                "hash": event["hash"],
                "round": known.titles.get(str(event["round_id"]), ""),
                "head": _head(tx, competition_id, event),
                **known.about(event),
                "changes": _changes(tx, event),
            }
            for event in page
            if chosen.is_empty or chosen.takes(known, event, timezone)
        ]


def _payload(event: dict[str, Any]) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(event["payload"])
    return payload


WITH_HEAD = ("round_opened", "round_closed", "round_certified", "generation_begun")
"""Kinds of event whose head the log shows, to be compared with paper."""


def _head(tx: Transaction, competition_id: str, event: dict[str, Any]) -> str:
    if event["kind"] not in WITH_HEAD:
        return ""
    head = heads.at_event(tx, competition_id, event["n"])
    return head.short if head else ""


class _Known:
    """Names behind the ids in a competition's events."""

    def __init__(self, tx: Transaction, competition_id: str) -> None:
        self.tx = tx
        self.names = {row["id"]: row["name"] for row in people.of_competition(tx, competition_id)}
        self.places = {row["id"]: row for row in entrants.of_competition(tx, competition_id)}
        self.numbers: dict[tuple[str, str], int | None] = {}
        self.seats: dict[tuple[str, str], int] = {}
        self.titles: dict[str, str] = {}
        for filing in filings.of_competition(tx, competition_id):
            self.titles[filing["id"]] = filing["county"]
        for programme in programmes.of_competition(tx, competition_id):
            self.titles[programme["id"]] = programme["title"]
        for row in round_rows.ever(tx, competition_id):
            self.titles[row["id"]] = row["title"]
            for place in entrants.in_round(tx, row["id"]):
                self.numbers[row["id"], place["id"]] = place["number"]
            for seat in panel.seats(tx, row["id"]):
                self.seats[row["id"], seat["person_id"]] = seat["number"]
            for session in round_rows.sessions(tx, row["id"]):
                self.titles[session["id"]] = session["title"]
            for part in composites.parts(tx, row["id"]):
                self.titles[part["id"]] = part["title"]

    def parts(self, event: dict[str, Any]) -> list[str]:
        """The ids that an event is about."""
        parts: list[str] = event["subject"].split()
        for subject in EVENTS[event["kind"]].subject:
            if subject in NAMED_BY:
                row = NAMED_BY[subject](self.tx, event["subject"])
                parts = [row["entrant_id"], row["person_id"]] if row else []
            elif subject == "ruling":
                ruling = decisions.ruling(self.tx, event["subject"])
                parts = json.loads(ruling["entrants"]) if ruling else []
            elif subject == "outside_list":
                listed = composites.outside_list(self.tx, event["subject"])
                parts = [listed["part_id"]] if listed else []
        return parts

    def about(self, event: dict[str, Any]) -> About:
        """The entrants, people and titles an event names."""
        round_id, parts = str(event["round_id"]), self.parts(event)
        return {
            "entrants": [
                {**self.places[part], "number": self.numbers.get((round_id, part))}
                for part in parts
                if part in self.places
            ],
            "people": [
                {"name": self.names[part], "seat": self.seats.get((round_id, part))}
                for part in parts
                if part in self.names
            ],
            "titles": [self.titles[part] for part in parts if part in self.titles],
        }


NAMED_BY: dict[str, Callable[[Transaction, str], Mapping[str, Any] | None]] = {
    "sheet": sheets.find,
    "request": changes.request,
    "transcription": transcriptions.find,
    "reading": readings.find,
    "correction": corrections.find,
}
"""Rows of one entrant and one judge, by the subject of the events about them."""


def _changes(tx: Transaction, event: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What a correction of an entrant changed: column, before, after."""
    if event["kind"] != "entrant_corrected":
        return []
    after = events.image(event, "entrants")
    before = events.image_before(tx, event, "entrants")
    if after is None or before is None:
        return []
    return [
        (name, _shown(before[name]), _shown(after[name]))
        for name in entrants.FACTS
        if before[name] != after[name]
    ]


def _shown(value: str) -> str:
    return "" if value.startswith(events.MASK) else value


def views_of(store: Store, who: Visitor, round_id: str) -> list[dict[str, Any]]:
    """Reads of standings before certifying, for the supervisor."""
    with store.reading() as tx:
        require_read(tx, who, "views", round_id)
        return snapshots.views(tx, round_id)
