"""The award list, always from the certified snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from competition.invented import invented
from competition.results.certification import Certificate, latest_certified, require_recomputed
from competition.results.prizes import PrizeGroup, Reason, prize_groups
from competition.results.standing_lines import CertifiedLine
from competition.results.standings import current
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, entrants
from db import competitions as competition_rows
from db.shapes import RoundRow


@dataclass(frozen=True)
class Winner:
    """One line of the award list; a place only for the selected."""

    place: int
    rank: int
    tied: bool
    number: int
    county: str
    township: str
    village: str
    code: str
    title: str
    presenter: str
    official: Decimal | None
    entrant_id: str


_OF_LINE = [one.name for one in fields(Winner) if one.name not in ("presenter", "official")]


@dataclass(frozen=True)
class Prize:
    """Which prize a winner gets, and why."""

    group: PrizeGroup
    reason: Reason


@dataclass(frozen=True)
class AwardList:
    """The selected entrants of a certified round, by place, with the paper's other facts.

    ``groups`` are its prizes in order, then single and county prizes; ``presenters`` names the
    presenter by entrant's id.
    """

    competition: str
    invented: str
    timezone: str
    round: str
    position: int
    stage: str
    category: str
    version: int
    sha256: str
    head: str
    at: str
    top: int
    decimals: int
    official_is_adjusted: bool
    published: str
    winners: tuple[Winner, ...]
    groups: tuple[PrizeGroup, ...]
    presenters: Mapping[str, str]

    @property
    def prize_of(self) -> dict[str, Prize]:
        """A winner's code to its prize: what the list is divided into."""
        return {
            member.line["code"]: Prize(group, member.reason)
            for group in self.groups
            if group.kind in ("prize", "list", "shortlist")
            for member in group.members
            if member.line is not None
        }


def award_list(store: Store, who: Visitor, round_id: str) -> AwardList:
    """The award list of a certified round.

    Raises
    ------
    Forbidden
        Before certifying, or for a role that may not see it.
    CertificateDiffers
        If the stored marks give another result.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "award_list", round_id)
        certificate = latest_certified(tx, round_id)
        require_recomputed(current(tx, store, row), certificate)
        return _award_list(tx, row, certificate)


def _award_list(tx: Transaction, row: RoundRow, snapshot: Certificate) -> AwardList:
    content = snapshot["content"]
    rules = RoundRules.from_json(row["rules"])
    presenters = {e["id"]: e["presenter"] for e in entrants.in_round(tx, row["id"])}
    competition = competition_rows.get(tx, row["competition_id"])
    winners = [
        winner_of(line, presenters[line["entrant_id"]])
        for line in content["entrants"]
        if line["selected"]
    ]
    return AwardList(
        competition=content["competition"]["title"],
        invented=invented(content["competition"]),
        timezone=competition["timezone"],
        round=content["round"]["title"],
        position=row["position"],
        stage=content["round"]["stage"],
        category=row["category"],
        version=snapshot["version"],
        sha256=snapshot["sha256"],
        head=snapshot["head"],
        at=snapshot["at"],
        top=rules.scoring.top,
        decimals=rules.scoring.decimals,
        official_is_adjusted=not rules.is_announced,
        published=rules.published,
        winners=tuple(sorted(winners, key=lambda w: (w.place, w.number))),
        groups=prize_groups(content),
        presenters=presenters,
    )


def winner_of(line: CertifiedLine, presenter: str) -> Winner:
    """A certified line beside its presenter."""
    official = None if line["official"] is None else Decimal(line["official"])
    values: dict[str, Any] = {name: v for name, v in line.items() if name in _OF_LINE}
    return Winner(**values, official=official, presenter=presenter)
