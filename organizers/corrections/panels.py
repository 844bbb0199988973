"""The record's head, the tablets that witness it, and who looked at a standing."""

import streamlit as st

from competition.errors import Refused
from competition.heads import as_printed
from competition.log import views_of
from competition.results import moments
from competition.returning import Witness, returns_view
from competition.rights import refusal
from organizers import naming, standby_line
from organizers.offers import can
from ui.access import Visit, saying
from ui.html import Markup, card, element
from ui.icons import state_label
from words import t

_say = saying("organizers.waiting")
LATEST = 4


def show(now: Visit) -> None:
    """Three boxes in a row; the last only for those who may see who looked."""
    boxes = [_head(now), _witnesses(now)]
    if refusal(now.store, now.who, "views", now.round_id) is None:
        boxes.append(_looks(now))
    for column, box in zip(st.columns(len(boxes), gap="small"), boxes, strict=True):
        column.html(box)


def _head(now: Visit) -> Markup:
    view = returns_view(now.store, now.who)
    lines = [_moment(now, name) for name in ("opening", "closing")]
    lines += _standby(now)
    code = element("b", view.head, cls="a-waits-code")
    return card(_say(now, "record"), element("div", code, *lines, cls="a-pad"))


def _standby(now: Visit) -> list[Markup]:
    """What the second laptop, which computes each copy again, last said; nothing without one."""
    if not can(now, "tablets"):
        return []
    shown = standby_line.seen(now)
    if shown.state in ("none", "offered"):
        return []
    state, text = standby_line.line(now, shown)
    label = state_label(state, now.lang, word=_say(now, "standby", text=text), size=14)
    return [element("p", label, cls="a-quiet")]


def _moment(now: Visit, name: str) -> Markup:
    """The head after opening or closing, to be compared with the paper."""
    read = {"opening": moments.opening, "closing": moments.closing}[name]
    try:
        head = as_printed(read(now.store, now.who, now.round_id).head)
    except Refused:
        head = ""
    key = f"moment.{name}" if head else f"moment.{name}_later"
    word = _say(now, key, head=head) if head else _say(now, key)
    state = "done" if head else "not_begun"
    return element("p", state_label(state, now.lang, word=word, size=14), cls="a-quiet")


def _witnesses(now: Visit) -> Markup:
    view = returns_view(now.store, now.who)
    same = [one for one in view.witnesses if one.state == "same"]
    note = _say(now, "same", count=len(same), of=len(view.witnesses))
    shown = [_witness(now, one) for one in view.witnesses]
    body = element("div", *shown, cls="a-waits-tablets") if shown else _say(now, "no_tablets")
    return card(_say(now, "witnesses"), element("div", body, cls="a-pad"), note=note)


def _witness(now: Visit, one: Witness) -> Markup:
    state = "done" if one.state == "same" else "attention"
    word = f"{one.name} {naming.clock(now, one.at)[:5]}"
    return element("span", state_label(state, now.lang, word=word, size=14))


def _looks(now: Visit) -> Markup:
    seen = views_of(now.store, now.who, now.round_id)
    rows = [
        element(
            "li",
            element("span", naming.clock(now, one["at"])[:5]),
            element("span", one["name"]),
            element("span", t(f"organizers.log.viewed.{one['what']}", now.lang)),
        )
        for one in seen[:LATEST]
    ]
    body = element("ul", *rows, cls="a-waits-looks") if rows else _say(now, "no_looks")
    note = _say(now, "looks", count=len(seen))
    return card(_say(now, "looked"), element("div", body, cls="a-pad"), note=note)
