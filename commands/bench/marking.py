"""Tablets that mark together: as judges do in a hall, or without a pause."""

import statistics
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from commands.bench.load import Tablet

TAP_SECONDS, LOOK_SECONDS = 5.0, 3.0
AGAIN_SECONDS, PATIENCE_SECONDS = 0.01, 60.0
"""How soon a change that was not answered goes again, and for how long."""


@contextmanager
def together(works: Iterable[Callable[[threading.Event], object]]) -> Iterator[threading.Event]:
    """Do each work on a thread until the block ends, which sets the event."""
    over = threading.Event()
    threads = [threading.Thread(target=work, args=(over,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield over
    finally:
        over.set()
        for thread in threads:
            thread.join()


@contextmanager
def living(tablets: Sequence[Tablet]) -> Iterator[list[int]]:
    """Tablets that tap every five seconds and look every three, spread over the time.

    Yields
    ------
    list of int
        How often each tablet's change was not answered.
    """
    failed = [0] * len(tablets)
    with together(partial(_live, one, failed, at) for at, one in enumerate(tablets)):
        yield failed


def _live(tablet: Tablet, failed: list[int], at: int, over: threading.Event) -> None:
    begun = time.monotonic() + TAP_SECONDS * (tablet.place % 97) / 97
    tap, look = begun, begun + 1
    while not over.wait(max(0.0, min(tap, look) - time.monotonic())):
        if time.monotonic() >= tap:
            tablet.tap()
            failed[at] += not tablet.send()
            tap += TAP_SECONDS
        if time.monotonic() >= look:
            tablet.look()
            look += LOOK_SECONDS
    tablet.close()


@contextmanager
def unpaused(tablets: Sequence[Tablet]) -> Iterator[list[int]]:
    """Tablets that mark without a pause; what was not answered goes again, also at the end.

    Yields
    ------
    list of int
        How often each tablet's change was not answered.
    """
    failed = [0] * len(tablets)
    with together(partial(_mark, one, failed, at) for at, one in enumerate(tablets)):
        yield failed


def _mark(tablet: Tablet, failed: list[int], at: int, over: threading.Event) -> None:
    while not over.is_set():
        tablet.tap()
        end = time.monotonic() + PATIENCE_SECONDS
        while not tablet.send() and time.monotonic() < end:
            failed[at] += 1
            time.sleep(AGAIN_SECONDS)
    tablet.close()


def acknowledged(tablets: Iterable[Tablet]) -> int:
    """How many marks the server has echoed so far."""
    return sum(len(tablet.acknowledged) for tablet in tablets)


def spread(values: Sequence[float]) -> str:
    """Median and 95th percentile; "" without measurements."""
    if len(values) < 2:
        return ""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return f"{cuts[9]:.0f} / {cuts[18]:.0f}"
