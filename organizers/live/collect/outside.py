"""场外分数 / Outside scores: what waits for a second person, what counts, and the entry."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction

import streamlit as st

from competition import clock
from competition.marks import outside as acts
from competition.marks.outside_lists import EnteredList, Outside, OutsidePart, outside
from competition.rounds.composites import percent
from organizers import naming, second
from organizers.asking import answer
from organizers.live.collect import outside_entry
from organizers.offers import can
from ui.access import Visit, acting, enter_page, saying
from ui.frame import disabled_reason, empty, page_title
from ui.html import Markup, element
from ui.icons import state_label
from ui.tables import Column, list_table
from words import t

_say = saying("organizers.outside")

NAMED = 20
"""Entrants without a score that are named; more are counted."""


def page(now: Visit) -> None:
    """Lists that wait first, then each part with its entry."""
    scores = outside(now.store, now.who, now.round_id)
    page_title(_say(now, "title"), note=_say(now, "note"))
    if not scores.parts:
        empty(_say(now, "none"), _say(now, "none_text"))
        return
    for one in scores.waiting:
        _waiting(now, one)
    for part in scores.parts:
        _part(now, scores, part)
    if not can(now, "enter_outside"):
        st.html(element("p", _say(now, "over"), cls="a-reason"))
    _answered(now, [one for one in scores.lists if one.state != "entered"])
    answer(now, second.dialogs(now))


def _part(now: Visit, scores: Outside, part: OutsidePart) -> None:
    row = part.row
    about = _say(
        now,
        "about",
        weight=percent(Fraction(row["weight"])),
        maximum=part.maximum,
        step=part.step,
        have=len(scores.places) - len(part.missing),
        of=len(scores.places),
    )
    with st.container(border=True, key=f"outside-{row['id']}"):
        st.html(element("h2", row["title"], " ", element("small", about), cls="a-h2"))
        state = "pending" if part.missing else "done"
        label = state_label(state, now.lang, word=_lacking(now, part))
        st.html(element("p", label, cls="a-reason"))
        if can(now, "enter_outside"):
            outside_entry.entry(now, scores, part)


def _lacking(now: Visit, part: OutsidePart) -> str:
    if not part.missing:
        return _say(now, "complete")
    numbers = [one["number"] or one["village"] or one["township"] for one in part.missing]
    named = naming.numbers(numbers[:NAMED], now.lang)
    if len(numbers) > NAMED:
        return _say(now, "missing_more", count=len(numbers), entrants=named)
    return _say(now, "missing", entrants=named)


def _waiting(now: Visit, one: EnteredList) -> None:
    """A list to be checked score by score, with its answers."""
    about = _say(now, "list", part=one.part, count=len(one.scores))
    mine = one.entered_by_id == now.who.person_id
    with st.container(border=True, key=f"list-{one.id}"):
        head = state_label("pending", now.lang, word=_say(now, "waits"))
        at = naming.clock(now, one.entered_at, day=True)
        by = _say(now, "by", name=one.entered_by, at=at, source=one.source)
        st.html(element("div", head, " ", element("b", about), element("div", by, cls="a-reason")))
        st.html(_scores(now, one))
        second.offer(now, "outside", one.id, by=one.entered_by_id, about=about)
        if can(now, "answer_outside"):
            with st.container(horizontal=True, gap="small"):
                if not mine and st.button(
                    _say(now, "confirm"), key=f"confirm-{one.id}", type="primary"
                ):
                    _answer(now, one.id, approve=True)
                if st.button(_say(now, "refuse"), key=f"refuse-{one.id}"):
                    _answer(now, one.id, approve=False)
        if mine:
            disabled_reason(t("error.second_person_needed", now.lang))


def _scores(now: Visit, one: EnteredList) -> Markup:
    changes = any(score.before for score in one.scores)
    columns = [Column(t("organizers.awards.column.number", now.lang))]
    columns += [Column(t("organizers.awards.column.entrant", now.lang))]
    columns += [Column(_say(now, "before"), "right")] * changes
    columns += [Column(_say(now, "score"), "right")]
    rows = [
        [
            naming.number(score.place["number"], now.lang),
            element(
                "span", naming.title(score.place), " ", element("small", naming.around(score.place))
            ),
            *([score.before] * changes),
            element("b", score.score or _say(now, "taken")),
        ]
        for score in one.scores
    ]
    return list_table(columns, rows, now.lang, keeps=1)


def _answer(now: Visit, list_id: str, *, approve: bool) -> None:
    _act(now, lambda at: acts.answer_outside(now.store, now.who, list_id, approve=approve, at=at))


def _act(now: Visit, act: Callable[[datetime], object]) -> None:
    with acting(now.lang) as problems:
        act(clock.now(now.store))
    if not problems:
        st.rerun()


def _answered(now: Visit, lists: list[EnteredList]) -> None:
    """What was confirmed or refused, newest first."""
    if not lists:
        return
    st.html(element("h2", _say(now, "done"), cls="a-h2 a-over"))
    for one in lists:
        state = "done" if one.state == "confirmed" else "recused"
        word = t(f"event.outside_{one.state}", now.lang)
        at = naming.clock(now, one.entered_at, day=True)
        by = _say(now, "by", name=one.entered_by, at=at, source=one.source)
        who = _say(now, "answered", name=one.answered_by)
        about = _say(now, "list", part=one.part, count=len(one.scores))
        label = state_label(state, now.lang, word=word)
        line = element("div", element("b", about), " ", label)
        st.html(element("div", line, element("div", by, " · ", who, cls="a-reason"), cls="a-item"))


page(enter_page("outside", page="organizers.outside"))
