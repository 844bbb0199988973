"""Route: figures for a monitoring program, in Prometheus' text form, for those who have the key.

A label is a route's pattern, a method, a status or a word of ours: nothing that a person has, and
nothing that grows with what is asked.
"""

import hmac
import os
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from competition import DatabaseError, Store
from competition.running import Running, running_now
from ui.door.threads import THREADS
from ui.here import the_store
from ui.watch.beside import BESIDE
from ui.watch.counts import COUNTS, EDGES, Counts

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily, Metric

KEY = "ARENA_METRICS_KEY"
"""The variable with the key, of at least so many signs; without it there are no figures."""
SHORTEST = 16


def metrics(request: Request) -> Response:
    """``GET /metrics`` with ``Authorization: Bearer <key>``; 404 where no key is set."""
    key = os.environ.get(KEY, "")
    if len(key) < SHORTEST:
        return PlainTextResponse("not found", status_code=404)
    kind, _, shown = request.headers.get("authorization", "").partition(" ")
    if kind != "Bearer" or not hmac.compare_digest(shown.encode(), key.encode()):
        return PlainTextResponse("not the key", status_code=401)
    # Imported here: most servers have no key and never need the library.
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    registry = CollectorRegistry()
    registry.register(Figures(the_store(), COUNTS))
    headers = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
    return Response(generate_latest(registry), headers=headers)


class Figures:
    """All figures of one moment, as Prometheus' library asks for them."""

    def __init__(self, store: Store, counts: Counts) -> None:
        self._store, self._counts = store, counts

    def collect(self) -> Iterator["Metric"]:
        """What was counted; what the machine is now, if the database answers."""
        yield from _asked(self._counts)
        yield from _written(self._store)
        try:
            now = running_now(self._store, at=datetime.now(UTC), now=time.monotonic())
        except DatabaseError:
            yield _gauge("arena_store_answers", "1 if the database answers.", 0)
            return
        yield _gauge("arena_store_answers", "1 if the database answers.", 1)
        yield from _machine(now)


def _asked(counts: Counts) -> Iterator["Metric"]:
    from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily

    labels = ["route", "method", "status"]
    answers = CounterMetricFamily("arena_requests", "Answers.", labels=labels)
    for (route, method, status), count in list(counts.requests.items()):
        answers.add_metric([route, method, str(status)], count)
    yield answers
    seconds = HistogramMetricFamily("arena_seconds", "Seconds of an answer.", labels=["about"])
    for about, one in counts.seconds.items():
        seconds.add_metric([about], _buckets(EDGES, one.counts), one.total)
    yield seconds
    yield CounterMetricFamily("arena_errors", "Errors no code foresaw.", value=counts.own_errors)
    yield _gauge("arena_processes", "Processes that serve the store.", BESIDE.count)
    yield _gauge("arena_requests_open", "Requests being answered.", counts.open_requests)
    yield _gauge("arena_sockets_open", "Pages that are open.", counts.open_sockets)
    yield _gauge("arena_requests_waiting", "Requests that wait for a thread.", THREADS.waiting)
    yield _gauge("arena_begun_seconds", "When the process began.", counts.begun.timestamp())


def _written(store: Store) -> Iterator["Metric"]:
    from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily

    commits = store.commits
    acts = HistogramMetricFamily("arena_acts_per_commit", "Acts that one commit kept.")
    acts.add_metric([], _buckets(commits.EDGES, commits.counts), commits.acts)
    yield acts
    total = sum(commits.counts)
    yield CounterMetricFamily("arena_commits", "Commits to the disk.", value=total)
    about = "Seconds that commits took."
    yield CounterMetricFamily("arena_commit_seconds", about, value=commits.seconds)
    yield _gauge("arena_writers_waiting", "Threads that wait to write.", store.waiting)


def _machine(now: Running) -> Iterator["Metric"]:
    tablets = now.tablets
    yield _gauge("arena_disk_free_bytes", "Bytes left on the database's disk.", now.machine.free)
    yield _gauge("arena_database_bytes", "Bytes of the database.", now.database)
    yield _gauge("arena_journal_bytes", "Bytes of the database's journal.", now.journal)
    yield _gauge("arena_event_number", "The last event's number.", now.events)
    yield _gauge("arena_event_age_seconds", "Seconds since the last event.", now.head_age)
    yield _gauge("arena_backup_age_seconds", "Seconds since the last backup.", now.backup_age)
    yield _gauge("arena_copy_age_seconds", "Age of the second folder's copy.", now.copies.seconds)
    yield _gauge("arena_standby_lag_events", "Events the second laptop lacks.", now.standby.events)
    yield _gauge("arena_standby_lag_seconds", "Seconds that it lacks.", now.standby.seconds)
    behind = now.machine.seconds_behind
    yield _gauge("arena_clock_behind_seconds", "Seconds behind the last event.", behind)
    pads = _gauge("arena_tablets", "Judges' pads of open rounds.", None, labels=["state"])
    pads.add_metric(["online"], tablets.online)
    pads.add_metric(["offline"], tablets.offline)
    pads.add_metric(["unsent"], tablets.holding)
    yield pads
    yield _gauge("arena_marks_unsent", "Changes that lie on pads only.", tablets.unsent)


def _buckets(edges: Iterable[float], counts: list[int]) -> list[tuple[str, float]]:
    """Counts up to each edge, which grow, as Prometheus wants them."""
    names, total, reached = [*(str(edge) for edge in edges), "+Inf"], 0, []
    for name, count in zip(names, counts, strict=True):
        total += count
        reached.append((name, float(total)))
    return reached


def _gauge(
    name: str, about: str, value: float | None, labels: list[str] | None = None
) -> "GaugeMetricFamily":
    """One figure; a figure that is not known has no line."""
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(name, about, labels=labels or [])
    if value is not None:
        family.add_metric([], float(value))
    return family


ROUTES = [Route("/metrics", metrics)]
