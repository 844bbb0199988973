"""The workbook sheet by sheet: marks, totals, what a method makes of them, scores."""

from openpyxl import Workbook

from competition.results.tally_sheets import TallySheets
from exports.recount import formulas
from exports.recount.edition import heading
from exports.recount.methods import GROSS, NEEDS_VALUES, VALUES, write_values
from exports.recount.page import Page
from exports.recount.places import (
    FIRST,
    LEFT,
    MARKS_FIRST,
    Places,
    Score,
    address,
    figures,
    places,
    ranks_of,
)
from exports.recount.values import Values
from exports.xlsx import WRITTEN, packed
from words import t

RESULT_FIRST = 6
"""Row of the first entrant on a sheet of scores."""
GROSS_AT, COST_AT, SCORE_AT, RANK_AT, PUBLISHED_AT, AGREES_AT = 5, 6, 7, 8, 9, 11


def workbook(sheets: TallySheets, lang: str) -> bytes:
    """Write the workbook of a closed round's counted sheets.

    Every figure from mark to score is a formula, except those that `NEEDS_VALUES` names for a
    method; they stand as tinted values.  Beside each score stands the published
    one and whether both agree.
    """
    laid, book = places(sheets), Workbook()
    book.remove(book.active)
    pages: list[Page] = []

    def new(name: str) -> Page:
        pages.append(Page(book, name, lang))
        return pages[-1]

    figured = {score: Values(laid, score) for score in laid.scores}
    names = {name: t(f"exports.recount.sheet.{name}", lang) for name in ("marks", "totals")}
    for score in laid.scores:
        page = new(_scores_name(score, lang))
        _scores(page, figured[score], names["totals"], _values_name(score, lang))
    any_of = next(iter(figured.values()))
    _marks(new(names["marks"]), any_of)
    _totals(new(names["totals"]), any_of, names["marks"])
    for score in laid.scores:
        if score.method in VALUES or _by_criterion(laid, score):
            page = new(_values_name(score, lang))
            last = RESULT_FIRST + len(laid.entrants) - 1
            gross = address(_scores_name(score, lang), f"$E${RESULT_FIRST}:$E${last}")
            write_values(page, figured[score], names, gross)
    properties = book.properties
    properties.creator = properties.lastModifiedBy = t("exports.xlsx.creator", lang)
    properties.title = t("exports.recount.title", lang)
    properties.created = properties.modified = WRITTEN
    return packed(book, [], [page.values for page in pages])


def _scores_name(score: Score, lang: str) -> str:
    return t(f"exports.recount.sheet.{score.kind}", lang)


def _values_name(score: Score, lang: str) -> str:
    return t(f"exports.recount.sheet.values_{score.kind}", lang)


def _by_criterion(laid: Places, score: Score) -> bool:
    rules = laid.tally.rules
    return score.method == "trimmed" and rules.trim_level == "criterion" and bool(laid.criteria)


def _scores(page: Page, figured: Values, totals: str, values: str) -> None:
    laid, score, lang = figured.laid, figured.score, page.lang
    rules = laid.tally.rules
    page.title(_notes(laid, score, lang))
    columns = ("number", "entrant", "county", "counted", "gross", "deduction", "score", "rank")
    beside = ("published", "published_rank", "agrees")
    heads = [t(f"exports.recount.column.{name}", lang) for name in (*columns, *beside)]
    page.head(RESULT_FIRST - 1, heads)
    last = RESULT_FIRST + len(laid.entrants) - 1
    agrees = (t("exports.recount.same", lang), t("exports.recount.differs", lang))
    ranks = ranks_of([figures(one, score)[0] for one in laid.entrants])
    for at, one in enumerate(laid.entrants):
        row, line = RESULT_FIRST + at, one.line
        page.who(row, line)
        own = address(totals, laid.row(FIRST + at))
        page.formula(row, 4, f"COUNT({own})", len(one.sheets), 0)
        published, rank = figures(one, score)
        page.number(row, COST_AT, line.deduction, rules.decimals)
        if published is None:
            continue
        gross = _gross(laid, score, at, own, address(values, laid.row(FIRST + at)), values)
        page.formula(row, GROSS_AT, gross, figured.gross[line.entrant_id], 6)
        net = f"E{row}-F{row}"
        page.formula(
            row,
            SCORE_AT,
            formulas.rounded(net, rules.decimals, rules.rounding),
            float(published),
            rules.decimals,
            is_bold=True,
        )
        among = f"$G${RESULT_FIRST}:$G${last}"
        page.formula(row, RANK_AT, f"RANK(G{row},{among},0)", ranks[published], 0)
        page.number(row, PUBLISHED_AT, published, rules.decimals)
        page.number(row, PUBLISHED_AT + 1, rank, 0)
        both = f"AND(ABS(G{row}-I{row})<0.0000001,H{row}=J{row})"
        said = agrees[0 if ranks[published] == rank else 1]
        page.formula(row, AGREES_AT, f'IF({both},"{agrees[0]}","{agrees[1]}")', said)
    page.text(RESULT_FIRST - 2, AGREES_AT - 1, t("exports.recount.differing", lang))
    check = f"$K${RESULT_FIRST}:$K${last}"
    differing = [one for one in page.values.values() if one == agrees[1]]
    counted = f'COUNTA({check})-COUNTIF({check},"{agrees[0]}")'
    page.formula(RESULT_FIRST - 2, AGREES_AT, counted, len(differing), 0)
    page.finish(RESULT_FIRST, LEFT)


