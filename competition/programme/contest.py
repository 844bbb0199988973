"""The contest beside the programme: rounds and sheets, what was awarded, results of a village.

Of a round that is not certified only counts are given; no mark and no judge's name ever is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from competition.programme.scope import reach, reaches
from competition.results.certification import latest_certified
from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings, current
from competition.results.strengths import CriterionMeans, criterion_means
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, entrants, remarks, sheets, snapshots
from db import rounds as round_rows
from db.shapes import RoundRow


@dataclass(frozen=True)
class RoundProgress:
    """A round's counts: entrants, how many are chosen, sheets in and expected."""

    id: str
    title: str
    state: str
    entrants: int
    top: int
    submitted: int
    expected: int
    on: str


@dataclass(frozen=True)
class Awarded:
    """An entrant selected by a certified round."""

    round: str
    county: str
    township: str
    village: str
    code: str
    title: str
    rank: int
    place: int


@dataclass(frozen=True)
class Contest:
    """The contest as a leader, the office or a county sees it."""

    rounds: tuple[RoundProgress, ...]
    awarded: tuple[Awarded, ...]

    def of_county(self, code: str) -> tuple[Awarded, ...]:
        """The awards of a county, by its code."""
        return tuple(one for one in self.awarded if one.code[:6] == code)


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
    """What a village reached in a certified round."""

    round: str
    line: Line
    entrants: int
    selected: int
    last_in: Decimal | None
    criteria: tuple[CriterionBeside, ...]
    remarks: tuple[str, ...]
    version: int
    on: str


def contest(store: Store, who: Visitor) -> Contest:
    """Rounds with their counts, and what certified rounds awarded; a county sees its own awards."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        there = [
            row
            for row in round_rows.of_competition(tx, str(who.competition_id))
            if row["practice_of"] is None
        ]
        sees_counts = reach(who) is None
        return Contest(
            tuple(_progress(tx, row) for row in there if sees_counts),
            tuple(one for row in there for one in _awarded(tx, who, row)),
        )


def _progress(tx: Transaction, row: RoundRow) -> RoundProgress:
    counts = sheets.counted_of_entrants(tx, row["id"])
    on = row["certified_at"] or row["closed_at"] or row["opened_at"] or ""
    return RoundProgress(
        row["id"],
        row["title"],
        row["state"],
        len(entrants.in_round(tx, row["id"])),
        RoundRules.from_json(row["rules"]).scoring.top,
        sum(one["submitted"] for one in counts),
        sum(one["counted"] for one in counts),
        on,
    )


def _awarded(tx: Transaction, who: Visitor, row: RoundRow) -> Iterator[Awarded]:
    if not _is_certified(tx, row):
        return
    for line in latest_certified(tx, row["id"])["content"]["entrants"]:
        if line["selected"] and line["rank"] and reaches(who, line["code"][:6]):
            yield Awarded(
                row["title"],
                line["county"],
                line["township"],
                line["village"],
                line["code"],
                line["title"],
                line["rank"],
                line["place"] or line["rank"],
            )


def judged_results(
    tx: Transaction, store: Store, who: Visitor
) -> Iterator[tuple[RoundRow, RoundStandings]]:
    """The certified rounds of judges, each with its standing."""
    for row in round_rows.of_competition(tx, str(who.competition_id)):
        is_judged = row["kind"] == "judged" and row["practice_of"] is None
        if is_judged and _is_certified(tx, row):
            yield row, current(tx, store, row)


def _is_certified(tx: Transaction, row: RoundRow) -> bool:
    return row["state"] == "certified" and snapshots.latest(tx, row["id"], "certify") is not None


def results_of(tx: Transaction, store: Store, who: Visitor, code: str) -> list[VillageResult]:
    """The results of a village that the visitor reaches, the last round first."""
    found = []
    for row, result in judged_results(tx, store, who):
        line = next((one for one in result.lines if one.code == code), None)
        if line is None or line.official is None:
            continue
        certificate = latest_certified(tx, row["id"])
        selected = [one for one in result.lines if one.selected]
        scores = [one.official for one in selected if one.official is not None]
        said = [
            one["text"]
            for one in remarks.of_round(tx, row["id"])
            if one["kind"] == "remark" and one["entrant_id"] == line.entrant_id and one["text"]
        ]
        found.append(
            VillageResult(
                row["title"],
                line,
                len(result.lines),
                len(selected),
                min(scores, default=None),
                tuple(_beside(one, line, selected) for one in _means(result, line)),
                tuple(sorted(said)),  # in an order that says nothing of their judges
                certificate["version"],
                certificate["at"],
            )
        )
    return found[::-1]


def _means(result: RoundStandings, line: Line) -> list[CriterionMeans]:
    return [one for one in criterion_means(result) if line.entrant_id in one.means]


def _beside(one: CriterionMeans, line: Line, selected: list[Line]) -> CriterionBeside:
    marks = one.means.values()
    best = one.of(other.entrant_id for other in selected)
    own = one.means[line.entrant_id]
    return CriterionBeside(one.name, one.maximum, own, min(marks), one.field, max(marks), best)


def selected_ids(result: RoundStandings) -> Mapping[str, Line]:
    """The selected entrants of a standing by id."""
    return {line.entrant_id: line for line in result.lines if line.selected}
