"""What an organizer checks before opening a round, each with its figures."""

from dataclasses import dataclass
from typing import Any

from competition.rights import PIN_ROLES, require_read
from competition.rounds.composites import is_composite
from competition.rounds.readiness import (
    CHECKS,
    OF_COMPOSITE,
    expected,
    missing_to_open,
    sheets_needed,
)
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, composites, entrants, panel, people, pins
from db import rounds as rows
from db.shapes import RoundRow

ADVICE = ("places", "supervisor", "organizers", "links", "pins")
"""What does not hold up the opening, and yet must not be missing on the day."""

ADVICE_TOO = ("supervisor", "organizers", "pins")
"""The same of a composite, which has no judges."""


@dataclass(frozen=True)
class Check:
    """One line of the check.

    Attributes
    ----------
    key : str
        ``organizers.check.<key>`` in words.
    done : bool
    values : dict
        The figures its words name; ``names`` is a tuple.
    """

    key: str
    done: bool
    values: dict[str, Any]

    @property
    def blocks(self) -> bool:
        """Whether the round cannot be opened before."""
        return self.key in (*CHECKS, *OF_COMPOSITE)


def readiness(store: Store, who: Visitor, round_id: str) -> tuple[Check, ...]:
    """Every check of a round in draft, those that hold up the opening first."""
    with store.reading() as tx:
        row = require_read(tx, who, "round", round_id)
        missing = missing_to_open(tx, row)
        values = _figures(tx, row)
        advice = {
            "places": bool(values["places"]["of"])
            and values["places"]["top"] < values["places"]["of"],
            "supervisor": values["supervisor"]["have"] > 0,
            "organizers": values["organizers"]["have"] > 1,
            "links": 0 < values["links"]["of"] == values["links"]["have"],
            "pins": not values["pins"]["names"],
        }
        keys = (*OF_COMPOSITE, *ADVICE_TOO) if is_composite(row) else (*CHECKS, *ADVICE)
        return tuple(
            Check(key, advice[key] if key in ADVICE else key not in missing, values[key])
            for key in keys
        )


def judges_without_link(store: Store, who: Visitor, round_id: str) -> int:
    """How many judges of a round have no link that still opens."""
    with store.reading() as tx:
        row = require_read(tx, who, "round", round_id)
        links = _links(tx, row)
        return links["of"] - links["have"]


def _figures(tx: Transaction, row: RoundRow) -> dict[str, dict[str, Any]]:
    rules = RoundRules.from_json(row["rules"])
    places = entrants.in_round(tx, row["id"])
    judges = [len(one.judges) for one in expected(tx, row["id"], places, sheets_needed(rules))]
    roles = [grant["role"] for grant in people.grants_in(tx, row["competition_id"])]
    return {
        "parts": {"have": len(composites.parts(tx, row["id"]))},
        "rubric": {"have": len(rows.criteria(tx, row["id"]))},
        "entrants": {"have": len(places)},
        "numbers": {"have": sum(bool(one["number"]) for one in places), "of": len(places)},
        "seats": {"have": len(panel.seats(tx, row["id"]))},
        "assignments": {"without": sum(not count for count in judges), "of": len(places)},
        "enough_judges": {"have": min(judges, default=0), "need": sheets_needed(rules)},
        "quotas": {"top": rules.scoring.top},
        "places": {"top": rules.scoring.top, "of": len(places)},
        "supervisor": {"have": roles.count("supervisor")},
        "organizers": {"have": roles.count("organizer")},
        "links": _links(tx, row),
        "pins": {"names": _without_pin(tx, row)},
    }


def _without_pin(tx: Transaction, row: RoundRow) -> tuple[str, ...]:
    """Names of the people who may confirm something in the round and have no PIN."""
    named = {
        grant["person_id"]
        for grant in people.grants_in(tx, row["competition_id"])
        if grant["role"] in PIN_ROLES and grant["round_id"] in (None, row["id"])
    } - pins.holders(tx, row["competition_id"])
    persons = people.of_competition(tx, row["competition_id"])
    return tuple(one["name"] for one in persons if one["id"] in named)


def _links(tx: Transaction, row: RoundRow) -> dict[str, int]:
    seats = {seat["person_id"] for seat in panel.seats(tx, row["id"])}
    live = {link["person_id"] for link in people.live_links_in(tx, row["competition_id"])}
    return {"have": len(seats & live), "of": len(seats)}
