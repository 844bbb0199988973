"""A recipe as lines that are read and redone: each an equation in printed figures."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from scoring import Rules
from scoring.recipes.recipe import Recipe
from words import t

MINUS = "\N{MINUS SIGN}"
LONGEST = 6


def number(value: Decimal, *, signed: bool = False) -> str:
    """A printed figure with a true minus; with a plus, too, where it is a difference."""
    text = f"{value:+f}" if signed and value else f"{value:f}"
    return text.replace("-", MINUS)


def column(values: Sequence[Decimal | None], *, signed: bool = False) -> list[str]:
    """Figures of one column with one number of decimals; blank where there is none.

    Zeros are added, nothing is rounded.
    """
    places = max((decimals(value) for value in values if value is not None), default=0)
    last = Decimal(1).scaleb(-places)
    return [
        "" if value is None else number(value.quantize(last), signed=signed) for value in values
    ]


def decimals(value: Decimal) -> int:
    """How many decimals a figure is printed with."""
    return max(0, -int(value.as_tuple().exponent))


def equations(rules: Rules, criteria: Mapping[str, str], recipe: Recipe, lang: str) -> list[str]:
    """How a score comes about, line by line, the last one with the deduction and rounding.

    Parameters
    ----------
    criteria
        Id of a criterion to its name.
    """
    return [*_made(rules, criteria, recipe, lang), last_line(rules, recipe, lang)]


def last_line(rules: Rules, recipe: Recipe, lang: str) -> str:
    """Gross − deduction = score, rounded."""
    key = "net" if recipe.deduction else "rounded"
    if recipe.gross == recipe.score:
        key = "unchanged"  # "85.33 = 85.33" would say nothing
    return t(
        f"results.equation.{key}",
        lang,
        gross=number(recipe.gross),
        deduction=number(recipe.deduction),
        score=number(recipe.score),
        decimals=rules.decimals,
        rounding=t(f"results.rounding.{rules.rounding}", lang),
    )


def _made(rules: Rules, criteria: Mapping[str, str], recipe: Recipe, lang: str) -> list[str]:
    if recipe.criteria:
        return _by_criterion(criteria, recipe, lang)
    kept = sum(part.value is not None for part in recipe.parts)
    gone = any(part.fate in ("high", "low") for part in recipe.parts)
    key = recipe.method
    if key == "trimmed" and not gone:
        key = "too_few"
    values = {
        "n": kept,
        "all": len(recipe.parts),
        "nth": (len(recipe.parts) + 1) // 2,
        "needs": rules.trim_needs,
        "high": rules.trim_high,
        "low": rules.trim_low,
        "top": number(short(recipe.top)),
        "bottom": number(short(recipe.bottom)),
        "gross": number(recipe.gross),
        "total": number(short(sum((part.total for part in recipe.parts), Decimal(0)))),
        **{f"fact_{name}": number(value) for name, value in recipe.facts.items()},
    }
    return [t(f"results.equation.{key}", lang, **values)]


def _by_criterion(criteria: Mapping[str, str], recipe: Recipe, lang: str) -> list[str]:
    lines = [
        t(
            "results.equation.criterion",
            lang,
            criterion=criteria[one.criterion],
            n=one.n,
            total=number(one.total),
            weight=number(one.weight),
            maximum=number(one.maximum),
            points=number(one.points),
        )
        for one in recipe.criteria
    ]
    whole = t("results.equation.criteria", lang, gross=number(recipe.gross))
    return [*lines, whole]


def short(value: Decimal) -> Decimal:
    """At most six decimals, without trailing zeros: for a sum of products, only to be read."""
    if decimals(value) <= LONGEST:
        return value
    rounded = value.quantize(Decimal(1).scaleb(-LONGEST))
    return rounded.normalize() if rounded else Decimal(0)
