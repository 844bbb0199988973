"""Tables of counties and of villages, also as files."""

import streamlit as st

from competition.programme.lines import VillageLine
from competition.programme.measures import MEASURES, Measure
from competition.programme.overview import Overview
from exports import EXPORTS, Table
from exports import Column as FileColumn
from exports.formats import safe_name
from overview import figures
from overview.choice import link
from ui.access import Visit, saying
from ui.downloads import download
from ui.html import Markup, element
from ui.icons import state_label
from ui.tables import Column, list_table
from words import t

_say = saying("overview.table")
SHOWN = ("villages", "finished", "reviewed", "filed", "special", "people", "met", "overdue")
XLSX = EXPORTS["xlsx"]


def county_table(now: Visit, view: Overview, key: str) -> None:
    """Counties by measures, the chosen one first; and the same as a workbook."""
    keys = [key, *(one for one in SHOWN if one != key)]
    heads = [Column(_say(now, "county"))]
    heads += [Column(t(f"programme.measure.{one}", now.lang), "right") for one in keys]
    rows: list[list[object]] = []
    for one in (*view.counties, view.total):
        name = one.county or _say(now, "all")
        cells: list[object] = [element("b", name, cls="a-nb")]
        for measure in keys:
            figure = one.figures[measure]
            shown = figures.value(measure, figure)
            text = f"{shown} · {figures.share(figure)}" if figure.percent is not None else shown
            cells.append(
                link(text, "overview.village", measure=measure, county=one.code, which="with")
            )
        rows.append(cells)
    st.html(list_table(heads, rows, now.lang, keeps=1))
    download(
        now,
        _say(now, "take"),
        key=f"counties-{key}-{view.day}",
        read="programme",
        of_round=False,
        name=safe_name([_say(now, "name"), view.day], XLSX.suffix),
        media_type=XLSX.mime,
        build=lambda: XLSX.render(_county_file(now, view)),
    )


def _county_file(now: Visit, view: Overview) -> Table:
    columns = [
        FileColumn("code", _say(now, "code"), "code"),
        FileColumn("county", _say(now, "county")),
    ]
    columns += [
        FileColumn(key, t(f"programme.measure.{key}", now.lang), "number") for key in MEASURES
    ]
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (one.code, one.county, *(one.figures[key].value for key in MEASURES))
        for one in view.counties
    )
    return Table(
        "counties",
        now.lang,
        _say(now, "name"),
        view.programme["title"],
        tuple(columns),
        rows,
        subtitle=(_say(now, "by", day=view.day),),
        invented="sample" if now.competition and now.competition["sample"] else "",
    )


def village_table(now: Visit, lines: list[VillageLine], measure: Measure) -> Markup:
    """Villages, each leading to its page."""
    del measure
    heads = [
        Column(_say(now, "village")),
        Column(_say(now, "steps"), "right"),
        Column(_say(now, "plan")),
        Column(_say(now, "needs"), "right"),
        Column(_say(now, "people"), "right"),
        Column(_say(now, "late")),
    ]
    rows = [
        (
            element(
                "span",
                element("b", link(one.village, "overview.village", code=one.code)),
                " ",
                element("small", f"{one.county} {one.township} {one.code}"),
            ),
            one.steps_done,
            _plan(now, one),
            f"{one.met}/{one.needs}",
            one.people,
            _late(now, one),
        )
        for one in lines
    ]
    return list_table(heads, rows, now.lang, keeps=1)


def _plan(now: Visit, one: VillageLine) -> Markup:
    for key, icon in (("filed", "done"), ("reviewed", "done"), ("finished", "marking")):
        if getattr(one, key):
            word = t(f"overview.state.{key}", now.lang)
            return state_label(icon, now.lang, word=word, size=14)
    return state_label("not_begun", now.lang, word=t("overview.state.drafting", now.lang), size=14)


def _late(now: Visit, one: VillageLine) -> Markup | str:
    if not one.overdue:
        return ""
    word = _say(now, "late_at", step=one.overdue, days=one.days_late)
    return state_label("attention", now.lang, word=word, size=14)
