"""Places by county as an organizer types them: a number for all, and counties with their own."""

from collections import Counter
from collections.abc import Mapping, Sequence

from competition import typed
from competition.errors import BadWhole, Refused
from competition.rounds.errors import CountyAbsent, CountyTooFew, FloorAboveCap, QuotasExceed
from db.shapes import Place
from scoring import Groups, Rules, ScoringError
from scoring.input.rules import EVERY, Quota
from scoring.rank.quotas import check_groups

QUOTAS = ("none", "floor", "cap", "both")
SCOPES = ("same", "single")
FLOOR, CAP = "floor_in.", "cap_in."
"""How the fields of a county begin; its name follows."""
MOST = 9999


def county_sizes(places: Sequence[Place]) -> dict[str, int]:
    """How many entrants each county has, counties by code."""
    return dict(Counter(place["county"] for place in sorted(places, key=lambda one: one["code"])))


def county_lines(groups: Groups, sizes: Mapping[str, int]) -> list[tuple[str, int]]:
    """The counties of a round and how many entrants each has, then those only the rules name."""
    return [*sizes.items(), *((name, 0) for name in sorted(groups.named) if name not in sizes)]


def as_typed(groups: Groups) -> dict[str, str]:
    """Quotas as the fields show them; `read` reads them back."""
    kinds = {(True, True): "both", (True, False): "floor", (False, True): "cap"}
    typed = {
        "quota": kinds.get((bool(groups.floors), bool(groups.caps)), "none"),
        "quota_scope": "single" if groups.named else "same",
        "floor_each": _each(groups.floors, first="1", none="0"),
        "cap_each": _each(groups.caps, first="2", none=""),
    }
    for beginning, quota in ((FLOOR, groups.floors), (CAP, groups.caps)):
        if isinstance(quota, Mapping):
            own = {name: number for name, number in quota.items() if name != EVERY}
            typed |= {f"{beginning}{name}": str(number) for name, number in own.items()}
    return typed


def _each(quota: Quota, *, first: str, none: str) -> str:
    """What is typed for all: ``first`` to begin with, ``none`` where only some have a number."""
    if isinstance(quota, Mapping):
        return str(quota.get(EVERY, none))
    return str(quota) if quota else first


def read(form: typed.Typed) -> Groups:
    """The typed quotas; numbers impossible for any list of entrants are refused at their field."""
    quota, scope = form.values.get("quota", "none"), form.values.get("quota_scope", "same")
    is_single = scope == "single"
    floors = caps = None
    if quota in ("floor", "both"):
        least = form.read("floor_each", typed.whole(0 if is_single else 1, MOST), 1)
        floors = _joined(form, "floor_each", least, _own(form, FLOOR, 0) if is_single else {})
    if quota in ("cap", "both"):
        most = form.read("cap_each", typed.optional_whole(1, MOST), None)
        caps = _joined(form, "cap_each", most, _own(form, CAP, 1) if is_single else {})
    groups = Groups(caps=caps, floors=floors)
    cap = groups.cap(EVERY)
    if cap is not None and groups.floor(EVERY) > cap:
        form.refuse("floor_each", QuotasExceed(floor=groups.floor(EVERY), cap=cap))
    for county in sorted(groups.named):
        cap, floor = groups.cap(county), groups.floor(county)
        if cap is not None and floor > cap:
            _refuse(form, groups, county, FloorAboveCap(county=county, floor=floor, cap=cap))
    return groups


def _own(form: typed.Typed, beginning: str, low: int) -> dict[str, int]:
    """The numbers of single counties; a cell left empty is as for all."""
    reader = typed.optional_whole(low, MOST)
    cells = {field: field.removeprefix(beginning) for field in form.values}
    numbers = {
        county: form.read(field, reader, None)
        for field, county in cells.items()
        if field.startswith(beginning)
    }
    return {county: number for county, number in numbers.items() if number is not None}


def _joined(
    form: typed.Typed, field: str, each: int | None, own: Mapping[str, int]
) -> int | dict[str, int] | None:
    """One number where all are alike; nothing at all is refused."""
    of_others = 0 if each is None else each  # to guarantee nothing is to guarantee no place
    apart = {county: number for county, number in own.items() if number != of_others}
    if not each and not apart and field not in form.problems:
        form.refuse(field, BadWhole(field=field, value="", low=1, high=MOST))
    if not apart:
        return each
    return {EVERY: each, **apart} if each else apart


def _refuse(form: typed.Typed, groups: Groups, county: str, error: Refused) -> None:
    """At the cell of the county with a separate number: its floor, else its cap."""
    has_floor = isinstance(groups.floors, Mapping) and county in groups.floors
    form.refuse(f"{FLOOR if has_floor else CAP}{county}", error)


def check(form: typed.Typed, rules: Rules, sizes: Mapping[str, int]) -> None:
    """Refuse, each at its cell, what the entrants of the round do not allow."""
    groups = rules.groups
    for county in sorted(groups.named):
        size, floor = sizes.get(county, 0), groups.floor(county)
        if not size:
            _refuse(form, groups, county, CountyAbsent(county=county))
        elif floor > size and floor != groups.floor(EVERY):
            _refuse(form, groups, county, CountyTooFew(county=county, floor=floor, count=size))
    asked = sum(groups.floor(county) for county in sizes)
    if asked <= rules.top:
        return
    each = groups.floor(EVERY)
    above = [county for county in groups.named if groups.floor(county) > each]
    fields = [f"{FLOOR}{county}" for county in above]
    if each * len(sizes) > rules.top or not fields:
        fields = ["floor_each"]
    for field in fields:
        form.refuse(field, QuotasExceed(floor=asked, cap=rules.top))


def fit(rules: Rules, sizes: Mapping[str, int]) -> bool:
    """Whether the quotas can be met by these counties, and name no other."""
    try:
        check_groups(rules, sizes)
    except ScoringError:
        return False
    return rules.groups.named <= set(sizes)


def unfilled(rules: Rules, sizes: Mapping[str, int]) -> int | None:
    """How many places can be filled where the caps leave some empty; None where they do not."""
    short = 0
    for county, size in sizes.items():
        cap = rules.groups.cap(county)
        short += size if cap is None else min(cap, size)
    return short if short < min(rules.top, sum(sizes.values())) else None
