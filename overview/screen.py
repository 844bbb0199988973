"""一屏: the contest and the programme by county, what is overdue, what changed, who is next."""

import streamlit as st

from competition.programme.contest import contest
from competition.programme.overview import overview
from overview import screen_parts as parts
from overview.choice import address, begin, pick_year
from overview.tiles import tile_map
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
    left = [parts.rounds(now, games), parts.awards(now, view, games)]
    middle = [
        parts.claim(now, view),
        tile_map(now, view, "filed"),
        parts.remainder(now, view),
        parts.coming(now, view),
    ]
    right = [parts.overdue(now, view), parts.week(now, view), parts.letters(now, view)]
    columns = [element("div", *column, cls="o-col") for column in (left, middle, right)]
    frame = element("div", *columns, cls="o-cols")
    st.html(element("div", frame, cls="o-wall") if is_wall else frame)
    if is_wall:
        st.html(f"<style>{parts.WALL_CSS}</style>")


page(enter_page("programme", of_round=False))
