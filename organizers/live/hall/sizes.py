"""How large the hall's screens are that ask now, kept in memory for the check of devices."""

import time
from collections.abc import Mapping

FRESH_SECONDS = 10.0
MOST_KEPT = 50
LARGEST = 20_000

Key = tuple[str, str, str]
"""Database, round and browser."""


class Sizes:
    """The size in pixels that each screen said last."""

    def __init__(self) -> None:
        self._said: dict[Key, tuple[int, int, float]] = {}

    def keep(self, key: Key, query: Mapping[str, str]) -> None:
        """Keep what a screen says of its size; anything but two small numbers is passed over."""
        words = query.get("w", ""), query.get("h", "")
        if not all(word.isascii() and word.isdigit() and len(word) <= 5 for word in words):
            return
        width, height = map(int, words)
        if 0 < width <= LARGEST and 0 < height <= LARGEST:
            if len(self._said) >= MOST_KEPT:
                del self._said[min(self._said, key=lambda one: self._said[one][2])]
            self._said[key] = width, height, time.monotonic()

    def largest(self, path: str, round_id: str) -> tuple[int, int] | None:
        """The largest screen of a round that asked in the last seconds."""
        since = time.monotonic() - FRESH_SECONDS
        fresh = [
            (width, height)
            for (at, of, _), (width, height, said) in list(self._said.items())
            if (at, of) == (path, round_id) and said >= since
        ]
        return max(fresh, key=lambda size: size[0] * size[1], default=None)


SIZES = Sizes()
