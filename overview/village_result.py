"""A village's result in a certified round: each criterion beside the field and the selected."""

from competition.programme.contest import CriterionBeside, VillageResult
from ui.access import Visit, saying
from ui.html import Markup, card, element, join
from ui.tables import Column, list_table
from words import t

_say = saying("overview.result")
MINUS = "\N{MINUS SIGN}"


def result_part(now: Visit, one: VillageResult) -> Markup:
    """Rank and score, criteria with a bar each, one sentence, remarks without names."""
    line = one.line
    rank = _say(now, "rank_tied" if line.tied else "rank", rank=line.rank, count=one.entrants)
    facts = [
        element("b", rank),
        element("b", f"{line.official}"),
        element("span", _outcome(now, one)),
    ]
    columns = [
        Column(_say(now, "criterion")),
        Column(_say(now, "maximum"), "right"),
        Column(_say(now, "own"), "right"),
        Column(_say(now, "bar")),
        Column(_say(now, "field"), "right"),
        Column(_say(now, "selected"), "right"),
        Column(_say(now, "gap"), "right"),
    ]
    rows = [
        (
            each.name,
            f"{each.maximum:f}",
            element("b", f"{each.own:.2f}"),
            _bar(each),
            f"{each.field:.2f}",
            "" if each.selected is None else f"{each.selected:.2f}",
            signed(each.gap),
        )
        for each in one.criteria
    ]
    said = [element("li", text) for text in one.remarks]
    note = _say(now, "edition", round=one.round, version=one.version, on=one.on[5:10])
    return card(
        _say(now, "title"),
        element("div", *facts, cls="o-facts"),
        list_table(columns, rows, now.lang),
        element("p", _sentence(now, one), cls="o-said"),
        element("ul", *said, cls="o-remarks") if said else "",
        note=note,
    )


def _outcome(now: Visit, one: VillageResult) -> str:
    line = one.line
    if line.selected:
        return _say(now, "in")
    if one.last_in is None or line.official is None:
        return _say(now, "out")
    return _say(now, "out_by", points=f"{one.last_in - line.official}", seats=one.selected)


def _bar(each: CriterionBeside) -> Markup:
    """Own as a dot, the field as a bar with its mean, the selected as a diamond, in percent."""
    low, high = each.low, max(each.high, each.low + 0.01)

    def at(value: float) -> str:
        return f"left:{min(100.0, max(0.0, 100 * (value - low) / (high - low))):.0f}%"

    marks = [element("i", cls="o-mean", style=at(each.field))]
    if each.selected is not None:
        marks.append(element("i", cls="o-chosen", style=at(each.selected)))
    marks.append(element("i", cls="o-own", style=at(each.own)))
    label = f"{each.own:.2f} ({each.low:.2f}\N{EN DASH}{each.high:.2f})"
    return element("span", *marks, cls="o-bar", role="img", aria_label=label)


def signed(value: float) -> str:
    """A difference with its sign; none for what rounds to zero."""
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", MINUS)


def _sentence(now: Visit, one: VillageResult) -> Markup:
    """Where it is strong and where not, in points."""
    between = t("list.between", now.lang)
    strong = sorted((c for c in one.criteria if c.gap > 0), key=lambda c: -c.gap)[:2]
    weak = sorted((c for c in one.criteria if c.gap < 0), key=lambda c: c.gap)[:3]
    said = []
    for key, listed in (("strong", strong), ("weak", weak)):
        if listed:
            names = between.join(f"{c.name} {signed(c.gap)}" for c in listed)
            said.append(_say(now, key, names=names))
    return join(said, " ")
