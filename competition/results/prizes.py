"""Prizes from a certificate alone: ordered groups, each entrant with the reason it is there.

Pure: nothing is read but the certificate's parsed text, so an old certificate gives the list it
gave. One without declared prizes gives one group: 入围名单 of a round that leads on, else 获奖名单.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from competition.results.certificates import CertificateContent
from competition.results.standing_lines import CertifiedLine
from competition.rounds.prize_plans import Organizing, PrizePlan, Single
from scoring import Groups, Rules


@dataclass(frozen=True)
class Reason:
    """Why an entrant is where it is, see `prize_words.reason_said`.

    Attributes
    ----------
    code : str
        rank; floor, by its county's guaranteed places; tie, by a step of the tie-break; shared,
        with an equal across the prize line; criterion, best on it; county, by the formula.
    rank, step : int or None
        Its rank; of a tie the step's number in the round's rules, from 1.
    key : str
        The step's key, the criterion's name, or the formula.
    value : Fraction or None
        The mean on a criterion, or what the formula gives.
    """

    code: str
    rank: int | None = None
    step: int | None = None
    key: str = ""
    value: Fraction | None = None


@dataclass(frozen=True)
class Prized:
    """One entry of a prize: an entrant's line, or for 组织奖 a county alone."""

    county: str
    reason: Reason
    line: CertifiedLine | None = None


@dataclass(frozen=True)
class PrizeGroup:
    """One prize with those who get it, in order.

    Attributes
    ----------
    kind : str
        prize; list, where the list is not divided; shortlist, of a round that leads on; single;
        organizing.
    name : str
        As declared; empty for list and shortlist, whose names are words.
    unordered : bool
        Whether the order says nothing: 排名不分先后.
    """

    kind: str
    name: str
    members: tuple[Prized, ...]
    unordered: bool = False


def prize_groups(content: CertificateContent) -> tuple[PrizeGroup, ...]:
    """The prizes that a certificate gives, the highest first, then single and county prizes."""
    plan = _plan(content)
    if content["round"]["stage"] != "final":
        members = [_prized(content, line, plan) for line in selected(content)]
        return (_group("shortlist", "", members, plan),)
    groups = _main(content, plan)
    groups += [_single(content, plan, single) for single in plan.singles]
    if plan.organizing is not None:
        groups.append(_organizing(content, plan.organizing))
    return tuple(groups)


def _plan(content: CertificateContent) -> PrizePlan:
    stated = content.get("prizes")
    return PrizePlan() if stated is None else PrizePlan.of(stated)


def selected(content: CertificateContent) -> list[CertifiedLine]:
    """The selected lines of a certificate, by place."""
    lines = [line for line in content["entrants"] if line["selected"]]
    return sorted(lines, key=lambda line: (line["place"] or len(lines), line["code"]))


def _main(content: CertificateContent, plan: PrizePlan) -> list[PrizeGroup]:
    lines = selected(content)
    if not plan.groups:
        members = [_prized(content, line, plan) for line in lines]
        return [_group("list", "", members, plan)]
    groups, start = [], 0
    for group, end in zip(plan.groups, _ends(lines, plan), strict=True):
        members = [_prized(content, line, plan) for line in lines[start:end]]
        groups.append(_group("prize", group.name, members, plan))
        start = end
    return groups


def _ends(lines: Sequence[CertifiedLine], plan: PrizePlan) -> list[int]:
    """Where each prize ends among the selected: equals are never parted by a prize line."""
    ends: list[int] = []
    line = 0
    for size in plan.sizes(len(lines)):
        line += size
        end = max(line, ends[-1] if ends else 0)
        while 0 < end < len(lines) and lines[end - 1]["place"] == lines[end]["place"]:
            end += -1 if plan.ties == "down" else 1
        ends.append(max(end, ends[-1] if ends else 0))
    return [*ends[:-1], len(lines)]


def tied_at_prize_lines(content: CertificateContent) -> list[CertifiedLine]:
    """Entrants of equal place on both sides of a prize line that a ruling must order first."""
    plan, lines = _plan(content), selected(content)
    if plan.ties != "ruling" or not plan.groups or content["round"]["stage"] != "final":
        return []
    at, tied = 0, []
    for size in plan.sizes(len(lines)):
        at += size
        if 0 < at < len(lines) and lines[at - 1]["place"] == lines[at]["place"]:
            tied += [one for one in lines if one["place"] == lines[at]["place"]]
    return list({line["entrant_id"]: line for line in tied}.values())


