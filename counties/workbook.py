"""A county's workbook: chosen, put right cell by cell, and put on the list."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal, cast

import streamlit as st

import intake
from competition.filing import listing, uploading, views
from competition.filing.shapes import FilingView
from counties.columns import mapped
from intake.county_list import lines_of, read_county_list
from intake.edits import sheet_key
from intake.saying import choice_words, said, summary
from intake.template import county_template
from ui import pressing
from ui.access import Visit, acting, saying
from ui.downloads import download
from ui.html import element, tag
from ui.icons import state_label
from ui.uploads import upload

_say = saying("counties.workbook")

KINDS = ["xlsx", "xls", "csv", "et", "html"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TURN = "county-turn"
MOST_STOPS, MOST_WAYS = 12, 4
Edits = Sequence[intake.Edit]
Kind = Literal["set", "drop", "column"]


def choose(now: Visit, view: FilingView) -> None:
    """The zone for a workbook, and the blank one."""
    with st.container(key="county-upload", border=True):
        file = upload(_say(now, "choose"), KINDS, _key(), now.lang)
        st.html(element("p", _say(now, "text"), cls="a-hint"))
        download(
            now,
            _say(now, "template"),
            key="county-template",
            read="own_filing",
            of_round=False,
            name=_say(now, "template_name"),
            media_type=XLSX,
            build=lambda: county_template(now.lang),
        )
    if file is not None:
        name, content = file
        pressing.do(now, lambda at: _keep(now, view, name, content, at))
        st.session_state[TURN] = int(st.session_state.get(TURN, 0)) + 1
        st.rerun()


def _key() -> str:
    """Changes with every file that was kept, so that none is kept twice."""
    return f"county-file-{st.session_state.get(TURN, 0)}"


def _keep(now: Visit, view: FilingView, name: str, content: bytes, at: datetime) -> None:
    filing_id = view.row["id"]
    stops = len(_read(now, view, name, content, ()).stops)
    uploading.keep_upload(now.store, now.who, filing_id, name, content, stops=stops, at=at)


def _read(now: Visit, view: FilingView, name: str, content: bytes, edits: Edits) -> intake.Plan:
    further = views.further_places(now.store, now.who, view.row["id"])
    asked = intake.Asked(edits=tuple(edits), places=further, county=view.row["county_code"])
    return read_county_list([(name, content)], asked)


def pending(now: Visit, view: FilingView) -> None:
    """The workbook that is being put right: its faults, its repairs, and what it would change."""
    if view.upload is None:
        return
    name, filing_id = view.upload.name, view.row["id"]
    edits = [intake.Edit(_kind(kind), *rest) for kind, *rest in view.upload.edits]
    content = b""
    with acting(now.lang) as problems:
        content = uploading.upload_content(now.store, now.who, filing_id)
    if problems:
        _drop(now, view)
        return
    plan = _read(now, view, name, content, edits)

    def edit(more: Edits | None, at: datetime) -> None:
        after = edits[:-1] if more is None else [*edits, *more]
        left = len(_read(now, view, name, content, after).stops)
        rows = [(one.kind, one.sheet, one.cell, one.value) for one in after]
        uploading.edit_upload(now.store, now.who, filing_id, rows, stops=left, at=at)

    with st.container(key="county-pending", border=True):
        count = len(plan.stops)
        icon, word = ("marking", "faulty") if count else ("done", "clean")
        label = state_label(icon, now.lang, word=_say(now, word, count=count))
        st.html(element("div", label, " ", tag(name), cls="a-item c-states"))
        _stops(now, plan, edit, can_undo=bool(edits) and view.is_open, is_open=view.is_open)
        if view.is_open:
            mapped(now, plan, lambda change, at: edit([change], at))
        _repairs(now, plan)
        if view.is_open:
            _take(now, view, plan)
        _marked(now, plan, [(name, content)])


def _kind(kind: str) -> Kind:
    return cast(Kind, kind) if kind in ("drop", "column") else "set"


def _stops(
    now: Visit,
    plan: intake.Plan,
    edit: Callable[[Edits | None, datetime], None],
    *,
    can_undo: bool,
    is_open: bool,
) -> None:
    first = [(stop, stop.choices[0].edit) for stop in plan.stops if stop.choices]
    can = [way for stop, way in first if way.kind != "drop" or stop.code == "double"]
    with st.container(horizontal=True, gap="small"):
        if len(can) > 1 and is_open:
            label = _say(now, "accept_all", count=len(can))
            pressing.button(now, label, "county-accept-all", lambda at: edit(can, at))
        if can_undo:
            pressing.button(now, _say(now, "undo"), "county-undo", lambda at: edit(None, at))
    for number, stop in enumerate(plan.stops[:MOST_STOPS]):
        with st.container(key=f"county-stop-{number}"):
            place = tag(stop.cell) if stop.cell else ""
            st.html(element("p", place, " ", said(stop, now.lang), cls="a-stop-line"))
            if is_open:
                _ways(now, stop, number, edit)
    if len(plan.stops) > MOST_STOPS:
        more = _say(now, "more_stops", count=len(plan.stops) - MOST_STOPS)
        st.html(element("p", more, cls="a-reason"))


def _ways(
    now: Visit,
    stop: intake.Finding,
    number: int,
    edit: Callable[[Edits | None, datetime], None],
) -> None:
    """The proposals of a stop as buttons, and a field that is written into its cell."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for at, way in enumerate(stop.choices[:MOST_WAYS]):
            pressing.button(
                now,
                choice_words(way, now.lang),
                f"county-take-{number}-{at}",
                lambda when, way=way: edit([way.edit], when),  # type: ignore[misc]
                kind="primary" if at == 0 else "secondary",
            )
        if not stop.cell or ":" in stop.cell:
            return
        with st.popover(_say(now, "type")):
            widget = f"county-typed-{number}"
            st.text_input(_say(now, "write_into", cell=stop.cell), key=widget)
            key = sheet_key(stop.file, stop.sheet)

            def write(at: datetime) -> None:
                typed = str(st.session_state.get(widget, ""))
                edit([intake.Edit("set", key, stop.cell, typed)], at)

            pressing.button(now, _say(now, "write"), f"county-write-{number}", write)


