"""Results of simple formulas whose stored result is missing: sums, means, arithmetic, joins.

Whatever else a formula does stays lost; nothing in a workbook is ever run.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation
from statistics import mean

from intake.grids import Cell
from intake.structure import column_number

TOKEN = re.compile(
    r'\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>"[^"]*")|(?P<name>[A-Z]+)\s*(?=\()'
    r"|(?P<range>\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+)|(?P<cell>\$?[A-Z]{1,3}\$?\d+)"
    r"|(?P<sign>[-+*/&(),]))",
    re.IGNORECASE,
)
MOST_CELLS = 5_000
DEEPEST = 12

Value = Decimal | str
Cells = Mapping[tuple[int, int], Cell]


class NotComputed(Exception):
    """The formula asks for more than is computed here."""


def _rounded(values: list[Decimal]) -> Decimal:
    if len(values) != 2:
        raise NotComputed
    return round(values[0], int(values[1]))


FUNCTIONS: Mapping[str, Callable[[list[Decimal]], Decimal]] = {
    "SUM": lambda values: sum(values, Decimal()),
    "AVERAGE": lambda values: Decimal(mean(values)),
    "MAX": max,
    "MIN": min,
    "COUNT": lambda values: Decimal(len(values)),
    "ROUND": _rounded,
}


def compute(formula: str, cells: Cells, *, depth: int = 0) -> Value:
    """The result of a formula.

    Raises
    ------
    NotComputed
        For a function, an operator or a sheet that is not read here, and for a missing value.
    """
    if depth > DEEPEST:
        raise NotComputed
    try:
        return _Reader(formula, cells, depth).result()
    except (DivisionByZero, InvalidOperation, ValueError, OverflowError) as error:
        raise NotComputed from error


class _Reader:
    """Reads a formula from left to right: joins of sums of products."""

    def __init__(self, formula: str, cells: Cells, depth: int) -> None:
        self._tokens = list(_tokens(formula.lstrip("=")))
        self._at = 0
        self._cells, self._depth = cells, depth

    def result(self) -> Value:
        value = self._join()
        if self._at < len(self._tokens):
            raise NotComputed
        return value

    def _next(self, *kinds: str) -> tuple[str, str]:
        kind, text = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
        if kinds and kind not in kinds and text not in kinds:
            raise NotComputed
        self._at += 1
        return kind, text

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _join(self) -> Value:
        value = self._sum()
        while self._peek() == "&":
            self._next()
            value = _text(value) + _text(self._sum())
        return value

    def _sum(self) -> Value:
        value = self._product()
        while self._peek() in ("+", "-"):
            sign = self._next()[1]
            other = _number(self._product())
            value = _number(value) + (other if sign == "+" else -other)
        return value

    def _product(self) -> Value:
        value = self._one()
        while self._peek() in ("*", "/"):
            sign = self._next()[1]
            other = _number(self._one())
            value = _number(value) * other if sign == "*" else _number(value) / other
        return value

    def _one(self) -> Value:
        kind, text = self._next()
        if kind == "number":
            return Decimal(text)
        if kind == "text":
            return text[1:-1]
        if kind == "cell":
            return self._value(*_place(text))
        if kind == "name":
            return self._function(text.upper())
        if text in ("-", "+"):
            number = _number(self._one())
            return -number if text == "-" else number
        if text == "(":
            inner = self._join()
            self._next(")")
            return inner
        raise NotComputed

    def _function(self, name: str) -> Decimal:
        if name not in FUNCTIONS:
            raise NotComputed
        self._next("(")
        values: list[Decimal] = []
        while True:
            if self._at < len(self._tokens) and self._tokens[self._at][0] == "range":
                values += self._range(self._next()[1])
            else:
                values.append(_number(self._join()))
            if self._next(",", ")")[1] == ")":
                return FUNCTIONS[name](values)

    def _range(self, text: str) -> list[Decimal]:
        (top, left), (bottom, right) = map(_place, text.split(":"))
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
            raise NotComputed
        values = [
            self._value(row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) in self._cells
        ]
        return [value for value in values if isinstance(value, Decimal)]

    def _value(self, row: int, column: int) -> Value:
        cell = self._cells.get((row, column))
        if cell is None:
            raise NotComputed
        if cell.lost == "formula":
            return compute(cell.formula, self._cells, depth=self._depth + 1)
        if cell.lost or isinstance(cell.raw, bool):
            raise NotComputed
        if isinstance(cell.raw, int | float):
            return Decimal(str(cell.raw))
        if isinstance(cell.raw, str):
            return cell.raw
        raise NotComputed


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    at = 0
    text = formula.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise NotComputed
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


def _place(text: str) -> tuple[int, int]:
    plain = text.replace("$", "").upper()
    letters = plain.rstrip("0123456789")
    return int(plain[len(letters) :]), column_number(letters)


def _number(value: Value) -> Decimal:
    if isinstance(value, str):
        raise NotComputed
    return value


def _text(value: Value) -> str:
    return value if isinstance(value, str) else f"{value.normalize():f}"
