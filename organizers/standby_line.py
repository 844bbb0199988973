"""How far the second laptop is behind, in a line: on the desk and beside the record's head."""

import time

from competition.standby.lag import Lag, lag
from competition.standby.saying import problem_words
from ui.access import Visit, saying

_say = saying("organizers.safety")

MINUTE = 60


def seen(now: Visit) -> Lag:
    """How far the second laptop is behind."""
    return lag(now.store, now.who, now=time.monotonic())


def line(now: Visit, shown: Lag) -> tuple[str, str]:
    """Its state, and what is said of it."""
    if shown.state in ("none", "offered", "unheard"):
        state = "marking" if shown.state == "unheard" else "not_begun"
        return state, _say(now, f"standby_{shown.state}")
    if shown.state == "silent":
        minutes = shown.silent // MINUTE
        key = "standby_silent_minutes" if minutes > 1 else "standby_silent"
        return "attention", _say(now, key, silent=shown.silent, minutes=minutes)
    if shown.problem:
        text = _say(now, "standby_problem", problem=problem_words(shown.problem, now.lang))
        return "attention", text
    if shown.events is None:
        return "marking", _say(now, "standby_first")
    if not shown.events:
        return "done", _say(now, "standby_same")
    key = "standby_events" if shown.seconds is None else "standby_lag"
    return "done", _say(now, key, events=shown.events, seconds=shown.seconds)
