"""Second readings of the open zone: entered from paper by one person, confirmed by another."""

from datetime import datetime

import streamlit as st

from competition.people import people
from competition.results import readings
from competition.results.reading_rounds import open_reading, take_readings
from competition.results.second_reading import OnTablets, Reading, SecondReading, second_reading
from competition.results.standings import RoundStandings
from competition.saying import listed
from organizers import naming, second
from organizers.asking import Dialog, act_buttons, ask, close_when_done, done, reason_field
from organizers.offers import can
from organizers.results.standings.rulings import STATES, line_name
from ui.access import Visit, acting, saying
from ui.forms import Form, Values
from ui.html import element
from ui.icons import state_label
from words import t

_say = saying("organizers.reading")

OFFERS = {
    "open_reading": "open_reading",
    "enter_reading": "enter_reading",
    "add_reader": "add_person",
}
"""A dialog to the act whose right it needs."""


def panel(now: Visit, result: RoundStandings) -> None:
    """Say what is to be read, what is missing, and list the readings with their acts."""
    if not can(now, "readings"):
        return
    reading = second_reading(now.store, now.who, now.round_id)
    if not reading.wanted and not reading.entered:
        return
    with st.container(key="readings", border=True):
        st.html(element("h2", _say(now, "title"), cls="a-h2"))
        if reading.wanted:
            lines = (
                element("div", line, cls="a-reason") for line in _standing(now, result, reading)
            )
            st.html(element("div", *lines))
        if reading.tablets is not None:
            _tablets(now, reading.tablets)
        for one in reading.entered:
            _reading(now, one)
        if reading.wanted and can(now, "enter_reading"):
            with st.container(horizontal=True, gap="small"):
                for name, right in OFFERS.items():
                    if can(now, right) and not (name == "open_reading" and reading.tablets):
                        label = t(f"organizers.act.{name}", now.lang)
                        st.button(label, key=f"act-{name}", on_click=ask, args=(name,))


def _standing(now: Visit, result: RoundStandings, reading: SecondReading) -> list[str]:
    called = {line.entrant_id: line.called for line in result.lines}
    zone = naming.numbers([called[one] for one in reading.zone], now.lang)
    missing = [
        _say(
            now,
            "missing" if name else "missing_all",
            reader=name,
            entrants=naming.numbers(list(numbers), now.lang),
        )
        for name, numbers in reading.missing
    ]
    moved = [_say(now, "moved")] if reading.has_moved else []
    return [_say(now, "text", entrants=zone), *moved, *(missing or [_say(now, "complete")])]


def _tablets(now: Visit, reading: OnTablets) -> None:
    """The reading on tablets: how far it is, and its sheets taken in once all are there."""
    word = _say(now, "tablets", submitted=reading.submitted, expected=reading.expected)
    is_whole = reading.submitted == reading.expected
    st.html(
        element("div", state_label("submitted" if is_whole else "marking", now.lang, word=word))
    )
    if not can(now, "take_readings"):
        return
    label = t("organizers.act.take_readings", now.lang)
    if st.button(label, key="act-take_readings", disabled=not is_whole):
        with acting(now.lang) as problems:
            take_readings(now.store, now.who, now.round_id, at=now.at)
        if not problems:
            st.rerun()
    if not is_whole:
        st.html(element("div", _say(now, "tablets_left"), cls="a-reason"))


def _reading(now: Visit, one: Reading) -> None:
    about = _say(now, "line", number=naming.number(one.number, now.lang), reader=one.reader)
    by = _say(now, "by", name=one.entered_by)
    if one.confirmed_by:
        by += _say(now, "and", name=one.confirmed_by)
    marks = listed([f"{name} {mark}" for name, mark in one.marks], now.lang)
    word = _say(now, one.state, reason=one.withdrawn_reason)
    st.html(
        element(
            "div",
            element(
                "div", element("b", about), " ", state_label(STATES[one.state], now.lang, word=word)
            ),
            element("div", marks, " · ", by, cls="a-reason"),
            cls="a-item",
        )
    )
    with st.container(horizontal=True, gap="small", key=f"reading-{one.id}"):
        _acts(now, one, about)


