"""What the values of a column say of it, whatever its header claims.

Each test gives evidence from -1 (surely not) to 1 (surely), 0 where values say nothing.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from intake.aliases import aliases, is_called, plain_name
from intake.cells import squeezed
from intake.gazetteer import COUNTY, TOWNSHIP, VILLAGE, Gazetteer
from intake.grids import Cell
from intake.names import contains_word, ends_with_word

LOOKED_AT = 40
CHINESE_NAME = re.compile(r"[\u3400-\u9fff\u00b7]{2,4}")
KEY = re.compile(r"[A-Za-z]{1,4}[-_ ]?\d{1,5}")
SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d{2}")
NUMBER = re.compile(r"-?\d+([.,]\d+)?")
LEVEL = re.compile(r"\D{1,8}:?\d+(\.\d+)?\D{1,3}\d+")
WHOLE, SHARE = 100.0, 1.0
WHOLE_WITHIN = 45.0
"""How far from 100 a column of maxima may sum while one of them is blank or wrong."""
LONG = 10


@dataclass(frozen=True)
class Known:
    """Plain names of what earlier sheets listed."""

    entrants: frozenset[str] = frozenset()
    judges: frozenset[str] = frozenset()
    criteria: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sample:
    """The first values of a column, and the evidence already weighed by field."""

    cells: Sequence[Cell]
    gazetteer: Gazetteer
    known: Known = field(default_factory=Known)
    weighed: dict[str, float] = field(default_factory=dict)

    @cached_property
    def texts(self) -> list[str]:
        """The values as text, half-width and without layout."""
        shown = (f"{c.raw:.15g}" if isinstance(c.raw, float) else str(c.raw) for c in self._used)
        return [unicodedata.normalize("NFKC", squeezed(text)) for text in shown]

    @property
    def _used(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.lost][:LOOKED_AT]

    @cached_property
    def numbers(self) -> list[float]:
        """The values that are numbers, also those with a unit."""
        values = []
        for text in self.texts:
            plain = text
            for unit in (*aliases("word.unit"), "%"):
                plain = plain.removesuffix(unit)
            if NUMBER.fullmatch(plain):
                values.append(float(plain.replace(",", ".")))
        return values

    def share(self, test: Callable[[str], object]) -> float:
        """The share of values that pass a test."""
        if not self.texts:
            return 0.0
        passed = sum(often for text, often in self._counted.items() if test(text))
        return passed / len(self.texts)

    @cached_property
    def _counted(self) -> Counter[str]:
        """How often each text stands there: it is tested once."""
        return Counter(self.texts)

    def leaning(self, test: Callable[[str], object]) -> float:
        """-1 where no value passes, 1 where all do, 0 without values."""
        return 2 * self.share(test) - 1 if self.texts else 0.0

    def with_known(self, known: Known) -> "Sample":
        """The same values once names are known; what asks for no name is not weighed again."""
        kept = {column: value for column, value in self.weighed.items() if column not in NAMED}
        sample = Sample(self.cells, self.gazetteer, known, kept)
        sample.__dict__["texts"] = self.texts
        return sample


def evidence(sample: Sample, column: str) -> float:
    """The evidence of a column's values for a field; 0 without values."""
    if column not in sample.weighed:
        test = TESTS.get(column)
        is_telling = test is not None and bool(sample.texts)
        sample.weighed[column] = test(sample) if test is not None and is_telling else 0.0
    return sample.weighed[column]


def has_digit(text: str) -> bool:
    """Whether a digit stands in a text."""
    return any(character.isdecimal() for character in text)


def _digits(length: int) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        plain = text.replace(" ", "").strip("'")
        return plain.isdecimal() and len(plain) == length

    return test


def _village_code(sample: Sample) -> float:
    near = range(VILLAGE - 1, VILLAGE + 2)
    return sample.leaning(
        lambda text: (
            _digits(VILLAGE)(text)
            or SCIENTIFIC.fullmatch(text)
            or (text.isdecimal() and len(text) in near)
        )
    )


def _county_code(sample: Sample) -> float:
    return sample.leaning(lambda text: _digits(COUNTY)(text) and sample.gazetteer.county(text))


def _county(sample: Sample) -> float:
    return sample.leaning(lambda text: not text[:1].isdecimal() and sample.gazetteer.county(text))


def _township(sample: Sample) -> float:
    return sample.leaning(lambda text: ends_with_word(text, "township_end"))


def _village(sample: Sample) -> float:
    return 0.9 * sample.leaning(
        lambda text: ends_with_word(text, "village_end") or sample.gazetteer.named(text)
    )


def _person(sample: Sample) -> float:
    is_name = sample.leaning(CHINESE_NAME.fullmatch)
    is_place = sample.share(sample.gazetteer.county)
    return 0.3 * is_name - 0.8 * is_place


