"""督办单: written by the office, received and answered by the county, on paper and here."""

import streamlit as st

from competition.programme import dispatches
from competition.programme.finding import villages_behind
from competition.programme.lists import LetterAt, dispatches_list
from competition.programme.overview import overview
from competition.rights import refusal
from overview.choice import Choice, begin, link, pick_year
from overview.dispatch_acts import letter_acts
from overview.figures import about_by, marked, said
from overview.papers import letter_papers
from overview.states import letter_state
from ui.access import Visit, enter_page, saying
from ui.forms import Form
from ui.frame import empty
from ui.html import card, element, join
from ui.pressing import say_problem
from words import t

_say = saying("overview.dispatches")


def page(now: Visit) -> None:
    """The office's form; below it each dispatch with what its reader may do."""
    choice = begin(now, "dispatches")
    if choice is None:
        return
    pick_year(now, choice)
    say_problem(now)
    if refusal(now.store, now.who, "write_dispatch", None) is None and not choice.is_closed:
        _write(now, choice)
    letters = dispatches_list(now.store, now.who, choice.id)
    if not letters:
        empty(_say(now, "nothing"), _say(now, "nothing_text"))
    for one in letters:
        with st.container(key=f"item-{one.dispatch['id']}"):
            _letter(now, choice, one)


def _write(now: Visit, choice: Choice) -> None:
    """County, reason, day; the villages that are overdue there are named by themselves."""
    view = overview(now.store, now.who, choice.id, at=now.at)
    late = {one.code: one.figures["overdue"].value for one in view.counties}
    names = {one.code: one.county for one in view.counties}
    with st.expander(_say(now, "write"), expanded="county" in st.query_params):
        form = Form(now, f"dispatch-{choice.id}")
        order = sorted(names, key=lambda code: (-late[code], code))
        asked = st.query_params.get("county", "")
        county = form.pick(
            "county",
            _say(now, "county"),
            order,
            asked if asked in names else order[0],
            lambda code: _say(now, "county_late", county=names[code], count=late[code]),
        )
        form.text("reason", _say(now, "reason"), hint=_say(now, "reason_hint"))
        form.text("due_on", _say(now, "due_on"), placeholder="2022-03-25", width=200)
        behind = villages_behind(now.store, now.who, choice.id, "overdue", county=county, at=now.at)
        named = t("list.between", now.lang).join(one.village for one in behind)
        count = marked(len(behind), "value", "overdue", county)
        naming = said(now.lang, "overview.dispatches.names", count=count, names=named)
        about = about_by(now, "steps", choice.today)
        st.html(element("p", naming, " ", about, cls="a-reason o-block"))
        form.send(
            _say(now, "send"),
            lambda values, at: dispatches.write_dispatch(
                now.store,
                now.who,
                choice.id,
                values["county"],
                reason=values["reason"],
                villages=[one.code for one in behind],
                due_on=values["due_on"],
                at=at,
            ),
            done=_say(now, "sent"),
        )


def _letter(now: Visit, choice: Choice, one: LetterAt) -> None:
    row = one.dispatch
    places = [link(v["village"], "overview.village", code=v["code"]) for v in one.villages]
    lines = [element("p", row["reason"], cls="o-said")]
    if places:
        lines.append(element("p", join(places, t("list.between", now.lang)), cls="o-said"))
    for each in one.earlier:
        said = _say(now, "answered", day=each["answered_on"])
        asked = _say(now, "asked", day=each["asked_on"])
        lines.append(element("p", element("b", said), " ", each["answer"], cls="o-said"))
        lines.append(element("p", element("b", asked), " ", each["asked"], cls="o-said"))
    if row["answer"]:
        answered = _say(now, "answered", day=row["answered_on"])
        lines.append(element("p", element("b", answered), " ", row["answer"], cls="o-said"))
    title = _say(now, "letter", number=row["number"], county=row["county"])
    note = _say(now, "dates", issued=row["issued_on"], due=row["due_on"])
    state = element("p", letter_state(now, row, choice.day), cls="o-said")
    st.html(card(title, state, *lines, note=note))
    with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=True):
        letter_papers(now, one)
        if not choice.is_closed:
            letter_acts(now, one)


page(enter_page("programme", of_round=False))
