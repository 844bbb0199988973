"""抽查 / Audit: dice are thrown in public, the sheets drawn from them compared with paper."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.results import audits
from competition.results.auditing import DICE_NEEDED, MOST, USUAL
from competition.results.audits import Audit, Compared
from competition.results.receipts import in_groups
from competition.results.recipe_words import number as figure
from exports import seal
from organizers import naming
from organizers.offers import can
from ui.access import Visit, enter_page, saying
from ui.forms import Form, Values
from ui.frame import page_title
from ui.html import Markup, element, tag
from ui.tables import Column, list_table

_say = saying("organizers.audit")


def page(now: Visit) -> None:
    """The dice first, then each audit with its sheets and its outcome."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    if can(now, "begin_audit"):
        _dice(now)
    for one in audits.audits(now.store, now.who, now.round_id):
        with st.container(border=True, key=f"audit-{one.id}"):
            _audit(now, one)


def _dice(now: Visit) -> None:
    st.html(element("p", _say(now, "how", dice=DICE_NEEDED), cls="a-reason"))
    form = Form(now, "audit-dice")
    form.text("dice", _say(now, "field.dice"), placeholder="4 2 6 1 5 3 3 6 2 1")
    hint = _say(now, "hint.count", count=USUAL, most=MOST)
    form.text("count", _say(now, "field.count"), str(USUAL), hint=hint)

    def begin(values: Values, at: datetime) -> None:
        typed = str(values["count"])
        count = int(typed) if typed.isdecimal() else 0
        dice = str(values["dice"])
        audits.begin_audit(now.store, now.who, now.round_id, dice, count=count, at=at)

    form.send(_say(now, "draw"), begin)


def _audit(now: Visit, one: Audit) -> None:
    at = naming.clock(now, one.at, day=True)
    facts = _say(now, "drawn", at=at, dice=" ".join(one.dice), head=seal.shown(one.head))
    st.html(element("p", facts, " ", _outcome(now, one)))
    if one.most is not None:
        st.html(element("p", _meaning(now, one)))
    if one.remark:
        st.html(element("p", _say(now, "remark", text=one.remark), cls="a-item"))
    for kind, lines in (("near", one.near), ("random", one.random)):
        heading = _say(now, kind, count=len(lines), of=one.others)
        st.html(element("h2", heading, cls="a-h2"))
        st.html(_table(now, one, lines))
    if not one.outcome and can(now, "record_audit"):
        _record(now, one)


def _outcome(now: Visit, one: Audit) -> Markup:
    state = one.outcome or "open"
    tone = {"agrees": "ok", "differs": "alert", "open": "wait"}[state]
    return tag(_say(now, f"outcome.{state}"), tone=tone)


def _meaning(now: Visit, one: Audit) -> str:
    """What the comparison says of the sheets that were not drawn."""
    share = f"{(one.most or 0) * 100:.1f}"
    wrong = sum(line.code in one.wrong for line in one.random)
    whole = len(one.random) >= one.others
    return _say(now, "whole" if whole else "means", count=len(one.random), wrong=wrong, share=share)


def _table(now: Visit, one: Audit, lines: tuple[Compared, ...]) -> Markup:
    names = ("seat", "number", "place", "total", "code", "state")
    right = ("number", "total")
    columns = [
        Column(_say(now, f"column.{name}"), "right" if name in right else "left") for name in names
    ]
    rows: list[list[object]] = [
        [
            naming.seat(line.seat, now.lang),
            naming.number(line.number, now.lang),
            line.place,
            element("b", figure(line.total)),
            in_groups(line.code),
            _say(now, "wrong") if line.code in one.wrong else "",
        ]
        for line in lines
    ]
    return list_table(columns, rows, now.lang, keeps=3)


def _record(now: Visit, one: Audit) -> None:
    """Those that differ are ticked; none ticked says that all agree."""
    form = Form(now, f"audit-{one.id}")
    lines = {line.code: line for line in (*one.near, *one.random)}
    form.several("wrong", _say(now, "field.wrong"), list(lines), [], partial(_named, now, lines))
    form.text("remark", _say(now, "field.remark"), hint=_say(now, "hint.remark"))

    def record(values: Values, at: datetime) -> None:
        wrong = [str(code) for code in values["wrong"] or ()]
        remark = str(values["remark"])
        audits.record_audit(now.store, now.who, one.id, wrong, remark=remark, at=at)

    form.send(_say(now, "record"), record)


def _named(now: Visit, lines: dict[str, Compared], code: str) -> str:
    line = lines[code]
    number = naming.number(line.number, now.lang)
    return f"{naming.seat(line.seat, now.lang)} {number} {line.place} {figure(line.total)}"


page(enter_page("audits", page="organizers.audit"))
