"""Findings in words: what was put right, what stops and how to mend it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from intake.aliases import first_name
from intake.findings import Finding
from words import has, t


def sentence(finding: Finding, lang: str) -> str:
    """What was found, with its place in front; a stop also says how to mend it."""
    values = {name: _spelled(name, value, lang) for name, value in finding.values.items()}
    text = t(_key(finding), lang, **values)
    if finding.kind == "stop":
        mend = f"intake.mend.{finding.code}"
        text = t("intake.stopped", lang, what=text, mend=t(mend, lang, **values))
    return t("intake.at", lang, place=finding.place, text=text) if finding.place else text


def column_name(column: str, lang: str) -> str:
    """A column as the template calls it."""
    return first_name(f"column.{column}", lang)


def sheet_name(table: str, lang: str) -> str:
    """A sheet as the template calls it."""
    return first_name("sheet.scores_final" if table == "scores" else f"sheet.{table}", lang)


def summary(findings: Sequence[Finding], lang: str, *, each: int = 3) -> list[str]:
    """One line each for the first of a kind, then how many more there are of that kind."""
    kinds: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault((finding.code, finding.sheet, finding.column), []).append(finding)
    lines = []
    for found in kinds.values():
        lines += [sentence(finding, lang) for finding in found[:each]]
        if len(found) > each:
            lines.append(t("intake.more", lang, count=len(found) - each))
    return lines


def as_row(finding: Finding, lang: str) -> dict[str, Any]:
    """A finding for a table or a machine: kind, code, sheet, cell, before, after, text."""
    return {
        "kind": finding.kind,
        "code": finding.code,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "before": finding.values.get("before"),
        "after": finding.values.get("after"),
        "text": sentence(finding, lang),
    }


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


def _word(value: Any, lang: str) -> str:
    return first_name(f"word.{value}", lang)


def _words(value: Any, lang: str) -> str:
    return t("list.between", lang).join(_word(each, lang) for each in value)


SPELLED: Mapping[str, Callable[[Any, str], str]] = {
    "column": _column,
    "columns": _columns,
    "wanted": sheet_name,
    "allowed": _words,
    "state": _word,
    "stage": _word,
}
