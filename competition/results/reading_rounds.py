"""The second reading on tablets: a separate round that holds the open zone and its readers.

The readers mark on their own pads, blind to scores, as in any round. What they submitted is then
taken into the round that was read, where a second person confirms each sheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from competition.acting import Act, acting, changed
from competition.errors import BadFields, Blank, Missing, Refused
from competition.ids import mint
from competition.people.people import put_grant, require_person
from competition.results.errors import NoReadingRuns, NoSecondReading, ReadingRuns
from competition.results.readings import is_read, unfit_reader, zone
from competition.results.standings import RoundStandings, current
from competition.rights import require_act
from competition.rounds.errors import OpenSheets
from competition.rounds.rules import RoundRules
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, entrants, setup, sheets
from db import rounds as rows
from db.shapes import RoundRow
from scoring import Groups
from words import t

PLAIN = {"hall": "nothing", "held_first": 0, "announce": "each"}
UNTIMED = {"present_seconds": 0, "answer_seconds": 0, "overtime_by": "none", "overtime": ""}


def open_reading(
    store: Store, who: Visitor, round_id: str, readers: Sequence[str], *, at: datetime
) -> str:
    """Open the second reading of a round's open zone on tablets; return the reading's round.

    The zone is that of now: the reading's entrants stay these, whatever is corrected later.

    Parameters
    ----------
    readers : sequence of str
        Ids of people who see no scores and have marked none of the zone.

    Raises
    ------
    NoSecondReading
        If the rules have none, or the zone is empty.
    ReadingRuns
        If one is open already.
    BadFields
        With ``readers``: none is named, or one of them cannot read the whole zone.
    """
    with store.reading() as tx:
        current(tx, store, require_act(tx, who, "open_reading", round_id))  # before others wait
    with acting(store, who, "open_reading", round_id, at=at) as (act, tx):
        result = current(tx, store, act.round)
        open_zone = zone(result)
        if result.rules.scoring.at_cut != "jury" or not open_zone:
            raise NoSecondReading
        if running(tx, round_id) is not None:
            raise ReadingRuns
        chosen = tuple(dict.fromkeys(readers))
        problem = Blank(field="readers") if not chosen else _unfit(act, result, chosen)
        if problem is not None:
            raise BadFields({"readers": problem})
        reading_id = mint()
        _put_round(act, result.rules, reading_id)
        _put_zone(act, reading_id, open_zone, chosen)
        act.record("reading_opened", reading_id, round_id=reading_id)
    return reading_id


def take_readings(store: Store, who: Visitor, round_id: str, *, at: datetime) -> int:
    """Take the submitted sheets of the reading into the round, and close the reading.

    Only readers who read the whole zone: entrants read by different judges could not be compared.
    Each sheet then waits for a second person.

    Returns
    -------
    int
        How many sheets were taken.

    Raises
    ------
    NoReadingRuns
    OpenSheets
        If a sheet is still expected; one that will not come is recorded absent.
    Missing
        If no reader read the whole zone.
    """
    with acting(store, who, "take_readings", round_id, at=at) as (act, tx):
        reading = running(tx, round_id)
        if reading is None:
            raise NoReadingRuns
        left = sheets.open_pairs(tx, reading["id"])
        if left:
            raise OpenSheets(count=len(left), pairs=[(p["number"], p["seat"]) for p in left])
        tx.put("rounds", changed(reading, state="closed", closed_at=stamp(act.at)))
        act.record("reading_closed", reading["id"], round_id=reading["id"])
        taken = _take(act, reading)
        if not taken:
            raise Missing(what="sheet")
        act.record("readings_taken", reading["id"])
    return taken


def running(tx: Transaction, round_id: str) -> RoundRow | None:
    """The second reading of a round that is open, or None."""
    return rows.reading_of(tx, round_id)


def _unfit(act: Act, result: RoundStandings, readers: Sequence[str]) -> Refused | None:
    """Why one of these people cannot read the zone; None where all can."""
    for person_id in readers:
        person = require_person(act.tx, act.who, person_id)
        for entrant_id in zone(result):
            problem = unfit_reader(act.tx, result, entrant_id, person)
            if problem is not None:
                problem.values["field"] = "readers"
                return problem
    return None


def _put_round(act: Act, rules: RoundRules, reading_id: str) -> None:
    """The round's row with its rubric; nothing of it is shown in the hall, timed or ranked."""
    tx, row = act.tx, act.round
    scoring = replace(rules.scoring, groups=Groups(), first_criteria=(), at_cut="exact", seed=None)
    chosen = replace(rules, scoring=scoring, **PLAIN, **UNTIMED).to_json()  # type: ignore[arg-type]
    reading = changed(
        row,
        id=reading_id,
        reading_of=row["id"],
        position=len(rows.ever(tx, row["competition_id"])) + 1,
        title=t("reading.title", "zh", round=row["title"]),
        rules=chosen,
        rules_version=1,
        state="open",
        frozen=0,
        opened_at=stamp(act.at),
        closed_at=None,
        certified_at=None,
    )
    tx.put("rounds", reading)
    for criterion in rows.criteria(tx, row["id"]):
        tx.put("criteria", changed(criterion, id=mint(), round_id=reading_id))
    fixed = rows.rules_hash(tx, reading_id, chosen)
    tx.put("rounds", changed(reading, rules_hash=fixed))


