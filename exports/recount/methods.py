"""What each method makes of the totals: live where a spreadsheet can, else from given values."""

from collections.abc import Callable
from typing import Any

from exports.recount import formulas
from exports.recount.page import Page
from exports.recount.places import FIRST, LEFT, Places, Score, address
from exports.recount.values import JUDGES, Values
from words import t

Gross = Callable[[str, str, Places, int, str], str]
"""Own totals, own converted values, the layout, the entrant's index, the sheet of values."""


def _weighed(_own: str, converted: str, laid: Places, at: int, values: str) -> str:
    first, last = laid.judge(len(laid.judges) + 1), laid.judge(2 * len(laid.judges))
    weights = address(values, f"${first}${FIRST + at}:${last}${FIRST + at}")
    return f"SUMPRODUCT({converted},{weights})/SUM({weights})"


def _converted(_own: str, converted: str, _laid: Places, _at: int, _values: str) -> str:
    return f"AVERAGE({converted})"


GROSS: dict[str, Gross] = {
    "mean": lambda own, *_: f"AVERAGE({own})",
    "trimmed": lambda own, _values, laid, *_: formulas.trimmed(own, laid.tally.rules),
    "median": lambda own, *_: formulas.median(own),
    "clip": _converted,
    "zscore": _converted,
    "minmax": _converted,
    "rank": _converted,
    "least_squares": _converted,
    "huber": _weighed,
    "precision": _weighed,
}
"""Method to the formula of a score before its deduction."""

VALUES: dict[str, tuple[str, ...]] = {
    "clip": (),
    "zscore": ("judge_mean", "judge_sd"),
    "minmax": ("judge_low", "judge_high"),
    "rank": ("judge_sheets",),
    "least_squares": ("severity", "left_over"),
    "huber": ("severity",),
    "precision": ("level", "scale", "centre", "stretch"),
}
"""Method that converts totals first, to the rows of judges' figures above the entrants'."""
NEEDS_VALUES = ("least_squares", "huber", "precision")
"""Methods with figures that a spreadsheet does not compute."""
LIVE = {
    "judge_mean": "AVERAGE({cells})",
    "judge_sd": "IF(MAX({cells})=MIN({cells}),0,STDEV({cells}))",
    "judge_low": "MIN({cells})",
    "judge_high": "MAX({cells})",
    "judge_sheets": "COUNT({cells})",
}
"""A judge's figure to its formula over that judge's totals."""


def write_values(page: Page, figured: Values, names: dict[str, str], gross: str) -> None:
    """Write the sheet on which a method converts totals, or trims marks by criterion.

    Parameters
    ----------
    gross : str
        Cells of the scores before deductions, on their sheet.
    """
    laid, score = figured.laid, figured.score
    if score.method == "trimmed":
        _write_criteria(page, figured, names["marks"])
        return
    lang, seats = page.lang, laid.sheets.standings.judges
    rows = {name: 3 + at for at, name in enumerate(VALUES.get(score.method, ()))}
    for name, row in rows.items():
        page.text(row, 2, t(f"exports.recount.row.{name}", lang))
    heads = [t(f"exports.recount.column.{name}", lang) for name in ("number", "entrant", "county")]
    page.title([page.name])
    numbers = [f"{seats[judge]:02d}" for judge in laid.judges]
    weighed = score.method in ("huber", "precision")
    weights = ["", *(t("exports.recount.weight", lang, seat=n) for n in numbers)] if weighed else []
    middle = [t("exports.recount.row.mean", lang)] if score.method == "clip" else []
    page.head(FIRST - 1, [*heads, *numbers, *middle, *weights])
    _write_judges(page, figured, names["totals"], rows, gross)
    for at in range(len(laid.entrants)):
        _write_entrant(page, figured, names["totals"], rows, at)
    page.finish(FIRST, LEFT)


