"""县市报送 / County filing: a line for each county, what one filed, and the answers."""

import streamlit as st

from competition.filing import terms, views
from competition.filing.shapes import FilingLine
from intake.places import short_county
from organizers import naming
from organizers.asking import answer, ask
from organizers.prepare.filing import answers, inviting
from organizers.prepare.filing.one import one_county
from ui.access import Visit, enter_page, saying
from ui.frame import Action, empty, page_title
from ui.html import Markup, element
from ui.icons import state_label
from ui.plain import plain
from ui.tables import Column, list_table
from words import t

_say = saying("organizers.filings")

CHOSEN = "filing-chosen"
ICONS = {
    "draft": "not_begun",
    "faulty": "marking",
    "filed": "submitted",
    "returned": "reopened",
    "accepted": "done",
}
COLUMNS = ("county", "state", "incomplete", "filed_at", "note")


def page(now: Visit) -> None:
    """The lines, the county chosen, and the dialogs."""
    if terms.filing_end_is_due(now.store, now.who, at=now.at):
        terms.note_filing_end(now.store, now.who, at=now.at)
    until, wanted = terms.terms_as_typed(now.store, now.who)
    lines = views.filings(now.store, now.who, at=now.at)
    acts = [
        Action(
            "invite",
            _say(now, "invite"),
            primary=not lines,
            reason="" if until else _say(now, "first"),
        ),
        Action("terms", _say(now, "terms"), primary=not until),
    ]
    note = _say(now, "until", until=until) if until else _say(now, "no_terms")
    pressed = page_title(_say(now, "title"), note=note, actions=acts)
    if pressed:
        ask(pressed)
    if not inviting.fresh(now, until):
        if lines:
            _lines(now, lines)
            _chosen(now, lines)
        else:
            empty(_say(now, "empty"), _say(now, "empty_text"))
    answer(now, inviting.dialogs(now, lines, until, wanted) | answers.dialogs(now, lines))


def _lines(now: Visit, lines: list[FilingLine]) -> None:
    """How many stand where, who is late, and the table."""
    states = {key: sum(one.state == key for one in lines) for key in ICONS}
    parts = [
        state_label(ICONS[key], now.lang, word=_say(now, f"sum.{key}", count=count))
        for key, count in states.items()
        if count
    ]
    st.html(element("div", *parts, cls="a-legend", role="status"))
    for key, named in (
        ("overdue", [one for one in lines if one.is_overdue]),
        ("late", [one for one in lines if one.is_late and one.row["version"]]),
    ):
        if named:
            names = t("list.between", now.lang).join(short_county(o.row["county"]) for o in named)
            icon = "attention" if key == "overdue" else "zone"
            label = state_label(icon, now.lang, word=_say(now, key, names=names))
            st.html(element("div", label, cls="a-item"))
    columns = [
        Column(_say(now, f"column.{key}"), "right" if key == "incomplete" else "left")
        for key in COLUMNS
    ]
    rows = [_row(now, one) for one in lines]
    st.html(element("div", list_table(columns, rows, now.lang, keeps=1), cls="a-people"))


def _row(now: Visit, one: FilingLine) -> list[object]:
    own, nudged = one.row["closes_at"], one.row["nudged_at"]
    notes = [_say(now, "own_deadline", at=_short(now, own))] if own else []
    if nudged:
        notes.append(_say(now, "nudged", count=one.row["nudges"], at=_short(now, nudged)))
    return [
        element("b", short_county(one.row["county"])),
        _state(now, one),
        one.incomplete or "",
        _short(now, one.row["filed_at"]),
        " · ".join(notes),
    ]


def _short(now: Visit, stamp: str | None) -> str:
    """A time without its year and seconds: 11-30 18:05."""
    return naming.clock(now, stamp, day=True)[5:-3]


def _state(now: Visit, one: FilingLine) -> Markup:
    word = _say(now, f"state.{one.state}", count=one.stops if one.state == "faulty" else one.count)
    label = state_label(ICONS[one.state], now.lang, word=word, size=16)
    more = [
        _say(now, key)
        for key, is_so in (
            ("tag.overdue", one.is_overdue),
            ("tag.late", one.is_late and one.row["version"] > 0),
            ("tag.changed", one.is_changed and one.state == "filed"),
        )
        if is_so
    ]
    return element("span", label, *(element("small", f" {word}", cls="a-mute") for word in more))


def _chosen(now: Visit, lines: list[FilingLine]) -> None:
    by_id = {one.row["id"]: one for one in lines}
    chosen = st.pills(
        _say(now, "choose"),
        list(by_id),
        format_func=lambda one: plain(short_county(by_id[one].row["county"])),
        key=CHOSEN,
    )
    if chosen in by_id:
        one_county(now, by_id[chosen])


page(enter_page("filings", of_round=False))