def _repairs(now: Visit, plan: intake.Plan) -> None:
    for kind, listed in (("fixes", plan.fixes), ("notes", plan.notes)):
        if listed:
            with st.expander(_say(now, kind, count=len(listed))):
                lines = [element("li", line) for line in summary(listed, now.lang, each=100)]
                st.html(element("ul", *lines, cls="a-found"))


def _take(now: Visit, view: FilingView, plan: intake.Plan) -> None:
    """What taking the lines would change, and the buttons."""
    lines = lines_of(plan)
    there = {one.code: one for one in view.listed}
    same = sum(
        line.code in there
        and all(getattr(there[line.code], n) == getattr(line, n) for n in OF_LINE)
        for line in lines
    )
    new = sum(line.code not in there for line in lines)
    counts = {"new": new, "changed": len(lines) - new - same, "same": same}
    filing_id = view.row["id"]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        pressing.button(
            now,
            _say(now, "take", count=len(lines)),
            "county-take",
            lambda at: listing.take_upload(now.store, now.who, filing_id, lines, at=at),
            kind="primary",
            reason="stopped" if plan.stops or not lines else "",
        )
        _drop(now, view)
        said_ = _say(now, "stopped") if plan.stops else _say(now, "counts", **counts)
        st.html(element("span", said_, cls="a-reason"), width="stretch")


def _drop(now: Visit, view: FilingView) -> None:
    filing_id = view.row["id"]
    pressing.button(
        now,
        _say(now, "drop"),
        "county-drop",
        lambda at: uploading.drop_upload(now.store, now.who, filing_id, at=at),
        reason="" if view.is_open else "ended",
    )


OF_LINE = ("title", "presenter", "post", "unit")


def _marked(now: Visit, plan: intake.Plan, files: list[tuple[str, bytes]]) -> None:
    if plan.stops or plan.notes:
        download(
            now,
            _say(now, "marked"),
            key="county-marked",
            read="own_filing",
            of_round=False,
            name=_say(now, "marked_name"),
            media_type=XLSX,
            build=lambda: intake.marked_apart(files, plan.findings, now.lang),
        )
