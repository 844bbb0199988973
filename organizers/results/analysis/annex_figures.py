"""The annex's figures: a name, a value, and one plain sentence each."""

import math

from competition.results.decision_words import name
from competition.results.standings import RoundStandings
from ui.html import Markup
from ui.standings_row import figure
from ui.tables import Column, list_table
from words import t

Figure = tuple[str, str, str]


def table(figures: list[Figure], lang: str) -> Markup:
    """Name, value, sentence."""
    headings = [t(f"organizers.annex.column.{key}", lang) for key in ("figure", "value", "means")]
    columns = [Column(headings[0]), Column(headings[1], "right"), Column(headings[2])]
    return list_table(columns, figures, lang)


def _say(lang: str, key: str, value: str, **values: object) -> Figure:
    return (
        t(f"organizers.annex.{key}", lang),
        value,
        t(f"organizers.annex.{key}_means", lang, **values),
    )


def _number(value: float, places: int, lang: str) -> str:
    if math.isnan(value):
        return t("organizers.annex.unknown", lang)
    return f"{value:.{places}f}"


def seats(result: RoundStandings, lang: str) -> list[Figure]:
    """H, SED, the tau-best set and the seal."""
    cut, numbers = result.numbers.cut, result.numbers
    figures = [
        _say(lang, "sed", _number(cut.sed, 3, lang)),
        _say(lang, "width", f"{cut.width}", zone=len(cut.zone)),
    ]
    gap = cut.decisions[-1].gap
    if gap is not None and gap.width is not None:
        values = {"seds": _number(gap.seds, 2, lang), "width": gap.width, "zone": len(gap.zone)}
        figures.append(_say(lang, "gap", f"{gap.points}", **values))
    if not math.isnan(cut.belonging):
        selected = sum(line.selected for line in result.lines)
        value = _number(cut.belonging, 0, lang)
        figures.append(_say(lang, "belonging", value, selected=selected, top=result.top))
    if numbers.tau_best:
        count = len(numbers.tau_best)
        figures.append(
            _say(
                lang,
                "tau",
                str(count),
                count=count,
                top=result.top,
                rest=sum(line.rank is not None for line in result.lines) - count,
            )
        )
    seal = cut.seal
    if seal.inside is not None:
        key = "sealed" if seal.certified else "open_seal"
        pair = {
            "inside": name(result, seal.inside, lang),
            "outside": name(result, seal.outside, lang),
        }
        value = t("organizers.annex.p", lang, p=_number(seal.p, 3, lang))
        figures.append(_say(lang, key, value, top=result.top, **pair))
    return figures


def missing(result: RoundStandings, lang: str) -> list[Figure]:
    """How many are safe, in contention and out."""
    if not result.missing:
        return [_say(lang, "all_in", "0", sheets=result.sheets)]
    states = result.numbers.bounds["state"].tolist()
    likely = result.numbers.bounds["likely"].tolist()
    kind = "bound" if result.numbers.bounds_hold else "look"
    return [
        _say(lang, "sheets_missing", str(result.missing)),
        *[
            _say(lang, f"{kind}_{key}", str(states.count(key)), likely=likely.count(key))
            for key in ("safe", "contention", "out")
        ],
    ]


def reliability(result: RoundStandings, lang: str) -> list[Figure]:
    """Reliability, variance components, running order, and how the panel hangs together."""
    numbers = result.numbers
    one, parts, panel = numbers.reliability, numbers.variance, numbers.connectivity
    complete = numbers.tally.complete
    needed = one.judges_needed
    figures = [
        _say(lang, "icc" if complete else "icc_components", _number(one.icc, 3, lang)),
        _say(lang, "g", _number(one.g, 3, lang), judges=f"{one.judges:.1f}"),
        _say(lang, "phi", _number(one.phi, 3, lang)),
        _say(
            lang,
            "needed",
            t("organizers.annex.no_number", lang) if needed is None else str(needed),
        ),
    ]
    order = numbers.running_order
    if order is not None:
        values = {"n": order.n, "p": _number(order.p, 3, lang)}
        figures.append(_say(lang, "order", figure(order.rho, 2, signed=True), **values))
    if not math.isnan(one.kendall_w):
        figures.append(_say(lang, "kendall", _number(one.kendall_w, 3, lang)))
    whole = float(parts.sum())
    for key in ("entrant", "judge", "residual"):
        share = 100 * float(parts[key]) / whole if whole > 0 else float("nan")
        figures.append(
            _say(lang, f"variance_{key}", _number(float(parts[key]), 2, lang), share=f"{share:.0f}")
        )
    return [
        *figures,
        _say(lang, "components", str(len(panel.components))),
        _say(lang, "bridges", str(len(panel.bridges))),
        _say(lang, "algebraic", _number(panel.algebraic, 2, lang)),
        _say(lang, "per_entrant", f"{panel.mean:.1f}", fewest=panel.fewest),
        _say(lang, "sed", _number(numbers.cut.sed, 3, lang)),
        _say(lang, "width", f"{numbers.cut.width}", zone=len(numbers.cut.zone)),
    ]
