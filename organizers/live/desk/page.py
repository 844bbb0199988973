"""现场控制 / Stage desk: the entrant on stage, each seat's progress, open requests. No mark."""

from collections.abc import Mapping

import streamlit as st

from competition.log import log
from competition.marks.desk import Desk, desk
from organizers import naming, second, substituting
from organizers.asking import answer, live, rests
from organizers.event_words import kind_words
from organizers.live import returns
from organizers.live.clock import clock_panel
from organizers.live.clock import dialogs as clock_dialogs
from organizers.live.desk import acts as desk_acts
from organizers.live.desk import attention as desk_attention
from organizers.live.desk import dialogs as desk_dialogs
from organizers.live.desk import seats as desk_seats
from organizers.live.hall import announcing
from organizers.offers import can
from ui.access import Visit, enter_page, saying
from ui.frame import page_title
from ui.html import Markup, card, element, number_block
from ui.icons import state_label
from words import t

_say = saying("organizers.stage")

# State of the stage to the icon and word it is shown with.
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
NEAR = (4, 14)


def page(now: Visit) -> None:
    """Redraw the desk every two seconds; its dialogs are outside of the redrawn part."""
    live(now, body)
    bodies = desk_dialogs.dialogs(now) | announcing.dialogs(now) | substituting.dialogs(now)
    answer(now, bodies | returns.dialogs(now) | second.dialogs(now) | clock_dialogs(now))


def body(now: Visit) -> None:
    """Order, the entrant shown, and what needs attention."""
    chosen = st.session_state.get(desk_acts.chosen_key(now), "")
    shown = desk(now.store, now.who, now.round_id, at=now.at, entrant_id=chosen)
    resting = rests()
    _title(now, shown, resting=resting)
    with st.container(key="desk"):
        order, middle, right = st.columns([26, 42, 28], gap="small")
        with order:
            st.html(_order(now, shown))
        with middle:
            _subject(now, shown, resting=resting)
            clock_panel(now, resting=resting)
            desk_seats.box(now, shown)
            if can(now, "log"):
                _recent(now)
        with right:
            desk_attention.box(now, shown)
            announcing.box(now, resting=resting)


def _title(now: Visit, desk: Desk, *, resting: bool) -> None:
    done = sum(place["stage"] in ("done", "withdrawn") for place in desk.order)
    note = _say(now, "note", done=done, of=len(desk.order))
    pressed = page_title(
        _say(now, "title"), note=note, actions=desk_acts.title_actions(now, desk, resting=resting)
    )
    if pressed:
        desk_acts.press(now, desk, pressed)


def _order(now: Visit, desk: Desk) -> Markup:
    here = desk.subject["id"] if desk.subject else ""
    at = next((i for i, place in enumerate(desk.order) if place["id"] == here), 0)
    first = max(0, min(at - NEAR[0], len(desk.order) - sum(NEAR)))
    last = first + sum(NEAR)
    rows = [_order_row(now, place, here=place["id"] == here) for place in desk.order]
    parts = [
        _folded(now, "earlier", rows[:first]),
        element("div", *rows[first:last]),
        _folded(now, "later", rows[last:]),
    ]
    return card(_say(now, "order"), *parts, note=_say(now, "entrants", count=len(rows)))


def _folded(now: Visit, key: str, rows: list[Markup]) -> Markup | str:
    if not rows:
        return ""
    head = element("summary", _say(now, key, count=len(rows)))
    return element("details", head, *rows, cls="a-more")


def _order_row(now: Visit, place: Mapping[str, object], *, here: bool) -> Markup:
    state = state_label(STAGE[str(place["stage"])], now.lang, size=16)
    name = element(
        "span", element("b", naming.title(place)), element("small", naming.around(place))
    )
    return element(
        "div",
        element("b", t("ui.standings.number_of", now.lang, number=place["number"]), cls="a-no"),
        name,
        state,
        cls="a-order"
        + (" a-here" if here else "")
        + (" a-gone" if place["stage"] == "withdrawn" else ""),
    )


def _subject(now: Visit, desk: Desk, *, resting: bool) -> None:
    if desk.subject is None:
        text = element("p", _say(now, "nobody"), cls="a-reason a-pad")
        st.html(card(_say(now, "current"), text))
        return
    place = desk.subject
    with st.container(key="desk-now", border=True):
        lines = [
            " · ".join(filter(None, [naming.around(place), place["title"]])),
            _say(now, "presenter", name=place["presenter"], post=place["post"])
            if place["presenter"]
            else "",
            _counted(now, desk),
        ]
        st.html(number_block(naming.number(place["number"], now.lang), naming.title(place), *lines))
        desk_acts.steps(now, desk, resting=resting)


def _counted(now: Visit, desk: Desk) -> str:
    if desk.seats is None:
        return ""
    recused = [seat.number for seat in desk.seats if seat.state == "recused"]
    text = _say(now, "counted", submitted=desk.submitted, expected=desk.expected)
    if recused:
        names = t("list.between", now.lang).join(naming.seat(n, now.lang) for n in recused)
        text += _say(now, "recused", seats=names)
    return text


def _recent(now: Visit) -> None:
    lines = [
        element(
            "div",
            element("span", naming.clock(now, event["at"]), cls="a-mute"),
            element("span", kind_words(event, now.lang)),
            cls="a-event",
        )
        for event in log(now.store, now.who, round_id=now.round_id, limit=6)
    ]
    st.html(card(_say(now, "recent"), element("div", *lines, cls="a-pad")))


page(enter_page("stage", page="organizers.stage"))
