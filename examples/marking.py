"""The marking model: true quality, severity, scale, halo and noise.

A judge j sees entrant i at ``centre + severity_j + scale_j (quality_i - centre) + halo_ij``
points of 100; every criterion gets its share of that, moved by the entrant's profile and by
noise, rounded to the step and kept within 0 and the maximum.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

import numpy as np

from examples.rubric import SampleCriterion

CENTRE = 83.5
QUALITY_SD = 3.2
HALO_SD = 1.3
PROFILE_SD = 0.02
NOISE_SD = 0.025
TRIM_NEEDS = 5


@dataclass(frozen=True)
class Temper:
    """A judge's marking parameters.

    Attributes
    ----------
    severity, scale, noise : float
        Points added, stretch around the centre, noise against the usual.
    drift : float
        Points by which marks rise from the first entrant of the order to the last.
    home, favour : str, float
        A county's code, and the extra points of its entrants.
    """

    severity: float
    scale: float
    noise: float
    drift: float = 0.0
    home: str = ""
    favour: float = 0.0


@dataclass(frozen=True)
class SampleTruth:
    """True scores and severities behind the invented marks.

    ``level`` (nearly the same mark for all) and ``favours_home`` are None if no judge is so.
    """

    quality: Mapping[str, float]
    tempers: Mapping[int, Temper]
    severe: int
    lenient: int
    erratic: int
    level: int | None = None
    favours_home: int | None = None


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
    tempers[severe] = replace(tempers[severe], severity=-4.5)
    tempers[lenient] = replace(tempers[lenient], severity=3.5)
    tempers[erratic] = replace(tempers[erratic], severity=0.0, noise=3.5)
    return SampleTruth(quality, tempers, severe, lenient, erratic)


def plant(
    truth: SampleTruth, rng: np.random.Generator, *, home: str, free: Iterable[int]
) -> SampleTruth:
    """Plant effects: drift over the order, one level judge, one judge that favours a county.

    ``free`` are the judges without recusals, one of whom favours the county ``home``. Without
    ``home`` no county is favoured.
    """
    tempers = {
        judge: replace(temper, drift=float(rng.normal(0.8, 0.4)))
        for judge, temper in truth.tempers.items()
    }
    plain = sorted(set(tempers) - {truth.severe, truth.lenient, truth.erratic})
    favours = int(rng.choice(sorted(set(plain) & set(free))))
    level = int(rng.choice([judge for judge in plain if judge != favours]))
    tempers[favours] = replace(tempers[favours], home=home, favour=5.0)
    tempers[level] = replace(tempers[level], scale=0.25, noise=0.4)
    return replace(truth, tempers=tempers, level=level, favours_home=favours)


def draw_marks(
    truth: SampleTruth,
    pairs: Iterable[tuple[int, str]],
    rubric: tuple[SampleCriterion, ...],
    rng: np.random.Generator,
    *,
    order: Sequence[str] = (),
) -> dict[tuple[int, str], dict[str, int]]:
    """Mark every judge-entrant pair; marks in thousandths by criterion key.

    ``order`` is the running order over which marks drift.
    """
    profiles = {code: rng.normal(0, PROFILE_SD, len(rubric)) for code in truth.quality}
    late = {code: at / max(len(order) - 1, 1) - 0.5 for at, code in enumerate(order)}
    marks: dict[tuple[int, str], dict[str, int]] = {}
    for judge, code in pairs:
        temper = truth.tempers[judge]
        seen = CENTRE + temper.severity + temper.scale * (truth.quality[code] - CENTRE)
        seen += temper.drift * late.get(code, 0.0)
        seen += temper.favour if temper.home and code.startswith(temper.home) else 0.0
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

    With fewer than five totals it is their mean. ``totals`` are in thousandths. Only used to
    check that the example has a tie: the product's scores come from ``scoring``.
    """
    kept = sorted(totals)
    kept = kept[1:-1] if len(kept) >= TRIM_NEEDS else kept
    return floor(Fraction(sum(kept), 10 * len(kept)) + Fraction(1, 2))
