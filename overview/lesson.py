"""What a county may learn of a round: its criteria, strong and weak, whose plans to read."""

from competition.programme.learning import CountyCriterion, CountyLesson, Winner
from exports.papers.feedback import signed
from overview import figures
from overview.choice import link
from overview.feedback import strong_and_weak, told
from overview.screen_contest import A_VILLAGE
from ui.access import Visit, saying
from ui.html import Markup, card, element, join
from ui.tables import Column, list_table

_say = saying("overview.learning")


def lesson_part(now: Visit, one: CountyLesson, day: str) -> Markup:
    """A round: the criteria, what is strong and weak, whose plans to read."""
    rows = [
        (
            each.name,
            figures.marked(f"{each.maximum:f}", "maximum", one.round_id, each.name),
            _points(one, each, "own", f"{each.own:.2f}"),
            _points(one, each, "field", f"{each.field:.2f}"),
            "" if each.selected is None else _points(one, each, "chosen", f"{each.selected:.2f}"),
            _points(one, each, "gap", signed(each.gap)),
        )
        for each in one.criteria
    ]
    heads = ("criterion", "maximum", "own", "field", "selected", "gap")
    columns = [
        Column(_say(now, f"column_{key}"), "left" if key == "criterion" else "right")
        for key in heads
    ]
    where = (one.round_id, one.county_code)
    counts = figures.said(
        now.lang,
        "overview.learning.counts",
        entrants=figures.marked(one.entrants, "lesson_entrants", *where),
        selected=figures.marked(one.selected, "lesson_chosen", *where),
    )
    sheet = strong_and_weak(now, [each.standing for each in one.criteria], "lesson", *where)
    note = join([counts, figures.about_by(now, "lesson", day)], " · ")
    table = list_table(columns, rows, now.lang)
    return card(one.round, table, sheet, _winners(now, one), note=note)


def _points(one: CountyLesson, each: CountyCriterion, key: str, text: str) -> Markup:
    return figures.marked(text, "lesson", one.round_id, one.county_code, key, each.name)


def _winners(now: Visit, one: CountyLesson) -> Markup:
    """Chosen plans that are strong where the county is weak, with what may be read of them."""
    listed = [_winner(now, one.round_id, each) for each in one.winners]
    if not listed:
        return Markup("")
    head = element("b", _say(now, "read_them"), cls="o-said")
    return element("div", head, element("ul", *listed, cls="o-remarks"))


def _winner(now: Visit, round_id: str, one: Winner) -> Markup:
    line = one.line
    name = f"{line.county} {line.township} {line.village}".strip()
    reached = one.standing is not None and len(line.code) == A_VILLAGE
    place = link(name, "overview.village", code=line.code) if reached else name
    text = figures.said(
        now.lang,
        "overview.learning.look_at",
        criterion=one.criterion,
        place=element("span", place),
        title=line.title,
    )
    if one.standing is None:
        return element("li", text)
    own = told(now, "strong", one.standing, "result", round_id, line.code)
    remarks = [element("li", remark) for remark in one.remarks]
    return element("li", text, element("br"), own, element("ul", *remarks) if remarks else "")
