"""需求清单: what villages need, who takes it on, what is met."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.programme import needs as acts
from competition.programme.lists import NeedAt, needs_list
from competition.rights import refusal
from overview.choice import Choice, begin, link, pick_year
from overview.figures import about_by, marked, said
from overview.picking import MOST_LISTED, pick_village
from overview.states import need_state
from ui.access import Visit, enter_page, saying
from ui.forms import Form
from ui.html import element
from ui.pressing import button, say_problem
from ui.tables import Column, list_table

_say = saying("overview.needs")
OPEN, MATCHED, MET = "open", "matched", "met"
STATES = (OPEN, MATCHED, MET)
MOST_OPEN, MOST_SHOWN = 30, 300


def state_of(one: NeedAt) -> str:
    """A need's state."""
    return MET if one.need["met_on"] else MATCHED if one.need["matched_on"] else OPEN


def page(now: Visit) -> None:
    """Open needs with their buttons first; then all as a table."""
    choice = begin(now, "needs")
    if choice is None:
        return
    pick_year(now, choice)
    say_problem(now)
    listed = needs_list(now.store, now.who, choice.id, day=choice.day)
    counts = {
        state: marked(f"{sum(state_of(one) == state for one in listed):,}", "needs", state)
        for state in STATES
    }
    # What is open is every county's; the rest only its own and what it has taken on.
    whose = "counts" if all(one.is_own for one in listed) else "counts_of_county"
    text = said(now.lang, f"overview.needs.{whose}", **counts)
    about = element("p", about_by(now, "promised", choice.day), cls="a-reason")
    st.html(element("div", element("p", text), about, cls="a-text o-block"))
    may_write = refusal(now.store, now.who, "put_need", None) is None
    if may_write and not choice.is_closed:
        _enter(now, choice)
        _take_on(now, [one for one in listed if state_of(one) == OPEN])
        mine = [one for one in listed if one.is_own or one.is_taken]
        _settle(now, [one for one in mine if state_of(one) == MATCHED])
    rows = [
        (
            element("b", one.need["text"]),
            _place(one),
            element("span", one.need["asked_on"], cls="a-nb"),
            one.need["offered_by"],
            need_state(now, one.need),
        )
        for one in listed[:MOST_SHOWN]
    ]
    columns = [
        Column(_say(now, f"column_{key}")) for key in ("text", "village", "day", "unit", "state")
    ]
    if len(listed) > MOST_SHOWN:
        st.html(element("p", _say(now, "first", most=MOST_SHOWN), cls="a-reason"))
    st.html(list_table(columns, rows, now.lang, keeps=1, stacks=True))


def _place(one: NeedAt) -> object:
    name = f"{one.village['county']} {one.village['township']} {one.village['village']}"
    if not one.is_own:
        return name
    return link(name, "overview.village", code=one.village["code"])


def _enter(now: Visit, choice: Choice) -> None:
    """A need of a village, found by what is typed."""
    with st.expander(_say(now, "enter")):
        form = Form(now, f"need-{choice.id}")
        code = pick_village(now, choice, form, _say(now, "which"))
        form.text("need", _say(now, "need"))
        form.send(
            _say(now, "send"),
            lambda values, at: acts.put_need(
                now.store,
                now.who,
                choice.id,
                [acts.NeedSaid(str(values.get("code", "")), values["need"])],
                at=at,
            ),
            reason="" if code else _say(now, "no_village"),
        )


def _take_on(now: Visit, listed: list[NeedAt]) -> None:
    """Open needs, of one county where they are many, each with the unit that takes it on."""
    if not listed:
        return
    with st.expander(_say(now, "take_on", count=len(listed))):
        listed = _of_county(now, listed)[:MOST_LISTED]
        ids = [one.need["id"] for one in listed]
        names = {
            one.need["id"]: f"{one.need['text']} · {one.village['county']} {one.village['village']}"
            for one in listed
        }
        form = Form(now, "need-offer")
        form.pick("need", _say(now, "need"), ids, ids[0], names.__getitem__)
        form.text("offered_by", _say(now, "unit"))
        form.send(
            _say(now, "take_on_now"),
            lambda values, at: acts.offer_need(
                now.store, now.who, values["need"], values["offered_by"], at=at
            ),
        )


def _of_county(now: Visit, listed: list[NeedAt]) -> list[NeedAt]:
    """All of them where they are few; else those of the county that is chosen."""
    if len(listed) <= MOST_LISTED:
        return listed
    names = {one.village["code"][:6]: one.village["county"] for one in listed}
    chosen = st.selectbox(
        _say(now, "county"), sorted(names), format_func=names.__getitem__, key="need-county"
    )
    return [one for one in listed if one.village["code"][:6] == chosen]


def _settle(now: Visit, listed: list[NeedAt]) -> None:
    """Needs taken on, each to be recorded as met or open again."""
    if not listed:
        return
    with st.expander(_say(now, "settle", count=len(listed))):
        for one in listed[:MOST_OPEN]:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                name = f"{one.need['text']} · {one.village['village']} · {one.need['offered_by']}"
                st.html(element("span", name), width="stretch")
                for key, is_met in (("met", True), ("reopen", False)):
                    button(
                        now,
                        _say(now, key),
                        f"need-{key}-{one.need['id']}",
                        partial(_record, now, one.need["id"], is_met),
                    )


def _record(now: Visit, need_id: str, is_met: bool, at: datetime) -> None:
    acts.settle_need(now.store, now.who, need_id, is_met=is_met, at=at)


page(enter_page("programme", of_round=False))
