"""The map as a picture to take away, and the simplified outlines in place of the tiles."""

from functools import partial

import pandas as pd
import streamlit as st

from charts import counties
from competition.invented import invented
from competition.programme.measures import MEASURES
from competition.programme.outlines import counties_geojson
from competition.programme.overview import CountyFigures, Overview
from competition.programme.tiles import placed
from overview import figures
from overview.choice import Choice
from overview.tiles import steps_of
from ui.access import Visit, saying
from ui.pictures import Picture, links, show
from words import t

_say = saying("overview.map")
OUTLINES = "outlines"


def as_outlines(now: Visit) -> bool:
    """Whether outlines are asked for, by a switch whose state is in the address."""

    def chosen() -> None:
        if st.session_state["overview-outlines"]:
            st.query_params[OUTLINES] = "1"
        else:
            st.query_params.pop(OUTLINES, None)

    st.session_state["overview-outlines"] = OUTLINES in st.query_params
    label, note = _say(now, "outlines"), _say(now, "sketch")
    return bool(st.toggle(f"{label} ({note})", key="overview-outlines", on_change=chosen))


def county_picture(now: Visit, choice: Choice, view: Overview, key: str, *, drawn: bool) -> None:
    """The outlines, shown; or the tiles, which the page has drawn, as files only."""
    frame = pd.DataFrame([_row(view, key, one) for one in view.counties])
    name = t(f"programme.measure.{key}", now.lang)
    title = _say(now, "picture", name=name, day=view.day)
    how = [figures.source(now, key, view).striptags()]
    if not drawn:
        one = Picture("tiles", "programme", partial(counties.tiles, frame, title, how))
        links(now, one, partial(caption, now, choice), of_round=False)
        return
    draw = partial(counties.outlines, frame, counties_geojson(), title, [_say(now, "sketch"), *how])
    state = (choice.id, key, view.day, str(frame.to_dict("list")))
    picture = Picture("outlines", "programme", draw)
    show(now, picture, state, partial(caption, now, choice), of_round=False)


def _row(view: Overview, key: str, one: CountyFigures) -> dict[str, object]:
    figure = one.figures[key]
    row, column = placed(each.code for each in view.counties)[one.code]
    value = figures.value(key, figure)
    is_share = MEASURES[key].out_of is not None and figure.percent is not None
    return {
        "code": one.code,
        "county": one.county,
        "step": steps_of(view, key)[one.code],
        "value": f"{figure.percent:.0f}%" if is_share else value,
        "detail": f"{value}/{figure.out_of:,}" if is_share else "",
        "row": row,
        "column": column,
    }


def caption(now: Visit, choice: Choice) -> str:
    """The year, the day until which is counted, and whether the data is invented."""
    said = [str(choice.programme["year"]), t("overview.until", now.lang, day=choice.day)]
    mark = invented(now.competition)
    return " ".join([*said, *[t(f"exports.paper.{mark}", now.lang)] * bool(mark)])