def _gross(laid: Places, score: Score, at: int, own: str, converted: str, values: str) -> str:
    if not _by_criterion(laid, score):
        return GROSS[score.method](own, converted, laid, at, values)
    one, count = laid.entrants[at], len(laid.criteria)
    if len(one.sheets) < laid.tally.rules.trim_needs:
        return f"AVERAGE({own})"
    first, last = laid.judge(0), laid.judge(count - 1)
    row = address(values, f"${first}${FIRST + at}:${last}${FIRST + at}")
    factors = address(values, f"${first}${FIRST - 1}:${last}${FIRST - 1}")
    return f"SUMPRODUCT({row},{factors})"


def _notes(laid: Places, score: Score, lang: str) -> list[str]:
    """Title, round with its edition, and what is a formula and what a value."""
    sheets = laid.sheets
    live = "given" if score.method in NEEDS_VALUES else "live"
    return [
        *heading(sheets, _scores_name(score, lang), lang),
        t(
            f"exports.recount.{live}",
            lang,
            method=t(f"method.{score.method}", lang),
            values=t(f"exports.recount.values.{score.method}", lang) if live == "given" else "",
        ),
    ]


def _marks(page: Page, figured: Values) -> None:
    laid, lang = figured.laid, page.lang
    rules = laid.tally.rules
    columns = ("number", "entrant", "seat")
    heads = [t(f"exports.recount.column.{name}", lang) for name in columns]
    page.title([page.name])
    page.head(MARKS_FIRST - 1, [*heads, *laid.criteria, t("exports.recount.column.total", lang)])
    for row, key in ((MARKS_FIRST - 3, "maximum"), (MARKS_FIRST - 2, "factor")):
        page.text(row, 2, t(f"exports.recount.column.{key}", lang))
    for at, (criterion, factor) in enumerate(
        zip(laid.tally.counted.criteria, laid.factors(), strict=True)
    ):
        for row, value in ((MARKS_FIRST - 3, criterion.maximum), (MARKS_FIRST - 2, factor)):
            page.formula(row, LEFT + 1 + at, formulas.exact(value), float(value))
    first, last = laid.judge(0), laid.judge(len(laid.criteria) - 1)
    factors = f"${first}${MARKS_FIRST - 2}:${last}${MARKS_FIRST - 2}"
    for row, one, sheet in laid.rows.values():
        page.number(row, 1, one.line.number, 0)
        page.text(row, 2, one.line.village or one.line.township)
        page.text(row, 3, f"{sheet.seat:02d}")
        for at, mark in enumerate(sheet.marks):
            page.number(row, LEFT + 1 + at, mark)
        total = f"SUMPRODUCT({first}{row}:{last}{row},{factors})"
        page.formula(
            row,
            LEFT + 1 + len(sheet.marks),
            formulas.rounded(total, rules.sheet_decimals, rules.rounding),
            figured.totals[one.line.entrant_id, sheet.judge],
            rules.sheet_decimals,
            is_bold=True,
        )
    page.finish(MARKS_FIRST, LEFT)


def _totals(page: Page, figured: Values, marks: str) -> None:
    laid, lang = figured.laid, page.lang
    seats = laid.sheets.standings.judges
    heads = [t(f"exports.recount.column.{name}", lang) for name in ("number", "entrant", "county")]
    page.title([page.name])
    page.head(FIRST - 1, [*heads, *(f"{seats[judge]:02d}" for judge in laid.judges)])
    total = laid.judge(len(laid.criteria))
    for at, one in enumerate(laid.entrants):
        row = FIRST + at
        page.who(row, one.line)
        states = {entry.seat: entry.state for entry in one.uncounted}
        for index, judge in enumerate(laid.judges):
            place = laid.rows.get((one.line.entrant_id, judge))
            if place is not None:
                page.formula(
                    row,
                    LEFT + 1 + index,
                    address(marks, f"${total}${place[0]}"),
                    figured.totals[one.line.entrant_id, judge],
                    laid.tally.rules.sheet_decimals,
                )
            elif seats[judge] in states:
                page.text(row, LEFT + 1 + index, t(f"state.{states[seats[judge]]}", lang))
            else:
                page.text(row, LEFT + 1 + index, "")
    page.finish(FIRST, LEFT)
