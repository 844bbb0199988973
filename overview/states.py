"""States of steps, plans, needs and dispatches as icon and word."""

from competition.programme.shapes import Dispatch, Need, VillagePlan
from competition.programme.village import StepBeside
from ui.access import Visit, saying
from ui.html import Markup
from ui.icons import state_label

_say = saying("overview.state")
SIZE = 14


def _label(now: Visit, icon: str, key: str, **values: object) -> Markup:
    return state_label(icon, now.lang, word=_say(now, key, **values), size=SIZE)


def letter_state(now: Visit, one: Dispatch, day: str) -> Markup:
    """Where a dispatch stands by a day; red only where an answer is late."""
    if one["closed_on"] and one["closed_on"] <= day:
        return _label(now, "done", "closed", day=one["closed_on"][5:])
    if one["answered_on"] and one["answered_on"] <= day:
        return _label(now, "submitted", "answered")
    if one["due_on"] < day:
        return _label(now, "attention", "unanswered")
    if one["received_on"] and one["received_on"] <= day:
        return _label(now, "marking", "received")
    return _label(now, "not_begun", "sent")


def need_state(now: Visit, one: Need) -> Markup:
    """Whether a need is met, taken on, or open."""
    if one["met_on"]:
        return _label(now, "done", "met")
    if one["matched_on"]:
        return _label(now, "marking", "matched")
    return _label(now, "not_begun", "open")


def step_state(now: Visit, one: StepBeside, day: str) -> Markup:
    """Whether a step is confirmed, reported, returned, overdue or to come."""
    row = one.reported
    if row is not None and row["confirmed_on"]:
        return _label(now, "done", "confirmed")
    if row is not None and row["returned"]:
        return _label(now, "attention", "returned")
    if row is not None and row["done_on"]:
        return _label(now, "marking", "reported")
    if one.step["due_on"] < day:
        return _label(now, "attention", "overdue")
    return _label(now, "not_begun", "to_come")


def plan_state(now: Visit, plan: VillagePlan | None) -> Markup:
    """Whether a plan is filed, reviewed, finished or being made."""
    for key, icon in (("filed", "done"), ("reviewed", "done"), ("finished", "marking")):
        if plan is not None and plan[f"{key}_on"]:  # type: ignore[literal-required]
            return _label(now, icon, key)
    return _label(now, "not_begun", "drafting")
