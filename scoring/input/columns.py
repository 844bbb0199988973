"""A table must have the columns it is read by, each once."""

from collections.abc import Iterable

import pandas as pd

from scoring.errors import DuplicateColumn, MissingColumn


def require_columns(frame: pd.DataFrame, table: str, names: Iterable[str]) -> None:
    """Refuse a table without one of the columns, or with two of one name.

    Raises
    ------
    MissingColumn, DuplicateColumn
    """
    titles = list(frame.columns)
    for name in names:
        if name not in titles:
            present = ", ".join(map(str, titles))
            raise MissingColumn(table=table, column=name, found=present)
    for title in titles:
        if titles.count(title) > 1:
            raise DuplicateColumn(table=table, column=title)
