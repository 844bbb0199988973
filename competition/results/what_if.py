"""The standing under another rule: read only, nothing of it is kept.

A hypothesis is computed beside the standing from the same counted marks; no event, no snapshot
and no standing of the round ever comes from here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from competition.results.errors import NoCommonRanking, NothingToRank
from competition.results.standing_lines import Line, standing_lines
from competition.results.standings import RoundStandings, current, note_view
from competition.results.tallying import named_components, tally_round
from competition.rights import require_read
from competition.rounds.errors import BadRules
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, entrants, panel
from db import rounds as round_rows
from scoring import DisconnectedPanel, Rules, ScoringError, Standings
from scoring.result.what_if import what_if as recompute

PERCENT = 100


@dataclass(frozen=True)
class Hypothesis:
    """What is changed; what is None or empty stays as it is.

    Attributes
    ----------
    official, top, at_cut, band
        Rules of scoring; the band as typed.
    clip
        The distance d, where the method is ``clip`` and the rules name none.
    without : tuple of int
        Seats of judges whose sheets are left out.
    criterion, share
        A criterion's name and its weight in per cent, as typed; the others share the rest in
        the proportion they have now.
    """

    official: str | None = None
    top: int | None = None
    at_cut: str | None = None
    band: str | None = None
    clip: str | None = None
    without: tuple[int, ...] = ()
    criterion: str | None = None
    share: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is changed."""
        return self == Hypothesis()


@dataclass(frozen=True)
class Moved:
    """An entrant under the hypothesis.

    Attributes
    ----------
    line : Line
        As it stands.
    then : Line
        As it would stand.
    """

    line: Line
    then: Line

    @property
    def change(self) -> str:
        """``gained`` or ``lost`` a seat, else empty."""
        if self.line.selected == self.then.selected:
            return ""
        return "gained" if self.then.selected else "lost"


@dataclass(frozen=True)
class WhatIf:
    """The answer.

    Attributes
    ----------
    standings : RoundStandings
        The round's own.
    numbers : Standings
        What scoring says under the hypothesis.
    moved : tuple of Moved
        Every ranked entrant, in the hypothetical order.
    weights : tuple of (str, Decimal, Decimal)
        Criterion, weight now and then, in per cent; empty where weights stay.
    """

    standings: RoundStandings
    hypothesis: Hypothesis
    numbers: Standings
    moved: tuple[Moved, ...]
    weights: tuple[tuple[str, Decimal, Decimal], ...]

    @property
    def gained(self) -> tuple[Moved, ...]:
        """Who would have a seat and has none."""
        return tuple(one for one in self.moved if one.change == "gained")

    @property
    def lost(self) -> tuple[Moved, ...]:
        """Who has a seat and would have none."""
        return tuple(one for one in self.moved if one.change == "lost")


def what_if(
    store: Store, who: Visitor, round_id: str, hypothesis: Hypothesis, *, at: datetime
) -> WhatIf:
    """Which seats would change; nothing is written.

    Raises
    ------
    Forbidden, NotNow, StillMarking
        As the table of rights says: the staff, after closing.
    BadRules
        If a rule cannot have the value asked for.
    NothingToRank
        If no judge is left.
    NoCommonRanking
        If without those judges the panels share no judge.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "what_if", round_id)
        result = current(tx, store, row)
        places = {place["id"]: place for place in entrants.in_round(tx, row["id"])}
        pairs = panel.seat_states(tx, row["id"])
        rules = RoundRules(scoring=_rules(result.numbers.rules, hypothesis))
        weighed = _weighed(round_rows.criteria(tx, row["id"]), hypothesis)
        without = [judge for judge, seat in result.judges.items() if seat in hypothesis.without]
        try:
            numbers = result.numbers
            if weighed is not None:
                numbers = tally_round(tx, row, rules, places, pairs, criteria=weighed)
            numbers = recompute(numbers, rules=rules.scoring, without=without)
        except DisconnectedPanel as error:
            raise NoCommonRanking(groups=named_components(error, places)) from error
    note_view(store, who, result, "what_if", at=at)
    lines = standing_lines(numbers, places, Counter(pair["entrant_id"] for pair in pairs))
    if all(line.rank is None for line in lines):
        raise NothingToRank
    now = {line.entrant_id: line for line in result.lines}
    return WhatIf(
        standings=result,
        hypothesis=hypothesis,
        numbers=numbers,
        moved=tuple(Moved(now[then.entrant_id], then) for then in lines if then.rank is not None),
        weights=_weights(result, weighed),
    )


def _rules(rules: Rules, asked: Hypothesis) -> Rules:
    """The rules with what is asked for put in."""
    given = {
        name: getattr(asked, name)
        for name in ("official", "top", "at_cut", "band", "clip")
        if getattr(asked, name) is not None
    }
    try:
        return replace(rules, **given)
    except ScoringError as error:
        raise BadRules(rule=error.values["field"], value=error.values["value"]) from error


def _weighed(
    criteria: Sequence[Mapping[str, Any]], asked: Hypothesis
) -> list[dict[str, Any]] | None:
    """The criteria with one weight changed, the others in proportion; None where none is."""
    if asked.criterion is None or asked.share is None:
        return None
    try:
        share = Fraction(asked.share.strip()) / PERCENT
    except (ValueError, ZeroDivisionError) as error:
        raise BadRules(rule="weight", value=asked.share) from error
    now = {row["name"]: Fraction(row["weight"]) for row in criteria}
    if not 0 <= share < 1 or asked.criterion not in now or now[asked.criterion] == 1:
        raise BadRules(rule="weight", value=asked.share)
    rest = (1 - share) / (1 - now[asked.criterion])
    return [
        {
            **row,
            "weight": str(share if row["name"] == asked.criterion else now[row["name"]] * rest),
        }
        for row in criteria
    ]


def _weights(
    result: RoundStandings, weighed: Sequence[Mapping[str, Any]] | None
) -> tuple[tuple[str, Decimal, Decimal], ...]:
    if weighed is None:
        return ()
    now = result.numbers.criteria["weight"]
    return tuple(
        (row["name"], _percent(Fraction(str(now[row["id"]]))), _percent(Fraction(row["weight"])))
        for row in weighed
    )


def _percent(weight: Fraction) -> Decimal:
    """A weight in per cent, to one decimal: for reading only."""
    return Decimal(round(float(weight) * PERCENT, 1)).quantize(Decimal("0.1"))
