"""Everything that keeps a result from being certified: a list, each with the act that clears it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from competition.countersigning import state_of
from competition.errors import NotNow, Refused
from competition.results import verifying
from competition.results.certification import (
    next_content,
    placed_content,
    waiting_for_ruling,
)
from competition.results.errors import AwaitingRuling, PrizeTied, SignaturesWait, VerifierDisagrees
from competition.results.prizes import tied_at_prize_lines
from competition.results.record import require_agreement
from competition.results.settled import corrections_settled, reviews_settled, rules_signed
from competition.results.standings import RoundStandings
from competition.returning import require_tablets
from competition.visitor import Visitor
from db import Store, Transaction, changes, decisions, readings
from db.canonical import canonical


def blockers(tx: Transaction, store: Store, who: Visitor, result: RoundStandings) -> list[Refused]:
    """What keeps this standing from being certified now; empty where nothing does."""
    refused: list[Refused] = []
    if result.round["state"] == "open":
        refused.append(NotNow(act="certify", state="open", clears="close_round"))
    for check in (
        lambda: require_tablets(tx, who),
        lambda: corrections_settled(tx, result.round),
        lambda: reviews_settled(tx, result.round),
        lambda: rules_signed(tx, result.round),
        lambda: _ruled(tx, result),
    ):
        refused += _refusals(check)
    refused += _signatures(tx, result.round["id"])
    if not refused:
        refused += _refusals(lambda: _prizes_ruled(tx, result))
        refused += _agreement(tx, store, result)
        refused += verifying.unclean(tx, store, result.seq)
    return refused


def require_clear(tx: Transaction, store: Store, who: Visitor, result: RoundStandings) -> None:
    """Refuse with the first of `blockers`."""
    refused = blockers(tx, store, who, result)
    if refused:
        raise refused[0]


def _refusals(check: Callable[[], None]) -> Iterator[Refused]:
    try:
        check()
    except Refused as error:
        yield error


def _ruled(tx: Transaction, result: RoundStandings) -> None:
    waiting = waiting_for_ruling(tx, result)
    if waiting:
        by_reading = bool(result.awaiting) and result.awaiting[0].awaits_reading
        clears = "enter_reading" if by_reading else None
        raise AwaitingRuling(entrants=waiting, clears=clears)


def _signatures(tx: Transaction, round_id: str) -> Iterator[Refused]:
    """What one person entered and no second has answered, by kind."""
    waiting = {
        "confirm_deduction": _unconfirmed(decisions.deductions(tx, round_id)),
        "confirm_ruling": _unconfirmed(decisions.rulings(tx, round_id)),
        "confirm_reading": _unconfirmed(readings.of_round(tx, round_id)),
        "answer_change": [one for one in changes.requests(tx, round_id) if one["state"] == "asked"],
    }
    for clears, rows in waiting.items():
        if rows:
            yield SignaturesWait(waits=clears, count=len(rows), clears=clears)


def _unconfirmed(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [row for row in rows if state_of(row) == "waiting"]


def _prizes_ruled(tx: Transaction, result: RoundStandings) -> None:
    """Refuse while entrants of equal place stand on both sides of a prize line."""
    tied = tied_at_prize_lines(json.loads(canonical(placed_content(tx, result))))
    if tied:
        numbers = [line["number"] or line["village"] or line["township"] for line in tied]
        raise PrizeTied(entrants=numbers)


_agreed: dict[tuple[Path, str, int], list[VerifierDisagrees]] = {}
MOST_KEPT = 20


def _agreement(tx: Transaction, store: Store, result: RoundStandings) -> list[VerifierDisagrees]:
    """Whether the second verifier finds the same; asked once for a standing of a round."""
    place = (store.path, result.round["id"], result.seq)
    if place not in _agreed or tx.is_written:
        if len(_agreed) >= MOST_KEPT:
            _agreed.clear()
        _agreed[place] = [
            error
            for error in _refusals(lambda: require_agreement(tx, next_content(tx, result)))
            if isinstance(error, VerifierDisagrees)
        ]
    return _agreed[place]
