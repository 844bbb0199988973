"""更正 / Corrections: asked for here with who would move, then what became of each."""

from datetime import datetime

import streamlit as st

from competition.corrections.choices import Choices, choices
from competition.corrections.listing import Correction, corrections_of
from competition.corrections.saying import changes, heading
from competition.corrections.signing_rules import sign_rules
from organizers import naming, second
from organizers.asking import answer
from organizers.corrections import asking_for, forms, withdrawing
from organizers.offers import can
from ui.access import Visit, enter_page, saying
from ui.forms import Form, Values
from ui.frame import empty, page_title
from ui.html import Markup, element, tag
from ui.tables import Column, list_table
from words import t

_say = saying("organizers.corrections")
TONES = {"asked": "wait", "confirmed": "ok", "refused": "", "withdrawn": ""}


def page(now: Visit) -> None:
    """The form first, then every correction of the round."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    known = choices(now.store, now.who, now.round_id)
    if not known.is_signed and can(now, "sign_rules"):
        _sign_rules(now, known)
    asking_for.form(now, known)
    listed = corrections_of(now.store, now.who, now.round_id)
    st.html(element("h2", _say(now, "listed", count=len(listed)), cls="a-h2 a-over"))
    for one in listed:
        _correction(now, one)
    if not listed:
        empty(_say(now, "none"), _say(now, "none_text"))
    answer(now, second.dialogs(now) | withdrawing.dialogs(now) | forms.dialogs(now))


def _sign_rules(now: Visit, known: Choices) -> None:
    """The changed rules are printed and signed again, or not, with a reason."""
    with st.container(border=True, key="sign-rules"):
        title = _say(now, "sign_title", version=known.rules_version)
        st.html(element("h2", title, cls="a-h2"))
        st.html(element("p", _say(now, "sign_text"), cls="a-reason"))
        form = Form(now, f"sign-rules-{now.round_id}", watch=False)
        form.text("signed", _say(now, "signed"))
        form.text("waived", _say(now, "waived"))

        def sign(values: Values, at: datetime) -> None:
            said = {name: str(values[name]) for name in ("signed", "waived")}
            sign_rules(now.store, now.who, now.round_id, at=at, **said)

        form.send(_say(now, "sign"), sign)


def _correction(now: Visit, one: Correction) -> None:
    with st.container(border=True, key=f"correction-{one.id}"):
        st.html(_about(now, one))
        if one.state == "asked":
            with st.container(horizontal=True, gap="small"):
                kind = "set_aside" if one.kind == "set_aside" else "correction"
                about = f"{t(f'correction.kind.{one.kind}', now.lang)} {heading(one, now.lang)}"
                second.offer(now, kind, one.id, by=one.asked_by_id, about=about)
                forms.offer(now, one, about)
                withdrawing.offer(now, one)
        forms.show(now, one)
        if one.kind == "rules" and one.standings:
            with st.expander(_say(now, "both")):
                st.html(_both(now, one))


def _about(now: Visit, one: Correction) -> Markup:
    state = tag(t(f"correction.state.{one.state}", now.lang), tone=TONES[one.state])
    kind = t(f"correction.kind.{one.kind}", now.lang)
    lines = [
        element("p", name, " ", element("s", old), " → ", element("b", new))
        for name, old, new in changes(one, now.lang)
    ]
    at = naming.clock(now, one.asked_at)
    asked = _say(now, "asked", name=one.asked_by, at=at, reason=one.reason)
    said = [element("p", asked, cls="a-reason")]
    if one.state != "asked":
        key = "answered" if one.answer else "answered_plain"
        at = naming.clock(now, one.answered_at)
        values = {"name": one.answered_by, "at": at, "answer": one.answer}
        said.append(element("p", _say(now, key, **values), cls="a-reason"))
    head = element("h3", tag(kind), heading(one, now.lang), state, cls="a-waits-head")
    return element("div", head, *lines, *said, cls="a-waits")


def _both(now: Visit, one: Correction) -> Markup:
    """Both standings side by side, as they were when it was confirmed."""
    names = ("number", "old", "old_rank", "new", "new_rank", "seat")
    columns = [Column(_say(now, f"column.{name}"), "right") for name in names]
    seats = {(True, False): "lost", (False, True): "gained"}
    rows = [
        [
            naming.number(line.number, now.lang),
            line.old or "",
            line.old_rank or "",
            line.new or "",
            line.new_rank or "",
            _say(now, f"seat.{seats.get((line.was_selected, line.is_selected), 'same')}"),
        ]
        for line in one.standings
    ]
    return list_table(columns, rows, now.lang)


page(enter_page("progress", page="organizers.corrections"))
