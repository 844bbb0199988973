"""The panels of 一屏; every figure opens its list."""

from competition.programme.contest import Contest
from competition.programme.overview import Coming, CountyFigures, Overview
from overview import figures
from overview.choice import link
from overview.states import letter_state
from ui.access import Visit, saying
from ui.html import Markup, card, element, join
from ui.icons import state_label
from ui.tables import Column, list_table
from words import t

_say = saying("overview.screen")
BAND = ("villages", "finished", "reviewed", "filed", "special", "people", "met", "fund")
CHANGED = ("filed", "finished", "reviewed", "special", "people", "met")
WALL_CSS = (
    '[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"], .st-key-parts'
    " { display: none; } .stMainBlockContainer { max-width: none; }"
)


def band(now: Visit, view: Overview) -> Markup:
    """The figures of all counties, each with share, change, source, date and question."""
    boxes = []
    for key in BAND:
        figure = view.total.figures[key]
        unit = t(f"programme.measure.{key}_unit", now.lang)
        number = element("b", figures.value(key, figure), element("small", unit))
        which = "all" if figure.out_of is None else "without"
        boxes.append(
            link(
                join(
                    [
                        element("span", t(f"programme.measure.{key}", now.lang), cls="o-label"),
                        number,
                        element(
                            "span",
                            element("span", figures.share(figure)),
                            element("span", figures.change(key, figure, now.lang), cls="o-week"),
                            cls="o-share",
                        ),
                        element("span", t(f"programme.measure.{key}_asks", now.lang)),
                        element("span", figures.source(now, key, view)),
                    ]
                ),
                "overview.village",
                cls="o-fig",
                measure=key,
                which=which,
            )
        )
    return element("div", *boxes, cls="o-band")


def rounds(now: Visit, games: Contest) -> Markup:
    """Each round: entrants and how many are chosen, sheets in, its state."""
    if not games.rounds:
        return Markup("")
    rows = [
        (
            element("b", one.title),
            _say(now, "entrants", count=one.entrants, top=one.top),
            f"{one.submitted:,}/{one.expected:,}",
            _round_state(now, one.state),
        )
        for one in games.rounds
    ]
    missing = sum(one.expected - one.submitted for one in games.rounds if one.state == "open")
    columns = [
        Column(_say(now, "round")),
        Column(_say(now, "size")),
        Column(_say(now, "sheets"), "right"),
        Column(_say(now, "state")),
    ]
    note = _say(now, "missing", count=missing)
    return card(_say(now, "contest"), list_table(columns, rows, now.lang), note=note)


def _round_state(now: Visit, state: str) -> Markup:
    icons = {"certified": "locked", "open": "marking", "closed": "next"}
    word = t(f"round_state.{state}", now.lang)
    return state_label(icons.get(state, "not_begun"), now.lang, word=word, size=14)


def awards(now: Visit, view: Overview, games: Contest) -> Markup:
    """What each county won in the rounds that are certified."""
    rows = []
    for one in view.counties:
        won = games.of_county(one.code)
        places = [
            link(award.village or award.township, "overview.village", code=award.code)
            if len(award.code) > 9  # there is no page of a township
            else award.township
            for award in won[:8]
        ]
        shown = join(places, t("list.between", now.lang)) if won else _say(now, "none_won")
        rows.append((element("b", one.county), len(won), shown))
    columns = [
        Column(_say(now, "county")),
        Column(_say(now, "won"), "right"),
        Column(_say(now, "selected")),
    ]
    note = _say(now, "certified_only")
    return card(_say(now, "awards"), list_table(columns, rows, now.lang), note=note)


def coming(now: Visit, view: Overview) -> Markup:
    """Who is next: steps that fall due, meetings, tasks, answers."""
    rows = [
        (element("b", figures.short_day(one.on)), _coming(now, one), one.county)
        for one in view.coming
    ]
    columns = [Column(_say(now, "on")), Column(_say(now, "what")), Column(_say(now, "who"))]
    table = list_table(columns, rows, now.lang)
    return card(_say(now, "next"), table, note=figures.short_day(view.day))


def _coming(now: Visit, one: Coming) -> str:
    return _say(now, f"coming_{one.kind}", number=one.number, text=one.text)


