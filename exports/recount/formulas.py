"""Formulas of the workbook, each from addresses and numbers of the rules, never from typed text.

Only functions that Excel 2007, WPS and LibreOffice know alike.
"""

from fractions import Fraction

from scoring import Rules


def exact(value: Fraction) -> str:
    """A fraction as a formula divides it: 1/3 has no decimal that ends."""
    return (
        str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    )


def rounded(value: str, decimals: int | None, rounding: str) -> str:
    """A value rounded as `scoring.exact.quantize` does; ten decimals where nothing is rounded.

    The inner ROUND puts back a half that binary arithmetic lost.
    """
    if decimals is None:
        return f"ROUND({value},10)"
    units = f"ROUND(({value})*{10**decimals},6)"
    if rounding == "half_even":
        half = f"IF({units}-INT({units})=0.5,2*ROUND({units}/2,0),INT({units}+0.5))"
        return f"{half}/{10**decimals}"
    return f"INT({units}+0.5)/{10**decimals}"


def trimmed(cells: str, rules: Rules) -> str:
    """The mean without the highest and lowest; the plain mean where there are too few."""
    low, high = rules.trim_low, rules.trim_high
    left_out = [
        *(f"-LARGE({cells},{at})" for at in range(1, high + 1)),
        *(f"-SMALL({cells},{at})" for at in range(1, low + 1)),
    ]
    if not left_out:
        return f"AVERAGE({cells})"
    kept = f"(SUM({cells}){''.join(left_out)})/(COUNT({cells})-{low + high})"
    return f"IF(COUNT({cells})<{rules.trim_needs},AVERAGE({cells}),{kept})"


def median(cells: str) -> str:
    """The lower median."""
    return f"SMALL({cells},INT((COUNT({cells})+1)/2))"


def clipped(total: str, mean: str, rules: Rules) -> str:
    """A total drawn in to the entrant's mean ± d."""
    reach = exact(rules.exact("clip"))
    value = f"MIN(MAX({total},{mean}-({reach})),{mean}+({reach}))"
    return rounded(value, rules.clip_decimals, rules.rounding)


def standard(total: str, mean: str, deviation: str) -> str:
    """A total's distance from the judge's mean; 0 for a judge without spread."""
    return f"IF({deviation}=0,0,({total}-{mean})/{deviation})"


def stretched(total: str, low: str, high: str, scale: str) -> str:
    """A total between the judge's lowest and highest; the middle for a judge without spread."""
    return f"IF({high}={low},{scale}/2,{scale}*({total}-{low})/({high}-{low}))"


def beaten(total: str, column: str, scale: str) -> str:
    """The share of the judge's other sheets that a total beats, ties half."""
    both = f"RANK({total},{column},1)+COUNT({column})-RANK({total},{column},0)-1"
    return f"IF(COUNT({column})<2,{scale}/2,{scale}*({both})/2/(COUNT({column})-1))"


def carried(total: str, level: str, scale: str, centre: str, stretch: str) -> str:
    """A total carried over to the common scale of the judges."""
    return f"IF({scale}=0,{centre},{centre}+{stretch}*({total}-{level})/{scale})"


def where_number(cell: str, value: str) -> str:
    """A value where a cell has a number, else empty."""
    return f'IF(ISNUMBER({cell}),{value},"")'