def _group(kind: str, name: str, members: Sequence[Prized], plan: PrizePlan) -> PrizeGroup:
    if plan.unordered:
        members = sorted(members, key=lambda one: one.line["code"] if one.line else one.county)
    return PrizeGroup(kind, name, tuple(members), plan.unordered)


def _prized(content: CertificateContent, line: CertifiedLine, plan: PrizePlan) -> Prized:
    return Prized(line["county"], _reason(content, line, plan), line)


def _reason(content: CertificateContent, line: CertifiedLine, plan: PrizePlan) -> Reason:
    rules = Rules.from_dict(content["rules"]["scoring"])
    rank, key = line["rank"], line["decided_by"]
    if _by_floor(content, line, rules.groups):
        return Reason("floor", rank)
    if key in rules.keys:
        return Reason("tie", rank, rules.keys.index(key) + 1, key)
    if plan.groups and _crosses(content, line, plan):
        return Reason("shared", rank)
    return Reason("rank", rank)


def _by_floor(content: CertificateContent, line: CertifiedLine, groups: Groups) -> bool:
    """Whether an entrant not barred by a cap has a better rank and yet no seat."""
    rank, lines = line["rank"], content["entrants"]
    if rank is None or not groups.floor(line["county"]):
        return False
    taken: dict[str, int] = {}
    for one in lines:
        taken[one["county"]] = taken.get(one["county"], 0) + one["selected"]
    return any(
        one["rank"] is not None and one["rank"] < rank
        for one in lines
        if not one["selected"]
        and ((cap := groups.cap(one["county"])) is None or taken[one["county"]] < cap)
    )


def _crosses(content: CertificateContent, line: CertifiedLine, plan: PrizePlan) -> bool:
    """Whether a prize line would have parted it from an equal."""
    lines, at = selected(content), 0
    for size in plan.sizes(len(lines)):
        at += size
        parted = 0 < at < len(lines) and lines[at - 1]["place"] == lines[at]["place"]
        if parted and lines[at]["place"] == line["place"]:
            return True
    return False


def _single(content: CertificateContent, plan: PrizePlan, single: Single) -> PrizeGroup:
    """Those with the highest mean of counted marks on one criterion, equals all."""
    marks: dict[str, list[int]] = {}
    for entrant, _, criterion, value in content["marks"]:
        if criterion == single.criterion:
            marks.setdefault(entrant, []).append(value)
    ranked = [line for line in content["entrants"] if line["rank"] is not None]
    means = {
        line["entrant_id"]: Fraction(sum(own), len(own) * 1000)
        for line in ranked
        if (own := marks.get(line["entrant_id"]))
    }
    best = max(means.values(), default=None)
    names = {row["id"]: str(row["name"]) for row in content["rubric"]}
    reason = Reason("criterion", key=names.get(single.criterion, ""), value=best)
    winners = [line for line in ranked if means.get(line["entrant_id"]) == best is not None]
    members = [Prized(line["county"], reason, line) for line in winners]
    return _group("single", single.name, members, plan)


def _selected(lines: Sequence[CertifiedLine]) -> Fraction:
    return Fraction(sum(line["selected"] for line in lines))


def _share(lines: Sequence[CertifiedLine]) -> Fraction:
    return _selected(lines) / len(lines)


def _mean(lines: Sequence[CertifiedLine]) -> Fraction:
    scores = [Fraction(line["official"]) for line in lines if line["official"] is not None]
    return sum(scores, Fraction(0)) / len(scores) if scores else Fraction(0)


FORMULAS: Mapping[str, Callable[[Sequence[CertifiedLine]], Fraction]] = {
    "selected": _selected,
    "share": _share,
    "mean": _mean,
}
"""What a county's entrants come to: how many are selected, which share, their mean score."""


def _organizing(content: CertificateContent, prize: Organizing) -> PrizeGroup:
    """The counties that come first; equals at the end all get it, counties with nothing none."""
    counties: dict[str, list[CertifiedLine]] = {}
    for line in sorted(content["entrants"], key=lambda one: one["code"]):
        counties.setdefault(line["county"], []).append(line)
    values = {county: FORMULAS[prize.formula](lines) for county, lines in counties.items()}
    ordered = sorted(values.values(), reverse=True)
    last = ordered[min(prize.count, len(ordered)) - 1] if ordered else Fraction(0)
    members = tuple(
        Prized(county, Reason("county", key=prize.formula, value=value))
        for county, value in values.items()
        if value >= last and value > 0
    )
    return PrizeGroup("organizing", prize.name, members, unordered=True)
