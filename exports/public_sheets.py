"""The tables of a result as the public may have them: no person, and of scores what is declared."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from competition.results.public import PublicEntry, PublicGroup, PublicResult
from exports.paper import PaperMeta, paper_lines
from exports.table import Column, Table, Value
from words import t


def public_sheets(result: PublicResult, meta: PaperMeta, lang: str) -> Iterator[Table]:
    """The list of winners by prize and, where ranks or scores are public, every ranked entrant."""
    entries = [(_named(group, lang), one) for group in result["groups"] for one in group["entries"]]
    yield _table("award_list", entries, meta, lang)
    if "standings" in result:
        yield _table("standings", [("", one) for one in result["standings"]], meta, lang)


def _named(group: PublicGroup, lang: str) -> str:
    return group["name"] or t(f"prize.{group['kind']}", lang)


def _table(
    paper: str, entries: Sequence[tuple[str, PublicEntry]], meta: PaperMeta, lang: str
) -> Table:
    kept = [column for column in _columns(meta, lang) if _has(column.key, entries)]
    count = len(entries)
    return Table(
        key=f"public_{paper}",
        lang=lang,
        name=t(f"exports.{paper}.name", lang),
        title=t(f"exports.{paper}.title", lang, competition=meta.competition),
        subtitle=(t("exports.award_list.subtitle", lang, round=meta.round, count=count),),
        columns=tuple(kept),
        rows=tuple(
            tuple(_cell(column.key, prize, entry) for column in kept) for prize, entry in entries
        ),
        is_landscape=True,
        **paper_lines(meta, lang),
    )


def _columns(meta: PaperMeta, lang: str) -> tuple[Column, ...]:
    def head(key: str) -> str:
        return t(f"exports.column.{key}", lang)

    return (
        Column("prize", head("prize"), width=16),
        Column("rank", head("rank"), "number", width=6),
        Column("county", head("county"), width=22),
        Column("township", head("township"), width=16),
        Column("village", head("village"), width=16, is_strong=True),
        Column("title", head("plan_title"), width=42),
        Column("score", head("official"), "number", meta.decimals, width=10, is_strong=True),
    )


def _has(key: str, entries: Sequence[tuple[str, PublicEntry]]) -> bool:
    """Whether any entry has something in a column."""
    return any(_cell(key, prize, entry) not in ("", None) for prize, entry in entries)


def _cell(key: str, prize: str, entry: PublicEntry) -> Value:
    if key == "prize":
        return prize
    if key == "rank":
        return entry.get("rank")
    if key == "score":
        score = entry.get("score")
        return None if score is None else Decimal(score)
    text = entry.get(key, "")
    assert isinstance(text, str)
    return text
