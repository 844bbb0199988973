"""The prizes of a round, declared before its result is certified, and stated in the certificate."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from competition import typed
from competition.errors import BadInput, Blank, Duplicate
from competition.rounds.errors import PrizesDoNotSum, PrizeTieNeedsRuling
from db.canonical import canonical

HOW = ("ratio", "counts")
TIES = ("up", "down", "ruling")
ORDERS = ("announce_first", "notice_first")
FORMULAS = ("selected", "share", "mean")
MOST_GROUPS = 5
MOST_SINGLES = 3


@dataclass(frozen=True)
class Group:
    """One prize: its name, and its part of the ratio or its number of places."""

    name: str
    share: int


@dataclass(frozen=True)
class Single:
    """A prize for the best mean on one criterion, e.g. 最佳展示."""

    name: str
    criterion: str


@dataclass(frozen=True)
class Organizing:
    """优秀组织奖: the counties that come first by a formula, of `FORMULAS`."""

    name: str
    formula: str
    count: int


@dataclass(frozen=True)
class PrizePlan:
    """The prizes of a round.

    Attributes
    ----------
    how : str
        ratio: the selected are shared out 1:3:6; counts: so many each.
    groups : tuple of Group
        The highest prize first; none where the list is not divided.
    ties : str
        Equal places on both sides of a prize line: all get the higher prize (up), all the
        lower (down), or the panel rules on their order before certifying (ruling).
    unordered : bool
        Whether a prize lists its entrants by code and not by place: 排名不分先后.
    order : str
        announce_first: announced at the event, then 公示, 审定, 通报表彰; notice_first: 公示 and
        审定 come before the announcement.
    """

    how: str = "ratio"
    groups: tuple[Group, ...] = ()
    ties: str = "up"
    unordered: bool = False
    singles: tuple[Single, ...] = ()
    organizing: Organizing | None = None
    order: str = ORDERS[0]

    def sizes(self, selected: int) -> tuple[int, ...]:
        """Places of each prize among so many selected, before ties are looked at.

        A ratio leaves remainders: the largest gets the next place, of equal ones the lower
        prize. Where counts leave places over, they are the last prize's.
        """
        if not self.groups:
            return (selected,)
        if self.how == "counts":
            return _counted([group.share for group in self.groups], selected)
        total = sum(group.share for group in self.groups)
        parts = [divmod(group.share * selected, total) for group in self.groups]
        sizes = [whole for whole, _ in parts]
        order = sorted(range(len(parts)), key=lambda at: (-parts[at][1], -at))
        for at in order[: selected - sum(sizes)]:
            sizes[at] += 1
        return tuple(sizes)

    def content(self) -> dict[str, Any]:
        """As it is stored and as a certificate states it."""
        whole = asdict(self)
        return {
            **whole,
            "groups": [asdict(group) for group in self.groups],
            "singles": [asdict(single) for single in self.singles],
        }

    def to_json(self) -> str:
        """Canonical JSON."""
        return canonical(self.content())

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        """Read what `content` gave."""
        organizing = content["organizing"]
        return cls(
            how=content["how"],
            groups=tuple(Group(**one) for one in content["groups"]),
            ties=content["ties"],
            unordered=content["unordered"],
            singles=tuple(Single(**one) for one in content["singles"]),
            organizing=Organizing(**organizing) if organizing else None,
            order=content.get("order", ORDERS[0]),
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        return cls.of(json.loads(text))


def _counted(shares: Sequence[int], selected: int) -> tuple[int, ...]:
    sizes, left = [], selected
    for share in shares:
        sizes.append(min(share, left))
        left -= sizes[-1]
    return (*sizes[:-1], sizes[-1] + left)


def as_typed(plan: PrizePlan) -> dict[str, str]:
    """A plan as the fields show it; `read_plan` reads it back."""
    shown = {"how": plan.how, "ties": plan.ties, "unordered": str(plan.unordered)}
    shown["order"] = plan.order
    for at in range(MOST_GROUPS):
        group = plan.groups[at] if at < len(plan.groups) else None
        shown[f"name_{at}"] = group.name if group else ""
        shown[f"share_{at}"] = str(group.share) if group else ""
    for at in range(MOST_SINGLES):
        single = plan.singles[at] if at < len(plan.singles) else None
        shown[f"single_{at}"] = single.name if single else ""
        shown[f"criterion_{at}"] = single.criterion if single else ""
    organizing = plan.organizing
    shown["organizing"] = organizing.name if organizing else ""
    shown["formula"] = organizing.formula if organizing else FORMULAS[0]
    shown["count"] = str(organizing.count) if organizing else ""
    return shown


def read_plan(
    form: typed.Typed, *, top: int, keys: Sequence[str], criteria: Sequence[str]
) -> PrizePlan:
    """The typed prizes; what is refused is remembered by the form.

    Parameters
    ----------
    top : int
        Places that the round's rules give: counts must come to so many.
    keys, criteria : sequence of str
        The round's tie-break chain, and the ids of its criteria.
    """
    how = form.read("how", _one_of(HOW), HOW[0])
    groups = _groups(form)
    total = sum(group.share for group in groups)
    if how == "counts" and groups and not form.problems and total != top:
        form.refuse("groups", PrizesDoNotSum(field="groups", total=total, top=top))
    ties = form.read("ties", _one_of(TIES), TIES[0])
    if ties == "ruling" and not {"ruling", "lots"} & set(keys):
        form.refuse("ties", PrizeTieNeedsRuling(field="ties"))
    return PrizePlan(
        how=how,
        groups=groups,
        ties=ties,
        unordered=form.values.get("unordered") == str(True),
        singles=_singles(form, criteria),
        organizing=_organizing(form),
        order=form.read("order", _one_of(("", *ORDERS)), "") or ORDERS[0],
    )


def _one_of(known: Sequence[str]) -> Any:
    def read(text: str, field: str) -> str:
        if text not in known:
            raise BadInput(field=field, value=text[:20])
        return text

    return read


def _groups(form: typed.Typed) -> tuple[Group, ...]:
    groups: list[Group] = []
    for at in range(MOST_GROUPS):
        name = form.read(f"name_{at}", typed.line(longest=40), "")
        share = typed.plain(form.values.get(f"share_{at}", ""))
        if not name and not share:
            continue
        if not name:
            form.refuse(f"name_{at}", Blank(field=f"name_{at}"))
        if name in [group.name for group in groups]:
            form.refuse(f"name_{at}", Duplicate(field=f"name_{at}", what=name))
        groups.append(Group(name, form.read(f"share_{at}", typed.whole(1, 9999), 1)))
    return tuple(groups)


def _singles(form: typed.Typed, criteria: Sequence[str]) -> tuple[Single, ...]:
    singles = []
    for at in range(MOST_SINGLES):
        name = form.read(f"single_{at}", typed.line(longest=40), "")
        if name:
            field = f"criterion_{at}"
            singles.append(Single(name, form.read(field, _one_of(criteria), "")))
    return tuple(singles)


def _organizing(form: typed.Typed) -> Organizing | None:
    name = form.read("organizing", typed.line(longest=40), "")
    if not name:
        return None
    formula = form.read("formula", _one_of(FORMULAS), FORMULAS[0])
    return Organizing(name, formula, form.read("count", typed.whole(1, 99), 1))
