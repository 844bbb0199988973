"""The audit by dice: which sheets on paper are compared with the screen, drawn in public.  Pure.

All sheets of the entrants around the line, then random ones of all the others. With none wrong
among k random sheets, at most the share p is wrong with (1 - p)^k = 5 %: of 59 at most 5 %.
"""

import hashlib
import json
import math
from collections.abc import Sequence

USUAL, FEWEST, MOST = 59, 5, 400
"""Random sheets: 59 without a fault say that at most 5 % are wrong, with 95 % certainty."""
DICE_NEEDED = 10
"""Throws of a die: each gives 2.58 bits, ten give 25, too many to be tried beforehand."""
DOUBT = 0.05
Key = tuple[str, str]
"""Entrant's and judge's id."""


def drawn(keys: Sequence[Key], dice: str, head: str, count: int) -> tuple[Key, ...]:
    """So many of the keys, in the order of SHA-256 of the JSON array [dice, head, entrant, judge].

    The draw is repeated from the dice on the film and the head on the closing paper.
    """
    return tuple(sorted(keys, key=lambda key: _place(key, dice, head))[:count])


def _place(key: Key, dice: str, head: str) -> bytes:
    text = json.dumps([dice, head, *key], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def most_wrong(compared: int, wrong: int, whole: int) -> float | None:
    """The largest share of wrong sheets that such a sample leaves possible, at 95 %.

    Parameters
    ----------
    compared, wrong : int
        Random sheets, and how many of them differ.
    whole : int
        Sheets they were drawn from; all of them compared leave no doubt.

    Returns
    -------
    float or None
        None where nothing was compared. By the binomial distribution, which is on the safe side
        for draws without repetition.
    """
    if not compared:
        return None
    if compared >= whole:
        return wrong / compared
    low, high = wrong / compared, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(wrong, compared, middle) > DOUBT else (low, middle)
    return high


def _at_most(wrong: int, compared: int, share: float) -> float:
    """The chance of so few wrong ones in a sample where this share is wrong."""
    return sum(
        math.comb(compared, at) * share**at * (1 - share) ** (compared - at)
        for at in range(wrong + 1)
    )
