"""一图: the counties as tiles by any measure and any week, the same as a table."""

from functools import partial

import pandas as pd
import streamlit as st

from charts.trend import trend
from competition.programme.overview import Overview, overview
from competition.programme.trend import filed_by_week
from overview import figures
from overview.choice import Choice, begin, link, pick_year
from overview.map_choice import pick_measure, pick_week
from overview.map_picture import as_outlines, caption, county_picture
from overview.tables import county_table
from overview.tiles import legend, tile_map
from ui.access import Visit, enter_page, saying
from ui.grid import arrow_keys
from ui.html import Markup, element, join
from ui.pictures import Picture, show
from ui.tables import Column, list_table
from words import t

_say = saying("overview.map")
MAP = "overview.map"


def page(now: Visit) -> None:
    """Measure and week to choose, the map with its legend, and the table below."""
    choice = begin(now, "map")
    if choice is None:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=True):
        pick_year(now, choice)
        key = pick_measure(now)
    pick_week(now, choice)
    view = overview(now.store, now.who, choice.id, day=choice.day, at=now.at)
    drawn = as_outlines(now)
    shown = (legend if drawn else tile_map)(now, view, key)
    st.html(element("div", _finding(now, view, key), shown, cls="o-block o-stack"))
    county_picture(now, choice, view, key, drawn=drawn)
    county_table(now, view, key)
    arrow_keys()
    _trend(now, choice, view)


def _trend(now: Visit, choice: Choice, view: Overview) -> None:
    """Villages filed week by week, as a chart and as its data."""
    weeks = filed_by_week(now.store, now.who, choice.id, day=choice.day, at=now.at)
    frame = pd.DataFrame(weeks, columns=["day", "value"])
    one = Picture("trend", "programme", partial(trend, frame, now.lang))
    show(now, one, (choice.id, str(weeks)), partial(caption, now, choice), of_round=False)
    columns = [Column(_say(now, "week")), Column(t("programme.measure.filed", now.lang), "right")]
    rows = [(day, figures.marked(f"{count:,}", "filed_by", day)) for day, count in weeks]
    table = list_table(columns, rows, now.lang)
    about = element("p", figures.about(now, "filed", view), cls="a-reason")
    st.html(element("div", table, about, cls="o-block"))


def _finding(now: Visit, view: Overview, key: str) -> Markup:
    """The sentence over the map, which leads to the list behind it."""
    figure = view.total.figures[key]
    name = t(f"programme.measure.{key}", now.lang)
    value, share, _ = figures.of_measure(key, figure, "")
    if figure.percent is None:
        unit = t(f"programme.measure.{key}_unit", now.lang)
        text = figures.said(now.lang, f"{MAP}.count", name=name, value=value, unit=unit)
    else:
        count = figures.marked(f"{figure.out_of or 0:,}", "out_of", key, "all")
        shown = {"share": share, "value": value, "count": count}
        text = figures.said(now.lang, f"{MAP}.share", name=name, **shown)
    head = element("h2", link(text, "overview.village", measure=key, which="all"), cls="a-h2")
    return join([head, element("p", figures.about(now, key, view), cls="a-reason")])


page(enter_page("programme", of_round=False))
