"""The annex's lists: chances of a seat, bounds while sheets are missing, criteria."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal

from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings
from organizers import naming
from organizers.results.why.evidence import in_steps
from ui.html import Markup, element, join
from ui.icons import state_label
from words import t

Align = Literal["left", "right", "center"]
Listing = tuple[list[tuple[object, Align]], list[Sequence[object]]]
SURE = (0, 100)
STATES = {"safe": "above", "contention": "zone", "out": "below"}


def _word(key: str, lang: str, **values: object) -> str:
    return t(f"organizers.annex.{key}", lang, **values)


def _who(line: Line) -> Markup:
    place = asdict(line)
    return join([element("b", naming.title(place)), element("small", naming.around(place))], " ")


def _rank(line: Line, lang: str) -> str:
    if line.rank is None:
        return ""
    return t("ui.standings.tied", lang, rank=line.rank) if line.tied else str(line.rank)


def _chance(result: RoundStandings, line: Line) -> float:
    return float(result.numbers.p_top[line.entrant_id])


def chances(result: RoundStandings, lang: str) -> Listing:
    """Entrants neither nearly certain of a seat nor nearly without a chance, in steps of 5 %."""
    known = [
        (line, _chance(result, line))
        for line in result.lines
        if line.rank is not None and not math.isnan(_chance(result, line))
    ]
    sure = sum(in_steps(chance) == SURE[1] for _, chance in known)
    hopeless = sum(in_steps(chance) == SURE[0] for _, chance in known)
    rows: list[Sequence[object]] = [
        [
            _rank(line, lang),
            naming.number(line.number, lang),
            _who(line),
            "" if line.official is None else str(line.official),
            _word("percent", lang, chance=in_steps(chance)),
        ]
        for line, chance in known
        if in_steps(chance) not in SURE
    ]
    rows.insert(0, ["", "", _word("nearly_in", lang, count=sure), "", _word("over", lang)])
    rows.append(["", "", _word("nearly_out", lang, count=hopeless), "", _word("under", lang)])
    headings: list[tuple[object, Align]] = [
        (_word("column.rank", lang), "right"),
        (_word("column.number", lang), "right"),
        (_word("column.entrant", lang), "left"),
        (_word("column.official", lang), "right"),
        (_word("column.chance", lang, top=result.top), "right"),
    ]
    return headings, rows


def bounds(result: RoundStandings, lang: str) -> Listing:
    """Lowest and highest possible score of every entrant that is undecided or lacks sheets."""
    known = result.numbers.bounds.to_dict("index")
    kind = "bound" if result.numbers.bounds_hold else "look"
    rows: list[Sequence[object]] = []
    for line in result.lines:
        one = known.get(line.entrant_id)
        if one is None:
            continue
        if one["state"] != "contention" and not one["missing"]:
            continue
        rows.append(
            [
                _rank(line, lang),
                naming.number(line.number, lang),
                _who(line),
                str(int(one["missing"])),
                f"{float(one['low']):.2f}",
                f"{float(one['high']):.2f}",
                state_label(
                    STATES[str(one["state"])], lang, word=_word(f"{kind}_{one['state']}", lang)
                ),
            ]
        )
    headings: list[tuple[object, Align]] = [
        (_word("column.rank", lang), "right"),
        (_word("column.number", lang), "right"),
        (_word("column.entrant", lang), "left"),
        (_word("column.missing", lang), "right"),
        (_word("column.low", lang), "right"),
        (_word("column.high", lang), "right"),
        (_word("column.state", lang), "left"),
    ]
    return headings, rows


def criteria(result: RoundStandings, lang: str) -> Listing:
    """Weight, spread, correlation with the total, and the share really contributed."""
    known = result.numbers.criteria.to_dict("index")
    rows: list[Sequence[object]] = []
    for key, title in result.criteria.items():
        one = known.get(key)
        if one is None:
            continue
        rows.append(
            [
                element("b", title),
                f"{100 * float(one['weight']):.0f}%",
                f"{float(one['spread']):.2f}",
                _correlation(float(one["correlation"]), lang),
                f"{100 * float(one['share']):.0f}%",
            ]
        )
    headings: list[tuple[object, Align]] = [
        (_word("column.criterion", lang), "left"),
        (_word("column.weight", lang), "right"),
        (_word("column.spread", lang), "right"),
        (_word("column.correlation", lang), "right"),
        (_word("column.share", lang), "right"),
    ]
    return headings, rows


def _correlation(value: float, lang: str) -> str:
    return _word("unknown", lang) if math.isnan(value) else f"{value:.2f}"
