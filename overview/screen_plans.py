"""The programme's panels of 一屏: the plans 1+5, and funds by source and year."""

from competition.programme.funds import YearFunds
from competition.programme.overview import Overview
from competition.programme.plans import SPECIAL
from overview.choice import link
from overview.figures import WAN, about, marked, of_measure
from ui.access import Visit, saying
from ui.html import Markup, card, element
from ui.tables import Column, list_table
from words import t

_say = saying("overview.screen")
PLANS = ("finished", *SPECIAL)


def plans(now: Visit, view: Overview) -> Markup:
    """The village plan and the five special plans: how many are finished, and this week's."""
    rows = []
    for key in PLANS:
        value, share, change = of_measure(key, view.total.figures[key], "")
        listed = link(value, "overview.village", measure=key, which="without")
        rows.append((element("b", t(f"programme.measure.{key}", now.lang)), listed, share, change))
    columns = [
        Column(_say(now, "plan")),
        Column(_say(now, "made"), "right"),
        Column(_say(now, "share"), "right"),
        Column(_say(now, "this_week"), "right"),
    ]
    table = list_table(columns, rows, now.lang)
    return card(_say(now, "plans"), table, note=about(now, "plans", view))


def funds(now: Visit, view: Overview, years: list[YearFunds]) -> Markup:
    """Funds by where they come from, a column a year, the chosen year first."""
    sources = sorted({source for one in years for source in one.by_source})
    rows: list[list[object]] = [
        [element("b", source), *(_wan(one, one.by_source.get(source), source) for one in years)]
        for source in sources
    ]
    rows.append([element("b", _say(now, "sum")), *(_wan(one, one.total, "all") for one in years)])
    columns = [Column(_say(now, "fund_source"))]
    columns += [Column(t("overview.year_of", now.lang, year=one.year), "right") for one in years]
    title = link(_say(now, "funds"), "overview.village", measure="fund")
    return card(title, list_table(columns, rows, now.lang), note=about(now, "funds", view))


def _wan(one: YearFunds, yuan: int | None, source: str) -> Markup:
    """In 万元; empty where a year has nothing of a source."""
    if yuan is None:
        return Markup("")
    return marked(f"{yuan / WAN:,.0f}", "funds", one.year, source)
