"""A printable table, the same for every format."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "number", "code"]


@dataclass(frozen=True)
class Suffixed:
    """A whole number printed with a suffix, e.g. rank 13 of a tie as ``13=``.

    In a file it stays a number; the suffix is a number format.
    """

    value: int
    suffix: str


Value = str | int | Decimal | Suffixed | None
"""What a cell may hold. None is an empty cell: a missing score is never a zero."""


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    key
        ASCII id.
    header
        Words at its head, in the table's language.
    kind
        ``text``, ``number`` (right-aligned, with ``decimals``), or ``code``: digits that are
        text and stay text.
    decimals
        Decimals of a number; one count for the whole column.
    width
        Widest the column may grow, in half-width characters; longer text wraps.
    is_strong
        Printed bold.
    """

    key: str
    header: str
    kind: Kind = "text"
    decimals: int = 0
    width: int = 24
    is_strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table as it is printed, independent of the file it goes into.

    Attributes
    ----------
    key
        ASCII id of the paper, e.g. ``award_list``.
    lang
        Language of every word in it.
    name
        The paper's name, for the sheet's tab and the file name. Never user text.
    title, subtitle
        Heading and the lines under it.
    columns, rows
        Each row has one value per column.
    footnotes
        Lines under the table.
    signatures
        Roles that sign, in order; each gets a blank line.
    foot_line
        The snapshot with its hash, or the note that there is none.
    edition
        The snapshot in short, for page feet, csv and file names; empty where there is none.
    head
        The whole head of the record it stands on; empty for none.
    stem
        The ASCII part of ``edition`` that a file's name may carry.
    round
        The round in words of ours, for file names.
    marks
        Warnings on every page: sample data, not yet certified.
    invented
        Whether the data is invented; ``marks`` and the file name then show it.
    is_landscape
        Landscape paper.
    cut_after
        Number of rows above the line; None for no line.
    """

    key: str
    lang: str
    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    subtitle: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    foot_line: str = ""
    edition: str = ""
    head: str = ""
    stem: str = ""
    round: str = ""
    marks: tuple[str, ...] = ()
    invented: str = ""
    is_landscape: bool = False
    cut_after: int | None = None

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns.

        Raises
        ------
        ValueError
            A row has too few or too many values, or a number is not finite.
        TypeError
            A value is not of its column's kind.
        """
        for at, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(f"row {at}: {len(row)} values for {len(self.columns)} columns")
            for column, value in zip(self.columns, row, strict=True):
                _check(column, value)


def _check(column: Column, value: Value) -> None:
    if value is None:
        return
    is_text = isinstance(value, str)
    if is_text != (column.kind != "number") or isinstance(value, bool | float):
        raise TypeError(f"{column.key} is {column.kind}, not {type(value).__name__}")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{column.key} is {value}")


def fixed(value: int | Decimal, decimals: int) -> str:
    """Return a number with exactly that many decimals.

    Raises
    ------
    ValueError
        The value has more: scores are rounded once, by scoring, never on paper.
    """
    exact = Decimal(value)
    shown = exact.quantize(Decimal(1).scaleb(-decimals))
    if shown != exact:
        raise ValueError(f"{value} has more than {decimals} decimals")
    return str(shown)
