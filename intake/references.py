"""Which entrant, judge or criterion another sheet means: by number, code or name.

A name that is not listed stops with those it may have been mistyped for.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from intake.aliases import aliases, plain_name
from intake.edits import Choice
from intake.gazetteer import VILLAGE, Gazetteer, plain_place, renewed
from intake.likeness import SAME_SOUND, likeness
from intake.names import BRACKETS
from intake.places import short_village
from intake.plan import PlannedCriterion, PlannedEntrant, PlannedJudge
from intake.tables import Row

DIGITS = re.compile(r"\d+")
POINTS_BEHIND = re.compile(r"\d+(\.\d+)?$")
NEAREST = 5

ENTRANT_BY = ("entrant", "village_code", "village", "title", "order")
JUDGE_BY = ("judge", "name")

T = TypeVar("T", PlannedEntrant, PlannedJudge, PlannedCriterion)


@dataclass
class Entrants:
    """The list of entrants, found by what a row of another sheet says."""

    listed: Sequence[PlannedEntrant]
    gazetteer: Gazetteer
    by_key: dict[str, PlannedEntrant] = field(init=False)

    def __post_init__(self) -> None:
        self.by_key = {entrant.key: entrant for entrant in self.listed}
        self._by_code: dict[str, list[PlannedEntrant]] = {}
        for entrant in self.listed:
            self._by_code.setdefault(entrant.code, []).append(entrant)

    def of(self, row: Row) -> PlannedEntrant | None:
        """The entrant that a row means; a stop where it means none or several."""
        column = next((name for name in ENTRANT_BY if row.has(name)), "")
        if not self.listed:
            return None  # said once, of the list
        if not column:
            at = next((name for name in ENTRANT_BY if name in row.letters), "entrant")
            row.stop("blank", at)
            return None
        if column == "entrant":
            entrants = self._by_number(row)
        elif column == "village_code":
            entrants = self._by_code.get(renewed(row.code(column)), [])
        elif column == "order":
            entrants = [e for e in self.listed if e.order == row.whole("order")]
        else:
            entrants = self._by_name(row, column)
        if len(entrants) == 1:
            return entrants[0]
        if not row.is_stopped(column):
            self._stop(row, column, entrants)
        return None

    def _by_number(self, row: Row) -> list[PlannedEntrant]:
        key = row.key("entrant")
        if key in self.by_key:
            return [self.by_key[key]]
        if not row.has("village"):
            return self._called(key, row) or self._by_code.get(renewed(key), [])
        return self._by_name(row, "village")

    def _by_name(self, row: Row, column: str) -> list[PlannedEntrant]:
        text = row.text(column)
        bare = renewed(plain_place(text))
        if bare.isdecimal() and len(bare) == VILLAGE:
            return self._by_code.get(bare, [])
        return self._called(text, row)

    def _called(self, text: str, row: Row) -> list[PlannedEntrant]:
        """Entrants by the village's name or the plan's title, within the places of the row."""
        county = self.gazetteer.county(row.text("county"))
        hint = county.code if county else row.context.get("county", "")
        within, name = self.gazetteer.parted(text, hint)
        within = self.gazetteer.township(row.text("township"), within[:6]) or within
        plain = short_village(name)
        entrants = [e for e in self.listed if plain in (e.village, e.key, plain_place(e.title))]
        entrants = entrants or [e for e in self.listed if e.village and e.village[:-1] == plain]
        near = [entrant for entrant in entrants if entrant.code.startswith(within)]
        return near or (entrants if not within else [])

    def _stop(self, row: Row, column: str, entrants: Sequence[PlannedEntrant]) -> None:
        text = row.raw(column)
        if len(entrants) > 1:
            ways = [self._way(row, column, entrant) for entrant in entrants]
            row.stop("ambiguous_entrant", column, choices=ways, value=text)
            return
        plain = short_village(plain_place(text))
        ranked = sorted(
            (rank, entrant.key)
            for entrant in self.listed
            if (rank := likeness(plain, entrant.village or entrant.key)) is not None
        )
        ways = [self._way(row, column, self.by_key[key]) for _, key in ranked[:NEAREST]]
        row.stop("unknown_entrant", column, choices=ways, value=text)

    def _way(self, row: Row, column: str, entrant: PlannedEntrant) -> Choice:
        shown = f"{entrant.county}{entrant.township}{entrant.village} {entrant.code}".strip()
        return row.put(column, entrant.code if column == "village" else entrant.key, shown)


class Named(Generic[T]):
    """Judges or criteria, found by key, number or name."""

    def __init__(self, listed: Iterable[T], names: Callable[[T], Iterable[str]]) -> None:
        self.listed: list[T] = list(listed)
        self.by_key: Mapping[str, T] = {one.key: one for one in self.listed}
        self._plain: dict[str, list[T]] = {}
        for one in self.listed:
            for name in {plain_name(name) for name in names(one) if name}:
                self._plain.setdefault(name, []).append(one)

    def mentioned(self, text: str) -> T | None:
        """The only one whose name stands in a text."""
        plain = plain_name(text)
        names = [name for name in self._plain if len(name) > 1 and name in plain]
        keys = {one.key for name in names for one in self._plain[name]}
        return self.by_key[keys.pop()] if len(keys) == 1 else None

    def called(self, text: str) -> T | None:
        """The one that a text names exactly; None for none or several."""
        plain = plain_name(text)
        rows = self._plain.get(plain, [])
        return rows[0] if len(rows) == 1 else None

    def within(self, text: str) -> T | None:
        """The one whose name a header contains, or that contains the header's."""
        text = unicodedata.normalize("NFKC", text)
        exact = self.called(text) or self.called(BRACKETS.sub("", text))
        if exact is not None:
            return exact
        plain = plain_name(BRACKETS.sub("", text))
        for unit in aliases("word.unit"):
            plain = plain.removesuffix(unit)
        plain = POINTS_BEHIND.sub("", plain)
        if len(plain) < 2:
            return None
        rows = {
            one.key
            for name, ones in self._plain.items()
            if len(name) > 1 and not name.isdecimal() and (name in plain or plain in name)
            for one in ones
        }
        return self.by_key[rows.pop()] if len(rows) == 1 else None

    def near(self, text: str) -> list[T]:
        """Those whose names sound or look like a text, the likeliest first."""
        ranked = self._ranked(text)
        return [self.by_key[key] for key in dict.fromkeys(key for _, key in ranked)][:NEAREST]

    def sounding(self, text: str) -> T | None:
        """The only one whose name sounds exactly like a text."""
        keys = {key for (kind, _), key in self._ranked(text) if kind == SAME_SOUND}
        return self.by_key[keys.pop()] if len(keys) == 1 else None

    def _ranked(self, text: str) -> list[tuple[tuple[int, int], str]]:
        plain = plain_name(BRACKETS.sub("", unicodedata.normalize("NFKC", text)))
        return sorted(
            (rank, one.key)
            for name, ones in self._plain.items()
            if (rank := likeness(plain, name)) is not None
            for one in ones
        )


