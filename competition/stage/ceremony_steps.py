"""The steps of an award ceremony: computed from a certificate's prizes, kept as JSON.  Pure.

A step names its prize and entries by their places in `prize_groups` of the certificate; it holds
no name of an entrant.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from competition.errors import BadInput
from competition.results.prizes import Prized, PrizeGroup

KINDS = ("message", "countdown", "prize", "list", "call", "reveal", "photo", "pause")
"""A text; seconds that run down; a prize with those who hand it over; several entries at once;
whose turn it is, without the name; one entry; the photograph; a picture of waiting."""
FREE = ("message", "countdown", "photo", "pause")
"""Kinds that show no award: organizers add and remove them."""
ORDERS = ("prizes", "places")
"""Prize by prize, the highest last; or place by place, the first last."""
MAIN = ("prize", "list", "shortlist")
"""Kinds of group that the list of the selected is divided into."""
CALLED = 3
"""Of a list that no prize divides, so many first places are called before they are revealed."""
LIST_MOST = 12
"""Entries on one screen of a list, at a size that a hall can read."""
SHORTEST, LONGEST, USUAL = 3, 600, 10
"""Seconds of a countdown."""
EMPTY = (None, "", ())
MOST = 400
"""Steps of a ceremony."""


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    group : int or None
        The prize, by its place in the certificate's groups.
    members : tuple of int
        Entries of the group that this step shows.
    text : str
        What organizers wrote; empty for the usual words.
    hands : str
        Of a prize: those who hand it over.
    seconds : int
        Of a countdown.
    """

    kind: str
    group: int | None = None
    members: tuple[int, ...] = ()
    text: str = ""
    hands: str = ""
    seconds: int = 0


def lay_out(groups: Sequence[PrizeGroup], order: str) -> tuple[Step, ...]:
    """The usual steps: third prizes first, county and single prizes before the first prizes."""
    main = [at for at, group in enumerate(groups) if group.kind in MAIN]
    others = [at for at, group in enumerate(groups) if group.kind not in MAIN]
    steps = [Step("message")]
    for at in reversed(main):
        if at == main[0]:
            for other in others:
                steps += [Step("prize", other), *_lists(groups, other)]
        steps.append(Step("prize", at))
        by_one = at == main[0] and len(main) > 1
        if (order == "places" or by_one) and not groups[at].unordered:
            called = len(groups[at].members) if by_one else CALLED
            steps += _one_by_one(groups, at, called=called if at == main[0] else 0)
        else:
            steps += _lists(groups, at)
    return (*steps, Step("photo"), Step("message"))


def _lists(groups: Sequence[PrizeGroup], at: int) -> list[Step]:
    count = len(groups[at].members)
    return [
        Step("list", at, tuple(range(first, min(first + LIST_MOST, count))))
        for first in range(0, count, LIST_MOST)
    ]


def _one_by_one(groups: Sequence[PrizeGroup], at: int, *, called: int) -> Iterable[Step]:
    """Each entry from the last to the first; of the first ``called`` the place alone before."""
    for member in reversed(range(len(groups[at].members))):
        if member < called:
            yield Step("call", at, (member,))
        yield Step("reveal", at, (member,))


def with_hands(
    steps: Sequence[Step], hands: Mapping[str, str], groups: Sequence[PrizeGroup]
) -> tuple[Step, ...]:
    """The steps with those who hand over each prize, by the prize's name."""
    return tuple(
        replace(step, hands=hands.get(groups[step.group].name, ""))
        if step.kind == "prize" and step.group is not None
        else step
        for step in steps
    )


def revealed(steps: Sequence[Step], shown: int) -> list[tuple[int, int]]:
    """Group and member of every entry that the first steps have shown, in that order."""
    seen = [
        (step.group, member)
        for step in steps[:shown]
        if step.kind in ("list", "reveal") and step.group is not None
        for member in step.members
    ]
    return list(dict.fromkeys(seen))


def inserted(steps: Sequence[Step], at: int, step: Step) -> tuple[Step, ...]:
    """The steps with one more, which becomes the one at this number, from 1.

    Raises
    ------
    BadInput
        For a step that shows an award, a number outside the list, or a list that is full.
    """
    if step.kind not in FREE:
        raise BadInput(field="kind", value=step.kind[:20])
    if not 1 <= at <= len(steps) + 1 or len(steps) >= MOST:
        raise BadInput(field="at", value=str(at)[:20])
    return (*steps[: at - 1], step, *steps[at - 1 :])


def as_json(steps: Sequence[Step], awards: str = "") -> str:
    """The steps as they are stored; what is empty is left out.

    Parameters
    ----------
    awards : str
        `fingerprint` of the prizes that the steps name by their places.
    """
    rows = [asdict(step) for step in steps]
    kept = [{name: value for name, value in row.items() if value not in EMPTY} for row in rows]
    return json.dumps({"awards": awards, "steps": kept}, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> tuple[Step, ...]:
    """The steps that `as_json` wrote."""
    rows = json.loads(text)["steps"]
    return tuple(Step(**{**row, "members": tuple(row.get("members", ()))}) for row in rows)


def awards_of(text: str) -> str:
    """The fingerprint that `as_json` was given."""
    return str(json.loads(text)["awards"])


def fingerprint(groups: Sequence[PrizeGroup]) -> str:
    """Prizes and their entries in order: steps laid out from others no longer hold."""
    whole = [
        [group.kind, group.name, [_entry(member) for member in group.members]] for group in groups
    ]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()


def _entry(member: Prized) -> str:
    return member.county if member.line is None else member.line["entrant_id"]
