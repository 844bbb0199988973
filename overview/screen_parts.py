"""The panels of 一屏; every figure opens its list."""

from competition.programme.coming import Coming
from competition.programme.overview import CountyFigures, Overdue, Overview
from overview import figures
from overview.choice import link
from overview.tiles import tile_map
from ui.access import Visit, saying
from ui.html import Markup, card, element, join
from ui.tables import Column, list_table
from words import t

_say = saying("overview.screen")
PARTS = "overview.screen"
BAND = ("villages", "finished", "reviewed", "filed", "special", "people", "met", "fund")
COMING = {
    "step": "overview.steps",
    "meeting": "overview.meetings",
    "task": "overview.meetings",
    "dispatch": "overview.dispatches",
}
"""What comes to the page on which it is dealt with."""
WALL_CSS = (
    '[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"], .st-key-parts'
    " { display: none; } .stMainBlockContainer { max-width: none; }"
)


def band(now: Visit, view: Overview) -> Markup:
    """The figures of all counties, each with share, change, source, date and question."""
    boxes = []
    for key in BAND:
        figure = view.total.figures[key]
        value, share, change = figures.of_measure(key, figure, "")
        unit = t(f"programme.measure.{key}_unit", now.lang)
        week = figures.said(now.lang, "overview.week_change", change=change)
        parts = [
            element("span", t(f"programme.measure.{key}", now.lang), cls="o-label"),
            element("b", value, element("small", unit)),
            element(
                "span", element("span", share), element("span", week, cls="o-week"), cls="o-share"
            ),
            element("span", figures.asks(now, key)),
            element("span", figures.source(now, key, view)),
        ]
        which = "all" if figure.out_of is None else "without"
        page = join(parts)
        boxes.append(link(page, "overview.village", cls="o-fig", measure=key, which=which))
    return element("div", *boxes, cls="o-band")


def coming(now: Visit, view: Overview) -> Markup:
    """Who is next: steps that fall due, meetings, tasks, answers."""
    rows = [
        (
            element("b", figures.short_day(one.on), cls="a-nb"),
            link(coming_text(now, one), COMING[one.kind]),
            one.county or t(f"programme.answers.{one.answers}", now.lang),
        )
        for one in view.coming
    ]
    columns = [Column(_say(now, "on")), Column(_say(now, "what")), Column(_say(now, "who"))]
    table = list_table(columns, rows, now.lang)
    return card(_say(now, "next"), table, note=figures.about(now, "next", view))


def coming_text(now: Visit, one: Coming) -> str:
    """What comes, in words."""
    return _say(now, f"coming_{one.kind}", number=one.number, text=one.text)


def county_map(now: Visit, view: Overview) -> Markup:
    """The finding, the tiles by what is filed, and what is left."""
    tiles = tile_map(now, view, "filed")
    return element("div", claim(now, view), tiles, remainder(now, view), cls="o-block o-stack")


def claim(now: Visit, view: Overview) -> Markup:
    """The finding over the map."""
    head, *others = claims(now, view)
    lines = [element("h2", head, cls="a-h2"), *(element("p", line) for line in others)]
    how = element(
        "p",
        element("span", _say(now, "map_how"), " ", cls="o-how"),
        figures.about(now, "filed", view),
    )
    return element("div", *lines, how, cls="o-claim")


def claimed(now: Visit, view: Overview) -> Markup:
    """The finding in one line."""
    return join(claims(now, view), _say(now, "claims_between"))


def spell(view: Overview) -> Markup:
    """The week's first and last day."""
    days = join([figures.short_day(view.before), figures.short_day(view.day)], " → ")
    return element("span", days, cls="a-nb")


def claims(now: Visit, view: Overview) -> list[Markup]:
    """The share filed, and the county furthest behind with its reason."""
    total = view.total.figures["filed"]
    value, share, _ = figures.of_measure("filed", total, "")
    count = figures.marked(f"{total.out_of or 0:,}", "out_of", "filed", "all")
    lines = [figures.said(now.lang, f"{PARTS}.claim", share=share, value=value, count=count)]
    worst = view.worst("filed")
    if worst is not None and len(view.counties) > 1:
        lines.append(_worst(now, view, worst))
    return lines


def _worst(now: Visit, view: Overview, worst: CountyFigures) -> Markup:
    """The county furthest behind in what is filed; its name and its villages lead to the list."""
    filed = worst.figures["filed"]
    _, share, _ = figures.of_measure("filed", filed, worst.code)
    left = figures.marked((filed.out_of or 0) - filed.value, "left", "filed", worst.code)
    behind = link(left, "overview.village", measure="filed", which="without", county=worst.code)
    values = {"county": worst.county, "share": share, "left": behind}
    late = [one for one in view.overdue if one.code == worst.code]
    if not late:
        return figures.said(now.lang, f"{PARTS}.worst", **values)
    return figures.said(
        now.lang, f"{PARTS}.worst_late", **values, late=late_villages(late[0]), step=late[0].step
    )


def late_villages(one: Overdue) -> Markup:
    """How many villages of a county wait at a step; leads to them."""
    count = figures.marked(one.villages, "late", one.code, one.step)
    return link(
        count, "overview.village", measure="overdue", county=one.code, step=one.step, which="with"
    )


def remainder(now: Visit, view: Overview) -> Markup:
    """The villages not filed, apart: those with a step overdue and the others; they add up."""
    total = view.total.figures["filed"]
    left = figures.marked((total.out_of or 0) - total.value, "left", "filed", "all")
    late = figures.marked(view.left_late, "left_late")
    rest = figures.marked((total.out_of or 0) - total.value - view.left_late, "left_rest")
    text = figures.said(now.lang, f"{PARTS}.remainder", left=left, late=late, rest=rest)
    return element("p", text, cls="a-reason")
