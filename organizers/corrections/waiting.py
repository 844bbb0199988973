"""待确认 / To sign: what waits for the visitor's signature, and what shows the record is whole."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.corrections.effects import Effect
from competition.corrections.listing import corrections_of
from competition.corrections.saying import effect_lines, heading
from competition.errors import Refused
from competition.people import confirming, pins
from competition.saying import sentence
from organizers import naming, second, signing
from organizers.asking import Dialog, act_buttons, answer, ask
from organizers.corrections import forms, panels
from organizers.corrections.items import REASONED, REFUSALS, Item, effect_of, waiting
from organizers.offers import can
from ui.access import Visit, enter_page, saying
from ui.forms import Form, Values
from ui.frame import empty, page_title
from ui.html import Markup, definition, element, tag
from ui.ways import to_page
from words import t

_say = saying("organizers.waiting")


def page(now: Visit) -> None:
    """Each thing that waits with its own buttons; below it head, witnesses and looks."""
    items = waiting(now)
    count = tag(_say(now, "count", count=len(items)), tone="wait") if items else ""
    page_title(_say(now, "title"), state=count, note=_say(now, "note"))
    if not items:
        empty(_say(now, "nothing"), _say(now, "nothing_text"))
    has_pin = bool(pins.own_pin(now.store, now.who).set_at)
    if items and not has_pin:
        st.html(element("p", _say(now, "no_pin"), cls="a-reason"))
        to_page("organizers.pin", _say(now, "set_pin"))
    for item in items:
        _item(now, item, has_pin=has_pin)
    _on_paper(now)
    _photographed(now)
    panels.show(now)
    answer(now, _dialogs(now))


def _on_paper(now: Visit) -> None:
    """The ways to what is compared with paper before it is signed."""
    elsewhere = signing.waiting(now)
    for kind in ("transcription", "reading"):
        if kind in elsewhere:
            label = f"{t(f'organizers.check.sign.{kind}', now.lang)} {elsewhere[kind]}"
            to_page(signing.PAGES[kind], label, mark=kind)


def _photographed(now: Visit) -> None:
    """Corrections that were confirmed by a photographed form: who signed, and the photograph."""
    if not can(now, "signed_forms") or not can(now, "confirm_correction"):
        return
    listed = corrections_of(now.store, now.who, now.round_id)
    by_form = [one for one in listed if one.form is not None]
    if by_form:
        title = _say(now, "photographed", count=len(by_form))
        st.html(element("h2", title, cls="a-h2 a-over"))
    for one in by_form:
        with st.container(border=True, key=f"form-{one.id}"):
            kind = t(f"correction.kind.{one.kind}", now.lang)
            head = element("b", f"{kind} {heading(one, now.lang)}")
            st.html(element("p", head, " ", one.reason))
            forms.show(now, one)


def _item(now: Visit, item: Item, *, has_pin: bool) -> None:
    shown, problem = _effect(now, item)
    with st.container(border=True, key=f"waits-{item.key}"):
        about, sign = st.columns([10, 4], gap="medium", vertical_alignment="center")
        with about:
            st.html(_about(now, item, shown, problem))
        with sign:
            form = Form(now, f"sign-{item.key}", disabled=not has_pin, watch=False)
            form.secret("pin", _say(now, "pin"))
            no, yes = st.columns(2, gap="small", vertical_alignment="center")
            no.button(
                _say(now, "refuse"),
                key=f"refuse-{item.key}",
                width="stretch",
                on_click=ask,
                args=("refuse",),
                kwargs={"kind": item.kind, "key": item.key, "about": item.title},
            )
            with yes:
                form.send(_say(now, "confirm"), partial(_sign, now, item), done=_say(now, "done"))


def _sign(now: Visit, item: Item, values: Values, at: datetime) -> None:
    confirming.sign_here(
        now.store,
        now.who,
        str(values["pin"]),
        lambda who: second.KINDS[item.kind].do(now, who, item.key, True, at),
        act=item.act,
        round_id=now.round_id,
        at=at,
    )


def _effect(now: Visit, item: Item) -> tuple[Effect | None, str]:
    """What it would do; or why the act would be refused now."""
    try:
        return effect_of(now, item), ""
    except Refused as error:
        return None, t("correction.effect.refused", now.lang, why=sentence(error, now.lang))


def _about(now: Visit, item: Item, shown: Effect | None, problem: str) -> Markup:
    by = _say(now, "by", name=item.by, at=naming.clock(now, item.at)) if item.at else item.by
    head = element(
        "h2", tag(item.tag), element("span", item.title), element("small", by), cls="a-waits-head"
    )
    effect = [problem] if problem else effect_lines(shown, now.lang)
    facts: list[tuple[object, object]] = [
        (_say(now, "reason"), item.reason),
        (_say(now, "effect"), element("div", *[element("p", line) for line in effect])),
    ]
    return element(
        "div",
        head,
        *[_change(*one) for one in _changes(now, item, shown)],
        element("div", item.aside, cls="a-waits-aside") if item.aside else "",
        definition(facts),
        cls="a-waits",
    )


def _changes(now: Visit, item: Item, shown: Effect | None) -> tuple[tuple[str, str, str], ...]:
    """Old and new; of a deduction the score, for those who may see it."""
    moves = [one for one in shown.moves if one.entrant_id == item.entrant_id] if shown else []
    if item.kind == "deduction" and moves and moves[0].old and moves[0].new:
        return ((_say(now, "score"), moves[0].old, moves[0].new),)
    return item.changes


def _change(name: str, old: str, new: str) -> Markup:
    parts = (element("s", old), element("i", "→"), element("b", new))
    size = "a-waits-change" if len(old) + len(new) < 40 else "a-waits-change a-waits-long"
    return element("div", element("span", name), *parts, cls=size)


def _dialogs(now: Visit) -> dict[str, Dialog]:
    return {"refuse": (_say(now, "refuse_title"), partial(_refuse, now))}


def _refuse(now: Visit, *, kind: str, key: str, about: str) -> None:
    st.html(element("p", element("b", about)))
    reason = ""
    if kind in REASONED:
        reason = st.text_area(t("organizers.ask.reason", now.lang), key=f"why-{key}", height=92)
    act_buttons(
        now,
        _say(now, "refuse_now"),
        f"refuse-{key}",
        lambda at: REFUSALS[kind](now, key, reason, at),
    )


page(enter_page("progress", page="organizers.waiting"))
