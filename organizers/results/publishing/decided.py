"""建议名单与审定名单 / Suggested and decided: both lists, each change by two people."""

from datetime import datetime

import streamlit as st

from competition.results.carrying import carried_changes
from competition.results.deciding import (
    MAIN,
    Lists,
    enter_list_change,
    lists,
)
from competition.results.prize_words import group_name, reason_said
from competition.results.prizes import Prized, PrizeGroup
from competition.results.standing_lines import CertifiedLine
from organizers import naming, second
from organizers.asking import answer
from organizers.offers import can
from organizers.results.publishing import carrying, changes
from ui.access import Visit, enter_page, saying
from ui.forms import Form, Values
from ui.frame import page_title
from ui.html import Markup, element, join, tag

_say = saying("organizers.decided")
OUT = "-"
"""The choice that takes an entrant out of the list; no prize is called so."""


def page(now: Visit) -> None:
    """The lists side by side, the changes below, the fields of one more."""
    both = lists(now.store, now.who, now.round_id)
    state = tag(_say(now, "done"), state="done", tone="ok") if both.is_decided else ""
    page_title(_say(now, "title"), state=state, note=_say(now, "note"))
    left, right = st.columns(2, gap="medium")
    for column, name, groups in (
        (left, "suggested", both.suggested),
        (right, "decided", both.decided),
    ):
        with column:
            st.html(element("h2", _say(now, name), cls="a-h2"))
            st.html(element("div", *[_group(now, group) for group in groups]))
    earlier = carried_changes(now.store, now.who, now.round_id)
    if not both.is_decided:
        carrying.panel(now, [one for one in earlier if not one.is_answered])
    from_version = {(one.entrant_id, one.prize, one.reason): one.version for one in earlier}
    if both.changes:
        st.html(element("h2", _say(now, "changes"), cls="a-h2 a-over"))
    for one in both.changes:
        with st.container(border=True, key=f"change-{one.id}"):
            since = from_version.get((one.entrant_id, one.prize, one.reason))
            changes.show(now, one, is_open=not both.is_decided, since=since)
    if not both.is_decided and can(now, "enter_list_change"):
        _enter(now, both)
    answer(now, second.dialogs(now))


def _group(now: Visit, group: PrizeGroup) -> Markup:
    items = [element("li", _entry(now, one)) for one in group.members]
    head = _say(now, "group", name=group_name(group, now.lang), count=len(group.members))
    return element("section", element("p", element("b", head)), element("ol", *items))


def _entry(now: Visit, one: Prized) -> Markup:
    who = one.county if one.line is None else _named(now, one.line)
    return join([who, element("small", reason_said(one.reason, now.lang), cls="a-reason")], " ")


def _named(now: Visit, line: CertifiedLine) -> str:
    return f"{naming.number(line['number'], now.lang)} {naming.title(line)} {line['county']}"


def _enter(now: Visit, both: Lists) -> None:
    main = [group for group in both.decided if group.kind in MAIN]
    names = {
        OUT: _say(now, "out"),
        **{group.name: changes.prize(now, group.name) for group in main},
    }
    places = {one["entrant_id"]: _named(now, one) for one in both.entrants}
    with st.container(border=True, key="change-form"):
        st.html(element("h2", _say(now, "enter_title"), cls="a-h2"))
        st.html(element("p", _say(now, "text"), cls="a-reason"))
        form = Form(now, f"change-{now.round_id}", watch=False)
        form.pick("entrant", _say(now, "entrant"), list(places), None, lambda key: places[key])
        form.choose("prize", _say(now, "to"), list(names), OUT, lambda key: names[key])
        form.text("reason", _say(now, "reason"))

        def put(values: Values, at: datetime) -> None:
            prize = None if values["prize"] == OUT else str(values["prize"])
            entrant, reason = str(values["entrant"]), str(values["reason"])
            where = (now.store, now.who, now.round_id)
            enter_list_change(*where, entrant, prize, reason=reason, at=at)

        form.send(_say(now, "enter"), put)


page(enter_page("award_list", page="organizers.decided"))
