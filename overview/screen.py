"""一屏: the contest and the programme by county, what is overdue, what changed, who is next."""

import streamlit as st

from competition.programme.contest import contest
from competition.programme.funds import funds_by_year
from competition.programme.overview import overview
from overview import screen_contest, screen_due, screen_plans
from overview import screen_parts as parts
from overview.choice import address, begin, pick_year
from overview.late import late_part
from overview.tables import county_table
from ui.access import Visit, enter_page, saying
from ui.html import element

_say = saying("overview.screen")
WALL = "wall"


def page(now: Visit) -> None:
    """Figures first; then contest, map and what must be acted on; on a wall all in one view."""
    is_wall = WALL in st.query_params
    choice = begin(now, "screen")
    if choice is None:
        return
    view = overview(now.store, now.who, choice.id, day=choice.day, at=now.at)
    games = contest(now.store, now.who)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=True):
        pick_year(now, choice)
        wall = address("overview.screen", **({} if is_wall else {WALL: 1}))
        label = _say(now, "unwall" if is_wall else "wall")
        st.html(element("a", label, href=wall, target="_self", cls="a-file"), width="content")
    st.html(parts.band(now, view))
    money = funds_by_year(now.store, now.who, choice.id, day=choice.day, at=now.at)
    left = [
        screen_contest.rounds(now, view, games),
        screen_contest.awards(now, view, games),
        parts.coming(now, view),
    ]
    middle = [
        parts.county_map(now, view),
        screen_plans.plans(now, view),
    ]
    right = [
        screen_due.overdue(now, view),
        "" if is_wall else late_part(now, choice),
        screen_due.week(now, view),
        screen_due.letters(now, view),
        screen_plans.funds(now, view, money),
    ]
    columns = [element("div", *column, cls="o-col") for column in (left, middle, right)]
    frame = element("div", *columns, cls="o-cols")
    st.html(element("div", frame, cls="o-wall") if is_wall else frame)
    if not is_wall:
        county_table(now, view, "filed")
        return
    st.html(f"<style>{parts.WALL_CSS}</style>")


page(enter_page("programme", of_round=False))
