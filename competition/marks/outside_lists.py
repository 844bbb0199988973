"""The outside scores of a composite as the staff see them: what counts, what waits, what lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from competition import fields
from competition.rights import require_read
from competition.rounds.gathering import listed_places
from competition.visitor import Visitor
from db import Store, Transaction, people
from db import composites as rows
from db.shapes import OutsideList, PartRow, Place


@dataclass(frozen=True)
class OutsideScore:
    """One score of a list: what it says, and what counted before; empty for none."""

    place: Place
    score: str
    before: str


@dataclass(frozen=True)
class EnteredList:
    """A list with its scores, by number."""

    id: str
    part: str
    source: str
    state: str
    entered_by: str
    entered_by_id: str
    entered_at: str
    answered_by: str
    scores: tuple[OutsideScore, ...]


@dataclass(frozen=True)
class OutsidePart:
    """An outside part with the scores that count.

    Attributes
    ----------
    scores : dict
        Entrant's id to its score as text.
    missing : tuple of Place
        Entrants without one.
    """

    row: PartRow
    maximum: str
    step: str
    scores: dict[str, str]
    missing: tuple[Place, ...]


@dataclass(frozen=True)
class Outside:
    """The outside parts of a composite, its entrants, and every list entered, newest first."""

    parts: tuple[OutsidePart, ...]
    places: tuple[Place, ...]
    lists: tuple[EnteredList, ...]

    @property
    def waiting(self) -> tuple[EnteredList, ...]:
        """The lists that wait for the second person."""
        return tuple(one for one in self.lists if one.state == "entered")


def outside(store: Store, who: Visitor, round_id: str) -> Outside:
    """The outside scores of a composite: for the staff."""
    with store.reading() as tx:
        require_read(tx, who, "outside", round_id)
        parts = [row for row in rows.parts(tx, round_id) if row["source_id"] is None]
        places = listed_places(tx, round_id)
        return Outside(
            tuple(_part(tx, row, places) for row in parts),
            tuple(places),
            _lists(tx, round_id, {row["id"]: row for row in parts}, places),
        )


def bounds(row: PartRow) -> tuple[int, int]:
    """The maximum and the step of an outside part, in thousandths."""
    assert row["maximum"] is not None
    assert row["step"] is not None
    return row["maximum"], row["step"]


def _part(tx: Transaction, row: PartRow, places: list[Place]) -> OutsidePart:
    counted = rows.in_force(tx, row["id"])
    maximum, step = bounds(row)
    return OutsidePart(
        row=row,
        maximum=fields.decimal_text(maximum, step),
        step=fields.decimal_text(step, step),
        scores={e: fields.decimal_text(value, step) for e, value in counted.items()},
        missing=tuple(place for place in places if place["id"] not in counted),
    )


def _lists(
    tx: Transaction, round_id: str, parts: Mapping[str, PartRow], places: list[Place]
) -> tuple[EnteredList, ...]:
    by_id = {place["id"]: place for place in places}
    listed = []
    for row in rows.outside_lists(tx, round_id):
        part = parts[row["part_id"]]
        counted = rows.in_force(tx, part["id"])
        listed.append(
            EnteredList(
                id=row["id"],
                part=part["title"],
                source=row["source"],
                state=row["state"],
                entered_by=_name(tx, row["entered_by"]),
                entered_by_id=row["entered_by"],
                entered_at=row["entered_at"],
                answered_by=_name(tx, row["answered_by"]),
                scores=_scores(tx, row, part, by_id, counted),
            )
        )
    return tuple(listed)


def _scores(
    tx: Transaction,
    row: OutsideList,
    part: PartRow,
    by_id: Mapping[str, Place],
    counted: Mapping[str, int],
) -> tuple[OutsideScore, ...]:
    _, step = bounds(part)

    def shown(value: Any) -> str:
        return "" if value is None else fields.decimal_text(value, step)

    waits = row["state"] == "entered"
    scores = [
        OutsideScore(
            by_id[one["entrant_id"]],
            shown(one["value"]),
            shown(counted.get(one["entrant_id"])) if waits else "",
        )
        for one in rows.scores_of(tx, row["id"])
        if one["entrant_id"] in by_id
    ]
    return tuple(sorted(scores, key=lambda one: (one.place["number"] is None, one.place["number"])))


def _name(tx: Transaction, person_id: str | None) -> str:
    person = people.find(tx, person_id) if person_id else None
    return str(person["name"]) if person else ""
