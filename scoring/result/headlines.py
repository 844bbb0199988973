"""Findings that an organizer reads first; each says a quantity of the result, or is silent.

`HEADLINES` names the quantity of each. Where it is None nothing is said: no sentence from a
missing number. Words live under ``headline.<code>``.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.evidence.leave_out import Change
from scoring.rank.decisions import Decision
from scoring.result.composite import Composite
from scoring.result.differing import Moved
from scoring.result.sentences import Sentence
from scoring.result.standings import Standings

Ranked = Standings | Composite


@dataclass(frozen=True)
class Headline:
    """One finding: what is claimed, and what it rests on."""

    name: str
    claim: Sentence
    proofs: tuple[Sentence, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The claim and its proofs, in the order they are read."""
        return (self.claim, *self.proofs)


def headlines(standings: Ranked, *, leave_out: Sequence[str] = ()) -> tuple[Headline, ...]:
    """The findings there are, in the order of their table, without those left out by name."""
    table = HEADLINES if isinstance(standings, Standings) else OF_COMPOSITE
    said = []
    for name, (quantity, say) in table.items():
        value = None if name in leave_out else quantity(standings)
        if value is not None:
            claim, *proofs = say(standings, value)
            said.append(Headline(name, claim, tuple(proofs)))
    return tuple(said)


def _say(code: str, **values: Any) -> Sentence:
    return Sentence(f"headline.{code}", values)


def line(standings: Ranked) -> Decision | None:
    """The round's cut; None without ranked entrants."""
    last = standings.ranking.selection.decisions[-1]
    ranked = any(unit is not None for unit in standings.ranking.units)
    return last if ranked and last.kind == "round" else None


def _line(standings: Ranked, last: Decision) -> Iterator[Sentence]:
    selected = int(standings.scores["selected"].sum())
    unranked = int(standings.scores["rank"].isna().sum())
    if selected == len(standings.scores) - unranked:
        yield _say("all_in", count=selected)
        if unranked:
            yield _say("unranked", count=unranked)
        return
    if last.gap is None:
        yield _say("no_seat_left", count=selected)
        return
    if last.status == "extended":
        yield _say("extended", count=len(last.zone), score=last.last_in)
    elif last.zone:
        yield _at_issue(standings, last)
        if last.H:
            yield _say("zone_width", width=last.width)
        else:
            yield _say("tie_score", score=last.last_in)
        if last.key:
            yield _say("decided_by", decider=last.key)
    else:
        yield _say("gap", points=last.gap.points)
    yield from _gap(last)


def _at_issue(standings: Ranked, last: Decision) -> Sentence:
    """Seats that the tie-break gives; a single last one goes by its place."""
    seats, code = last.seats - last.above, "zone" if last.H else "tie"
    values = {"count": seats, "names": len(last.zone), "above": last.above}
    if not last.above:
        return _say(f"{code}_all", **values)
    if seats == 1 and not standings.rules.groups:
        return _say(f"{code}_last", **values, place=last.seats)
    return _say(code, **values)


def _gap(last: Decision) -> Iterator[Sentence]:
    """Evidence at the line, whatever H is."""
    gap = last.gap
    if gap is None or gap.width is None:
        return
    if gap.points:
        yield _say("gap_seds", seds=f"{gap.seds:.2f}")
    if last.H:
        if not last.zone:
            yield _say("gap_wide", width=last.width)
    elif gap.zone:
        yield _say("would_be", count=len(gap.zone), width=gap.width)
    else:
        yield _say("would_be_none", width=gap.width)


def groups_at_issue(standings: Ranked) -> list[Decision] | None:
    """Cuts within groups at which several were close; None without any."""
    close = [d for d in standings.ranking.selection.decisions if d.kind != "round" and d.zone]
    return close or None


def _groups(standings: Ranked, close: list[Decision]) -> Iterator[Sentence]:  # noqa: ARG001
    said = [
        _say(
            f"{kind}_zone",
            count=sum(d.seats - d.above for d in close if d.kind == kind),
            groups=tuple(d.group for d in close if d.kind == kind),
        )
        for kind in ("floor", "cap")
        if any(d.kind == kind for d in close)
    ]
    yield from said


def judges_left_out(standings: Standings) -> tuple[Change, ...] | None:
    """Leaving out each judge in turn; None where it was not tried."""
    return standings.robustness or None


