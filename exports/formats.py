"""The file formats of a table, by key."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from exports import csv, xlsx
from exports.table import Table
from words import t


@dataclass(frozen=True)
class Export:
    """One format: file ending, media type and writer."""

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
    """Return a safe file name: paper, round, edition, sample mark, ending.

    It never contains text that people typed.
    """
    parts = [table.name, table.round, table.stem]
    if table.invented:
        parts.append(t(f"exports.paper.{table.invented}", table.lang))
    return safe_name(parts, EXPORTS[format_key].suffix)


def safe_name(parts: Iterable[str], suffix: str) -> str:
    """Return text of ``words`` as a file name, without characters a file system refuses."""
    safe = [_UNSAFE.sub("-", part).strip("-") for part in parts if part]
    return "_".join(safe) + suffix
