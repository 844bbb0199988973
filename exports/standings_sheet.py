"""The full table of scores with ranks."""

from collections.abc import Sequence
from decimal import Decimal

from competition.results.standing_lines import CertifiedLine
from exports.paper import PaperMeta, paper_lines
from exports.table import Column, Suffixed, Table, Value
from words import t

SIGNATURES = ("scorekeeper", "checker", "supervisor", "chair")


def standings_sheet(lines: Sequence[CertifiedLine], meta: PaperMeta, lang: str) -> Table:
    """Build the table of scores, in the order of the lines given.

    Parameters
    ----------
    lines
        Entrants in the order of the standings.
    meta
        Event, edition and which score is official.
    lang
        ``zh`` or ``en``.
    """
    announced = t(f"exports.column.{meta.announced}", lang)
    notes = [t(f"exports.standings.note_official_{meta.official}", lang, announced=announced)]
    if any(line["tied"] for line in lines):
        notes.append(t("exports.paper.note_tied", lang))
    if any(line["counted"] < line["expected"] for line in lines):
        notes.append(t("exports.standings.note_judges", lang))
    notes += meta.remarks
    return Table(
        key="standings",
        lang=lang,
        name=t("exports.standings.name", lang),
        title=t("exports.standings.title", lang, competition=meta.competition),
        subtitle=(
            t(
                "exports.standings.subtitle",
                lang,
                round=meta.round,
                count=len(lines),
                top=meta.top,
            ),
        ),
        columns=_columns(meta, lang),
        rows=tuple(_cells(line, tied_with(line, lines), lang) for line in lines),
        footnotes=tuple(notes),
        signatures=tuple(t(f"exports.signature.{key}", lang) for key in SIGNATURES),
        is_landscape=True,
        cut_after=cut_after(lines),
        **paper_lines(meta, lang),
    )


def cut_after(lines: Sequence[CertifiedLine]) -> int | None:
    """Number of rows above the line; None where the selected are not all on top."""
    count = sum(line["selected"] for line in lines)
    is_clean = all(line["selected"] for line in lines[:count])
    return count if is_clean and 0 < count < len(lines) else None


def tied_with(line: CertifiedLine, lines: Sequence[CertifiedLine]) -> list[int | None]:
    """Numbers of the others with the same official score."""
    return [
        other["number"]
        for other in lines
        if line["tied"]
        and other["rank"] == line["rank"]
        and other["entrant_id"] != line["entrant_id"]
    ]


def _columns(meta: PaperMeta, lang: str) -> tuple[Column, ...]:
    def head(key: str) -> str:
        return t(f"exports.column.{key}", lang)

    def score(key: str, *, name: str = "", is_strong: bool = False) -> Column:
        title = head(name or key)
        return Column(key, title, "number", meta.decimals, width=10, is_strong=is_strong)

    return (
        Column("rank", head("rank"), "number", width=6),
        Column("number", head("number"), "number", width=6),
        Column("village", head("village"), width=16, is_strong=True),
        Column("county", head("county"), width=22),
        Column("township", head("township"), width=14),
        Column("code", head("code"), "code", width=14),
        Column("judges_counted", head("judges_counted"), "number", width=8),
        Column("judges_expected", head("judges_expected"), "number", width=8),
        score("announced", name=meta.announced),
        score("adjusted"),
        score("deduction"),
        score("official", is_strong=True),
        Column("selected", head("selected"), width=14),
        Column("place", head("place"), "number", width=6, is_strong=True),
        Column("tied_with", head("tied_with"), width=16),
    )


def _cells(line: CertifiedLine, others: Sequence[int | None], lang: str) -> tuple[Value, ...]:
    separator = t("exports.standings.between", lang)
    tied = separator.join(t("exports.standings.number", lang, number=n) for n in others)
    return (
        None if line["rank"] is None else Suffixed(line["rank"], "=" if others else ""),
        line["number"],
        line["village"],
        line["county"],
        line["township"],
        line["code"],
        line["counted"],
        line["expected"],
        _decimal(line["announced"]),
        _decimal(line["adjusted"]),
        _decimal(line["deduction"]),
        _decimal(line["official"]),
        t(f"exports.standings.{'selected' if line['selected'] else 'not_selected'}", lang),
        line["place"] if line["selected"] else None,
        tied,
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