def _words(*keys: str) -> Callable[[Sample], float]:
    return lambda s: 0.8 * s.leaning(lambda text: any(is_called(text, f"word.{k}") for k in keys))


def _numeric(sample: Sample) -> float:
    return len(sample.numbers) / len(sample.texts)


def _small_whole(sample: Sample) -> float:
    good = sum(n.is_integer() and 0 < n < 1000 for n in sample.numbers) / len(sample.texts)
    named = sample.share(lambda text: has_digit(text) and len(text) <= 5)
    return 0.2 if good > 0.7 or named > 0.7 else -0.7


def _maximum(sample: Sample) -> float:
    if _numeric(sample) < 0.6 or len(sample.numbers) < 2:
        return -0.8 if len(sample.texts) > 1 and _numeric(sample) < 0.6 else 0.0
    total = sum(sample.numbers)
    if total == WHOLE:
        return 0.7
    return 0.1 if abs(total - WHOLE) < WHOLE_WITHIN else -0.4


def _weight(sample: Sample) -> float:
    if _numeric(sample) < 0.6:
        return -0.8
    return 0.5 if sum(sample.numbers) in (SHARE, WHOLE) else 0.0


def _mark(sample: Sample) -> float:
    """Numbers from 0 to 100, and words that stand in their place."""
    no_mark = ("recused", "absent", "blank")
    words = sum(any(is_called(x, f"word.{word}") for word in no_mark) for x in sample.texts)
    marks = sum(-1 <= number <= 1.2 * WHOLE for number in sample.numbers)
    return 0.5 * (2 * (words + marks) / len(sample.texts) - 1)


def _listed(names: str) -> Callable[[Sample], float]:
    def test(sample: Sample) -> float:
        known: frozenset[str] = getattr(sample.known, names)
        return 0.8 * sample.leaning(lambda text: plain_name(text) in known) if known else 0.0

    return test


def _entrant(sample: Sample) -> float:
    if sample.known.entrants:
        return _listed("entrants")(sample)
    is_key = sample.share(KEY.fullmatch) > 0.7
    return 0.3 if is_key else -0.4 if sample.share(_digits(VILLAGE)) > 0.5 else 0.0


def _prose(sample: Sample) -> float:
    return 0.3 if sum(map(len, sample.texts)) / len(sample.texts) >= LONG else 0.0


def _criterion_name(sample: Sample) -> float:
    if _numeric(sample) > 0.5:
        return -0.9
    unique = len(set(sample.texts)) / len(sample.texts)
    return 0.3 if unique > 0.8 else -0.3


def _judge(sample: Sample) -> float:
    if sample.known.judges:
        return _listed("judges")(sample)
    if sample.share(CHINESE_NAME.fullmatch) > 0.7 and sample.share(has_digit) < 0.3:
        return -0.8  # these are names, and a column of names is one
    return 0.2 if sample.share(lambda x: KEY.fullmatch(x) or x.isdecimal()) > 0.7 else 0.0


TESTS: Mapping[str, Callable[[Sample], float]] = {
    "village_code": _village_code,
    "township_code": lambda s: s.leaning(_digits(TOWNSHIP)),
    "county_code": _county_code,
    "recusal_county_code": _county_code,
    "county": _county,
    "recusal_county": lambda s: 0.8 * _county(s),
    "township": _township,
    "village": _village,
    "title": lambda s: 0.7 * s.leaning(lambda text: contains_word(text, "plan")),
    "presenter": _person,
    "name": lambda s: max(_person(s), _listed("judges")(s)),
    "post": lambda s: 0.7 * s.leaning(lambda text: contains_word(text, "post")),
    "unit": lambda s: 0.4 * s.leaning(lambda text: ends_with_word(text, "office")),
    "stage": _words("preliminary", "second", "final"),
    "phase": _words("stage", "material"),
    "state": _words("expected", "recused", "absent"),
    "session": _small_whole,
    "order": _small_whole,
    "maximum": _maximum,
    "weight": _weight,
    "step": lambda s: -0.8 if _numeric(s) < 0.6 else 0.0,
    "score": _mark,
    "entrant": _entrant,
    "judge": _judge,
    "criterion": _listed("criteria"),
    "criterion_name": lambda s: max(_criterion_name(s), _listed("criteria")(s)),
    "points": _prose,
    "anchors": lambda s: 0.6 * s.leaning(lambda x: LEVEL.match(x.split("\n")[0])),
}
"""Field to the test of its values."""
NAMED = frozenset({"entrant", "judge", "name", "criterion", "criterion_name"})
"""The fields whose tests ask what earlier sheets listed."""
