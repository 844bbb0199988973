"""The internal version: every mark, every step, the decision; one landscape page."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal

from competition.deciding import said
from competition.explaining import Explanation, Uncounted
from competition.recipe_words import column, equations, number
from competition.standing_lines import ON_PRINTED_RULE
from exports.explanation import ADVANCING, deduction_lines, distance_line
from organizers import naming, why_evidence
from scoring.recipes import Part, Recipe
from ui.html import Markup, element, join
from ui.icons import state_label
from words import t

SIGNED = ("severity",)
DROPPED = ("high", "low")


def sheet(why: Explanation, lang: str) -> Markup:
    """The whole page."""
    return element(
        "article",
        _head(why, lang),
        element("p", t("organizers.why.internal_note", lang), cls="a-secret"),
        _marks(why, lang),
        element(
            "div",
            element("div", _sums(why, lang), _line(why, lang)),
            element("div", _criteria(why, lang)),
            cls="a-two",
        ),
        element("p", _basis(why, lang), cls="a-basis"),
        cls="a-paper a-wide-paper",
    )


def _head(why: Explanation, lang: str) -> Markup:
    line = why.line
    place = asdict(line)
    rank = ""
    if line.rank is not None:
        key = "rank_tied" if line.tied else "rank"
        rank = t(f"organizers.why.{key}", lang, rank=line.rank)
    verdict = state_label(_verdict(why), lang)
    seat = t("organizers.why.place", lang, place=line.place) if line.selected else ""
    score = "" if line.official is None else number(line.official)
    return element(
        "header",
        element("span", naming.number(line.number, lang), cls="a-num"),
        element(
            "div",
            element("b", naming.title(place), " ", element("small", naming.around(place))),
            element("span", " · ".join(filter(None, (line.title, line.presenter)))),
            cls="a-paper-who",
        ),
        element("div", element("b", score), join(filter(None, (rank, verdict, seat)), " · ")),
        cls="a-paper-head",
    )


def _verdict(why: Explanation) -> str:
    line = why.line
    if line.rank is None:
        return "unranked"
    if line.waiting:
        return "awaiting"
    if line.in_zone:
        return "zone_in" if line.selected else "zone_out"
    return "above" if line.selected else "below"


@dataclass(frozen=True)
class _Group:
    """The columns of one recipe: their headings, and a cell for each judge."""

    name: str
    headings: tuple[str, ...]
    cells: Mapping[str, tuple[Markup | str, ...]]


def score_name(why: Explanation, recipe: Recipe, lang: str) -> str:
    """现场得分 · 正式."""
    if recipe is why.announced and recipe.method in ON_PRINTED_RULE:
        name = t("results.score.announced", lang)
    elif recipe.method == "least_squares":
        name = t("results.score.adjusted", lang)
    else:
        name = t("results.score.other", lang, method=t(f"method.{recipe.method}", lang))
    if recipe == why.official:
        name = t("results.score.official", lang, name=name)
    return name


def _groups(why: Explanation, lang: str) -> list[_Group]:
    groups = [_group(why, recipe, lang) for recipe in why.recipes]
    return [group for group in groups if group.headings]


def _group(why: Explanation, recipe: Recipe, lang: str) -> _Group:
    parts = {part.judge: part for part in recipe.parts}
    judges = [sheet.judge for sheet in why.sheets]
    names = list(dict.fromkeys(name for part in recipe.parts for name in part.terms))
    columns: list[list[Markup | str]] = []
    for name in names:
        values = [parts[judge].terms.get(name) for judge in judges]
        columns.append(list(column(values, signed=name in SIGNED)))
    headings = [t(f"term.{name}", lang) for name in names]
    if recipe.weighted:
        columns.append(list(column([parts[judge].weight for judge in judges])))
        headings.append(t("term.weight", lang))
    if names or any(part.fate for part in recipe.parts):
        shown = column([_shown(parts[judge]) for judge in judges])
        columns.append(
            [_value(parts[j], text, lang) for j, text in zip(judges, shown, strict=True)]
        )
        headings.append(t(f"term.value.{recipe.method}", lang))
    cells = {judge: tuple(cells[at] for cells in columns) for at, judge in enumerate(judges)}
    return _Group(score_name(why, recipe, lang), tuple(headings), cells)


def _shown(part: Part) -> Decimal:
    return part.total if part.value is None else part.value


def _value(part: Part, text: str, lang: str) -> Markup | str:
    """A value; struck through with the reason in words where it does not enter."""
    if part.value is not None:
        word = t(f"fate.{part.fate}", lang) if part.fate else ""
        return join([text, element("small", word)], " ") if word else text
    if not part.fate:
        return element("s", text)
    return join([element("s", text), element("small", t(f"fate.{part.fate}", lang))], " ")


def _marks(why: Explanation, lang: str) -> Markup:
    groups = _groups(why, lang)
    gone = {part.judge: part.dropped for recipe in why.recipes for part in recipe.parts}
    criteria = list(why.standings.criteria)
    marks = [column([sheet.marks[at] for sheet in why.sheets]) for at in range(len(criteria))]
    totals = column([sheet.total for sheet in why.sheets])
    rows = []
    for at, one in enumerate(why.sheets):
        cells = [
            element("td", _mark(marks[c][at], gone[one.judge].get(key, ""), lang), cls="a-n")
            for c, key in enumerate(criteria)
        ]
        cells.append(element("td", totals[at], cls="a-n a-strong"))
        cells += [
            element("td", cell, cls="a-n") for group in groups for cell in group.cells[one.judge]
        ]
        rows.append((one.seat, _row(naming.seat(one.seat, lang), cells)))
    width = len(criteria) + 1 + sum(len(group.headings) for group in groups)
    rows += [(one.seat, _missing(one, width, lang)) for one in why.uncounted]
    body = [row for _, row in sorted(rows, key=lambda pair: pair[0])]
    note = "plain_sum" if why.sums_marks else "weighed_sum"
    decimals = why.standings.rules.scoring.sheet_decimals
    caption = element(
        "caption",
        element("b", t("organizers.why.marks", lang)),
        " ",
        t(f"organizers.why.{note}", lang, decimals=decimals),
    )
    table = element(
        "table",
        caption,
        element("thead", *_marks_head(why, groups, lang)),
        element("tbody", *body),
        cls="a-table a-marks",
    )
    return element("div", table, cls="a-scroll")


def _mark(text: str, fate: str, lang: str) -> Markup | str:
    if not fate:
        return text
    return join([element("s", text), element("small", t(f"fate.short_{fate}", lang))], " ")


def _row(name: str, cells: list[Markup]) -> Markup:
    return element("tr", element("th", name, scope="row"), *cells)


def _missing(one: Uncounted, width: int, lang: str) -> Markup:
    state = t(f"state.{one.state}", lang)
    key = "uncounted_reason" if one.reason else "uncounted"
    text = t(f"organizers.why.{key}", lang, state=state, reason=one.reason)
    cell = element("td", text, colspan=width, cls="a-uncounted")
    return _row(naming.seat(one.seat, lang), [cell])


def _marks_head(why: Explanation, groups: list[_Group], lang: str) -> list[Markup]:
    upper = [element("th", t("organizers.why.judge", lang), rowspan=2, scope="col")]
    for head in why.rubric:
        points = t("organizers.why.maximum", lang, points=number(_plain(head.maximum)))
        if head.maximum != head.points:
            points = t(
                "organizers.why.weighed",
                lang,
                maximum=number(_plain(head.maximum)),
                points=number(_plain(head.points)),
            )
        name = element("th", head.name, " ", element("small", points), rowspan=2, scope="col")
        upper.append(Markup(str(name).replace("<th ", '<th class="a-n a-crit" ', 1)))
    total = t("organizers.why.total", lang)
    upper.append(element("th", total, cls="a-n", rowspan=2, scope="col"))
    for group in groups:
        span = len(group.headings)
        upper.append(element("th", group.name, cls="a-grp", colspan=span, scope="colgroup"))
    lower = [
        element("th", heading, cls="a-n", scope="col")
        for group in groups
        for heading in group.headings
    ]
    return [element("tr", *upper), element("tr", *lower)]


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _sums(why: Explanation, lang: str) -> Markup:
    blocks = []
    for recipe in why.recipes:
        lines = [element("p", text) for text in equations(why.standings, recipe, lang)]
        strong = " a-strong" if recipe == why.official else ""
        name = element("b", score_name(why, recipe, lang))
        blocks.append(element("div", name, *lines, cls=f"a-eq{strong}"))
    notes = [element("p", line, cls="a-eq-note") for line in deduction_lines(why.deductions, lang)]
    if why.adjusted is not None:
        notes.append(element("p", t("organizers.why.severity_note", lang), cls="a-eq-note"))
    heading = element("h2", t("organizers.why.sums", lang))
    return element("section", heading, *blocks, *notes)


def _line(why: Explanation, lang: str) -> Markup:
    found = why.standings
    name = "advancing" if found.round["stage"] in ADVANCING else "final"
    title = t("organizers.why.line", lang, line=t(f"results.{name}", lang))
    parts = [element("p", distance_line(why.line, why.distance, lang), cls="a-strong")]
    for decision in why.decisions:
        if decision.status == "clear" and decision.kind == "round":
            continue
        one = said(found, decision, lang)
        parts.append(element("p", one.text))
        parts += [element("p", step, cls="a-eq-note") for step in one.steps]
        if one.clears:
            parts.append(element("p", one.clears, cls="a-wait"))
    parts += [element("p", text, cls="a-eq-note") for text in why_evidence.lines(why, lang)]
    return element("section", element("h2", title), *parts)


def _criteria(why: Explanation, lang: str) -> Markup:
    def say(key: str) -> str:
        return t(f"organizers.why.{key}", lang)

    head = [element("th", "", scope="col")]
    head += [element("th", say(key), cls="a-n", scope="col") for key in ("own", "field", "lead")]
    rows = [
        element(
            "tr",
            element("th", name, scope="row"),
            *[element("td", text, cls="a-n") for text in texts],
        )
        for name, texts in why_evidence.criteria(why)
    ]
    note = "criteria_note" if why.standings.official_is_adjusted else "criteria_note_plain"
    table = element(
        "table", element("thead", element("tr", *head)), element("tbody", *rows), cls="a-table"
    )
    return element(
        "section", element("h2", say("criteria")), table, element("p", say(note), cls="a-eq-note")
    )


def _basis(why: Explanation, lang: str) -> str:
    found = why.standings
    parts = [found.competition["title"], found.round["title"]]
    if found.competition["sample"]:
        parts.append(t("ui.state.sample", lang))
    parts.append(t("organizers.why.basis", lang, n=found.seq))
    return " · ".join(parts)
