"""宣布与公示 / Announcing: the facts beside a certificate, objections, and its versions."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.results.errors import CertificateDiffers
from competition.results.publishing import ACTS, FIELDS, Course, Fact, course, publish
from organizers import naming, second
from organizers.asking import answer
from organizers.offers import can
from organizers.results.publishing import exchange, objections, versions
from ui.access import Visit, enter_page, saying
from ui.forms import Form, Values
from ui.frame import page_title
from ui.html import Markup, element, tag
from ui.icons import state_label
from words import t

_say = saying("organizers.publishing")


def page(now: Visit) -> None:
    """Each fact as it stands or with its fields; then objections and versions."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    try:
        stands = course(now.store, now.who, now.round_id)
    except CertificateDiffers:
        return
    st.html(element("p", _say(now, "of", version=stands.version, code=stands.sha256[:12])))
    for fact in stands.facts:
        with st.container(border=True, key=f"fact-{fact.kind}"):
            _fact(now, stands, fact)
    if stands.fact("announced").at or stands.fact("noticed").at:
        address = f"/results?lang={now.lang}"
        st.html(element("p", element("a", _say(now, "public"), href=address, target="_blank")))
    objections.panel(now, noticed=bool(stands.fact("noticed").at))
    versions.panel(now)
    exchange.panel(now)
    answer(now, second.dialogs(now))


def _fact(now: Visit, stands: Course, fact: Fact) -> None:
    name = _say(now, f"fact.{fact.kind}")
    if fact.at:
        st.html(_done(now, name, fact))
        return
    st.html(element("h2", name, " ", tag(_say(now, "open"), tone="wait"), cls="a-h2"))
    st.html(element("p", _say(now, f"about.{fact.kind}"), cls="a-reason"))
    if fact.missing:
        needs = t(f"publication.{fact.missing[0]}", now.lang)
        word = t(
            "error.not_yet", now.lang, needs=needs, kind=t(f"publication.{fact.kind}", now.lang)
        )
        st.html(element("p", state_label("locked", now.lang, word=word), cls="a-reason"))
    elif can(now, ACTS[fact.kind]):
        _form(now, stands, fact)


def _done(now: Visit, name: str, fact: Fact) -> Markup:
    head = element("h2", name, " ", tag(_say(now, "done"), state="done", tone="ok"), cls="a-h2")
    lines = [_say(now, "at", at=naming.clock(now, fact.at, day=True), name=fact.by)]
    lines += [f"{_say(now, f'field.{field}')} {fact.details[field]}" for field in FIELDS[fact.kind]]
    return element("div", head, *[element("p", line, cls="a-reason") for line in lines])


def _form(now: Visit, stands: Course, fact: Fact) -> None:
    form = Form(now, f"publish-{stands.sha256[:12]}-{fact.kind}", watch=False)
    for field in FIELDS[fact.kind]:
        hint = _say(now, f"hint.{field}")
        form.text(field, _say(now, f"field.{field}"), hint=hint)
    form.send(_say(now, f"act.{fact.kind}"), partial(_publish, now, stands.sha256, fact.kind))


def _publish(now: Visit, sha256: str, kind: str, values: Values, at: datetime) -> None:
    typed = {name: str(value) for name, value in values.items()}
    publish(now.store, now.who, now.round_id, kind, typed, sha256=sha256, at=at)


page(enter_page("award_list", page="organizers.publishing"))
