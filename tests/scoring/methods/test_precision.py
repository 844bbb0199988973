"""The precision model is about differences between entrants, whatever a judge adds to all."""

import numpy as np
import pytest

from scoring.methods.least_squares import Design, fit_least_squares
from scoring.methods.precision import fit_precision


def uneven(seed):
    """Ten judges, three to eight of them for each of forty entrants."""
    random = np.random.default_rng(seed)
    seen = np.zeros((40, 10), dtype=bool)
    for row in seen:
        row[random.choice(10, random.integers(3, 9), replace=False)] = True
    entrant, judge = np.nonzero(seen)
    scale = np.exp(random.normal(0, 0.3, 10))
    y = random.normal(0, 6, 40)[entrant] * scale[judge] + random.normal(0, 5, 10)[judge]
    y += 70 + random.normal(0, 4, len(entrant))
    counts = seen.sum(axis=1).astype(float), seen.sum(axis=0).astype(float)
    return Design(np.arange(40), np.arange(10), entrant, judge, *counts), y


@pytest.mark.parametrize("seed", range(5))
def test_a_constant_added_by_one_judge_moves_no_difference(seed):
    """Shrinking pulls towards the field's middle, not towards an origin that a judge can move."""
    design, y = uneven(seed)
    raised = np.where(design.judge == 3, y + 15, y)
    plain, moved = (fit_precision(fit_least_squares(design, t), t).scores for t in (y, raised))
    assert moved - moved[0] == pytest.approx(plain - plain[0], abs=1e-9)
