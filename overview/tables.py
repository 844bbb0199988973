"""Tables of counties and of villages, also as files."""

from functools import partial

import streamlit as st

from competition.programme.lines import VillageLine
from competition.programme.measures import MEASURES
from competition.programme.overview import Overview
from exports import EXPORTS, Table
from exports import Column as FileColumn
from exports.formats import safe_name
from overview import figures
from overview.choice import link
from overview.figures import marked, said
from ui.access import Visit, saying
from ui.downloads import download
from ui.html import Markup, element, join
from ui.icons import state_label
from ui.tables import Column, list_table
from words import t

_say = saying("overview.table")
SHOWN = ("villages", "finished", "reviewed", "filed", "special", "people", "met", "fund", "overdue")
OF_VILLAGE = ("steps", "asked", "met", "people", "yuan", "late_step", "late_days")
"""The figures of a village in a file, in the order of `_counts`."""


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
            value, share, _ = figures.of_measure(measure, one.figures[measure], one.code)
            parts = [element("span", one) for one in (value, share) if one]
            text = join(parts, element("i", " · "))
            cells.append(
                link(text, "overview.village", measure=measure, county=one.code, which="with")
            )
        rows.append(cells)
    table = list_table(heads, rows, now.lang, keeps=1, stacks=True)
    grid = element("div", table, cls="o-grid")
    st.html(element("div", grid, figures.sources(now, keys, view), cls="o-block o-counties"))
    _offer(now, _county_file(now, view), f"counties-{view.day}", view.day)


def _offer(now: Visit, table: Table, key: str, stem: str) -> None:
    """A table as a workbook and as text; what looks like a formula is none in either."""
    with st.container(horizontal=True, gap="small", wrap=True):
        for form, export in EXPORTS.items():
            download(
                now,
                _say(now, f"take_{form}"),
                key=f"{key}-{form}",
                read="programme",
                of_round=False,
                name=safe_name([table.name, stem], export.suffix),
                media_type=export.mime,
                build=partial(export.render, table),
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


def village_table(now: Visit, lines: list[VillageLine]) -> Markup:
    """Villages, each leading to its page."""
    heads = [
        Column(_say(now, "village")),
        Column(_say(now, "steps"), "right"),
        Column(_say(now, "plan")),
        Column(_say(now, "needs"), "right"),
        Column(_say(now, "people"), "right"),
        Column(_say(now, "fund"), "right"),
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
            marked(one.steps_done, "steps_done", one.code),
            _plan(now, one),
            join(
                [marked(one.met, "met_of", one.code), marked(one.needs, "needs_of", one.code)], "/"
            ),
            marked(one.people, "people_of", one.code),
            marked(f"{one.fund / figures.WAN:,.1f}", "fund_of", one.code),
            _late(now, one),
        )
        for one in lines
    ]
    return list_table(heads, rows, now.lang, keeps=1, stacks=True)


def _plan(now: Visit, one: VillageLine) -> Markup:
    for key, icon in (("filed", "done"), ("reviewed", "done"), ("finished", "marking")):
        if getattr(one, key):
            word = t(f"overview.state.{key}", now.lang)
            return state_label(icon, now.lang, word=word, size=14)
    return state_label("not_begun", now.lang, word=t("overview.state.drafting", now.lang), size=14)


def _late(now: Visit, one: VillageLine) -> Markup | str:
    if not one.overdue:
        return ""
    days = marked(one.days_late, "late_of", one.code)
    word = said(now.lang, "overview.table.late_at", step=one.overdue, days=days)
    return state_label("attention", now.lang, word=element("span", word), size=14)


def village_file(now: Visit, title: str, lines: list[VillageLine], key: str) -> None:
    """All villages of a list to take away, however many are shown."""
    columns = [
        FileColumn("code", _say(now, "code"), "code"),
        FileColumn("county", _say(now, "county")),
        FileColumn("township", _say(now, "township")),
        FileColumn("village", _say(now, "village")),
    ]
    columns += [FileColumn(one, _say(now, one), "number") for one in OF_VILLAGE]
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (one.code, one.county, one.township, one.village, *_counts(one)) for one in lines
    )
    table = Table(
        "villages",
        now.lang,
        _say(now, "villages"),
        title,
        tuple(columns),
        rows,
        invented="sample" if now.competition and now.competition["sample"] else "",
    )
    _offer(now, table, f"villages-{key}", key)


def _counts(one: VillageLine) -> tuple[int, ...]:
    return (one.steps_done, one.needs, one.met, one.people, one.fund, one.overdue, one.days_late)
