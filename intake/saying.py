"""Findings as sentences: corrections, notes, stops and how to fix them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from intake.aliases import first_name
from intake.edits import Choice
from intake.findings import Finding
from words import has, t


def sentence(finding: Finding, lang: str) -> str:
    """A finding with its cell in front; for a stop, also how to fix it."""
    text = said(finding, lang)
    return t("intake.at", lang, place=finding.place, text=text) if finding.place else text


def said(finding: Finding, lang: str) -> str:
    """A finding without its cell."""
    values = {name: _spelled(name, value, lang) for name, value in finding.values.items()}
    text = t(_key(finding), lang, **values)
    if finding.kind == "stop":
        mend = f"intake.mend.{finding.code}"
        text = t("intake.stopped", lang, what=text, mend=t(mend, lang, **values))
    return text


def column_name(column: str, lang: str) -> str:
    """A column's name in the template."""
    return first_name(f"column.{column}", lang)


def sheet_name(table: str, lang: str) -> str:
    """A sheet's name in the template."""
    return first_name("sheet.scores_final" if table == "scores" else f"sheet.{table}", lang)


def summary(findings: Sequence[Finding], lang: str, *, each: int = 3) -> list[str]:
    """The first findings of each kind, one a line, then the number of further ones."""
    kinds: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault((finding.code, finding.sheet, finding.column), []).append(finding)
    lines = []
    for alike in kinds.values():
        lines += [sentence(finding, lang) for finding in alike[:each]]
        if len(alike) > each:
            lines.append(t("intake.more", lang, count=len(alike) - each))
    return lines


def as_row(finding: Finding, lang: str) -> dict[str, Any]:
    """A finding as a dict: kind, code, sheet, cell, before, after, text.

    A stop has its ``proposal`` and all ``candidates`` in words, both null or empty where none is
    known, and ``also``, further places of the same fault. With several files ``file`` is given.
    """
    row = {
        "kind": finding.kind,
        "code": finding.code,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "before": finding.values.get("before"),
        "after": finding.values.get("after"),
        "text": sentence(finding, lang),
    }
    if finding.kind == "stop":
        ways = [choice_words(choice, lang) for choice in finding.choices]
        row |= {"before": finding.values.get("value")} if row["before"] is None else {}
        row |= {"proposal": ways[0] if ways else None, "candidates": ways}
        row["also"] = list(finding.also)
    return {**row, "file": finding.file} if finding.file else row


def choice_words(choice: Choice, lang: str) -> str:
    """What accepting a proposal would do."""
    if choice.edit.kind == "set":
        return choice.shown
    return t(f"intake.choice.{choice.edit.kind}", lang, row=choice.shown)


def proposals(stop: Finding, lang: str) -> str:
    """The ways to fix a stop in one sentence, the likeliest first."""
    ways = t("list.between", lang).join(choice_words(way, lang) for way in stop.choices)
    return t("intake.proposed", lang, ways=ways)


def _key(finding: Finding) -> str:
    return f"intake.{finding.kind}.{finding.code}"


def _spelled(name: str, value: Any, lang: str) -> Any:
    spell = SPELLED.get(name)
    if spell is not None:
        return spell(value, lang)
    return t("list.between", lang).join(map(str, value)) if isinstance(value, tuple) else value


def _column(value: Any, lang: str) -> str:
    return column_name(value, lang) if has(f"intake.column.{value}", lang) else str(value)


def _columns(value: Any, lang: str) -> str:
    return t("list.between", lang).join(_column(each, lang) for each in value)


def _tables(value: Any, lang: str) -> str:
    return t("list.between", lang).join(sheet_name(each, lang) for each in value)


def _word(value: Any, lang: str) -> str:
    return first_name(f"word.{value}", lang)


def _words(value: Any, lang: str) -> str:
    return t("list.between", lang).join(_word(each, lang) for each in value)


SPELLED: Mapping[str, Callable[[Any, str], str]] = {
    "column": _column,
    "columns": _columns,
    "wanted": sheet_name,
    "tables": _tables,
    "allowed": _words,
    "state": _word,
    "stage": _word,
}
