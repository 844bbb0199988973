"""Why this rank?  One entrant's figure, step by step, from the marks to the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from competition import fields
from competition.errors import Missing
from competition.rights import require_read
from competition.standings import Line, RoundStandings, current
from competition.visitor import Visitor
from db import Store, Transaction, panel, sheets
from db import rounds as round_rows
from scoring import Decision
from scoring.tally import Tally

STRONGEST = 2


@dataclass(frozen=True)
class SheetStep:
    """One judge's sheet in the sum.

    Attributes
    ----------
    seat : int
        The judge's number; never a name.
    marks : tuple of (criterion name, mark, maximum)
    total : Decimal
        The sheet's total, rounded as the rules say.
    dropped : str
        high, low or empty: what the trimmed mean leaves out.
    severity : float or None
        Points this judge gives above (+) or below (−) the panel; None where not fitted.
    leveled : float or None
        The total less the severity.
    scale, weight : float or None
        Of the precision model: how far this judge spreads, and how much the sheet counts.
    """

    seat: int
    marks: tuple[tuple[str, Decimal, Decimal], ...]
    total: Decimal
    dropped: str
    severity: float | None
    leveled: float | None
    scale: float | None
    weight: float | None


@dataclass(frozen=True)
class Uncounted:
    """A judge of the panel whose sheet does not count, and why."""

    seat: int
    state: str
    reason: str


@dataclass(frozen=True)
class CriterionStanding:
    """An entrant's mean mark on a criterion beside the field's, in points of the criterion."""

    name: str
    maximum: Decimal
    mean: float
    field: float

    @property
    def lead(self) -> float:
        """Share of the maximum by which the entrant is ahead of the field."""
        return (self.mean - self.field) / float(self.maximum)


@dataclass(frozen=True)
class Explanation:
    """Everything that makes one entrant's figure.

    Attributes
    ----------
    trimmed_sum, trimmed_n
        Sum and count of the totals kept by the trimmed mean.
    announced_gross, adjusted_gross, official_gross : float or None
        Before the deduction, not rounded.
    decisions : tuple of Decision
        The cuts this entrant was part of.
    distance : Decimal or None
        Points to the line: to the first one out for those in, to the last one in otherwise.
    criteria : tuple of CriterionStanding
        In the order of the rubric.
    """

    standings: RoundStandings
    line: Line
    sheets: tuple[SheetStep, ...]
    uncounted: tuple[Uncounted, ...]
    trimmed_sum: Decimal
    trimmed_n: int
    announced_gross: float | None
    adjusted_gross: float | None
    official_gross: float | None
    decisions: tuple[Decision, ...]
    distance: Decimal | None
    criteria: tuple[CriterionStanding, ...]

    @property
    def strongest(self) -> tuple[CriterionStanding, ...]:
        """The two criteria furthest ahead of the field."""
        return tuple(sorted(self.criteria, key=lambda c: -c.lead)[:STRONGEST])

    @property
    def weakest(self) -> tuple[CriterionStanding, ...]:
        """The two criteria furthest behind the field."""
        return tuple(sorted(self.criteria, key=lambda c: c.lead)[:STRONGEST])


def explain(
    store: Store, who: Visitor, round_id: str, entrant_id: str, *, at: datetime
) -> Explanation:
    """Why an entrant stands where it does, with every mark: for the staff, after closing.

    Raises
    ------
    Forbidden, NotNow, StillMarking
        As the table of rights says for reading sheets.
    Missing
        If the entrant is not in the standing.
    """
    del at
    with store.reading() as tx:
        row = require_read(tx, who, "sheets", round_id)
        return explanation(tx, current(tx, store, row), entrant_id)


def explanation(tx: Transaction, found: RoundStandings, entrant_id: str) -> Explanation:
    """Take one entrant's figure apart; the parts add up to what is published."""
    line = next((x for x in found.lines if x.entrant_id == entrant_id), None)
    tally = found.numbers.tally
    if line is None or entrant_id not in tally.counted.entrants:
        raise Missing(what="entrant")
    steps = _sheet_steps(tx, found, entrant_id)
    kept = [step.total for step in steps if not step.dropped]
    row = found.numbers.scores.loc[entrant_id]
    cost = float(line.deduction)
    return Explanation(
        standings=found,
        line=line,
        sheets=steps,
        uncounted=_uncounted(tx, found, entrant_id),
        trimmed_sum=sum(kept, Decimal(0)),
        trimmed_n=len(kept),
        announced_gross=_gross(row["trimmed"], cost),
        adjusted_gross=_gross(row["adjusted"], cost),
        official_gross=_gross(row["unrounded"], cost),
        decisions=tuple(
            decision
            for decision in found.numbers.ranking.selection.decisions
            if entrant_id in decision.zone
            or (decision.pair and entrant_id in (decision.pair.first, decision.pair.second))
        ),
        distance=_distance(found, line),
        criteria=_criteria(tx, found, entrant_id),
    )


