"""The rubric as an organizer types it: read, checked as a whole, and set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from competition import fields, typed
from competition.acting import acting, changed
from competition.errors import BadDecimal, Duplicate
from competition.rounds.errors import AnchorOff, MaximaDoNotSum, RubricEmpty
from competition.rounds.rubric import Criterion, hash_anew, set_rubric
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store
from db import rounds as rows

LARGEST = "1000"


@dataclass(frozen=True)
class TypedAnchor:
    """One level of a criterion as typed."""

    level: str = ""
    text: str = ""
    low: str = ""
    high: str = ""

    @property
    def is_blank(self) -> bool:
        """True if every field is empty."""
        return not (self.text or self.low or self.high)


@dataclass(frozen=True)
class TypedCriterion:
    """One line of the rubric as typed; ``id`` is that of the stored criterion, if any."""

    name: str = ""
    maximum: str = ""
    step: str = "0.5"
    points: str = ""
    phase: str = "stage"
    weight: str = ""
    anchors: tuple[TypedAnchor, ...] = ()
    id: str = ""


def save_rubric(
    store: Store,
    who: Visitor,
    round_id: str,
    lines: Sequence[TypedCriterion],
    *,
    at: datetime,
    full: str = "100",
    floor: str = "",
    is_sample: bool = False,
) -> None:
    """Set rubric, printed full score and floor of a round in draft, all of it or nothing.

    Parameters
    ----------
    full : str
        What a sheet's total is printed out of; the maxima sum to it, unless there are weights.
    floor : str
        The lowest total a sheet may be submitted with; empty for none.
    is_sample : bool
        Whether the host has still to confirm it.

    Raises
    ------
    RubricEmpty
    BadFields
        Fields are ``<line>.<column>`` and ``<line>.anchor.<level>``, lines from 0; ``sum``,
        ``full`` and ``floor``.
    """
    if not lines:
        raise RubricEmpty
    read, scale, lowest = read_rubric(lines, full=full, floor=floor)
    with acting(store, who, "set_rubric", round_id, at=at) as (act, tx):
        rules = RoundRules.from_json(act.round["rules"])
        set_rubric(store, who, round_id, read, at=act.at)
        kept = {criterion["id"] for criterion in rows.criteria(tx, round_id)}
        scoring = replace(
            rules.scoring,
            scale_max=scale,
            first_criteria=tuple(c for c in rules.scoring.first_criteria if c in kept),
        )
        rules = replace(rules, scoring=scoring, floor=lowest)
        now = rows.find(tx, round_id) or act.round
        hash_anew(tx, changed(now, rules=rules.to_json(), sample_rubric=int(is_sample)))
        act.record("rubric_set")


def read_rubric(
    lines: Sequence[TypedCriterion], *, full: str, floor: str
) -> tuple[list[Criterion], str, str]:
    """The criteria, the full score and the floor that were typed; raises as `save_rubric`."""
    form = typed.Typed({"full": full, "floor": floor} | _values(lines))
    scale = form.read("full", typed.decimal("0", LARGEST, above=True), "100")
    lowest = form.read("floor", typed.decimal("0", scale), "") if floor.strip() else ""
    read = [_line(form, at, line) for at, line in enumerate(lines)]
    names = [line.name for line in read]
    for at, name in enumerate(names):
        if name and name in names[:at]:
            form.refuse(f"{at}.name", Duplicate(what=name))
    _check_sum(form, read, scale)
    form.done()
    return read, scale, lowest


def as_typed(criteria: Sequence[Mapping[str, Any]]) -> list[TypedCriterion]:
    """Stored criteria as the form shows them; weights only where they are not the maxima."""
    total = sum(Fraction(c["maximum"]) for c in criteria)
    weighted = any(Fraction(c["weight"]) != Fraction(c["maximum"]) / total for c in criteria)
    return [
        TypedCriterion(
            name=c["name"],
            maximum=_number(c["maximum"]),
            step=_number(c["step"]),
            points=c["points"],
            phase=c["phase"],
            weight=_text(Fraction(c["weight"]) * 100) if weighted else "",
            anchors=tuple(
                TypedAnchor(a.get("level", ""), a.get("text", ""), a["low"], a["high"])
                for a in c["anchors"]
            ),
            id=c["id"],
        )
        for c in criteria
    ]


def _number(thousandths: int) -> str:
    return format((Decimal(thousandths) / fields.THOUSAND).normalize(), "f")


def rubric_sum(lines: Sequence[TypedCriterion]) -> str:
    """The sum of the typed maxima; a text that is no number counts 0."""
    total = Decimal(0)
    reader = typed.decimal("0", LARGEST, above=True)
    for at, line in enumerate(lines):
        form = typed.Typed({f"{at}.maximum": line.maximum})
        total += Decimal(form.read(f"{at}.maximum", reader, "0"))
    return format(total.normalize(), "f")


def _values(lines: Sequence[TypedCriterion]) -> dict[str, str]:
    columns = ("name", "maximum", "step", "points", "weight")
    values = {f"{at}.{c}": getattr(line, c) for at, line in enumerate(lines) for c in columns}
    return {
        field: typed.plain(value).removesuffix("%") if field.endswith(".weight") else value
        for field, value in values.items()
    }


def _line(form: typed.Typed, at: int, line: TypedCriterion) -> Criterion:
    maximum = form.read(f"{at}.maximum", typed.decimal("0", LARGEST, above=True), "")
    step = form.read(f"{at}.step", typed.decimal("0", LARGEST, above=True), "")
    if maximum and step and (Fraction(maximum) / Fraction(step)).denominator != 1:
        form.refuse(f"{at}.step", BadDecimal(field="step", value=step, low="0", high=maximum))
        step = ""
    anchors = _anchors(form, at, line, maximum, step) if maximum and step else ()
    return Criterion(
        name=form.read(f"{at}.name", typed.line(required=True), ""),
        maximum=maximum,
        step=step,
        points=form.read(f"{at}.points", typed.line(longest=500), ""),
        weight=form.values[f"{at}.weight"],
        phase=line.phase,
        anchors=anchors,
        id=line.id,
    )


def _anchors(
    form: typed.Typed, at: int, line: TypedCriterion, maximum: str, step: str
) -> tuple[dict[str, str], ...]:
    """The levels that were filled in, best first, each with a range on the criterion's steps."""
    anchors: list[dict[str, str]] = []
    ceiling = Fraction(maximum)
    reader = typed.decimal("0", maximum)
    for place, anchor in enumerate(line.anchors):
        if anchor.is_blank:
            continue
        field = f"{at}.anchor.{place}"
        ends = []
        for end in (anchor.low, anchor.high):
            form.values = {**form.values, field: end}
            ends.append(form.read(field, reader, ""))
        if field in form.problems:
            continue
        low, high = (Fraction(end) for end in ends)
        fits = low <= high <= ceiling and all(
            (e / Fraction(step)).denominator == 1 for e in (low, high)
        )
        if not fits:
            values = {"level": anchor.level, "low": ends[0], "high": ends[1], "step": step}
            form.refuse(field, AnchorOff(**values))
            continue
        ceiling = low - Fraction(step)
        level = anchor.level.strip() or str(place + 1)
        anchors.append(
            {"level": level, "text": anchor.text.strip()[:200], "low": ends[0], "high": ends[1]}
        )
    return tuple(anchors)


def _check_sum(form: typed.Typed, lines: Sequence[Criterion], scale: str) -> None:
    weights = [line.weight for line in lines]
    if not any(weights):
        maxima = [Fraction(line.maximum) for line in lines if line.maximum]
        total = sum(maxima, Fraction())
        if len(maxima) == len(lines) and total != Fraction(scale):
            form.refuse("sum", MaximaDoNotSum(total=_text(total), full=scale))
        return
    reader = typed.decimal("0", "100")
    read = [form.read(f"{at}.weight", reader, "") for at in range(len(lines))]
    if all(read) and sum(map(Fraction, read), Fraction()) != 100:
        total = sum(map(Fraction, read), Fraction())
        form.refuse("sum", MaximaDoNotSum(total=f"{_text(total)}%", full="100%"))


def _text(value: Fraction) -> str:
    return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")
