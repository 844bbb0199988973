"""The lines of 运行情况: each a state, what it is about, how it is, and what to do about it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from competition.machine import LEAST_SPARE
from competition.running import Running
from competition.stage.devices import MOST_AHEAD
from organizers import standby_line
from organizers.live.desk import safety, stick_box
from ui.access import Visit, saying
from ui.faults import megabytes
from ui.here import mark_of
from ui.watch.beside import BESIDE
from ui.watch.counts import COUNTS

_say = saying("organizers.running")

NEEDS_CARE = "attention"
OLD_SECONDS = 3600
"""From which age on a backup is asked for, once a round has been opened."""
RECENT = timedelta(hours=1)
"""How long an error needs care."""
LARGE_JOURNAL = 10**9
"""Bytes of a journal that is no longer taken into the database: a program keeps it open."""


class Line(NamedTuple):
    """One line; ``do`` is empty where all is well."""

    state: str
    name: str
    text: str
    do: str = ""


def lines(now: Visit, shown: Running) -> list[Line]:
    """Every line, those that need care first, else in the order of what would be lost."""
    checks = [*_copies(now, shown), _tablets(now, shown), *_machine(now, shown)]
    checks += [*_processes(now), _errors(now)]
    return sorted(checks, key=lambda line: line.state != NEEDS_CARE)


def _line(now: Visit, key: str, state: str, text: str, do: str = "") -> Line:
    advice = _say(now, f"do.{do or key}") if state == NEEDS_CARE else ""
    return Line(state, _say(now, f"name.{key}"), text, advice)


def _copies(now: Visit, shown: Running) -> Iterator[Line]:
    age = shown.backup_age
    at = None if age is None else now.at - timedelta(seconds=age)
    state, text = safety.backup(now, at) if at else ("not_begun", _say(now, "backup_none"))
    is_old = age is None or age > OLD_SECONDS
    yield _line(now, "backup", NEEDS_CARE if is_old and shown.has_begun else state, text)
    state, text = stick_box.line(now, shown.copies)
    yield _line(now, "copies", state, text)
    state, text = standby_line.line(now, shown.standby)
    yield _line(now, "standby", state, text)


def _tablets(now: Visit, shown: Running) -> Line:
    pads = shown.tablets
    if not pads.online + pads.offline:
        return _line(now, "tablets", "not_begun", _say(now, "tablets_none"))
    text = _say(now, "tablets", online=pads.online, offline=pads.offline)
    if pads.holding:
        unsent = _say(now, "unsent", count=pads.unsent, pads=pads.holding)
        text = f"{text} · {unsent}"
    if pads.offline:
        return _line(now, "tablets", NEEDS_CARE, text)
    return _line(now, "tablets", "marking" if pads.holding else "done", text)


def _machine(now: Visit, shown: Running) -> Iterator[Line]:
    machine = shown.machine
    text = _say(
        now,
        "disk",
        free=megabytes(machine.free),
        database=megabytes(shown.database + shown.journal),
    )
    if shown.journal > LARGE_JOURNAL:
        yield _line(now, "disk", NEEDS_CARE, text, "journal")
    else:
        yield _line(now, "disk", "done" if machine.has_room else NEEDS_CARE, text)
    yield _clock(now, shown)
    memory = machine.memory
    if memory is None:
        yield _line(now, "memory", "not_begun", _say(now, "memory_unknown"))
        return
    text = _say(
        now, "memory", used=megabytes(memory.used + BESIDE.memory), spare=megabytes(memory.spare)
    )
    yield _line(now, "memory", "done" if memory.spare >= LEAST_SPARE else NEEDS_CARE, text)


def _clock(now: Visit, shown: Running) -> Line:
    ahead = shown.tablets.ahead
    if shown.machine.is_behind:
        text = _say(now, "clock_back", seconds=shown.machine.seconds_behind)
        return _line(now, "clock", NEEDS_CARE, text)
    if ahead is None:
        return _line(now, "clock", "done", _say(now, "clock_alone"))
    if abs(ahead) > MOST_AHEAD:
        text = _say(now, "clock_ahead" if ahead > 0 else "clock_behind", seconds=abs(ahead))
        return _line(now, "clock", NEEDS_CARE, text)
    return _line(now, "clock", "done", _say(now, "clock_same", seconds=abs(ahead)))


def _processes(now: Visit) -> Iterator[Line]:
    """One line where several processes serve, or did since this one began."""
    if BESIDE.most == 1:
        return
    gone = BESIDE.most - BESIDE.count
    text = _say(now, "processes_gone" if gone else "processes", count=BESIDE.count, gone=gone)
    yield _line(now, "processes", NEEDS_CARE if gone else "done", text)


def _errors(now: Visit) -> Line:
    here = mark_of(now.store)
    if not COUNTS.errors_of(here):
        return _line(now, "errors", "done", _say(now, "errors_none"))
    text = _say(now, "errors", count=COUNTS.errors_of(here))
    recent = any(now.at - one.at < RECENT for one in COUNTS.last_errors(here))
    return _line(now, "errors", NEEDS_CARE if recent else "not_begun", text)