def _put_zone(act: Act, reading_id: str, open_zone: Sequence[str], readers: Sequence[str]) -> None:
    """The entrants of the zone in one session, the readers' seats, and every sheet expected."""
    tx, session_id = act.tx, mint()
    session = {"id": session_id, "round_id": reading_id, "position": 1, "venue": ""}
    tx.put("sessions", {**session, "title": t("reading.session", "zh"), "starts_at": ""})
    places = {place["id"]: place for place in entrants.in_round(tx, act.round["id"])}
    for entrant_id in open_zone:
        place = {"round_id": reading_id, "entrant_id": entrant_id, "session_id": session_id}
        number = places[entrant_id]["number"]
        row = {**place, "number": number, "stage": "waiting", "seconds_used": None}
        tx.put("round_entrants", row)
    for number, person_id in enumerate(readers, start=1):
        seat = {"round_id": reading_id, "person_id": person_id, "number": number, "reserve": 0}
        tx.put("seats", {**seat, "presence": "not_arrived"})
        tx.put("panels", {"session_id": session_id, "person_id": person_id})
        put_grant(tx, person_id, "judge", reading_id)
        for entrant_id in open_zone:
            key = {"round_id": reading_id, "entrant_id": entrant_id, "person_id": person_id}
            tx.put("assignments", {**key, "state": "expected", "reason": ""})
    for grant in setup.grants_of_round(tx, act.round["id"]):
        if grant["role"] not in ("judge", "chair"):
            put_grant(tx, grant["person_id"], grant["role"], reading_id)


def _take(act: Act, reading: RoundRow) -> int:
    """Write the readings of those who read every entrant of the reading."""
    tx, round_id = act.tx, act.round["id"]
    own = {row["position"]: row["id"] for row in rows.criteria(tx, round_id)}
    criteria = {row["id"]: own[row["position"]] for row in rows.criteria(tx, reading["id"])}
    given: dict[str, dict[str, Mapping[str, int]]] = {}
    for sheet in sheets.submitted(tx, reading["id"]):
        values = {m["criterion_id"]: m["value"] for m in sheets.marks(tx, sheet["id"])}
        given.setdefault(sheet["person_id"], {})[sheet["entrant_id"]] = values
    read = {place["id"] for place in entrants.in_round(tx, reading["id"])}
    taken = 0
    for person_id, by_entrant in sorted(given.items()):
        if set(by_entrant) != read:
            continue
        for entrant_id, marks in sorted(by_entrant.items()):
            if not is_read(tx, round_id, entrant_id, person_id):
                _put_reading(act, entrant_id, person_id, {criteria[k]: v for k, v in marks.items()})
                taken += 1
    return taken


def _put_reading(act: Act, entrant_id: str, person_id: str, marks: Mapping[str, int]) -> None:
    key = mint()
    act.tx.put(
        "readings",
        {
            "id": key,
            "round_id": act.round["id"],
            "entrant_id": entrant_id,
            "person_id": person_id,
            "entered_by": act.who.person_id,
            "entered_at": stamp(act.at),
        },
    )
    for criterion_id, value in marks.items():
        line = {"reading_id": key, "criterion_id": criterion_id, "value": value}
        act.tx.put("reading_marks", line)
