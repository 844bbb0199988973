"""The second reading of a round as people see it: what is entered, and what is missing."""

from dataclasses import dataclass

from competition import fields
from competition.countersigning import state_of
from competition.results.readings import SEES_SCORES, held_roles, zone
from competition.results.standings import RoundStandings, current
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, entrants, people, sheets
from db import readings as rows
from db import rounds as round_rows


@dataclass(frozen=True)
class Reading:
    """One second reading as people read it.

    Attributes
    ----------
    number : int or None
        Of the entrant.
    marks : tuple
        Each criterion's name and its mark as a decimal.
    state : str
        ``waiting`` for the second person, ``confirmed`` or ``withdrawn``.
    """

    id: str
    number: int | None
    reader: str
    marks: tuple[tuple[str, str], ...]
    entered_by: str
    entered_by_id: str
    confirmed_by: str
    withdrawn_reason: str
    state: str


@dataclass(frozen=True)
class OnTablets:
    """A second reading that is open on tablets.

    Attributes
    ----------
    round_id : str
        Its own round.
    submitted, expected : int
        Sheets.
    zone : tuple of str
        The entrants it was opened for.
    """

    round_id: str
    submitted: int
    expected: int
    zone: tuple[str, ...]


@dataclass(frozen=True)
class SecondReading:
    """The second reading of a round, as far as it has come.

    Attributes
    ----------
    wanted : bool
        Whether the round's rules have one and the open zone is not empty.
    entered : tuple of Reading
        Those that wait first.
    missing : tuple
        Readers by name, each with the numbers of the entrants not read or not confirmed; while
        there is no reader, one line of an empty name with the whole zone.
    readers : dict
        Who may read: person's id to name.
    zone : tuple of str
    has_moved : bool
        Whether the open zone is another than the one read on tablets: marks were corrected since.
    tablets : OnTablets or None
        The reading that is open on tablets.
    criteria : tuple of dict
        ``id``, ``name``, and ``maximum`` and ``step`` as decimals.
    """

    wanted: bool
    entered: tuple[Reading, ...]
    missing: tuple[tuple[str, tuple[int | str, ...]], ...]
    readers: dict[str, str]
    zone: tuple[str, ...]
    has_moved: bool
    tablets: OnTablets | None
    criteria: tuple[dict[str, str], ...]


def second_reading(store: Store, who: Visitor, round_id: str) -> SecondReading:
    """The readings of a round, what is missing, and who may read."""
    with store.reading() as tx:
        result = current(tx, store, require_read(tx, who, "readings", round_id))
        jury = result.rules.scoring.at_cut == "jury"
        open_zone = zone(result) if jury else ()
        return SecondReading(
            wanted=bool(open_zone),
            entered=_entered(tx, round_id),
            missing=_missing(tx, result, open_zone),
            readers=_readers(tx, who, round_id, open_zone),
            zone=open_zone,
            has_moved=_has_moved(tx, round_id, open_zone),
            tablets=_on_tablets(tx, round_id),
            criteria=tuple(
                {"id": row["id"], "name": row["name"]}
                | {k: fields.decimal_text(row[k], row["step"]) for k in ("maximum", "step")}
                for row in round_rows.criteria(tx, round_id)
            ),
        )


def _on_tablets(tx: Transaction, round_id: str) -> OnTablets | None:
    reading = round_rows.reading_of(tx, round_id)
    if reading is None:
        return None
    pairs = [
        pair for pair in sheets.progress(tx, reading["id"]) if pair["assignment"] == "expected"
    ]
    return OnTablets(
        round_id=reading["id"],
        submitted=sum(pair["sheet_state"] == "submitted" for pair in pairs),
        expected=len(pairs),
        zone=tuple(place["id"] for place in entrants.in_round(tx, reading["id"])),
    )


def _has_moved(tx: Transaction, round_id: str, open_zone: tuple[str, ...]) -> bool:
    """Whether the zone that was frozen for the reading on tablets is another than the present."""
    reading = round_rows.reading_of(tx, round_id) or round_rows.reading_before(tx, round_id)
    if reading is None:
        return False
    return {place["id"] for place in entrants.in_round(tx, reading["id"])} != set(open_zone)


def _entered(tx: Transaction, round_id: str) -> tuple[Reading, ...]:
    readings = [
        Reading(
            id=row["id"],
            number=row["number"],
            reader=row["reader"],
            marks=tuple(
                (mark["name"], fields.decimal_text(mark["value"], mark["step"]))
                for mark in rows.marks(tx, row["id"])
            ),
            entered_by=_name(tx, row["entered_by"]),
            entered_by_id=row["entered_by"],
            confirmed_by=_name(tx, row["confirmed_by"]),
            withdrawn_reason=row["withdrawn_reason"] or "",
            state=state_of(row),
        )
        for row in rows.of_round(tx, round_id)
    ]
    return tuple(sorted(readings, key=lambda one: one.state != "waiting"))


def _missing(
    tx: Transaction, result: RoundStandings, open_zone: tuple[str, ...]
) -> tuple[tuple[str, tuple[int | str, ...]], ...]:
    standing = rows.standing(tx, result.round["id"])
    confirmed = {(row["entrant_id"], row["person_id"]) for row in standing if row["confirmed_by"]}
    read = confirmed - rows.marked(tx, result.round["id"])
    called = {line.entrant_id: line.called for line in result.lines}
    readers = {row["person_id"]: _name(tx, row["person_id"]) for row in standing} or {"": ""}
    lacking = (
        (name, tuple(called[one] for one in open_zone if (one, person_id) not in read))
        for person_id, name in sorted(readers.items(), key=lambda item: (item[1], item[0]))
    )
    return tuple((name, numbers) for name, numbers in lacking if numbers)


def _readers(
    tx: Transaction, who: Visitor, round_id: str, open_zone: tuple[str, ...]
) -> dict[str, str]:
    """People who see no scores and have marked none of the zone."""
    marked = {person_id for one, person_id in rows.marked(tx, round_id) if one in open_zone}
    return {
        person["id"]: person["name"]
        for person in people.of_competition(tx, str(who.competition_id))
        if person["id"] not in marked and not held_roles(tx, round_id, person["id"]) & SEES_SCORES
    }


def _name(tx: Transaction, person_id: str | None) -> str:
    person = people.find(tx, person_id) if person_id else None
    return str(person["name"]) if person else ""