def _write_judges(
    page: Page, figured: Values, totals: str, rows: dict[str, int], gross: str
) -> None:
    laid, score = figured.laid, figured.score
    given = _given(figured) if score.method in NEEDS_VALUES else {}
    for index, judge in enumerate(laid.judges):
        letter = laid.judge(index)
        cells = address(totals, laid.column(f"${letter}"))
        for name, row in rows.items():
            if name in LIVE:
                value = JUDGES[name](figured.of_judge(judge))
                page.formula(row, LEFT + 1 + index, LIVE[name].format(cells=cells), value)
            elif name == "left_over":
                own = laid.column(letter)
                left = f"SUM({own})-SUMPRODUCT(ISNUMBER({own})*1,{gross})"
                value = figured.left_over(judge)
                page.formula(row, LEFT + 1 + index, f"ROUND({left},6)", value, 6)
            elif (judge, name) in given:
                page.given(row, LEFT + 1 + index, given[judge, name])
            elif ("", name) in given and not index:
                page.given(row, LEFT + 1, given["", name])


def _given(figured: Values) -> dict[tuple[Any, str], float]:
    """Each judge's fitted figures, and those of all judges under no judge."""
    known: dict[tuple[Any, str], float] = {}
    for made in figured.gathered.values():
        known.update({("", name): float(value) for name, value in made.facts.items()})
        for row in made.rows:
            known.update({(row.judge, name): float(value) for name, value in row.terms.items()})
    return known


def _write_entrant(page: Page, figured: Values, totals: str, rows: dict[str, int], at: int) -> None:
    laid, score = figured.laid, figured.score
    one, row = laid.entrants[at], FIRST + at
    page.who(row, one.line)
    key = one.line.entrant_id
    made = figured.gathered[key].rows if score.method in ("huber", "precision") else ()
    weights = {part.judge: part.weight for part in made if part.weight is not None}
    if score.method == "clip":
        own = address(totals, laid.row(row))
        given = [figured.totals[key, sheet.judge] for sheet in one.sheets]
        value = sum(given) / len(given)
        page.formula(row, LEFT + 1 + len(laid.judges), f"AVERAGE({own})", value, 6)
    for index, judge in enumerate(laid.judges):
        letter = laid.judge(index)
        total = address(totals, f"{letter}{row}")
        converted = _convert(laid, score, totals, rows, letter, row)
        shown = figured.converted.get((key, judge), "")
        page.formula(row, LEFT + 1 + index, formulas.where_number(total, converted), shown, 6)
        if judge in weights:
            page.given(row, LEFT + 2 + len(laid.judges) + index, weights[judge])


def _convert(
    laid: Places, score: Score, totals: str, rows: dict[str, int], letter: str, row: int
) -> str:
    """A total as the method takes it into the mean; empty for a sheet that takes no part."""
    rules = laid.tally.rules
    total, scale = address(totals, f"{letter}{row}"), formulas.exact(rules.exact("scale_max"))
    above = {name: f"{letter}${at}" for name, at in rows.items()}
    if score.method == "clip":
        return formulas.clipped(total, f"${laid.judge(len(laid.judges))}{row}", rules)
    if score.method == "zscore":
        return formulas.standard(total, above["judge_mean"], above["judge_sd"])
    if score.method == "minmax":
        return formulas.stretched(total, above["judge_low"], above["judge_high"], scale)
    if score.method == "rank":
        return formulas.beaten(total, address(totals, laid.column(f"${letter}")), scale)
    if score.method == "precision":
        first = f"${laid.judge(0)}$"
        centre, stretch = first + str(rows["centre"]), first + str(rows["stretch"])
        value = formulas.carried(total, above["level"], above["scale"], centre, stretch)
        return formulas.where_number(above["level"], value)
    return formulas.where_number(above["severity"], f"{total}-{above['severity']}")


def _write_criteria(page: Page, figured: Values, marks: str) -> None:
    """Each entrant's trimmed mean of each criterion; the head row has what it is worth."""
    laid, lang = figured.laid, page.lang
    page.title([page.name, t("exports.recount.by_criterion", lang)])
    page.head(FIRST - 2, ["", "", "", *laid.criteria])
    for at, factor in enumerate(laid.factors()):
        page.formula(FIRST - 1, LEFT + 1 + at, formulas.exact(factor), float(factor))
    page.text(FIRST - 1, 2, t("exports.recount.column.factor", lang))
    for at, one in enumerate(laid.entrants):
        row = FIRST + at
        page.who(row, one.line)
        for index in range(len(laid.criteria)):
            cells = address(marks, laid.marks_of(one, index))
            formula = formulas.trimmed(cells, laid.tally.rules)
            page.formula(row, LEFT + 1 + index, formula, figured.criterion(one, index), 6)
    page.finish(FIRST, LEFT)