def judges_named(judges: Sequence[PlannedJudge]) -> Named[PlannedJudge]:
    """Judges by key, name and number: J05, 05, 5, 评委5, 5号评委."""

    def names(judge: PlannedJudge) -> list[str]:
        number = judge.number
        forms = [f"{number}", f"{number:02d}"]
        return [judge.key, judge.name, *forms]

    return Named(judges, names)


def criteria_named(rubric: Sequence[PlannedCriterion]) -> Named[PlannedCriterion]:
    """Criteria by key and name."""
    return Named(rubric, lambda criterion: [criterion.key, criterion.line.name])


def judge_of(row: Row, judges: Named[PlannedJudge]) -> PlannedJudge | None:
    """The judge that a row means; a stop where it means none that is listed."""
    column = next((name for name in JUDGE_BY if row.has(name)), "")
    if not judges.listed:
        return None  # said once, of the list
    if not column:
        known = judges.called(row.context.get("judge", ""))
        if known is None:
            at = next((name for name in JUDGE_BY if name in row.letters), "judge")
            row.stop("blank", at)
        return known
    text = row.key(column) if column == "judge" else row.text(column)
    judge = judges.called(text) or numbered_judge(text, judges)
    if judge is None and text:
        ways = [row.put(column, one.key, f"{one.key} {one.name}") for one in judges.near(text)]
        row.stop("unknown_judge", column, choices=ways, value=text)
    return judge


def numbered_judge(text: str, judges: Named[PlannedJudge]) -> PlannedJudge | None:
    """The judge whose number a text like 评委5 or 5号评委 holds; None without such a word."""
    digits = DIGITS.findall(text)
    rest = plain_name(DIGITS.sub("", text))
    if len(digits) != 1 or (rest and rest not in aliases("word.seat")):
        return None
    return judges.called(str(int(digits[0])))