def _judges(standings: Standings, changes: tuple[Change, ...]) -> Iterator[Sentence]:
    tried = [change for change in changes if change.comparable]
    if not tried:
        if changes[0].reason == "too_few_to_trim":
            yield _say("judges_cannot_trim", needs=standings.rules.trim_needs)
        else:
            yield _say("judges_apart")
        return
    most = max(change.seats for change in tried)
    worst = tuple(change.judge for change in tried if change.seats == most)
    some = sum(0 < change.seats < most for change in tried)
    none = sum(change.seats == 0 for change in tried)
    if most:
        yield _say("judges_matter", count=most)
        yield _say("without_worst", judges=worst, count=most)
        if some:
            yield _say("without_some", count=some)
        if none:
            yield _say("without_none", count=none)
    else:
        yield _say("judges_firm")
        yield _say("judges_tried", count=len(tried))
    if len(tried) < len(changes):
        yield _say("judges_skipped", count=len(changes) - len(tried))


def _recusals(standings: Standings, moved: Moved) -> Iterator[Sentence]:
    if standings.tally.complete:
        yield _say("panel_complete")
    elif not moved.seats:
        yield _say("recusals_none")
        yield _say("recusals_compared")
    else:
        yield _say("recusals", count=moved.seats)
        yield from _who(moved, "adjusted")


def _trimming(standings: Standings, moved: Moved) -> Iterator[Sentence]:  # noqa: ARG001
    if not moved.seats:
        yield _say("trimming_none")
    else:
        yield _say("trimming", count=moved.seats)
        yield from _who(moved, "trimmed")


def _who(moved: Moved, score: str) -> Iterator[Sentence]:
    if moved.gained:
        yield _say(f"in_by_{score}", entrants=moved.gained)
    if moved.lost:
        yield _say("in_by_mean", entrants=moved.lost)


def belonging(standings: Standings) -> float | None:
    """Expected number of the selected among the true N best; None where unknown."""
    known = standings.cut.belonging
    ranked = sum(unit is not None for unit in standings.ranking.units)
    chosen = int(standings.scores["selected"].sum())
    return None if known != known or chosen == ranked else known


def _belonging(standings: Standings, known: float) -> Iterator[Sentence]:
    selected = int(standings.scores["selected"].sum())
    yield _say("belonging", count=round(known), selected=selected, top=standings.rules.top)
    yield _say("belonging_assumes")


def weightiest(standings: Composite) -> tuple[str, Moved] | None:
    """The part with the largest weight, and the seats it would give otherwise by itself.

    None where several parts weigh the same, or no entrant is ranked.
    """
    first, second = sorted(standings.weights.items(), key=lambda part: -part[1])[:2]
    if first[1] == second[1] or not standings.scores["rank"].notna().any():
        return None
    alone = standings.selected_by(first[0])
    chosen = set(standings.scores.index[standings.scores["selected"]])
    waiting = {standings.ids[m] for m in standings.ranking.selection.waiting}
    gained, lost = chosen - alone, alone - chosen - waiting
    return first[0], Moved(tuple(sorted(gained)), tuple(sorted(lost)))


def _part(standings: Composite, alone: tuple[str, Moved]) -> Iterator[Sentence]:  # noqa: ARG001
    part, moved = alone
    if not moved.seats:
        yield _say("part_alone_none", part=part)
        return
    yield _say("part_alone", part=part, count=moved.seats)
    if moved.gained:
        yield _say("in_by_sum", entrants=moved.gained)
    if moved.lost:
        yield _say("in_by_part", part=part, entrants=moved.lost)


def lacking(standings: Composite) -> tuple[Any, ...]:
    """Ids of the entrants without one of the parts."""
    return tuple(standings.parts.index[standings.parts.isna().any(axis=1)])


def _lacking(standings: Composite, ids: tuple[Any, ...]) -> Iterator[Sentence]:  # noqa: ARG001
    if not ids:
        yield _say("parts_complete")
        return
    yield _say("parts_missing", count=len(ids))
    yield _say("parts_missing_who", entrants=ids)


Quantity = Callable[[Any], Any]
Saying = Callable[[Any, Any], Iterator[Sentence]]
HEADLINES: dict[str, tuple[Quantity, Saying]] = {
    "line": (line, _line),
    "groups": (groups_at_issue, _groups),
    "judges": (judges_left_out, _judges),
    "recusals": (lambda standings: standings.moved_by_recusals, _recusals),
    "trimming": (lambda standings: standings.moved_by_trimming, _trimming),
    "belonging": (belonging, _belonging),
}
OF_COMPOSITE: dict[str, tuple[Quantity, Saying]] = {
    "line": (line, _line),
    "groups": (groups_at_issue, _groups),
    "part": (weightiest, _part),
    "lacking": (lacking, _lacking),
}
