"""The formats a table can be written in, found by key."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from exports import csv, xlsx
from exports.table import Table
from words import t


@dataclass(frozen=True)
class Export:
    """One format: the file's ending, its media type, and what writes it."""

    suffix: str
    mime: str
    render: Callable[[Table], bytes]


EXPORTS: dict[str, Export] = {
    "xlsx": Export(
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.render,
    ),
    "csv": Export(".csv", "text/csv; charset=utf-8", csv.render),
}
"""Its words are ``exports.format.<key>``."""

_UNSAFE = re.compile(r"[^\w-]+")


def file_name(table: Table, format_key: str) -> str:
    """Return a safe name: the paper's own name, the edition, a sample's mark, the ending.

    Titles, village names and other text that people typed never get into it.
    """
    parts = [table.name, table.stem]
    if table.is_sample:
        parts.append(t("exports.paper.sample", table.lang))
    return safe_name(parts, EXPORTS[format_key].suffix)


def safe_name(parts: Iterable[str], suffix: str) -> str:
    """Return words of our own as a file's name, without what a file system may refuse."""
    safe = [_UNSAFE.sub("-", part).strip("-") for part in parts if part]
    return "_".join(safe) + suffix
