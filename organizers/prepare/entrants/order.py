"""The running order: numbers of a physical draw typed in, or drawn from a sealed seed."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

import streamlit as st

from competition.lineup import drawing
from competition.rounds.readiness import PanelView
from competition.rounds.rounds import RoundView
from competition.shapes import Place
from organizers import naming
from organizers.dragging import dragging, grip, in_place_of
from organizers.prepare.entrants.forms import name
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import card, definition, element

_say = saying("organizers.entrants")

WAYS = ("typed", "seeded", "by_code", "at_once")
SEED_BYTES = 16
DRAGGED = "order-dragged"
AT_ONCE = 60
"""Fields on a page at once; a desk review may have hundreds of entrants."""


def order(
    now: Visit,
    view: RoundView,
    panel: PanelView,
    places: Sequence[Place],
    draw: dict[str, Any] | None,
) -> None:
    """Choose how the order comes about; the draw is usually made by hand."""
    is_draft = view["state"] == "draft"
    was_drawn = bool(draw and draw["drawn_at"])
    way = st.segmented_control(
        _say(now, "way_label"),
        WAYS,
        default="seeded" if draw else "typed",
        required=True,
        format_func=lambda one: _say(now, f"order.{one}"),
        key="order-way",
        disabled=not is_draft,
    )
    st.html(element("p", _say(now, f"order.{way}_text"), cls="a-reason"))
    if way == "by_code":
        _by_code(now, disabled=not is_draft)
    elif way == "at_once":
        _at_once(now, disabled=not is_draft or draw is not None)
    elif way == "seeded":
        _seeded(now, draw, is_draft=is_draft)
    if way == "typed" or was_drawn:
        _numbers(now, panel, places, disabled=not is_draft or way != "typed")


def _numbers(now: Visit, panel: PanelView, places: Sequence[Place], *, disabled: bool) -> None:
    """One short field for each entrant; a number given twice is refused at both."""
    sessions = {session["id"]: session["title"] for session in panel.sessions}
    first = _part(now, len(places))
    form = Form(now, f"order-{now.round_id}-{first}", disabled=disabled)
    if not disabled:
        _pasted(now, form, [place["id"] for place in places])
    shown = _as_dragged(places[first : first + AT_ONCE])
    if not disabled:
        st.html(element("p", _say(now, "order_drag"), cls="a-reason"))
        dragging(lambda moved, to: _drop(form, shown, moved, to))
    with st.container(key="order-rows"):
        for place in shown:
            with st.container(
                key=f"order-row-{place['id']}",
                horizontal=True,
                gap="small",
                vertical_alignment="center",
            ):
                if not disabled:
                    st.html(grip(_say(now, "order_drag_row"), place["id"]), width="content")
                form.text(
                    place["id"],
                    _say(now, "number_of", name=name(now, place)),
                    str(place["number"] or ""),
                    quiet=True,
                    below=False,
                    width=84,
                )
                session = sessions.get(place["session_id"] or "", "")
                about = " · ".join(filter(None, (naming.around(place), place["title"], session)))
                line = [element("b", naming.title(place)), element("small", about)]
                with st.container(gap=None):
                    st.html(element("div", *line, cls="a-line"), width="stretch")
                    form.problem(place["id"])
    if not disabled:
        form.send(
            _say(now, "order_save"),
            lambda values, at: drawing.set_order(
                now.store, now.who, now.round_id, {k: str(v) for k, v in values.items()}, at=at
            ),
            after=lambda: st.session_state.pop(DRAGGED, None),
        )


def _as_dragged(places: Sequence[Place]) -> list[Place]:
    """The rows as they were dragged last; as stored where others are listed now."""
    order = st.session_state.get(DRAGGED, [])
    by_id = {place["id"]: place for place in places}
    return [by_id[one] for one in order] if set(order) == set(by_id) else list(places)


def _as_stored(rows: Form) -> None:
    """Show the rows and their numbers as they are stored now."""
    st.session_state.pop(DRAGGED, None)
    rows.forget()


def _drop(form: Form, shown: Sequence[Place], moved: str, to: str) -> None:
    """Put a row in another's place: the rows' numbers follow, and the button saves them."""
    ids = [place["id"] for place in shown]
    typed = [str(number) for number in form.values().values()]
    numbers = sorted(int(one) for one in typed if one.isascii() and one.isdigit())
    if len(set(numbers)) != len(ids):
        numbers = list(range(1, len(ids) + 1))
    st.session_state[DRAGGED] = in_place_of(ids, moved, to)
    for number, entrant_id in zip(numbers, st.session_state[DRAGGED], strict=True):
        st.session_state[form.key(entrant_id)] = str(number)


def _pasted(now: Visit, rows: Form, entrant_ids: Sequence[str]) -> None:
    """All numbers in one field, in the order of the list below."""
    form = Form(now, f"order-pasted-{now.round_id}", watch=False)
    form.text(
        "numbers",
        _say(now, "order_pasted"),
        hint=_say(now, "order_pasted_hint", count=len(entrant_ids)),
        placeholder="3 1 5 2 4",
    )
    form.send(
        _say(now, "order_pasted_act"),
        lambda values, at: drawing.set_pasted_order(
            now.store, now.who, now.round_id, entrant_ids, str(values["numbers"]), at=at
        ),
        primary=False,
        after=lambda: _as_stored(rows),
    )


def _part(now: Visit, count: int) -> int:
    """Where the part of a long list begins that is typed and saved at once."""
    if count <= AT_ONCE:
        return 0
    parts = list(range(0, count, AT_ONCE))
    chosen = st.segmented_control(
        _say(now, "order_part"),
        parts,
        default=0,
        required=True,
        format_func=lambda first: f"{first + 1}–{min(first + AT_ONCE, count)}",
        key="order-part",
    )
    return int(chosen or 0)


def _by_code(now: Visit, *, disabled: bool) -> None:
    form = Form(now, f"by-code-{now.round_id}", disabled=disabled)
    form.send(
        _say(now, "order.by_code_act"),
        lambda _, at: drawing.number_by_code(now.store, now.who, now.round_id, at=at),
        done=_say(now, "numbered"),
    )


def _at_once(now: Visit, *, disabled: bool) -> None:
    """A seed of the server, sealed and drawn from in one press; both stand in the log."""
    form = Form(now, f"at-once-{now.round_id}", disabled=disabled)
    form.send(
        _say(now, "order.at_once_act"),
        lambda _, at: drawing.draw_at_once(
            now.store, now.who, now.round_id, seed=token_hex(SEED_BYTES), at=at
        ),
        reason=_say(now, "order.at_once_sealed") if disabled else "",
        done=_say(now, "drawn"),
    )


def _seeded(now: Visit, draw: dict[str, Any] | None, *, is_draft: bool) -> None:
    """Seal first, in two halves; then publish the check code; then draw."""
    if draw is not None:
        st.html(_sealed(now, draw))
    if draw is not None and draw["drawn_at"]:
        return
    if draw is None or not draw["is_current"]:
        form = Form(now, f"seal-{now.round_id}", disabled=not is_draft, watch=False)
        with st.container(horizontal=True, gap="small"):
            form.text("organizer", _say(now, "seed_organizer"))
            form.text("supervisor", _say(now, "seed_supervisor"), hint=_say(now, "seed_hint"))
        form.problem("seed")
        form.send(_say(now, "seal"), lambda v, at: _seal(now, v, at), done=_say(now, "sealed"))
        return
    form = Form(now, f"draw-{now.round_id}", disabled=not is_draft, watch=False)
    with st.container(horizontal=True, gap="small"):
        form.text("organizer", _say(now, "seed_organizer"))
        form.text("supervisor", _say(now, "seed_supervisor"), hint=_say(now, "draw_hint"))
    form.problem("seed")
    form.send(_say(now, "draw"), lambda v, at: _draw(now, v, at), done=_say(now, "drawn"))


def _seed(values: Values) -> str:
    """Both halves, one after the other."""
    return f"{values['organizer']}{values['supervisor']}"


def _seal(now: Visit, values: Values, at: datetime) -> None:
    drawing.seal_draw(now.store, now.who, now.round_id, seed=_seed(values), at=at)


def _draw(now: Visit, values: Values, at: datetime) -> None:
    drawing.draw_order(now.store, now.who, now.round_id, seed=_seed(values), at=at)


def _sealed(now: Visit, draw: dict[str, Any]) -> object:
    facts: list[tuple[object, object]] = [
        (_say(now, "seal_hash"), element("code", draw["seed_hash"], cls="a-hash")),
        (_say(now, "seal_at"), naming.clock(now, draw["sealed_at"], day=True)),
    ]
    if draw["drawn_at"]:
        facts.append((_say(now, "seal_seed"), element("code", draw["seed"], cls="a-hash")))
        facts.append((_say(now, "drawn_at"), naming.clock(now, draw["drawn_at"], day=True)))
    key = "drawn_note" if draw["drawn_at"] else "seal_note"
    key = key if draw["is_current"] else "seal_old"
    body = element("div", definition(facts), cls="a-pad")
    return card(_say(now, "seal_title"), body, note=_say(now, key))
