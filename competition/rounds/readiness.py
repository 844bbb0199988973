"""What a round still lacks before it can be opened, and what its judges are expected to mark."""

from dataclasses import dataclass

from competition import typed
from competition.rights import require_read
from competition.rounds import quota_rules
from competition.rounds.composites import is_composite
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, composites, entrants, panel, setup
from db import rounds as rows
from db.shapes import Place, RoundRow, SeatedJudge, Session

CHECKS = (
    "rubric",
    "entrants",
    "numbers",
    "seats",
    "assignments",
    "enough_judges",
    "quotas",
)
"""In the order an organizer goes through them; each is ``ready.<key>`` in words."""
OF_COMPOSITE = ("parts",)
"""What a composite must have instead."""


@dataclass(frozen=True)
class Expected:
    """One entrant and who is to mark it.

    Attributes
    ----------
    entrant : dict
        With its number and session.
    judges : tuple of int
        Seat numbers of the judges whose sheets will count.
    reserves, recused : tuple of int
        Seat numbers of those in reserve and of those who are recused.
    is_enough : bool
        Whether so many are enough for the trim of the rules.
    """

    entrant: Place
    judges: tuple[int, ...]
    reserves: tuple[int, ...]
    recused: tuple[int, ...]
    is_enough: bool


@dataclass(frozen=True)
class Recusal:
    """One recusal, or a question that a shared native county raises.

    Attributes
    ----------
    cause : str
        unit, township, county, declared; or ``native`` for an unanswered question.
    """

    entrant: Place
    seat: SeatedJudge
    cause: str
    reason: str


class SeatView(SeatedJudge):
    """A judge's seat with the titles of the sessions it is in the panel of."""

    chair: bool
    sessions: list[str]


class SessionView(Session):
    """A session with its panel and its entrants.

    Attributes
    ----------
    judges, person_ids : list
        Seat number and id of each judge of the panel.
    numbers : str
        The entrants' numbers as ranges.
    """

    judges: list[int]
    person_ids: list[str]
    entrants: list[Place]
    numbers: str


@dataclass(frozen=True)
class PanelView:
    """Seats, sessions, recusals and expected judges of a round.

    Attributes
    ----------
    locked : tuple of (Place, SeatedJudge)
        Pairs that sharing judges out leaves as they are.
    needed : int
        Counted sheets each entrant needs.
    level : str
        The recusal level of the round's rules.
    """

    seats: tuple[SeatView, ...]
    sessions: tuple[SessionView, ...]
    expected: tuple[Expected, ...]
    recusals: tuple[Recusal, ...]
    questions: tuple[Recusal, ...]
    locked: tuple[tuple[Place, SeatedJudge], ...]
    needed: int
    level: str

    @property
    def short(self) -> tuple[Expected, ...]:
        """Entrants with too few judges."""
        return tuple(line for line in self.expected if not line.is_enough)


def sheets_needed(rules: RoundRules) -> int:
    """Counted sheets each entrant needs: what the trim asks for, else one."""
    return rules.scoring.trim_needs if rules.scoring.official == "trimmed" else 1


def missing_to_open(tx: Transaction, row: RoundRow) -> list[str]:
    """What a round still lacks before it can be opened, as words' keys (``ready.<key>``).

    A judge in reserve marks, but is not counted towards enough judges.
    """
    round_id = row["id"]
    if is_composite(row):
        return [] if composites.parts(tx, round_id) else list(OF_COMPOSITE)
    places = entrants.in_round(tx, round_id)
    rules = RoundRules.from_json(row["rules"])
    counted = expected(tx, round_id, places, sheets_needed(rules))
    done = {
        "rubric": bool(rows.criteria(tx, round_id)),
        "entrants": bool(places),
        "numbers": bool(places) and all(place["number"] for place in places),
        "seats": bool(panel.seats(tx, round_id)),
        "assignments": bool(counted) and all(line.judges for line in counted),
        "enough_judges": bool(counted) and all(line.is_enough for line in counted),
        "quotas": quota_rules.fit(rules.scoring, quota_rules.county_sizes(places)),
    }
    return [name for name in CHECKS if not done[name]]


def begun_parts(tx: Transaction, row: RoundRow) -> list[str]:
    """Titles of the rounds that a composite in draft is made of and that have begun."""
    if row["state"] != "draft":
        return []
    sources = [part["source_id"] for part in composites.parts(tx, row["id"])]
    opened = [rows.get(tx, source) for source in sources if source is not None]
    return [one["title"] for one in opened if one["state"] != "draft"]


