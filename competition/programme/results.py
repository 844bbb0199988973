"""What a village reached in certified rounds, criterion by criterion beside the field.

Of a round that is not certified nothing is given; no judge's name ever is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from competition.programme.contest import reads_result
from competition.results.certification import latest_certified
from competition.results.deciding import groups_in_force
from competition.results.prizes import PrizeGroup
from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings, current
from competition.results.strengths import (
    CriterionMeans,
    CriterionStanding,
    criterion_means,
    criterion_standings,
)
from competition.visitor import Visitor
from db import Store, Transaction, remarks
from db import rounds as round_rows
from db.shapes import RoundRow


@dataclass(frozen=True)
class CriterionBeside:
    """A village's mean on a criterion beside the field's range and the selected entrants'."""

    name: str
    maximum: Decimal
    own: float
    low: float
    field: float
    high: float
    selected: float | None

    @property
    def gap(self) -> float:
        """Points to the selected entrants, or to the field where none is selected."""
        return self.own - (self.field if self.selected is None else self.selected)


@dataclass(frozen=True)
class VillageResult:
    """What a village reached in a certified round.

    Attributes
    ----------
    standings : tuple of CriterionStanding
        As on its feedback sheet.
    prizes : tuple of PrizeGroup
        Those it was given, in force.
    """

    round_id: str
    round: str
    line: Line
    entrants: int
    selected: int
    last_in: Decimal | None
    criteria: tuple[CriterionBeside, ...]
    standings: tuple[CriterionStanding, ...]
    prizes: tuple[PrizeGroup, ...]
    remarks: tuple[str, ...]
    version: int
    on: str


def judged_results(
    tx: Transaction, store: Store, who: Visitor
) -> Iterator[tuple[RoundRow, RoundStandings]]:
    """The rounds of judges whose result the visitor may read, each with its standing."""
    for row in round_rows.of_competition(tx, str(who.competition_id)):
        is_judged = row["kind"] == "judged" and row["practice_of"] is None
        if is_judged and reads_result(tx, who, row):
            yield row, current(tx, store, row)


def results_of(tx: Transaction, store: Store, who: Visitor, code: str) -> list[VillageResult]:
    """The results of a village that the visitor reaches, the last round first."""
    results = []
    for row, result in judged_results(tx, store, who):
        line = next((one for one in result.lines if one.code == code), None)
        if line is None or line.official is None:
            continue
        certificate = latest_certified(tx, row["id"])
        selected = [one for one in result.lines if one.selected]
        scores = [one.official for one in selected if one.official is not None]
        said = remarks_of(tx, row["id"])
        means = [one for one in criterion_means(result) if line.entrant_id in one.means]
        results.append(
            VillageResult(
                row["id"],
                row["title"],
                line,
                len(result.lines),
                len(selected),
                min(scores, default=None),
                tuple(_beside(one, line, selected) for one in means),
                criterion_standings(means, line.entrant_id),
                tuple(
                    group
                    for group in groups_in_force(tx, certificate["id"], certificate["content"])
                    if code in [one.line["code"] for one in group.members if one.line is not None]
                ),
                said.get(line.entrant_id, ()),
                certificate["version"],
                certificate["at"],
            )
        )
    return results[::-1]


def remarks_of(tx: Transaction, round_id: str) -> dict[str, tuple[str, ...]]:
    """Each entrant's remarks, in an order that says nothing of their judges."""
    by_entrant: dict[str, list[str]] = {}
    for one in remarks.of_round(tx, round_id):
        if one["kind"] == "remark" and one["text"]:
            by_entrant.setdefault(one["entrant_id"], []).append(one["text"])
    return {entrant_id: tuple(sorted(texts)) for entrant_id, texts in by_entrant.items()}


def _beside(one: CriterionMeans, line: Line, selected: list[Line]) -> CriterionBeside:
    marks = one.means.values()
    best = one.of(other.entrant_id for other in selected)
    own = one.means[line.entrant_id]
    return CriterionBeside(one.name, one.maximum, own, min(marks), one.field, max(marks), best)
