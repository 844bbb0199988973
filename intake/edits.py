"""Corrections a person made to a file before it is read: cells typed, rows left out, columns named.

The file stays as it is; what was accepted by a click or typed on the page is laid over it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

BETWEEN = "\x1f"
"""Stands between file and sheet in a key; no name of a file or a sheet can hold it."""


def sheet_key(file: str, title: str) -> str:
    """The name of a sheet among all files read together."""
    return f"{file}{BETWEEN}{title}" if file else title


def split_key(key: str) -> tuple[str, str]:
    """File and sheet of a key; the file is "" where only one is read."""
    file, _, title = key.rpartition(BETWEEN)
    return file, title


@dataclass(frozen=True)
class Edit:
    """One correction.

    Attributes
    ----------
    kind : str
        "set" puts ``value`` into the cell, "drop" leaves out the cell's row, "accept" keeps what
        the stop ``value`` names at this cell as it is, "column" takes the column of letter ``cell``
        for the field ``value``, or for none.
    sheet : str
        Key of the sheet, see `sheet_key`.
    """

    kind: Literal["set", "drop", "accept", "column"]
    sheet: str
    cell: str
    value: str = ""


@dataclass(frozen=True)
class Choice:
    """One way to fix a stop: what a person reads, and the edit behind it."""

    shown: str
    edit: Edit


@dataclass(frozen=True)
class Asked:
    """How files are to be read, besides their content.

    Attributes
    ----------
    recusal_level : str
        Level of automatic recusals: none, unit, township, county.
    edits : sequence of Edit
        Corrections laid over the files.
    columns : mapping
        Sheet's key to column letter to field; "" for a column that is not imported.
    remembered : mapping
        Plain header to field, from earlier imports.
    places : sequence of tuple
        Further places: county code, county, township code, township, village code, village.
    county : str
        Code of the county whose list it is: every entrant must lie in it; "" for any county.
    """

    recusal_level: str = "county"
    edits: Sequence[Edit] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    places: Sequence[tuple[str, ...]] = ()
    county: str = ""