def _gross(net: Any, cost: float) -> float | None:
    return None if np.isnan(net) else float(net) + cost


def _sheet_steps(tx: Transaction, found: RoundStandings, entrant_id: str) -> tuple[SheetStep, ...]:
    tally = found.numbers.tally
    place = tally.counted.entrants.index(entrant_id)
    rows = np.flatnonzero(tally.counted.entrant == place).tolist()
    totals = {
        tally.counted.judges[int(tally.counted.judge[r])]: Fraction(
            int(tally.counted.units[r]), tally.counted.denominator
        )
        for r in rows
    }
    dropped = _dropped(found, totals)
    effects = _effects(tally)
    marks = _marks(tx, found.round["id"], entrant_id)
    steps = []
    for judge, total in totals.items():
        severity, scale, weight = effects.get(judge, (None, None, None))
        steps.append(
            SheetStep(
                seat=found.judges[judge],
                marks=marks[judge],
                total=_decimal(total),
                dropped=dropped.get(judge, ""),
                severity=severity,
                leveled=None if severity is None else float(total) - severity,
                scale=scale,
                weight=weight,
            )
        )
    return tuple(sorted(steps, key=lambda step: step.seat))


def _dropped(found: RoundStandings, totals: Mapping[Any, Fraction]) -> dict[Any, str]:
    """Which sheets the trimmed mean leaves out; one copy where totals are equal."""
    rules = found.rules.scoring
    if rules.trim_level != "total" or len(totals) < rules.trim_needs:
        return {}
    order = sorted(totals, key=lambda judge: (totals[judge], found.judges[judge]))
    high = order[len(order) - rules.trim_high :] if rules.trim_high else []
    return dict.fromkeys(order[: rules.trim_low], "low") | dict.fromkeys(high, "high")


def _effects(tally: Tally) -> dict[Any, tuple[float | None, float | None, float | None]]:
    """Severity, scale and weight of each fitted judge."""
    fit = tally.fit
    if fit is None:
        return {}
    precision = tally.precision
    found: dict[Any, tuple[float | None, float | None, float | None]] = {}
    for place, judge in enumerate(fit.design.judges.tolist()):
        scale = noise = None
        if precision is not None:
            scale, noise = float(precision.scale[place]), float(precision.noise[place])
        weight = scale / noise**2 if scale is not None and noise else None
        found[tally.sheets.judges[judge]] = (float(fit.severity[place]), scale, weight)
    return found


def _marks(
    tx: Transaction, round_id: str, entrant_id: str
) -> dict[str, tuple[tuple[str, Decimal, Decimal], ...]]:
    criteria = round_rows.criteria(tx, round_id)
    given = {
        (m["judge"], m["criterion"]): m["value"]
        for m in sheets.counted_marks(tx, round_id)
        if m["entrant"] == entrant_id
    }
    return {
        judge: tuple(
            (c["name"], _points(given[judge, c["id"]]), _points(c["maximum"])) for c in criteria
        )
        for judge in {judge for judge, _ in given}
    }


def _points(thousandths: int) -> Decimal:
    return Decimal(thousandths) / fields.THOUSAND


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _uncounted(tx: Transaction, found: RoundStandings, entrant_id: str) -> tuple[Uncounted, ...]:
    counted = {
        found.numbers.tally.counted.judges[int(j)]
        for e, j in zip(
            found.numbers.tally.counted.entrant, found.numbers.tally.counted.judge, strict=True
        )
        if found.numbers.tally.counted.entrants[int(e)] == entrant_id
    }
    return tuple(
        Uncounted(pair["number"], pair["state"], pair["reason"])
        for pair in panel.of_entrant(tx, found.round["id"], entrant_id)
        if not pair["reserve"] and pair["person_id"] not in counted
    )


def _distance(found: RoundStandings, line: Line) -> Decimal | None:
    """Points between an entrant and the other side of the line, on the official score."""
    if line.official is None:
        return None
    others = [
        other.official
        for other in found.lines
        if other.official is not None and other.selected != line.selected
    ]
    if not others:
        return None
    return line.official - (max(others) if line.selected else min(others))


def _criteria(
    tx: Transaction, found: RoundStandings, entrant_id: str
) -> tuple[CriterionStanding, ...]:
    """Mean marks by criterion, beside the mean over entrants of their means."""
    values: dict[str, dict[str, list[int]]] = {}
    for mark in sheets.counted_marks(tx, found.round["id"]):
        values.setdefault(mark["criterion"], {}).setdefault(mark["entrant"], []).append(
            mark["value"]
        )
    standings = []
    for criterion in round_rows.criteria(tx, found.round["id"]):
        means = {
            entrant: sum(given) / len(given) / fields.THOUSAND
            for entrant, given in values[criterion["id"]].items()
        }
        standings.append(
            CriterionStanding(
                name=criterion["name"],
                maximum=_points(criterion["maximum"]),
                mean=means[entrant_id],
                field=sum(means[e] for e in sorted(means)) / len(means),
            )
        )
    return tuple(standings)
