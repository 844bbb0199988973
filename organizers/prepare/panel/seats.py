"""The dialogs of judges' seats: add a new or existing person, change, remove."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from competition.lineup import learnt, seating
from competition.people.people import PersonView
from competition.rounds.readiness import PanelView, SeatView, panel_view
from competition.shapes import SeatedJudge
from intake import places as place_names
from organizers import naming
from organizers.asking import act_buttons, ask, close_when_done, done
from organizers.prepare.pasting import one_panel, panel_title, paste
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from words import t

_say = saying("organizers.panel")

Dialog = tuple[str, Callable[..., None]]


def dialogs(now: Visit, panel: PanelView, others: list[PersonView]) -> dict[str, Dialog]:
    """The dialogs about seats."""
    seats = {seat["person_id"]: seat for seat in panel.seats}
    return {
        "add_judge": (_say(now, "add_title"), lambda: _add(now)),
        "paste_judges": (
            t("organizers.pasting.judges.title", now.lang),
            lambda: paste(now, "judges"),
        ),
        "seat_person": (_say(now, "seat_person_title"), lambda: _seat(now, panel, others)),
        "change_seat": (
            _say(now, "change_title"),
            lambda person_id: _change(now, seats[person_id]),
        ),
        "unseat": (_say(now, "unseat_title"), lambda person_id: _unseat(now, seats[person_id])),
    }


def one(now: Visit, panel: PanelView) -> None:
    """Choose one seat to change or take away."""
    seats = {seat["person_id"]: seat for seat in panel.seats}
    with st.container(key="seats-one", horizontal=True, gap="small", vertical_alignment="bottom"):
        chosen = st.selectbox(
            _say(now, "which"),
            list(seats),
            index=None,
            format_func=lambda person_id: name(now, seats[person_id]),
            key="seat-chosen",
            placeholder=t("ui.form.pick", now.lang),
            width=360,
        )
        for act in ("change_seat", "unseat"):
            st.button(
                _say(now, act),
                key=f"act-{act}",
                on_click=ask,
                args=(act,),
                kwargs={"person_id": chosen},
                disabled=chosen is None,
            )


def name(now: Visit, seat: SeatedJudge) -> str:
    """评委03 李某 建水县."""
    parts = (naming.seat(seat["number"], now.lang), seat["name"], seat["county"])
    return " ".join(part for part in parts if part)


def _next_number(panel: PanelView) -> str:
    return str(max((seat["number"] for seat in panel.seats), default=0) + 1)


def _person(now: Visit, form: Form, was: Mapping[str, Any]) -> None:
    further = learnt.further_places(now.store, now.who)
    counties = [place.name for place in place_names.directory(further).counties()]
    known = [was[key] for key in ("county", "native_county") if was.get(key)]
    counties += [county for county in known if county not in counties]
    form.text("name", _say(now, "field.name"), was.get("name", ""))
    with st.container(horizontal=True, gap="small"):
        for key in ("county", "native_county"):
            form.pick(
                key,
                _say(now, f"field.{key}"),
                counties,
                was.get(key) or None,
                str,
                placeholder=_say(now, "none"),
                hint=_say(now, f"hint.{key}"),
            )
    form.text("unit", _say(now, "field.unit"), was.get("unit", ""), hint=_say(now, "hint.unit"))


def _place(now: Visit, form: Form, number: str, role: str) -> None:
    with st.container(horizontal=True, gap="small"):
        form.text("number", _say(now, "field.number"), number, width=120)
        form.choose(
            "seat",
            _say(now, "field.seat"),
            seating.ROLES,
            role,
            lambda one: _say(now, f"seat.{one}"),
        )
    st.html(element("div", _say(now, "hint.seat"), cls="a-hint"))


def _add(now: Visit) -> None:
    close_when_done("add_judge")
    panel = panel_view(now.store, now.who, now.round_id)
    form = Form(now, "judge-new", watch=False)
    _person(now, form, {})
    _place(now, form, _next_number(panel), "judge")
    one_panel(now, form, panel)

    def add(values: Values, at: datetime) -> None:
        title = panel_title(now, values)
        seating.add_judge(now.store, now.who, now.round_id, **values, panel_title=title, at=at)

    form.send(
        _say(now, "add_confirm"),
        add,
        again=_say(now, "add_more"),
        done=_say(now, "added"),
        after=done,
    )


def _seat(now: Visit, panel: PanelView, others: list[PersonView]) -> None:
    close_when_done("seat_person")
    by_id = {one["id"]: one for one in others}
    form = Form(now, "seat-person", watch=False)
    form.pick(
        "person",
        _say(now, "field.person"),
        list(by_id),
        None,
        lambda one: " ".join(
            filter(None, (by_id[one]["name"], by_id[one]["county"], by_id[one]["unit"]))
        ),
    )
    _place(now, form, _next_number(panel), "judge")

    def seat(values: Values, at: datetime) -> None:
        role = str(values["seat"])
        seating.seat_person(
            now.store,
            now.who,
            now.round_id,
            str(values["person"]),
            number=str(values["number"]),
            seat=role,
            at=at,
        )

    form.send(_say(now, "add_confirm"), seat, after=done)


def _change(now: Visit, was: SeatView) -> None:
    close_when_done("change_seat")
    form = Form(now, f"seat-{now.round_id}-{was['person_id']}", watch=False)
    _person(now, form, was)
    role = "reserve" if was["reserve"] else "chair" if was["chair"] else "judge"
    _place(now, form, str(was["number"]), role)

    def change(values: Values, at: datetime) -> None:
        seating.correct_judge(now.store, now.who, now.round_id, was["person_id"], **values, at=at)

    form.send(_say(now, "save"), change, after=done)


def _unseat(now: Visit, was: SeatView) -> None:
    st.html(
        element("p", element("b", name(now, was)), " — ", _say(now, "unseat_text"), cls="a-item")
    )

    whole = st.checkbox(_say(now, "unseat_whole"), key=f"unseat-whole-{was['person_id']}")
    act = seating.remove_judge if whole else seating.unseat

    def unseat(at: datetime) -> None:
        act(now.store, now.who, now.round_id, was["person_id"], at=at)

    act_buttons(now, _say(now, "unseat_confirm"), "unseat", unseat)