def _acts(now: Visit, one: Reading, about: str) -> None:
    if one.state == "waiting":
        second.offer(now, "reading", one.id, by=one.entered_by_id, about=about)
    if one.state == "waiting" and can(now, "confirm_reading"):
        if one.entered_by_id == now.who.person_id:
            st.html(element("div", t("error.second_person_needed", now.lang), cls="a-reason"))
        elif st.button(t("organizers.act.confirm_reading", now.lang), key=f"confirm-{one.id}"):
            with acting(now.lang) as problems:
                readings.confirm_reading(now.store, now.who, one.id, at=now.at)
            if not problems:
                st.rerun()
    if one.state != "withdrawn" and can(now, "withdraw_reading"):
        st.button(
            t("organizers.act.withdraw_reading", now.lang),
            key=f"withdraw-{one.id}",
            on_click=ask,
            args=("withdraw_reading",),
            kwargs={"reading_id": one.id},
        )


def dialogs(now: Visit, result: RoundStandings) -> dict[str, Dialog]:
    """The dialogs of this panel."""
    return {
        "open_reading": (_say(now, "open_title"), lambda: _open(now)),
        "enter_reading": (_say(now, "enter_title"), lambda: _enter(now, result)),
        "add_reader": (_say(now, "add_title"), lambda: _add(now, result)),
        "withdraw_reading": (
            _say(now, "withdraw_title"),
            lambda reading_id: _withdraw(now, reading_id),
        ),
    }


def _open(now: Visit) -> None:
    """Who reads the zone on tablets: all of it, by the same people."""
    close_when_done("open_reading")
    reading = second_reading(now.store, now.who, now.round_id)
    st.html(element("p", _say(now, "open_text"), cls="a-reason"))
    form = Form(now, f"open-reading-{now.round_id}", watch=False)
    form.several(
        "readers",
        _say(now, "readers"),
        list(reading.readers),
        [],
        lambda one: reading.readers[one],
        hint=_say(now, "reader_hint"),
    )

    def act(values: Values, at: datetime) -> None:
        chosen = [str(one) for one in values["readers"]]
        open_reading(now.store, now.who, now.round_id, chosen, at=at)

    form.send(_say(now, "open"), act, after=done)


def _enter(now: Visit, result: RoundStandings) -> None:
    """The sheet as it is on paper: entrant, reader and every criterion."""
    close_when_done("enter_reading")
    reading = second_reading(now.store, now.who, now.round_id)
    by_id = {line.entrant_id: line for line in result.lines}
    form = Form(now, f"reading-{now.round_id}", watch=False)
    form.pick(
        "entrant",
        _say(now, "entrant"),
        reading.zone,
        None,
        lambda one: line_name(by_id[one], now.lang),
    )
    form.pick(
        "reader",
        _say(now, "reader"),
        list(reading.readers),
        None,
        lambda one: reading.readers[one],
        hint=_say(now, "reader_hint"),
    )
    for row in reading.criteria:
        label = _say(now, "criterion", **{k: row[k] for k in ("name", "maximum", "step")})
        form.text(row["id"], label)

    def act(values: Values, at: datetime) -> None:
        marks = {row["id"]: str(values[row["id"]]) for row in reading.criteria}
        readings.enter_reading(
            now.store,
            now.who,
            now.round_id,
            str(values["entrant"]),
            str(values["reader"]),
            marks,
            at=at,
        )

    form.send(_say(now, "enter"), act, again=_say(now, "next"), after=done)


def _add(now: Visit, result: RoundStandings) -> None:
    """A reader from outside: a person without a role, whose place of work may recuse them."""
    close_when_done("add_reader")
    st.html(element("p", _say(now, "add_text"), cls="a-reason"))
    form = Form(now, f"reader-{now.round_id}", watch=False)
    form.text("name", t("field.name", now.lang))
    form.pick(
        "county",
        t("organizers.panel.field.county", now.lang),
        sorted({line.county for line in result.lines}),
        None,
        str,
        hint=t("organizers.panel.hint.county", now.lang),
    )
    unit = t("organizers.panel.field.unit", now.lang)
    form.text("unit", unit, hint=t("organizers.panel.hint.unit", now.lang))

    def add(values: Values, at: datetime) -> None:
        name, county, unit = (str(values[key]) for key in ("name", "county", "unit"))
        people.add_person(now.store, now.who, name=name, county=county, unit=unit, at=at)

    form.send(_say(now, "add"), add, after=done)


def _withdraw(now: Visit, reading_id: str) -> None:
    reason = reason_field(now, "withdraw_reading")
    act_buttons(
        now,
        t("organizers.act.withdraw_reading", now.lang),
        "withdraw_reading",
        lambda at: readings.withdraw_reading(now.store, now.who, reading_id, reason=reason, at=at),
    )
