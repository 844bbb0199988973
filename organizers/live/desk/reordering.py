"""The dialog in which the running order is changed: those still to come, by handle or buttons."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from competition.shapes import Place
from competition.stage.moves import stage_view
from competition.stage.reordering import movable, reorder
from organizers import naming
from organizers.asking import Dialog, act_buttons, reason_field
from organizers.dragging import dragging, grip, in_place_of
from ui.access import Visit, saying
from ui.html import element

_say = saying("organizers.reorder")

ORDER = "reorder-order"
SEEN = "reorder-seen"


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialog of the running order."""
    return {"reorder": (_say(now, "title"), lambda: _reorder(now))}


def _reorder(now: Visit) -> None:
    coming = movable(stage_view(now.store, now.who, now.round_id)["order"])
    by_id = {place["id"]: place for place in coming}
    stored = list(by_id)
    if sorted(st.session_state.get(SEEN, [])) != sorted(stored):
        st.session_state[SEEN], st.session_state[ORDER] = stored, stored
    order: list[str] = st.session_state[ORDER]
    st.html(element("p", _say(now, "text" if coming else "none"), cls="a-reason"))
    with st.container(key="reorder-list", height=320 if len(order) > 6 else "content"):
        for at, entrant_id in enumerate(order):
            _row(now, order, at, by_id[entrant_id])
    if not coming:
        return
    dragging(lambda moved, to: st.session_state.update({ORDER: in_place_of(order, moved, to)}))
    reason = reason_field(now, "reorder", hint=_say(now, "hint"))
    act_buttons(now, _say(now, "confirm"), "reorder", _act(now, order, reason))


def _act(now: Visit, order: list[str], reason: str) -> Callable[[datetime], object]:
    def act(at: datetime) -> None:
        seen = st.session_state[SEEN]
        reorder(now.store, now.who, now.round_id, order, seen=seen, reason=reason, at=at)
        st.session_state.pop(SEEN)

    return act


def _row(now: Visit, order: list[str], at: int, place: Place) -> None:
    number = naming.number(place["number"], now.lang)
    with st.container(
        key=f"reorder-row-{place['number']}",
        horizontal=True,
        gap="small",
        vertical_alignment="center",
        wrap=False,
    ):
        title = _say(now, "drag", number=number)
        st.html(grip(title, place["id"], place["session_id"] or ""), width="content")
        st.html(element("p", naming.heading(place, now.lang), cls="a-item"), width="stretch")
        for name, to in (("up", at - 1), ("down", at + 1)):
            end = not 0 <= to < len(order)
            other_session = not end and not _is_beside(now, order, to, place)
            st.button(
                _say(now, name),
                key=f"reorder-{name}-{place['number']}",
                help=_say(now, f"{name}_help", number=number),
                disabled=end or other_session,
                on_click=_swap,
                args=(order, at, to),
            )


def _swap(order: list[str], first: int, second: int) -> None:
    st.session_state[ORDER] = moved = list(order)
    moved[first], moved[second] = order[second], order[first]


def _is_beside(now: Visit, order: list[str], to: int, place: Place) -> bool:
    """Whether the neighbour is of the same session: another panel sits in another one."""
    places = {one["id"]: one for one in stage_view(now.store, now.who, now.round_id)["order"]}
    return places[order[to]]["session_id"] == place["session_id"]
