"""The award list: winners by place, each with its prize; the undivided list leaves it blank."""

from collections.abc import Iterable, Mapping

from competition.results.awards import Prize, Winner
from competition.results.prize_words import reason_said
from exports.paper import PaperMeta, paper_lines
from exports.table import Column, Suffixed, Table, Value
from words import t

NO_PRIZES: Mapping[str, Prize] = {}


def award_list(
    rows: Iterable[Winner],
    meta: PaperMeta,
    lang: str,
    prizes: Mapping[str, Prize] = NO_PRIZES,
) -> Table:
    """Build the award list.

    Parameters
    ----------
    rows
        The winners, in any order; they are listed by place.
    meta
        Event and edition. The score is a column only where the rules publish it.
    lang
        ``zh`` or ``en``.
    prizes
        A winner's code to its prize; a winner without one has its cells blank.
    """
    winners = sorted(rows, key=lambda row: row.place)
    columns = _columns(meta, lang)
    notes = [t("exports.paper.note_code", lang)]
    if not any(prize.group.name for prize in prizes.values()):
        notes.insert(0, t("exports.award_list.note_prize", lang))
    if any(row.tied for row in winners):
        notes.insert(0, t("exports.paper.note_tied", lang))
    return Table(
        key="award_list",
        lang=lang,
        name=t("exports.award_list.name", lang),
        title=t("exports.award_list.title", lang, competition=meta.competition),
        subtitle=(t("exports.award_list.subtitle", lang, round=meta.round, count=len(winners)),),
        columns=columns,
        rows=tuple(_cells(row, prizes.get(row.code), lang)[: len(columns)] for row in winners),
        footnotes=tuple(notes),
        is_landscape=True,
        **paper_lines(meta, lang),
    )


def _columns(meta: PaperMeta, lang: str) -> tuple[Column, ...]:
    def head(key: str) -> str:
        return t(f"exports.column.{key}", lang)

    columns = (
        Column("place", head("place"), "number", width=6, is_strong=True),
        Column("rank", head("rank"), "number", width=6),
        Column("prize", head("prize"), width=12),
        Column("number", head("number"), "number", width=6),
        Column("county", head("county"), width=22),
        Column("township", head("township"), width=16),
        Column("village", head("village"), width=16, is_strong=True),
        Column("code", head("code"), "code", width=14),
        Column("plan_title", head("plan_title"), width=42),
        Column("presenter", head("presenter"), width=14),
        Column("reason", head("reason"), width=26),
    )
    if not meta.are_scores_public:
        return columns
    official = Column("official", head("official"), "number", meta.decimals, width=10)
    return (*columns, official)


def _cells(row: Winner, prize: Prize | None, lang: str) -> tuple[Value, ...]:
    """Cells in the order of the columns, the score last."""
    return (
        row.place,
        Suffixed(row.rank, "=" if row.tied else ""),
        prize.group.name if prize else "",
        row.number,
        row.county,
        row.township,
        row.village,
        row.code,
        row.title,
        row.presenter,
        reason_said(prize.reason, lang) if prize else "",
        row.official,
    )
