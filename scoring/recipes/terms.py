"""Terms of one entrant's sheets under each method, before rounding for print."""

from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import numpy as np

from scoring.exact import Floats, quantize
from scoring.input.rules import Rules
from scoring.methods.tally import Tally
from scoring.recipes import per_judge
from scoring.recipes.rows import Row, Rows, Seats, Terms, own_sheets


def mean(tally: Tally, member: int, seats: Seats) -> Rows:  # noqa: ARG001
    """All totals."""
    return Rows(tuple(Row(judge, total) for _, judge, total in own_sheets(tally, member)))


def trimmed(tally: Tally, member: int, seats: Seats) -> Rows:
    """Without the highest and lowest totals, or marks where the rules say so."""
    own, rules = own_sheets(tally, member), tally.rules
    enough = len(own) >= rules.trim_needs
    if rules.trim_level == "criterion" and tally.counted.criteria and enough:
        return _by_criterion(tally, own, seats)
    fates = dropped({judge: total for _, judge, total in own}, rules, seats)
    return Rows(
        tuple(
            Row(judge, total, fate=fates.get(judge, ""), counts=judge not in fates)
            for _, judge, total in own
        )
    )


def dropped(values: Mapping[Any, Any], rules: Rules, seats: Seats) -> dict[Any, str]:
    """Which judges' values the trim leaves out; one copy where values are equal."""
    if len(values) < rules.trim_needs:
        return {}
    order = sorted(values, key=lambda judge: (values[judge], seats[judge]))
    high = order[len(order) - rules.trim_high :] if rules.trim_high else []
    return dict.fromkeys(order[: rules.trim_low], "low") | dict.fromkeys(high, "high")


def _by_criterion(tally: Tally, own: list[tuple[int, Any, Fraction]], seats: Seats) -> Rows:
    sheets = tally.counted
    gone: dict[Any, dict[Any, str]] = {judge: {} for _, judge, _ in own}
    kept = []
    for index, criterion in enumerate(sheets.criteria):
        marks = {judge: int(sheets.marks[row, index]) for row, judge, _ in own}
        fates = dropped(marks, tally.rules, seats)
        for judge, fate in fates.items():
            gone[judge][criterion.name] = fate
        kept.append((index, tuple(m for judge, m in marks.items() if judge not in fates)))
    rows = tuple(Row(judge, total, dropped=gone[judge]) for _, judge, total in own)
    return Rows(rows, criteria=tuple(kept))


def median(tally: Tally, member: int, seats: Seats) -> Rows:
    """The lower one in the middle."""
    own = own_sheets(tally, member)
    order = sorted((total, seats[judge], judge) for _, judge, total in own)
    middle = order[(len(order) - 1) // 2][2]
    return Rows(
        tuple(
            Row(judge, total, fate="middle" if judge == middle else "", counts=judge == middle)
            for _, judge, total in own
        )
    )


def clip(tally: Tally, member: int, seats: Seats) -> Rows:  # noqa: ARG001
    """Totals drawn in to the entrant's mean ± d."""
    own, rules = own_sheets(tally, member), tally.rules
    centre = sum((total for _, _, total in own), Fraction(0)) / len(own)
    distance = rules.exact("clip")
    low, high = centre - distance, centre + distance
    rows = []
    for _, judge, total in own:
        units = quantize(min(max(total, low), high), rules.clip_decimals, rules.rounding)
        drawn = Fraction(units, 10**rules.clip_decimals)
        rows.append(Row(judge, total, {"clipped": drawn}))
    facts = {"mean": centre, "distance": distance, "low": low, "high": high}
    return Rows(tuple(rows), lambda total, terms, facts: terms["clipped"], facts)  # noqa: ARG005


def least_squares(tally: Tally, member: int, seats: Seats) -> Rows:  # noqa: ARG001
    """Each total less its judge's severity."""
    fit = tally.fit
    assert fit is not None
    effects = dict(zip(fit.design.judges.tolist(), fit.severity.tolist(), strict=True))
    return Rows(
        _fitted(tally, member, lambda _, judge: ({"severity": effects[judge]}, None)), _less
    )


def huber(tally: Tally, member: int, seats: Seats) -> Rows:  # noqa: ARG001
    """The same, rogue sheets counting less."""
    fit, robust = tally.fit, tally.huber
    assert fit is not None
    assert robust is not None
    effects = dict(zip(fit.design.judges.tolist(), robust.severity.tolist(), strict=True))
    weights = robust.weight.tolist()
    return Rows(
        _fitted(tally, member, lambda row, judge: ({"severity": effects[judge]}, weights[row])),
        _less,
    )


def precision(tally: Tally, member: int, seats: Seats) -> Rows:  # noqa: ARG001
    """Each total carried over to the common scale; consistent judges count more."""
    fit, model = tally.fit, tally.precision
    assert fit is not None
    assert model is not None
    place = {judge: at for at, judge in enumerate(fit.design.judges.tolist())}
    noise = np.where(np.isnan(model.noise) | (model.noise == 0), 1.0, model.noise)
    loads: Floats = (model.scale / noise) ** 2
    own = tally.fitted.judge[tally.fitted.entrant == member].tolist()
    whole = sum(float(loads[place[judge]]) for judge in own)

    def terms(_: int, judge: int) -> tuple[dict[str, float], float]:
        at = place[judge]
        given = {"level": float(model.level[at]), "scale": float(model.scale[at])}
        return given, float(loads[at]) / whole

    facts = {"centre": model.centre, "stretch": model.stretch}
    return Rows(_fitted(tally, member, terms), _carried, facts)


def _less(total: Decimal, terms: Terms, facts: Terms) -> Decimal:  # noqa: ARG001
    return total - terms["severity"]


def _carried(total: Decimal, terms: Terms, facts: Terms) -> Decimal:
    if not terms["scale"]:
        return facts["centre"]
    with localcontext(prec=50):
        return facts["centre"] + facts["stretch"] * (total - terms["level"]) / terms["scale"]


def _fitted(
    tally: Tally,
    member: int,
    terms: Callable[[int, int], tuple[Mapping[str, float], float | None]],
) -> tuple[Row, ...]:
    """The counted sheets; those that take no part in the fit are listed and left out."""
    fitted = tally.fitted
    rows = {
        int(fitted.judge[row]): row for row in np.flatnonzero(fitted.entrant == member).tolist()
    }
    lines = []
    for row, judge, total in own_sheets(tally, member):
        index = int(tally.counted.judge[row])
        if index not in rows:
            lines.append(Row(judge, total, fate="unfitted", counts=False))
            continue
        given, weight = terms(rows[index], index)
        lines.append(Row(judge, total, given, weight))
    return tuple(lines)


GATHER: dict[str, Callable[[Tally, int, Seats], Rows]] = {
    "mean": mean,
    "trimmed": trimmed,
    "median": median,
    "clip": clip,
    "zscore": per_judge.zscore,
    "minmax": per_judge.minmax,
    "rank": per_judge.rank,
    "least_squares": least_squares,
    "huber": huber,
    "precision": precision,
}
"""Method to what it does with an entrant's sheets; every method that may be official is here."""
