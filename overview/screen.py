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
from ui.grid import arrow_keys
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
    if not is_wall:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=True):
            pick_year(now, choice)
            _turn(_say(now, "wall"), **{WALL: 1})
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
    arrow_keys()
    if not is_wall:
        county_table(now, view, "filed")
        return
    _turn(_say(now, "unwall"))  # below, so that a wall's whole height is for figures
    st.html(f"<style>{parts.WALL_CSS}</style>")


def _turn(label: str, **asked: object) -> None:
    """The way to the wall, or back from it."""
    there = address("overview.screen", **asked)
    st.html(element("a", label, href=there, target="_self", cls="a-file"), width="content")


page(enter_page("programme", of_round=False))