def claim(now: Visit, view: Overview) -> Markup:
    """The finding over the map."""
    head, *others = _claims(now, view)
    lines = [element("h2", head, cls="a-h2"), *(element("p", line) for line in others)]
    return element("div", *lines, element("p", _say(now, "map_how")), cls="o-claim")


def claim_text(now: Visit, view: Overview) -> str:
    """The finding as a text, for paper."""
    return _say(now, "claims_between").join(_claims(now, view))


def _claims(now: Visit, view: Overview) -> list[str]:
    """The share filed, and the county furthest behind with its reason."""
    total = view.total.figures["filed"]
    shown = {"share": figures.share(total), "value": total.value, "count": total.out_of or 0}
    worst = view.worst("filed")
    lines = [_say(now, "claim", **shown)]
    if worst is not None and len(view.counties) > 1:
        lines.append(_worst(now, view, worst))
    return lines


def _worst(now: Visit, view: Overview, worst: CountyFigures) -> str:
    filed = worst.figures["filed"]
    values = {
        "county": worst.county,
        "share": figures.share(filed),
        "left": (filed.out_of or 0) - filed.value,
    }
    late = [one for one in view.overdue if one.code == worst.code]
    if not late:
        return _say(now, "worst", **values)
    return _say(now, "worst_late", **values, late=late[0].villages, step=late[0].step)


def remainder(now: Visit, view: Overview) -> Markup:
    """The villages not filed, apart: those overdue and the others; the parts add up."""
    total = view.total.figures["filed"]
    left = (total.out_of or 0) - total.value
    late = view.total.figures["overdue"].value
    return element("p", _say(now, "remainder", left=left, late=late), cls="a-reason")


def overdue(now: Visit, view: Overview) -> Markup:
    """Counties whose villages wait at a step that is overdue."""
    rows = [
        (
            element("b", one.county),
            _say(now, "step", number=one.step),
            link(
                one.villages,
                "overview.village",
                measure="overdue",
                county=one.code,
                step=one.step,
                which="with",
            ),
            figures.short_day(one.due_on),
            _say(now, "days", count=one.days_late),
        )
        for one in view.overdue
    ]
    columns = [
        Column(_say(now, "county")),
        Column(_say(now, "at_step")),
        Column(_say(now, "villages"), "right"),
        Column(_say(now, "due"), "right"),
        Column(_say(now, "longest"), "right"),
    ]
    count = view.total.figures["overdue"].value
    counties = len({one.code for one in view.overdue})
    head = _say(now, "overdue", count=count, counties=counties)
    title = state_label("attention", now.lang, word=head) if count else _say(now, "no_overdue")
    note = figures.source(now, "overdue", view)
    return card(title, list_table(columns, rows, now.lang), note=note)


def week(now: Visit, view: Overview) -> Markup:
    """What changed since a week before, by measure, with the counties that moved most."""
    rows = []
    for key in CHANGED:
        moved = [
            (one.figures[key].change, one.county)
            for one in view.counties
            if one.figures[key].change
        ]
        moved.sort(key=lambda pair: (-pair[0], pair[1]))
        names = t("list.between", now.lang).join(f"{county} {n:+,}" for n, county in moved[:4])
        change = figures.delta(key, view.total.figures[key])
        rows.append((element("b", t(f"programme.measure.{key}", now.lang)), change, names))
    if view.idle:
        names = t("list.between", now.lang).join(view.idle)
        rows.append((element("b", _say(now, "idle")), str(len(view.idle)), names))
    columns = [Column(_say(now, "measure")), Column(_say(now, "change"), "right"), Column("")]
    spell = f"{figures.short_day(view.before)} → {figures.short_day(view.day)}"
    return card(_say(now, "week"), list_table(columns, rows, now.lang), note=spell)


def letters(now: Visit, view: Overview) -> Markup:
    """Dispatches that are not closed."""
    rows = [
        (
            _say(now, "number", number=one["number"]),
            element("b", one["county"]),
            link(one["reason"], "overview.dispatches"),
            figures.short_day(one["due_on"]),
            letter_state(now, one, view.day),
        )
        for one in view.dispatches
    ]
    columns = [
        Column(_say(now, "no")),
        Column(_say(now, "county")),
        Column(_say(now, "reason")),
        Column(_say(now, "until"), "right"),
        Column(_say(now, "state")),
    ]
    head = _say(now, "letters", count=len(rows))
    return card(head, list_table(columns, rows, now.lang), note=figures.short_day(view.day))
