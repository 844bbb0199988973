"""The running order: who was on stage, who is, who comes and about when."""

from collections.abc import Sequence

from competition.shapes import Place
from competition.stage.live import Live
from organizers import naming
from ui.access import Visit, saying
from ui.html import Markup, card, element
from ui.icons import state_label
from words import t

_say = saying("organizers.stage")

STAGE = {
    "waiting": "stage_waiting",
    "called": "stage_ready",
    "presenting": "stage_presenting",
    "answering": "stage_answering",
    "marking": "stage_scoring",
    "done": "stage_finished",
    "withdrawn": "stage_withdrawn",
    "fault": "stage_fault",
}
"""A state of the stage to the icon and word it is shown with."""
BEFORE, AFTER = 3, 9
"""How many are listed before the entrant in the middle, and after it."""


def card_of(now: Visit, shown: Live) -> Markup:
    """The card, session by session: only the present one is unfolded."""
    order = shown.desk.order
    subject = shown.desk.subject or (order[-1] if order else None)
    here = subject["session_id"] if subject else None
    parts: list[Markup] = []
    known = [session["id"] for session in shown.sessions]
    for session in [*shown.sessions, None]:
        listed = [
            place
            for place in order
            if (place["session_id"] if place["session_id"] in known else None)
            == (session["id"] if session else None)
        ]
        if not listed:
            continue
        rows = [_row(now, shown, place) for place in listed]
        if session is None or session["id"] == here:
            parts += _near(now, listed, rows, subject["id"] if subject else "")
        else:
            parts.append(_folded(_session(now, session["title"], listed), rows))
    note = _say(now, "entrants", count=len(order))
    return card(_say(now, "order"), *parts, note=note, cls="a-orders")


def _session(now: Visit, title: str, listed: Sequence[Place]) -> str:
    done = sum(place["stage"] in ("done", "withdrawn") for place in listed)
    first, last = listed[0]["number"], listed[-1]["number"]
    return _say(now, "session", title=title, first=first, last=last, done=done, of=len(listed))


def _near(now: Visit, listed: Sequence[Place], rows: list[Markup], subject_id: str) -> list[Markup]:
    at = next((i for i, place in enumerate(listed) if place["id"] == subject_id), 0)
    first = max(0, min(at - BEFORE, len(rows) - BEFORE - AFTER - 1))
    last = first + BEFORE + AFTER + 1
    parts = []
    if rows[:first]:
        parts.append(_folded(_say(now, "earlier", count=len(rows[:first])), rows[:first]))
    parts.append(element("div", *rows[first:last]))
    if rows[last:]:
        parts.append(_folded(_say(now, "later", count=len(rows[last:])), rows[last:]))
    return parts


def _folded(head: str, rows: list[Markup]) -> Markup:
    return element("details", element("summary", head), *rows, cls="a-more")


def _row(now: Visit, shown: Live, place: Place) -> Markup:
    subject = shown.desk.subject
    is_here = subject is not None and place["id"] == subject["id"]
    name = element(
        "span", element("b", naming.title(place)), element("small", naming.around(place))
    )
    about = element("span", _state(now, shown, place), element("small", _time(now, shown, place)))
    gone = " a-gone" if place["stage"] == "withdrawn" else ""
    return element(
        "div",
        element("b", t("ui.standings.number_of", now.lang, number=place["number"]), cls="a-no"),
        name,
        about,
        cls=f"a-order{' a-here' if is_here else ''}{gone}",
    )


def _state(now: Visit, shown: Live, place: Place) -> Markup:
    if place["stage"] == "done" and shown.turns is not None:
        turn = next((one for one in shown.turns.order if one.entrant_id == place["id"]), None)
        if turn is not None and turn.state == "released":
            return state_label("done", now.lang, word=_say(now, "announced"), size=16)
        return state_label("held", now.lang, size=16)
    return state_label(STAGE[place["stage"]], now.lang, size=16)


def _time(now: Visit, shown: Live, place: Place) -> str:
    """About when it comes; the place that it takes where the order was changed."""
    moved = _say(now, "moved") if place["turn"] else ""
    starts = shown.end.starts if shown.end is not None else {}
    if place["id"] not in starts:
        return moved
    about = _say(now, "about", at=naming.local_time(now, starts[place["id"]]))
    return f"{moved} {about}".strip()
