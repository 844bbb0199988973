"""Every sheet of one entrant as a table: marks, total, and what each method makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from competition.lineup.seat_words import sitter
from competition.results.explained_sheets import Uncounted
from competition.results.explaining import Explanation
from competition.results.recipe_words import column, number
from competition.results.typed_in_words import with_came
from exports.explanation import announced_name
from organizers import naming
from scoring import METHODS
from scoring.recipes.recipe import Part, Recipe
from ui.html import Markup, element, join
from words import t

SIGNED = ("severity",)


@dataclass(frozen=True)
class _Group:
    """The columns of one recipe: their headings, and a cell for each judge."""

    name: str
    headings: tuple[str, ...]
    cells: Mapping[str, tuple[Markup | str, ...]]


def score_name(why: Explanation, recipe: Recipe, lang: str) -> str:
    """现场得分 · 正式."""
    if recipe is why.announced and METHODS[recipe.method].printed:
        name = t(f"results.score.{announced_name(why.standings.round)}", lang)
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


def table(why: Explanation, lang: str) -> Markup:
    """Judges by seat, criteria across; after the total the columns of each method."""
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
        name = with_came(sitter(one.seat, one.stands_for, lang), one.came, lang)
        rows.append((one.seat, _row(name, cells)))
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
