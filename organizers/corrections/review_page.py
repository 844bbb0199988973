"""现场复核 / Reviews: asked for within two hours on four grounds, answered on paper."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.corrections import reviews
from competition.corrections.choices import choices
from competition.corrections.reviews import FINDINGS, GROUNDS, Review, reviews_of
from competition.rights import refusal
from organizers import naming
from organizers.offers import can
from ui.access import Visit, enter_page, saying
from ui.forms import Form, Values
from ui.frame import empty, page_title
from ui.html import Markup, element, tag
from ui.ways import to_page

_say = saying("organizers.reviews")


def page(now: Visit) -> None:
    """The form, then every review with its answer or the fields of one."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    listed = reviews_of(now.store, now.who, now.round_id)
    for one in listed:
        with st.container(border=True, key=f"review-{one.id}"):
            st.html(_about(now, one))
            if not one.finding and can(now, "answer_review"):
                _answer(now, one)
    if not listed:
        empty(_say(now, "none"), _say(now, "none_text"))
    if can(now, "enter_review"):
        _enter(now)
    if refusal(now.store, now.who, "people", now.round_id) is None:
        to_page("organizers.official", _say(now, "to_paper"))


def _about(now: Visit, one: Review) -> Markup:
    state = one.finding or "waiting"
    tone = "wait" if state == "waiting" else "ok"
    label = tag(_say(now, f"finding.{state}"), tone=tone)
    ground = tag(_say(now, f"ground.{one.ground}"))
    head = element("h3", ground, naming.heading(one.entrant, now.lang), label, cls="a-waits-head")
    times = {"at": naming.clock(now, one.entered_at), "until": naming.clock(now, one.until)}
    asked = _say(now, "asked", name=one.asked_by, by=one.entered_by, **times)
    lines = [element("p", one.claim), element("p", asked, cls="a-reason")]
    if one.finding:
        at = naming.clock(now, one.answered_at)
        said = _say(now, "answered", name=one.answered_by, at=at, answer=one.answer)
        lines.append(element("p", said))
    return element("div", head, *lines, cls="a-waits")


def _enter(now: Visit) -> None:
    places = choices(now.store, now.who, now.round_id).places

    def name(key: str) -> str:
        return f"{naming.number(places[key]['number'], now.lang)} {naming.title(places[key])}"

    with st.container(border=True, key="review-form"):
        st.html(element("h2", _say(now, "enter_title"), cls="a-h2"))
        form = Form(now, f"review-{now.round_id}", watch=False)
        one, two = st.columns(2, gap="small")
        with one:
            form.pick("entrant", _say(now, "field.entrant"), list(places), None, name)
        with two:
            form.text("asked_by", _say(now, "field.asked_by"))
        form.choose(
            "ground",
            _say(now, "field.ground"),
            GROUNDS,
            GROUNDS[0],
            lambda key: _say(now, f"ground.{key}"),
            hint=_say(now, "ground_hint"),
        )
        form.text("claim", _say(now, "field.claim"))
        form.send(_say(now, "enter"), partial(_put, now))


def _put(now: Visit, values: Values, at: datetime) -> None:
    reviews.enter_review(
        now.store,
        now.who,
        now.round_id,
        str(values["entrant"]),
        ground=str(values["ground"]),
        claim=str(values["claim"]),
        asked_by=str(values["asked_by"]),
        at=at,
    )


def _answer(now: Visit, one: Review) -> None:
    form = Form(now, f"answer-{one.id}", watch=False)
    form.choose(
        "finding",
        _say(now, "field.finding"),
        FINDINGS,
        FINDINGS[0],
        lambda key: _say(now, f"finding.{key}"),
        hint=_say(now, "finding_hint"),
    )
    form.text("answer", _say(now, "field.answer"))

    def put(values: Values, at: datetime) -> None:
        finding, said = str(values["finding"]), str(values["answer"])
        reviews.answer_review(now.store, now.who, one.id, finding=finding, answer=said, at=at)

    form.send(_say(now, "answer"), put)


page(enter_page("reviews", page="organizers.reviews"))
