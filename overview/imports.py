"""表格导入: a list from a workbook, what it would change, entered by one act and undone by one."""

from datetime import datetime

import streamlit as st

from competition.programme.importing import (
    FATES,
    KINDS,
    Compared,
    compare_lines,
    import_lines,
)
from competition.programme.lists import programme_steps, task_villages
from competition.rights import refusal
from intake.apart import lines_apart
from intake.programme import LinesRead
from intake.programme_rows import Known
from intake.programme_template import lines_template
from intake.saying import summary
from overview.choice import Choice, begin, pick_year
from overview.import_stops import edits_of, stops
from overview.imports_before import before
from ui.access import Visit, enter_page, saying
from ui.downloads import download
from ui.html import card, element
from ui.pressing import button, say_problem
from ui.tables import Column, list_table
from ui.uploads import upload

_say = saying("overview.imports")
TYPES = ("xlsx", "xls", "csv")
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(now: Visit) -> None:
    """What is imported, its template, the file, what it would do; below it what was imported."""
    choice = begin(now, "imports")
    if choice is None:
        return
    pick_year(now, choice)
    say_problem(now)
    if not choice.is_closed:
        _import(now, choice)
    else:
        st.html(element("p", _say(now, "closed"), cls="a-reason"))
    before(now, choice)


def _import(now: Visit, choice: Choice) -> None:
    kinds = [
        key for key, one in KINDS.items() if refusal(now.store, now.who, one.act, None) is None
    ]
    kind = str(
        st.segmented_control(
            _say(now, "kind"),
            kinds,
            default=kinds[0],
            required=True,
            format_func=lambda key: _say(now, f"kind_{key}"),
            key="import-kind",
        )
    )
    villages = task_villages(now.store, now.who, choice.id)
    st.html(element("p", _say(now, f"how_{kind}"), cls="a-reason"))
    download(
        now,
        _say(now, "template"),
        key=f"template-{kind}-{choice.id}",
        read="programme_work",
        of_round=False,
        name=f"{_say(now, f'kind_{kind}')}.xlsx",
        media_type=MIME,
        build=lambda: lines_template(kind, villages, now.lang),
    )
    made = st.session_state.get("import-made", 0)
    file = upload(_say(now, "file"), TYPES, f"import-{choice.id}-{kind}-{made}", now.lang)
    if file is None:
        return
    steps = tuple(one["number"] for one in programme_steps(now.store, now.who, choice.id))
    known = Known(tuple(villages), steps, choice.today)
    read = lines_apart(kind, file[1], file[0], known, edits_of(file[1]))
    stops(now, read.stops)
    others = [one for one in read.findings if one.kind != "stop"]
    for line in summary(others, now.lang):
        st.html(element("p", line, cls="a-reason"))
    if read.stops:
        return
    compared = compare_lines(now.store, now.who, choice.id, kind, read.lines)
    _enter(now, choice, kind, file[0], read, compared)


def _enter(
    now: Visit, choice: Choice, kind: str, name: str, read: LinesRead, compared: Compared
) -> None:
    counts = {fate: compared.count(fate) for fate in FATES}
    counts["left"] += read.left_out
    rows = [[_say(now, f"fate_{fate}"), counts[fate], _say(now, f"says_{fate}")] for fate in FATES]
    columns = [
        Column(_say(now, "fate")),
        Column(_say(now, "rows"), "right"),
        Column(_say(now, "what")),
    ]
    st.html(card(_say(now, "would"), list_table(columns, rows, now.lang), note=name))
    count = len(compared.entered)

    def enter(at: datetime) -> None:
        import_lines(now.store, now.who, choice.id, kind, read.lines, name=name, at=at)
        st.session_state["import-made"] = st.session_state.get("import-made", 0) + 1

    button(
        now,
        _say(now, "enter", count=count),
        "enter-lines",
        enter,
        kind="primary",
        reason="" if count else _say(now, "nothing"),
    )


page(enter_page("programme_work", of_round=False))
