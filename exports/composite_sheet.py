"""The full table of a composite: every part, the sum, the ranks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from competition.results.standing_lines import CertifiedLine
from exports.paper import PaperMeta, paper_lines
from exports.standings_sheet import SIGNATURES, cut_after, tied_with
from exports.table import Column, Suffixed, Table, Value
from words import t


@dataclass(frozen=True)
class PartColumn:
    """A part as a column: title, weight as people say it, scores by entrant id as text."""

    title: str
    weight: str
    scores: Mapping[str, str]


def composite_sheet(
    lines: Sequence[CertifiedLine], parts: Sequence[PartColumn], meta: PaperMeta, lang: str
) -> Table:
    """Build the table of a composite, in the order of the lines given."""
    notes = [t("exports.composite.note_sum", lang, sum=_sum(parts, lang))]
    if any(line["tied"] for line in lines):
        notes.append(t("exports.paper.note_tied", lang))
    if any(line["counted"] < line["expected"] for line in lines):
        notes.append(t("exports.composite.note_missing", lang))
    notes += meta.remarks
    return Table(
        key="standings",
        lang=lang,
        name=t("exports.composite.name", lang),
        title=t("exports.composite.title", lang, competition=meta.competition),
        subtitle=(
            t("exports.standings.subtitle", lang, round=meta.round, count=len(lines), top=meta.top),
        ),
        columns=_columns(parts, meta, lang),
        rows=tuple(_cells(line, parts, tied_with(line, lines), lang) for line in lines),
        footnotes=tuple(notes),
        signatures=tuple(t(f"exports.signature.{key}", lang) for key in SIGNATURES),
        is_landscape=True,
        cut_after=cut_after(lines),
        **paper_lines(meta, lang),
    )


def _sum(parts: Sequence[PartColumn], lang: str) -> str:
    terms = [t("organizers.composite.term", lang, part=p.title, weight=p.weight) for p in parts]
    return t("organizers.composite.plus", lang).join(terms)


def _columns(parts: Sequence[PartColumn], meta: PaperMeta, lang: str) -> tuple[Column, ...]:
    def head(key: str) -> str:
        return t(f"exports.column.{key}", lang)

    def part(at: int, one: PartColumn) -> Column:
        title = t("exports.composite.part", lang, part=one.title, weight=one.weight)
        return Column(f"part_{at}", title, "number", _places(one), width=12)

    return (
        Column("rank", head("rank"), "number", width=6),
        Column("number", head("number"), "number", width=6),
        Column("village", head("village"), width=16, is_strong=True),
        Column("county", head("county"), width=22),
        Column("township", head("township"), width=14),
        Column("code", head("code"), "code", width=14),
        *(part(at, one) for at, one in enumerate(parts, start=1)),
        Column(
            "official",
            t("exports.composite.column", lang),
            "number",
            meta.decimals,
            width=10,
            is_strong=True,
        ),
        Column("selected", head("selected"), width=14),
        Column("place", head("place"), "number", width=6, is_strong=True),
        Column("tied_with", head("tied_with"), width=16),
    )


def _places(part: PartColumn) -> int:
    """Decimals of a part's scores, as they are published."""
    return max((len(text.partition(".")[2]) for text in part.scores.values()), default=0)


def _cells(
    line: CertifiedLine,
    parts: Sequence[PartColumn],
    others: Sequence[int | None],
    lang: str,
) -> tuple[Value, ...]:
    between = t("exports.standings.between", lang)
    tied = between.join(t("exports.standings.number", lang, number=n) for n in others)
    scores = [part.scores.get(line["entrant_id"]) for part in parts]
    unranked = line["rank"] is None
    chosen = "selected" if line["selected"] else "not_selected"
    return (
        None if line["rank"] is None else Suffixed(line["rank"], "=" if others else ""),
        line["number"],
        line["village"],
        line["county"],
        line["township"],
        line["code"],
        *(None if score is None else Decimal(score) for score in scores),
        None if line["official"] is None else Decimal(line["official"]),
        t("exports.composite.unranked" if unranked else f"exports.standings.{chosen}", lang),
        line["place"] if line["selected"] else None,
        tied,
    )
