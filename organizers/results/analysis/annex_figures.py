"""The annex's figures: a name, a value, and one plain sentence each."""

import math

from competition.results.decision_words import name
from competition.results.standings import RoundStandings
from competition.saying import listed
from ui.html import Markup
from ui.standings_row import figure
from ui.tables import Column, list_table
from words import t

Figure = tuple[str, str, str]
LEAST_P = 0.0005


def table(figures: list[Figure], lang: str) -> Markup:
    """Name, value, sentence; those without a value are named together, in place of theirs."""
    known = [one for one in figures if one[1]]
    lacking = [name for name, value, _ in figures if not value]
    if lacking:
        said = t("organizers.annex.unknown_means", lang, names=listed(lacking, lang))
        known.append((t("organizers.annex.unknown", lang), "", said))
    headings = [t(f"organizers.annex.column.{key}", lang) for key in ("figure", "value", "means")]
    columns = [Column(headings[0]), Column(headings[1], "right"), Column(headings[2])]
    return list_table(columns, known, lang)


def _say(lang: str, key: str, value: str, **values: object) -> Figure:
    return (
        t(f"organizers.annex.{key}", lang),
        value,
        t(f"organizers.annex.{key}_means", lang, **values),
    )


def _number(value: float, places: int) -> str:
    """The figure; nothing for one that is not known."""
    return "" if math.isnan(value) else f"{value:.{places}f}"


def p_said(value: float, lang: str) -> str:
    """A p value; one too small to print is said to be below the last decimal."""
    key = "p_under" if value < LEAST_P else "p"
    return t(f"organizers.annex.{key}", lang, p=_number(value, 3))


def seats(result: RoundStandings, lang: str) -> list[Figure]:
    """H, SED, the tau-best set and the seal."""
    cut, numbers = result.numbers.cut, result.numbers
    figures = [
        _say(lang, "sed", _number(cut.sed, 3)),
        _say(lang, "width", f"{cut.width}", zone=len(cut.zone)),
    ]
    gap = cut.decisions[-1].gap
    if gap is not None and gap.width is not None:
        values = {"seds": _number(gap.seds, 2), "width": gap.width, "zone": len(gap.zone)}
        figures.append(_say(lang, "gap", f"{gap.points}", **values))
    if not math.isnan(cut.belonging):
        selected = sum(line.selected for line in result.lines)
        value = _number(cut.belonging, 0)
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
        value = p_said(seal.p, lang)
        selected = sum(line.selected for line in result.lines)
        figures.append(_say(lang, key, value, selected=selected, **pair))
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
    enough = t("organizers.annex.no_number", lang) if needed is None else str(needed)
    figures = [
        _say(lang, "icc" if complete else "icc_components", _number(one.icc, 3)),
        _say(lang, "g", _number(one.g, 3), judges=f"{one.judges:.1f}"),
        _say(lang, "phi", _number(one.phi, 3)),
        _say(lang, "needed", "" if math.isnan(one.phi) else enough),
    ]
    order = numbers.running_order
    if order is not None:
        values = {"n": order.n, "p": p_said(order.p, lang)}
        figures.append(_say(lang, "order", figure(order.rho, 2, signed=True), **values))
    if not math.isnan(one.kendall_w):
        figures.append(_say(lang, "kendall", _number(one.kendall_w, 3)))
    whole = float(parts.sum())
    for key in ("entrant", "judge", "residual"):
        share = 100 * float(parts[key]) / whole if whole > 0 else float("nan")
        value = _number(float(parts[key]), 2) if whole > 0 else ""
        figures.append(_say(lang, f"variance_{key}", value, share=_number(share, 0)))
    return [
        *figures,
        _say(lang, "components", str(len(panel.components))),
        _say(lang, "bridges", str(len(panel.bridges))),
        _say(lang, "algebraic", _number(panel.algebraic, 2)),
        _say(lang, "per_entrant", f"{panel.mean:.1f}", fewest=panel.fewest),
        _say(lang, "sed", _number(numbers.cut.sed, 3)),
        _say(lang, "width", f"{numbers.cut.width}", zone=len(numbers.cut.zone)),
    ]
