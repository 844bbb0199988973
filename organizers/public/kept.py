"""The public results kept in memory: answered without the database until something changed.

A commit of this process marks what is kept as old at once; the next request looks, and it waits
for what it finds. A change by another process is seen within a second. A look asks a few figures of
small tables first, so that marks that arrive meanwhile cost next to nothing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import anyio
import anyio.to_thread

from competition import Store
from competition.results.public import Published, public_results, public_state
from competition.visitor import PUBLIC
from ui.here import the_store

FRESH_SECONDS = 1.0


@dataclass(frozen=True)
class Shown:
    """What is public, and its pages as bytes by language."""

    published: Published
    pages: dict[str, bytes]


class Kept:
    """The public results of one database.

    Parameters
    ----------
    draw : callable
        Makes the pages of what is public.
    """

    def __init__(self, draw: Callable[[Published], dict[str, bytes]]) -> None:
        self._draw = draw
        self._path: Path | None = None
        self._state = ""
        self._shown: Shown | None = None
        self._is_old = True
        self._until = 0.0
        self._lock = anyio.Lock()

    async def now(self) -> Shown:
        """What is public at the moment of the request, or later.

        Raises
        ------
        DatabaseError
        """
        store = the_store()
        kept = self._fresh(store)
        if kept is not None:
            return kept
        async with self._lock:
            kept = self._fresh(store)
            if kept is None:
                kept = await anyio.to_thread.run_sync(self._look, store)
            return kept

    def _fresh(self, store: Store) -> Shown | None:
        is_kept = store.path == self._path and not self._is_old and time.monotonic() < self._until
        return self._shown if is_kept else None

    def _look(self, store: Store) -> Shown:
        """What is public now; drawn again only if something else is public."""
        if store.path != self._path:
            self._path, self._shown = store.path, None
            store.on_news(self._grow_old)
        self._is_old = False  # before looking: a commit meanwhile makes it old again
        state, shown = public_state(store, PUBLIC), self._shown
        if shown is None or state != self._state:
            published = public_results(store, PUBLIC)
            shown = Shown(published, self._draw(published))
        self._shown, self._state = shown, state
        self._until = time.monotonic() + FRESH_SECONDS
        return shown

    def _grow_old(self) -> None:
        self._is_old = True
