"""How invented judges mark: true quality seen through severity, scale, halo and noise.

A judge j sees entrant i at ``centre + severity_j + scale_j (quality_i - centre) + halo_ij``
points of 100; every criterion gets its share of that, moved by the entrant's own profile and by
noise, rounded to the step and kept within 0 and the maximum.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from examples.rubric import SampleCriterion

CENTRE = 83.5
QUALITY_SD = 3.2
HALO_SD = 1.3
PROFILE_SD = 0.02
NOISE_SD = 0.025


@dataclass(frozen=True)
class Temper:
    """How a judge marks: points added, stretch around the centre, noise against the usual."""

    severity: float
    scale: float
    noise: float


@dataclass(frozen=True)
class SampleTruth:
    """What the generator knew and no judge, page or database is told."""

    quality: Mapping[str, float]
    tempers: Mapping[int, Temper]
    severe: int
    lenient: int
    erratic: int


def draw_truth(
    codes: Iterable[str], judges: Iterable[int], rng: np.random.Generator
) -> SampleTruth:
    """Draw true qualities and tempers; three judges are severe, lenient and erratic."""
    quality = {code: float(rng.normal(CENTRE, QUALITY_SD)) for code in codes}
    tempers = {
        judge: Temper(
            severity=float(rng.normal(0, 1.2)),
            scale=float(np.exp(rng.normal(0, 0.15))),
            noise=float(np.exp(rng.normal(0, 0.2))),
        )
        for judge in judges
    }
    severe, lenient, erratic = (int(j) for j in rng.choice(sorted(tempers), 3, replace=False))
    tempers[severe] = Temper(-4.5, tempers[severe].scale, tempers[severe].noise)
    tempers[lenient] = Temper(3.5, tempers[lenient].scale, tempers[lenient].noise)
    tempers[erratic] = Temper(0.0, tempers[erratic].scale, 3.5)
    return SampleTruth(quality, tempers, severe, lenient, erratic)


def draw_marks(
    truth: SampleTruth,
    pairs: Iterable[tuple[int, str]],
    rubric: tuple[SampleCriterion, ...],
    rng: np.random.Generator,
) -> dict[tuple[int, str], dict[str, int]]:
    """Mark every judge-entrant pair; marks in thousandths by criterion key."""
    profiles = {code: rng.normal(0, PROFILE_SD, len(rubric)) for code in truth.quality}
    marks: dict[tuple[int, str], dict[str, int]] = {}
    for judge, code in pairs:
        temper = truth.tempers[judge]
        seen = CENTRE + temper.severity + temper.scale * (truth.quality[code] - CENTRE)
        seen += float(rng.normal(0, HALO_SD * temper.noise))
        noise = rng.normal(0, NOISE_SD * temper.noise, len(rubric))
        shares = seen / 100 + profiles[code] + noise
        marks[judge, code] = {
            criterion.key: _on_step(float(share), criterion)
            for criterion, share in zip(rubric, shares, strict=True)
        }
    return marks


def _on_step(share: float, criterion: SampleCriterion) -> int:
    steps = round(share * criterion.maximum / criterion.step)
    return max(0, min(criterion.maximum, steps * criterion.step))


def trimmed_hundredths(totals: Iterable[int]) -> int:
    """Return the announced score in hundredths: one highest and one lowest dropped, half up.

    ``totals`` are in thousandths. Only to see that the example shows a tie: the product's own
    scores come from its scoring package.
    """
    kept = sorted(totals)[1:-1]
    return floor(Fraction(sum(kept), 10 * len(kept)) + Fraction(1, 2))
