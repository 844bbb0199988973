"""What is strong and what is weak, in the words of the feedback sheet (成绩反馈单)."""

from collections.abc import Sequence

from competition.results.strengths import CriterionStanding, strongest, weakest
from exports.papers.feedback import side_of
from overview.figures import marked, said
from ui.access import Visit
from ui.html import Markup, element
from words import t

SHEET = "exports.papers.feedback"


def strong_and_weak(now: Visit, criteria: Sequence[CriterionStanding], *figure: object) -> Markup:
    """Two strengths before two weaknesses; ``figure`` begins the ids of what is marked."""
    lines = [told(now, "strong", one, *figure) for one in strongest(criteria)]
    lines += [told(now, "weak", one, *figure) for one in weakest(criteria)]
    title = t(f"{SHEET}.strong_weak", now.lang)
    heading = title.split("\N{IDEOGRAPHIC COMMA}")[-1].split(". ")[-1]  # without its number
    listed = element("ul", *(element("li", line) for line in lines), cls="o-remarks")
    return element("div", element("b", heading, cls="o-said"), listed) if lines else Markup("")


def told(now: Visit, key: str, one: CriterionStanding, *figure: object) -> Markup:
    """One criterion beside the field's mean."""
    return said(
        now.lang,
        f"{SHEET}.{key}_{side_of(one)}",
        criterion=one.name,
        mean=marked(f"{one.mean:.2f}", *figure, "own", one.name),
        points=marked(f"{abs(one.mean - one.field):.2f}", *figure, "lead", one.name),
    )