def panel_view(store: Store, who: Visitor, round_id: str) -> PanelView:
    """Seats, sessions with their panels, recusals with reasons, and the count for each entrant."""
    with store.reading() as tx:
        row = require_read(tx, who, "people", round_id)
        rules = RoundRules.from_json(row["rules"])
        places = entrants.in_round(tx, round_id)
        seats = panel.seats(tx, round_id)
        chairs = _chairs(tx, round_id, seats)
        sessions = [_session(tx, session, places) for session in rows.sessions(tx, round_id)]
        shown: list[SeatView] = [
            {
                **seat,
                "chair": seat["person_id"] in chairs,
                "sessions": [s["title"] for s in sessions if seat["number"] in s["judges"]],
            }
            for seat in seats
        ]
        recusals = _recusals(tx, round_id, places, seats)
        needed = sheets_needed(rules)
        return PanelView(
            seats=tuple(shown),
            sessions=tuple(sessions),
            expected=tuple(expected(tx, round_id, places, needed)),
            recusals=recusals,
            questions=_questions(tx, round_id, places, seats),
            locked=_locked(tx, round_id, places, seats),
            needed=needed,
            level=rules.recusal_level,
        )


def _chairs(tx: Transaction, round_id: str, seats: list[SeatedJudge]) -> set[str]:
    return {
        seat["person_id"]
        for seat in seats
        for grant in setup.grants_in_round(tx, seat["person_id"], round_id)
        if grant["role"] == "chair"
    }


def _session(tx: Transaction, session: Session, places: list[Place]) -> SessionView:
    members = panel.members(tx, session["id"])
    here = [place for place in places if place["session_id"] == session["id"]]
    return {
        **session,
        "judges": [member["number"] for member in members],
        "person_ids": [member["person_id"] for member in members],
        "entrants": here,
        "numbers": typed.ranges([place["number"] for place in here if place["number"]]),
    }


def expected(tx: Transaction, round_id: str, places: list[Place], needed: int) -> list[Expected]:
    """Each entrant with the judges whose sheets will count."""
    seats = {seat["person_id"]: seat for seat in panel.seats(tx, round_id)}
    groups: dict[str, dict[str, list[int]]] = {
        place["id"]: {"expected": [], "reserve": [], "recused": [], "absent": []}
        for place in places
    }
    for pair in panel.assignments(tx, round_id):
        seat = seats[pair["person_id"]]
        is_reserve = pair["state"] == "expected" and seat["reserve"] and pair["stands_for"] is None
        groups[pair["entrant_id"]]["reserve" if is_reserve else pair["state"]].append(
            seat["number"]
        )
    return [
        Expected(
            entrant=place,
            judges=tuple(sorted(groups[place["id"]]["expected"])),
            reserves=tuple(sorted(groups[place["id"]]["reserve"])),
            recused=tuple(sorted(groups[place["id"]]["recused"])),
            is_enough=len(groups[place["id"]]["expected"]) >= needed,
        )
        for place in places
    ]


def _recusals(
    tx: Transaction, round_id: str, places: list[Place], seats: list[SeatedJudge]
) -> tuple[Recusal, ...]:
    by_entrant = {place["id"]: place for place in places}
    by_person = {seat["person_id"]: seat for seat in seats}
    recusals = [
        Recusal(by_entrant[r["entrant_id"]], by_person[r["person_id"]], r["cause"], r["reason"])
        for r in panel.recusals(tx, round_id)
        if r["entrant_id"] in by_entrant and r["person_id"] in by_person
    ]
    return tuple(sorted(recusals, key=_by_seat))


def _questions(
    tx: Transaction, round_id: str, places: list[Place], seats: list[SeatedJudge]
) -> tuple[Recusal, ...]:
    """Pairs whose native county is the entrant's: asked, never recused by itself."""
    by_entrant = {place["id"]: place for place in places}
    by_person = {seat["person_id"]: seat for seat in seats}
    questions = []
    for pair in panel.assignments(tx, round_id):
        place, seat = by_entrant[pair["entrant_id"]], by_person[pair["person_id"]]
        native = seat["native_county"]
        if pair["state"] == "expected" and native and native == place["county"]:
            questions.append(Recusal(place, seat, "native", native))
    return tuple(sorted(questions, key=_by_seat))


def _locked(
    tx: Transaction, round_id: str, places: list[Place], seats: list[SeatedJudge]
) -> tuple[tuple[Place, SeatedJudge], ...]:
    locks = {
        (p["entrant_id"], p["person_id"]): p["locked"] for p in panel.assignments(tx, round_id)
    }
    return tuple(
        (place, seat)
        for place in places
        for seat in seats
        if locks.get((place["id"], seat["person_id"]))
    )


def _by_seat(recusal: Recusal) -> tuple[int, bool, int | None, str]:
    entrant = recusal.entrant
    return recusal.seat["number"], entrant["number"] is None, entrant["number"], entrant["code"]
