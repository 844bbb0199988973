"""The workbook of a composite: parts as published, times their weights, summed, rounded, ranked."""

from fractions import Fraction

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from competition.results.composing import ComposedPart
from competition.results.composite_explaining import ComposedExplanation, Summary
from competition.rounds.composites import percent
from exports.recount import formulas
from exports.recount.edition import heading
from exports.recount.page import Page
from exports.recount.places import LEFT, ranks_of
from exports.xlsx import WRITTEN, packed
from words import t

FIRST = 6
"""Row of the first entrant; the weights stand two rows above it."""
BESIDE = ("sum", "composite", "rank", "published", "published_rank", "agrees")
"""Columns after the parts."""


def composite_workbook(summary: Summary, lang: str) -> bytes:
    """Write the workbook of a composite.

    The parts are the published scores, as values: each round's workbook computes them from its
    marks. All that follows from them is a formula, with the published figures beside it.
    """
    book = Workbook()
    book.remove(book.active)
    page = Page(book, t("exports.recount.sheet.composite", lang), lang)
    _write(page, summary)
    properties = book.properties
    properties.creator = properties.lastModifiedBy = t("exports.xlsx.creator", lang)
    properties.title = t("exports.recount.title", lang)
    properties.created = properties.modified = WRITTEN
    return packed(book, [], [page.values])


def _write(page: Page, summary: Summary) -> None:
    lang, result = page.lang, summary.standings
    parts = result.parts
    live = t("exports.recount.composed", lang)
    page.title([*heading(summary, page.name, lang), live])
    heads = [t(f"exports.recount.column.{name}", lang) for name in ("number", "entrant", "county")]
    shares = [f"{part.title} {percent(Fraction(part.weight))}" for part in parts]
    after = [t(f"exports.recount.column.{name}", lang) for name in BESIDE]
    page.head(FIRST - 1, [*heads, *shares, *after])
    page.text(FIRST - 2, LEFT, t("exports.recount.column.weight", lang))
    for at, part in enumerate(parts, start=LEFT + 1):
        weight = Fraction(part.weight)
        page.formula(FIRST - 2, at, formulas.exact(weight), float(weight))
    ranks = ranks_of(one.line.official for one in summary.explained)
    for row, one in enumerate(summary.explained, start=FIRST):
        rank = None if one.line.official is None else ranks[one.line.official]
        _entrant(page, row, one, rank, last=FIRST + len(summary.explained) - 1)
    _count_differing(page, len(parts), len(summary.explained))
    for row, part in enumerate(parts, start=FIRST + len(summary.explained) + 1):
        page.note(row, 2, _source(part, lang))
    page.finish(FIRST, LEFT)


def _entrant(
    page: Page, row: int, one: ComposedExplanation, rank: int | None, *, last: int
) -> None:
    """An entrant's row; where a part is missing its sum, score and rank stay empty."""
    line, rules, count = one.line, one.standings.rules.scoring, len(one.terms)
    page.who(row, line)
    for at, term in enumerate(one.terms, start=LEFT + 1):
        if term.score is None:
            page.text(row, at, t("exports.papers.composite.missing", page.lang))
        else:
            page.number(row, at, term.score)
    first = LEFT + count + 1
    total, score, place, published, ranked = (get_column_letter(first + at) for at in range(5))
    left, right = get_column_letter(LEFT + 1), get_column_letter(LEFT + count)
    own, weights = f"${left}{row}:${right}{row}", f"${left}${FIRST - 2}:${right}${FIRST - 2}"
    whole = f'IF(COUNT({own})={count},SUMPRODUCT({own},{weights}),"")'
    page.formula(row, first, whole, "" if one.total is None else float(one.total), 6)
    net = formulas.rounded(f"{total}{row}", rules.decimals, rules.rounding)
    page.formula(
        row,
        first + 1,
        formulas.where_number(f"{total}{row}", net),
        "" if line.official is None else float(line.official),
        rules.decimals,
        is_bold=True,
    )
    among = f"${score}${FIRST}:${score}${last}"
    ranking = formulas.where_number(f"{score}{row}", f"RANK({score}{row},{among},0)")
    page.formula(row, first + 2, ranking, "" if rank is None else rank, 0)
    page.number(row, first + 3, line.official, rules.decimals)
    page.number(row, first + 4, line.rank, 0)
    both = (
        f"NOT(ISNUMBER({score}{row}))"
        if line.official is None
        else f"AND(ISNUMBER({score}{row}),"
        f"ABS(N({score}{row})-{published}{row})<0.0000001,{place}{row}={ranked}{row})"
    )
    same, differs = (t(f"exports.recount.{name}", page.lang) for name in ("same", "differs"))
    said = same if rank == line.rank else differs
    page.formula(row, first + 5, f'IF({both},"{same}","{differs}")', said)


def _count_differing(page: Page, parts: int, entrants: int) -> None:
    """How many lines are not as published, above the column that says so."""
    at = LEFT + parts + len(BESIDE)
    letter = get_column_letter(at)
    check = f"${letter}${FIRST}:${letter}${FIRST + entrants - 1}"
    same, differs = (t(f"exports.recount.{name}", page.lang) for name in ("same", "differs"))
    marks = list(page.values.values()).count(differs)
    page.text(FIRST - 2, at - 1, t("exports.recount.differing", page.lang))
    page.formula(FIRST - 2, at, f'COUNTA({check})-COUNTIF({check},"{same}")', marks, 0)


def _source(part: ComposedPart, lang: str) -> str:
    """Where a part's scores come from: the round's certificate, or outside scores."""
    if part.version is None:
        return t("exports.recount.part_outside", lang, part=part.title)
    version, sha256 = part.version, part.sha256[:12]
    return t("exports.recount.part_round", lang, part=part.title, version=version, sha256=sha256)
