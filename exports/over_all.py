"""The workbooks of a work over all competitions: one each for rounds, entrants and criteria."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from competition.province.annexing import METHODS, SOURCES
from exports.formats import EXPORTS, file_name
from exports.steady import put
from exports.table import Column, Kind, Table, Value
from words import t

FORMAT = "xlsx"
MIME = "application/zip"
FIGURES = {"icc": 3, "g": 3, "phi": 3, "kendall": 3, "sed": 3, "belonging": 1}
"""A figure to its decimals."""
Found = tuple[str, Mapping[str, Any]]
"""A competition's title and what was found of one of its rounds."""
Heading = tuple[str, Kind, int]


def workbooks(
    key: str, done: Iterable[Mapping[str, Any]], titles: Mapping[str, str], lang: str
) -> bytes:
    """A zip of the tables of a work, of the competitions that are done so far."""
    titled = [(titles.get(name, name), said) for name, said in _computed(done)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for table in TABLES[key](titled, lang):
            put(archive, file_name(table, FORMAT), EXPORTS[FORMAT].render(table))
    return packed.getvalue()


def has_file(done: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a round was computed, so that a file would not be empty."""
    return next(_computed(done), None) is not None


def _computed(done: Iterable[Mapping[str, Any]]) -> Iterator[Found]:
    """A competition's short name with each of its rounds."""
    for one in done:
        for said in one.get("found", ()):
            if "fault" not in said:
                yield one["name"], said


def annex_tables(annexes: Sequence[Found], lang: str) -> Iterator[Table]:
    """Three tables: rounds with their figures, entrants by rank, criteria."""
    figures: list[Heading] = [(key, "number", places) for key, places in FIGURES.items()]
    shares: list[Heading] = [(f"variance_{key}", "number", 0) for key in SOURCES]
    yield _table("rounds", [*_counts("judges", "sheets"), *figures, *shares], annexes, lang, _round)
    places: list[Heading] = [(key, "text", 0) for key in ("village", "county", "township")]
    places = [("rank", "number", 0), *places, ("code", "code", 0), ("selected", "text", 0)]
    places += [(key, "number", 0) for key in ("chance", "low", "high")]
    yield _table("entrants", places, annexes, lang, _entrants)
    parts: list[Heading] = [(key, "number", 0) for key in ("weight", "share")]
    criteria: list[Heading] = [("criterion", "text", 0), *parts, ("correlation", "number", 2)]
    yield _table("criteria", criteria, annexes, lang, _criteria)


def simulation_tables(simulations: Sequence[Found], lang: str) -> Iterator[Table]:
    """One table: of the best, the share that each method selects, in percent."""
    methods: list[Heading] = [(key, "number", 0) for key in METHODS]
    headings: list[Heading] = [*_counts("entrants", "judges"), ("official", "text", 0), *methods]
    yield _table("simulated", headings, simulations, lang, _simulated)


TABLES: dict[str, Callable[[Sequence[Found], str], Iterator[Table]]] = {
    "annex": annex_tables,
    "simulate": simulation_tables,
}
"""A work whose result is a file, to its tables."""


def _table(
    key: str,
    headings: Sequence[Heading],
    items: Sequence[Found],
    lang: str,
    rows: Callable[[Mapping[str, Any], str], Iterator[tuple[Value, ...]]],
) -> Table:
    """Each row begins with competition, round and the mark of invented data."""
    first: list[Heading] = [("competition", "text", 0), ("round", "text", 0), ("mark", "text", 0)]
    name = t(f"exports.over_all.{key}", lang)
    return Table(
        key=f"over_all_{key}",
        lang=lang,
        name=name,
        title=name,
        columns=tuple(
            Column(one, t(f"exports.over_all.column.{one}", lang), kind, places, width=28)
            for one, kind, places in (*first, *headings)
        ),
        rows=tuple(
            (title, said["round"], _mark(said, lang), *row)
            for title, said in items
            for row in rows(said, lang)
        ),
        footnotes=(t(f"exports.over_all.note_{key}", lang),),
        is_landscape=True,
    )


def _counts(*keys: str) -> list[Heading]:
    return [(key, "number", 0) for key in ("top", *keys)]


def _mark(said: Mapping[str, Any], lang: str) -> str | None:
    return t(f"exports.paper.{said['invented']}", lang) if said["invented"] else None


def _round(said: Mapping[str, Any], _: str) -> Iterator[tuple[Value, ...]]:
    figures = said["figures"]
    yield (
        said["top"],
        said["judges"],
        said["sheets"],
        *(_number(figures[key], places) for key, places in FIGURES.items()),
        *(_percent(figures[f"variance_{key}"]) for key in SOURCES),
    )


def _entrants(said: Mapping[str, Any], lang: str) -> Iterator[tuple[Value, ...]]:
    for one in said["entrants"]:
        places = (one["village"], one["county"], one["township"], one["code"])
        selected = t("exports.over_all.selected", lang) if one["selected"] else None
        yield one["rank"], *places, selected, _percent(one["chance"]), one["low"], one["high"]


def _criteria(said: Mapping[str, Any], _: str) -> Iterator[tuple[Value, ...]]:
    for one in said["criteria"]:
        shares = (_percent(one["weight"]), _percent(one["share"]))
        yield one["title"], *shares, _number(one["correlation"], 2)


def _simulated(said: Mapping[str, Any], lang: str) -> Iterator[tuple[Value, ...]]:
    shares = (_percent(said["correct"][key]) for key in METHODS)
    method = t(f"method.{said['method']}", lang)
    yield said["top"], said["entrants"], said["judges"], method, *shares


def _number(value: float | None, places: int) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.{places}f}")


def _percent(value: float | None) -> Decimal | None:
    return None if value is None else _number(100 * value, 0)
