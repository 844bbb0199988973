"""The full table of scores with ranks."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from exports.paper import PaperMeta, paper_lines
from exports.table import Column, Suffixed, Table, Value
from words import t

SIGNATURES = ("scorekeeper", "checker", "supervisor", "chair")


@dataclass(frozen=True)
class StandingsRow:
    """One entrant's line. Scores are exact, rounded by scoring, net of the deduction.

    ``rank`` is None for an entrant that has no score; ``place`` is None outside the list of
    winners; ``tied_with`` holds the stage numbers of others with the same official score.
    """

    rank: int | None
    number: int
    county: str
    township: str
    village: str
    code: str
    judges_counted: int
    judges_expected: int
    announced: Decimal | None
    adjusted: Decimal | None
    deduction: Decimal
    official: Decimal | None
    is_selected: bool
    place: int | None = None
    tied_with: tuple[int, ...] = ()


def standings_sheet(rows: Iterable[StandingsRow], meta: PaperMeta, lang: str) -> Table:
    """Build the table of scores, in the order of the rows given.

    Parameters
    ----------
    rows
        Entrants in the order of the standings.
    meta
        Event, edition and which score is official.
    lang
        ``zh`` or ``en``.
    """
    entrants = tuple(rows)
    announced = t(f"exports.column.{meta.announced}", lang)
    notes = [t(f"exports.standings.note_official_{meta.official}", lang, announced=announced)]
    if any(row.tied_with for row in entrants):
        notes.append(t("exports.paper.note_tied", lang))
    if any(row.judges_counted < row.judges_expected for row in entrants):
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
                count=len(entrants),
                top=meta.top,
            ),
        ),
        columns=_columns(meta, lang),
        rows=tuple(_cells(row, lang) for row in entrants),
        footnotes=tuple(notes),
        signatures=tuple(t(f"exports.signature.{key}", lang) for key in SIGNATURES),
        is_landscape=True,
        cut_after=_cut(entrants),
        **paper_lines(meta, lang),
    )


def _cut(entrants: tuple[StandingsRow, ...]) -> int | None:
    """Number of rows above the line; None where the selected are not all on top."""
    count = sum(row.is_selected for row in entrants)
    is_clean = all(row.is_selected for row in entrants[:count])
    return count if is_clean and 0 < count < len(entrants) else None


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


def _cells(row: StandingsRow, lang: str) -> tuple[Value, ...]:
    separator = t("exports.standings.between", lang)
    tied = separator.join(t("exports.standings.number", lang, number=n) for n in row.tied_with)
    return (
        None if row.rank is None else Suffixed(row.rank, "=" if row.tied_with else ""),
        row.number,
        row.village,
        row.county,
        row.township,
        row.code,
        row.judges_counted,
        row.judges_expected,
        row.announced,
        row.adjusted,
        row.deduction,
        row.official,
        t(f"exports.standings.{'selected' if row.is_selected else 'not_selected'}", lang),
        row.place,
        tied,
    )
