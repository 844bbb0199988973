"""A composite's standing, from the certified scores of its rounds and its outside scores."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, NotRequired, TypedDict

import pandas as pd

from competition import fields
from competition.results.errors import CertificateDiffers, NothingToRank, PartsNotCertified
from competition.results.rulings import rulings_frame
from competition.rounds.rules import RoundRules
from competition.states import AFTER_CERTIFYING
from db import Transaction, composites, snapshots, votes
from db import rounds as round_rows
from db.shapes import PartRow, Place, RoundRow
from scoring import Composite, Standings, rank_composite

if TYPE_CHECKING:
    from competition.results.standings import RoundStandings

StandingOf = Callable[[RoundRow], "RoundStandings"]


class Ballots(TypedDict):
    """The list of ballots of a closed vote: how many, and its SHA-256."""

    count: int
    sha256: str


class CertifiedPart(TypedDict):
    """A part of a composite as it is hashed; see `ComposedPart`."""

    id: str
    title: str
    weight: str
    round: str
    version: int | None
    sha256: str
    scores: dict[str, str]
    ballots: NotRequired[Ballots]


@dataclass(frozen=True)
class ComposedPart:
    """A part as a composite counts it.

    Attributes
    ----------
    weight : str
        Exact decimal, as it is hashed.
    source_id : str
        The round's id; empty of an outside part.
    version, sha256 : int or None, str
        The round's certificate; None and empty of an outside part.
    scores : dict
        Entrant's id to its published score; an entrant without one is not in it.
    ballots : Ballots or None
        Of a part whose audience vote was closed.
    """

    id: str
    title: str
    weight: str
    source_id: str
    version: int | None
    sha256: str
    scores: Mapping[str, Decimal]
    ballots: Ballots | None = None

    def content(self) -> CertifiedPart:
        """The part as it is hashed: decimals as text."""
        scores = {entrant: str(score) for entrant, score in sorted(self.scores.items())}
        content: CertifiedPart = {
            "id": self.id,
            "title": self.title,
            "weight": self.weight,
            "round": self.source_id,
            "version": self.version,
            "sha256": self.sha256,
            "scores": scores,
        }
        if self.ballots is not None:
            content["ballots"] = self.ballots
        return content


def compose(
    tx: Transaction,
    row: RoundRow,
    rules: RoundRules,
    places: Mapping[str, Place],
    standing_of: StandingOf,
) -> tuple[Composite, tuple[ComposedPart, ...]]:
    """Compute a composite; every round it is made of must be certified.

    Raises
    ------
    PartsNotCertified
        Names the rounds that are not.
    CertificateDiffers
        If a round's stored marks give other scores than its certificate.
    NothingToRank
        If its listing round has no entrants.
    """
    parts = composites.parts(tx, row["id"])
    sources = {
        part["id"]: round_rows.get(tx, part["source_id"]) for part in parts if part["source_id"]
    }
    waiting = [one["title"] for one in sources.values() if one["state"] not in AFTER_CERTIFYING]
    if waiting:
        raise PartsNotCertified(rounds=waiting)
    if not places or not parts:
        raise NothingToRank
    standings = {part_id: standing_of(source) for part_id, source in sources.items()}
    composed = tuple(
        _of_round(tx, part, standings[part["id"]])
        if part["id"] in standings
        else _outside(tx, part)
        for part in parts
    )
    return _ranked(tx, row, rules, places, composed, standings), composed


def _ranked(
    tx: Transaction,
    row: RoundRow,
    rules: RoundRules,
    places: Mapping[str, Place],
    parts: tuple[ComposedPart, ...],
    standings: Mapping[str, "RoundStandings"],
) -> Composite:
    rounds: dict[str, Standings] = {part: one.numbers for part, one in standings.items()}
    return rank_composite(
        rounds,
        {part.id: part.weight for part in parts},
        outside={part.id: part.scores for part in parts if part.id not in rounds},
        rules=replace(rules.scoring, competition_id=row["competition_id"], round_id=row["id"]),
        entrants=pd.DataFrame(
            {
                "entrant": list(places),
                "group": [place["county"] for place in places.values()],
            }
        ),
        rulings=rulings_frame(tx, row["id"], rules.scoring.keys),
    )


def _of_round(tx: Transaction, part: PartRow, standing: "RoundStandings") -> ComposedPart:
    """The published scores of a round, as certified; refused where its marks give others."""
    source = standing.round
    snapshot = snapshots.latest(tx, source["id"], "certify")
    assert snapshot is not None  # a certified round has one
    lines = json.loads(snapshot["content"])["entrants"]
    certified = {line["entrant_id"]: line["official"] for line in lines}
    computed = {
        line.entrant_id: None if line.official is None else str(line.official)
        for line in standing.lines
    }
    if certified != computed:
        raise CertificateDiffers(round=source["title"], version=snapshot["version"])
    scores = {one: Decimal(score) for one, score in certified.items() if score is not None}
    return ComposedPart(
        part["id"],
        part["title"],
        part["weight"],
        source["id"],
        snapshot["version"],
        snapshot["sha256"],
        scores,
    )


def _outside(tx: Transaction, part: PartRow) -> ComposedPart:
    counted = composites.in_force(tx, part["id"])
    assert part["step"] is not None
    scores = {
        entrant: Decimal(fields.decimal_text(value, part["step"]))
        for entrant, value in counted.items()
    }
    return ComposedPart(
        part["id"], part["title"], part["weight"], "", None, "", scores, _ballots(tx, part)
    )


def _ballots(tx: Transaction, part: PartRow) -> Ballots | None:
    row = votes.vote(tx, part["round_id"]) if part["vote"] is not None else None
    if row is None or row["ballots"] is None or row["sha256"] is None:
        return None
    return {"count": row["ballots"], "sha256": row["sha256"]}
