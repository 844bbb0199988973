"""A village's result in a certified round: each criterion beside the field and the selected."""

from competition.programme.results import CriterionBeside, VillageResult
from competition.results.prize_words import group_name
from exports.papers.feedback import signed
from overview.feedback import strong_and_weak
from overview.figures import about_by, marked, said
from ui.access import Visit, saying
from ui.html import Markup, card, element, join
from ui.tables import Column, list_table
from words import t

_say = saying("overview.result")
MARKS = {"own": "o-own", "field": "o-field", "mean": "o-mean", "selected": "o-chosen"}
"""What a bar's marks are, each with its class."""


def result_part(now: Visit, one: VillageResult, day: str) -> Markup:
    """Rank, score and prize, criteria with a bar each, strong and weak, remarks without names."""
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
            marked(f"{each.maximum:f}", "maximum", one.round_id, each.name),
            element("b", _points(one, each, "own", f"{each.own:.2f}")),
            _bar(each),
            _points(one, each, "field", f"{each.field:.2f}"),
            "" if each.selected is None else _points(one, each, "chosen", f"{each.selected:.2f}"),
            _points(one, each, "gap", signed(each.gap)),
        )
        for each in one.criteria
    ]
    note = _say(now, "edition", round=one.round, version=one.version, on=one.on[5:10])
    return card(
        _say(now, "title"),
        element("div", *_facts(now, one), cls="o-facts"),
        list_table(columns, rows, now.lang, stacks=True),
        _key(now),
        element("p", _sentence(now, one), cls="o-said"),
        strong_and_weak(now, one.standings, *_where(one)),
        _remarks(now, one),
        note=join([note, about_by(now, "result", day)], " · "),
    )


def _where(one: VillageResult) -> tuple[str, str, str]:
    return ("result", one.round_id, one.line.code)


def _points(one: VillageResult, each: CriterionBeside, key: str, text: str) -> Markup:
    return marked(text, *_where(one), key, each.name)


def _facts(now: Visit, one: VillageResult) -> list[Markup]:
    """Rank among how many, score, the prize, and what was missing to the last place."""
    line = one.line
    place = {
        "rank": marked(line.rank, "rank", *_where(one)[1:]),
        "count": marked(one.entrants, "ranked", one.round_id),
    }
    rank = said(now.lang, f"overview.result.{'rank_tied' if line.tied else 'rank'}", **place)
    score = marked(f"{line.official}", "score", *_where(one)[1:])
    prizes = [element("b", group_name(group, now.lang)) for group in one.prizes]
    return [element("b", rank), element("b", score), *prizes, element("span", _outcome(now, one))]


def _outcome(now: Visit, one: VillageResult) -> Markup | str:
    line = one.line
    if line.selected:
        return _say(now, "in")
    if one.last_in is None or line.official is None:
        return _say(now, "out")
    short = marked(f"{one.last_in - line.official}", "short", *_where(one)[1:])
    seats = marked(one.selected, "seats", one.round_id)
    return said(now.lang, "overview.result.out_by", points=short, seats=seats)


def _remarks(now: Visit, one: VillageResult) -> Markup:
    """Judges' remarks, under the words of the feedback sheet."""
    if not one.remarks:
        return Markup("")
    head = element("b", _say(now, "remarks"), cls="o-said")
    listed = element("ul", *(element("li", text) for text in one.remarks), cls="o-remarks")
    return element("div", head, listed)


def _key(now: Visit) -> Markup:
    """What the marks of the bars mean."""
    parts = [
        element("span", element("i", cls=cls), _say(now, f"key_{key}"))
        for key, cls in MARKS.items()
    ]
    return element("p", *parts, cls="o-key")


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


def _sentence(now: Visit, one: VillageResult) -> Markup:
    """Where it is strong and where not, in points."""
    between = t("list.between", now.lang)
    strong = sorted((c for c in one.criteria if c.gap > 0), key=lambda c: -c.gap)[:2]
    weak = sorted((c for c in one.criteria if c.gap < 0), key=lambda c: c.gap)[:3]
    parts = []
    for key, listed in (("strong", strong), ("weak", weak)):
        if listed:
            names = join(
                (join([c.name, _points(one, c, "gap", signed(c.gap))], " ") for c in listed),
                between,
            )
            parts.append(said(now.lang, f"overview.result.{key}", names=names))
    return join(parts, " ")
