"""Reads tables of scores from CSV files: column names in both languages, corrections listed."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import click
import pandas as pd

from scoring import ScoringError
from scoring.exact import fraction
from words import LANGS, t

ENCODINGS = ("utf-8-sig", "gb18030")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)%?", re.ASCII)
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}", re.ASCII)
LONGEST_SHOWN = 30
COLUMNS = {
    "scores": ("entrant", "judge", "criterion", "score"),
    "rubric": ("criterion", "weight", "max", "step"),
    "entrants": ("entrant", "group", "order", "deduction", "eligible"),
    "assignments": ("entrant", "judge", "state"),
    "rulings": ("kind", "entrant", "judge", "value"),
}
NEEDED = {
    "scores": ("entrant", "judge", "score"),
    "rubric": ("criterion", "max"),
    "entrants": ("entrant",),
    "assignments": ("entrant", "judge", "state"),
    "rulings": ("kind", "entrant", "value"),
}
NUMERIC = {"score", "weight", "max", "step", "deduction", "value"}
CHOICES = {
    "state": ("expected", "recused", "absent"),
    "kind": ("ruling", "lot", "reading"),
    "eligible": ("yes", "no"),
}


@dataclass
class Reader:
    """Reads one file and records its corrections.

    Attributes
    ----------
    fixes : list of str
        One sentence for each corrected cell.
    """

    lang: str
    fixes: list[str] = field(default_factory=list)

    def read(self, path: Path, table: str) -> pd.DataFrame:
        """Read a table by its kind ("scores", "rubric", ...); every cell is text or None.

        Raises
        ------
        click.ClickException
            With one sentence that names file, row and column.
        """
        rows = self._rows(path)
        header = [_squeeze(name) for name in rows[0]] if rows else []
        names = {alias: name for name in COLUMNS[table] for alias in aliases(name)}
        columns: dict[str, int] = {}
        for place, title in enumerate(header):
            name = names.get(title.lower(), "")
            if name in columns:
                raise self._refuse("duplicate_column", table=path.name, column=title)
            if name:
                columns[name] = place
        for name in NEEDED[table]:
            if name not in columns:
                columns_there = ", ".join(header) or "—"
                called = f"{name} ({t(f'file.{name}', self.lang).split('|')[0]})"
                raise self._refuse(
                    "missing_column", table=path.name, column=called, found=columns_there
                )
        for number, row in enumerate(rows[1:], start=2):
            if any(_squeeze(cell) for cell in row[len(header) :]):
                raise self._refuse("too_many_cells", path=path.name, row=number)
        cells = [
            {
                name: self._cell(
                    row[place] if place < len(row) else "",
                    path,
                    number,
                    name,
                    required=name in NEEDED[table],
                )
                for name, place in columns.items()
            }
            for number, row in enumerate(rows[1:], start=2)
            if any(_squeeze(cell) for cell in row)
        ]
        return pd.DataFrame(cells, columns=list(columns), dtype=object)

    def _rows(self, path: Path) -> list[list[str]]:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise self._refuse("unreadable_file", path=path, detail=error.strerror) from None
        for encoding in ENCODINGS:
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            first = text.split("\n", 1)[0]
            mark = max(",;\t", key=first.count)
            try:
                return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
            except csv.Error as error:
                raise self._refuse("unreadable_file", path=path, detail=error) from None
        raise self._refuse("unreadable_file", path=path, detail="UTF-8, GB 18030")

    def _cell(self, raw: str, path: Path, number: int, name: str, *, required: bool) -> str | None:
        text = _squeeze(raw)
        if name in CHOICES:
            return next((c for c in CHOICES[name] if text.lower() in aliases(c)), text or None)
        if name not in NUMERIC:
            if required and not text:
                raise self._refuse("missing_value", table=path.name, row=number, column=name)
            return unicodedata.normalize("NFC", text) or None
        return self._number(text, path, number, name)

    def _number(self, text: str, path: Path, number: int, name: str) -> str | None:
        if not text:
            return None
        where = {"row": number, "column": name, "before": text}
        if name == "score" and text.lower() in aliases("blank"):
            self._note("blank", **where)
            return None
        narrow = unicodedata.normalize("NFKC", text)
        if narrow != text:
            self._note("full_width", **where, after=narrow)
        for unit in aliases("unit"):
            if narrow.endswith(unit) and len(narrow) > len(unit):
                narrow = narrow.removesuffix(unit).strip()
                self._note("unit", **where, after=narrow)
        if DECIMAL_COMMA.fullmatch(narrow):
            narrow = narrow.replace(",", ".")
            self._note("comma", **where, after=narrow)
        if "," in narrow:
            place = {"path": path.name, "row": number, "column": name}
            raise self._refuse("ambiguous_number", **place, value=text)
        if not _is_number(narrow, percent=name == "weight"):
            place = {"table": path.name, "row": number, "column": name}
            shown = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
            raise self._refuse("not_a_number", **place, value=shown)
        return narrow

    def _note(self, fix: str, **values: object) -> None:
        self.fixes.append(t(f"fix.{fix}", self.lang, **values))

    def _refuse(self, code: str, **values: object) -> click.ClickException:
        return click.ClickException(t(f"error.{code}", self.lang, **values))


def aliases(name: str) -> set[str]:
    """Names of a column or a choice in both languages, in lower case."""
    return {name, *(a for lang in LANGS for a in t(f"file.{name}", lang).lower().split("|"))}


def _is_number(text: str, *, percent: bool) -> bool:
    """Whether the text is plain digits, with a percent sign where allowed."""
    if not NUMBER.fullmatch(text) or (text.endswith("%") and not percent):
        return False
    try:
        fraction(text.removesuffix("%"))
    except ScoringError:
        return False
    return True


def _squeeze(cell: str) -> str:
    return cell.strip(" \t\r\n\u3000\u00a0\ufeff")
