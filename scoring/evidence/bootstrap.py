"""Adjusted scores with the judges drawn again, with replacement, many times."""

import numpy as np

from scoring.exact import Floats, Integers
from scoring.methods.least_squares import Design

BLOCK = 500
RIDGE = 1e-10


def judge_bootstrap(design: Design, y: Floats, *, draws: int, seed: int) -> Floats:
    """Adjusted scores under judges drawn again; draws × entrants.

    A judge drawn twice counts twice. NaN for entrants none of whose judges were drawn, and
    throughout a draw whose panel falls apart. All draws are solved at once: judge by judge, the
    products of who shares an entrant are summed by one matrix product.
    """
    height, width = design.shape
    random = np.random.RandomState(seed)
    weights = random.multinomial(width, np.full(width, 1 / width), size=draws).astype(float)
    seen = design.matrix()
    given = design.matrix(y)
    if not isinstance(seen, np.ndarray):
        seen, given = seen.toarray(), given.toarray()
    left, right = np.triu_indices(width)
    shared = seen[:, left] * seen[:, right]
    result = np.empty((draws, height))
    for start in range(0, draws, BLOCK):
        block = slice(start, min(start + BLOCK, draws))
        result[block] = _solve(weights[block], seen, given, shared, (left, right))
    return result


def _solve(
    weights: Floats,
    seen: Floats,
    given: Floats,
    shared: Floats,
    pairs: tuple[Integers, Integers],
) -> Floats:
    count, width = weights.shape
    load = weights @ seen.T
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = np.where(load > 0, 1 / load, 0)
        means = (weights @ given.T) * inverse
    crossed = np.empty((count, width, width))
    sums = inverse @ shared
    crossed[:, pairs[0], pairs[1]] = sums
    crossed[:, pairs[1], pairs[0]] = sums
    apart = _apart(crossed, weights)
    matrix = -crossed * weights[:, :, None] * weights[:, None, :]
    own = weights * seen.sum(axis=0)
    diagonal = np.arange(width)
    matrix[:, diagonal, diagonal] += own + np.where(weights == 0, 1, 0)
    matrix += own.mean(axis=1)[:, None, None] / width
    matrix[:, diagonal, diagonal] *= 1 + RIDGE
    total = weights * (given.sum(axis=0) - means @ seen)
    shift = np.linalg.solve(matrix, total[:, :, None])[:, :, 0]
    shift = np.where(weights > 0, shift, 0)
    centre = (shift * weights).sum(axis=1) / weights.sum(axis=1)
    adjusted = means - ((shift * weights) @ seen.T) * inverse + centre[:, None]
    adjusted[load == 0] = np.nan
    adjusted[apart] = np.nan
    return np.asarray(adjusted)


def _apart(crossed: Floats, weights: Floats) -> Integers:
    """Draws whose judges do not all share entrants, directly or through others."""
    drawn = weights > 0
    reach = ((crossed > 0) & drawn[:, :, None] & drawn[:, None, :]).astype(np.float32)
    if (reach.sum(axis=(1, 2)) == drawn.sum(axis=1) ** 2).all():
        return np.zeros(len(weights), dtype=bool)
    for _ in range(int(np.ceil(np.log2(max(weights.shape[1], 2))))):
        reach = np.minimum(reach @ reach, 1)
    return np.asarray((reach > 0).sum(axis=(1, 2)) < drawn.sum(axis=1) ** 2)
