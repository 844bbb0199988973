"""Evidence printed with a decision: two entrants compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from scoring.exact import published
from scoring.methods.tally import Tally

ALL_FLIPS = 20
SOME_FLIPS = 100_000
ENOUGH_SHARED = 6


@dataclass(frozen=True)
class Pair:
    """The last in and the first out.

    Attributes
    ----------
    first, second
        Their ids.
    official
        Their published scores.
    points, seds
        The official difference, in points and in standard errors of a difference (NaN without).
    differences
        Of the totals of the judges who scored both, in whole units.
    """

    first: Any
    second: Any
    official: tuple[Decimal, Decimal]
    points: Decimal
    seds: float
    differences: tuple[int, ...] = field(default=(), repr=False)

    @property
    def shared(self) -> int:
        """Judges m who scored both."""
        return len(self.differences)

    @cached_property
    def p(self) -> float:
        """Exact two-sided sign-flip p over the shared judges; NaN without any."""
        return sign_flip_p(self.differences) if self.differences else float("nan")

    @property
    def p_least(self) -> float:
        """The smallest p that m judges can give, 2 / 2^m: below 6 no test can reach 5 %."""
        return float(min(1.0, 2.0 ** (1 - self.shared)))

    @property
    def testable(self) -> bool:
        """False where too few judges are shared for any paired test to say anything."""
        return self.shared >= ENOUGH_SHARED

    def to_dict(self) -> dict[str, Any]:
        """All of it, with what is computed when asked for."""
        names = ("first", "second", "official", "points", "seds", "shared", "p", "p_least")
        return {name: getattr(self, name) for name in names}


def compare(tally: Tally, units: Mapping[int, int], sed: float, pair: tuple[int, int]) -> Pair:
    """The evidence about two ranked entrants (indices)."""
    first, second = pair
    q = [units[member] for member in pair]
    decimals = tally.rules.decimals
    gap = q[0] - q[1]
    return Pair(
        first=tally.sheets.entrants[first],
        second=tally.sheets.entrants[second],
        official=(published(q[0], decimals), published(q[1], decimals)),
        points=published(gap, decimals),
        seds=gap / 10**decimals / sed if sed > 0 else float("nan"),
        differences=tuple(shared_differences(tally, first, second)),
    )


def shared_differences(tally: Tally, first: int, second: int) -> list[int]:
    """Differences of the totals of judges who scored both, in whole units."""
    sheets = tally.sheets
    totals = [
        dict(zip(sheets.judge[own].tolist(), sheets.units[own].tolist(), strict=True))
        for own in (sheets.rows_of([first]), sheets.rows_of([second]))
    ]
    return [totals[0][j] - totals[1][j] for j in sorted(totals[0].keys() & totals[1].keys())]


def sign_flip_p(differences: Sequence[int]) -> float:
    """Two-sided p of the mean difference: all 2^m flips of sign to m = 20, then 100,000 seeded."""
    m, observed = len(differences), abs(sum(differences))
    sizes = np.abs(np.array(differences, dtype=object if observed > 2**60 else np.int64))
    if m <= ALL_FLIPS:
        sums = np.zeros(1, dtype=sizes.dtype)
        for size in sizes:
            sums = np.concatenate([sums - size, sums + size])
        return float((np.abs(sums) >= observed).mean())
    width = -(-m // 8)
    drawn = np.frombuffer(np.random.RandomState(m).bytes(SOME_FLIPS * width), dtype=np.uint8)
    flipped = np.unpackbits(drawn.reshape(SOME_FLIPS, width), axis=1, count=m)
    sums = sum(
        int(size) * column.astype(np.int64) for size, column in zip(sizes, flipped.T, strict=True)
    )
    hits = int((np.abs(2 * sums - int(sizes.sum())) >= observed).sum())
    return (hits + 1) / (SOME_FLIPS + 1)
