"""What the hall sees of a ceremony: the step that is shown, and what the steps before it showed.

No name, place or score of a later step is in it.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from competition.errors import BadWhole
from competition.results.certificates import CertificateContent
from competition.results.deciding import awarded_groups
from competition.results.prizes import Prized, PrizeGroup
from competition.rounds.rules import RoundRules
from competition.stage import ceremony_steps
from competition.stage.ceremonies import is_current, require_kept
from competition.stage.ceremony_steps import MAIN, Step
from competition.times import parse, stamp
from db import Transaction, ceremonies, entrants, snapshots
from db.ceremonies import CeremonyRow
from db.shapes import RoundRow

LADDER = 13
"""Lines of the ladder that stand on one screen."""
NAMED = ("county", "township", "village", "title")


def ceremony_of(tx: Transaction, row: RoundRow) -> dict[str, Any]:
    """The ceremony's scene while a step is shown and its certificate stands; else nothing."""
    kept = ceremonies.of_round(tx, row["id"])
    if kept is None or not kept["step"] or row["state"] != "certified" or not is_current(tx, kept):
        return {}
    return _scene(tx, row, kept, kept["step"])


def ceremony_at(tx: Transaction, row: RoundRow, number: int) -> dict[str, Any]:
    """Inside a read of organizers: the scene of any step; raises as `require_kept`."""
    kept = require_kept(tx, row["id"])
    count = len(ceremony_steps.from_json(kept["steps"]))
    if not 1 <= number <= count:
        raise BadWhole(field="step", value=str(number)[:20], low=1, high=count)
    return _scene(tx, row, kept, number)


def _scene(tx: Transaction, row: RoundRow, kept: CeremonyRow, step: int) -> dict[str, Any]:
    snapshot = snapshots.find(tx, kept["snapshot_id"])
    assert snapshot is not None
    content: CertificateContent = json.loads(snapshot["content"])
    presenters = {one["id"]: _presenter(one) for one in entrants.in_round(tx, row["id"])}
    groups = awarded_groups(tx, kept["snapshot_id"], content)
    drawn = _Drawn(groups, presenters, scores=_has_scores(row))
    steps = ceremony_steps.from_json(kept["steps"])
    shown = steps[step - 1]
    until = parse(kept["moved_at"]) + timedelta(seconds=shown.seconds)
    return {
        "scene": "ceremony",
        "step": step,
        "edition": snapshot["version"],
        "kind": shown.kind,
        "text": shown.text,
        "ends": stamp(until) if shown.kind == "countdown" else "",
        "prize": drawn.prize(shown),
        "lines": [drawn.entry(shown, member) for member in _named(shown)],
        "called": drawn.called(shown) if shown.kind == "call" else {},
        "stage": content["round"]["stage"],
        "all": drawn.count,
        "ladder": drawn.ladder(ceremony_steps.revealed(steps, step), shown),
    }


def _has_scores(row: RoundRow) -> bool:
    return RoundRules.from_json(row["rules"]).published == "scores"


def _presenter(place: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(place[name]) for name in ("presenter", "post")}


def _named(step: Step) -> tuple[int, ...]:
    """The entries whose names a step shows: those of a call are still to come."""
    return step.members if step.kind in ("list", "reveal") else ()


class _Drawn:
    """The entries of the prizes, as a screen may show each."""

    def __init__(
        self,
        groups: Sequence[PrizeGroup],
        presenters: Mapping[str, Mapping[str, str]],
        *,
        scores: bool,
    ) -> None:
        self.groups = groups
        self.presenters, self.scores = presenters, scores
        self.places = Counter(
            one.line["place"]
            for group in self.groups
            if group.kind in MAIN
            for one in group.members
            if one.line is not None
        )
        self.listed = [
            (at, member)
            for at, group in enumerate(self.groups)
            if group.kind in MAIN
            for member in range(len(group.members))
        ]

    @property
    def count(self) -> int:
        """How many are selected: the certificate's list, whatever was shown of it."""
        return len(self.listed)

    def _group(self, step: Step) -> PrizeGroup | None:
        return None if step.group is None else self.groups[step.group]

    def prize(self, step: Step) -> dict[str, Any]:
        """The prize a step is about, and who hands it over."""
        group = self._group(step)
        if group is None:
            return {}
        return {
            "kind": group.kind,
            "name": group.name,
            "hands": step.hands,
            "count": len(group.members),
        }

    def entry(self, step: Step, member: int) -> dict[str, Any]:
        """One entry: the place only where the order of its prize says something."""
        group = self._group(step)
        assert group is not None
        one = group.members[member]
        return self._who(one, is_placed=group.kind in MAIN and not group.unordered)

    def _who(self, one: Prized, *, is_placed: bool) -> dict[str, Any]:
        line = one.line
        if line is None:
            return {"county": one.county, "township": "", "village": "", "title": "", "place": 0}
        known = self.presenters.get(line["entrant_id"], {"presenter": "", "post": ""})
        return {
            **{name: line[name] for name in NAMED},  # type: ignore[literal-required]
            **known,
            "place": (line["place"] or 0) if is_placed else 0,
            "tied": is_placed and self.places[line["place"]] > 1,
            "score": (line["official"] or "") if self.scores and is_placed else "",
        }

    def called(self, step: Step) -> dict[str, Any]:
        """The place of the entry that comes next, without its name."""
        whole = self.entry(step, step.members[0])
        return {name: whole[name] for name in ("place", "tied")}

    def ladder(self, seen: list[tuple[int, int]], step: Step) -> list[dict[str, Any]]:
        """The lines of the list around the present one; what was not shown yet has no name."""
        now = [(step.group, member) for member in step.members]
        lines = []
        for at, key in enumerate(self.listed, start=1):
            group = self.groups[key[0]]
            line: dict[str, Any] = {"at": 0 if group.unordered else at, "now": key in now}
            if key in seen:
                line |= self._who(group.members[key[1]], is_placed=not group.unordered)
            lines.append(line)
        return _around(lines)


def _around(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many lines as a screen holds, with the present one among them, and whether more follow."""
    at = next((at for at, line in enumerate(lines) if line["now"]), 0)
    first = max(0, min(at - LADDER // 2, len(lines) - LADDER))
    shown = lines[first : first + LADDER]
    if shown:
        shown[-1] = {**shown[-1], "last": first + LADDER >= len(lines)}
    return shown
