"""填报: one village's steps with evidence, plans, people, funds and needs, in one place."""

import streamlit as st

from competition.programme.shapes import TaskVillage
from competition.programme.village import VillageView, village_view
from overview import report_files, report_parts
from overview.choice import Choice, begin, link, pick_year
from overview.figures import about_by, by_number, marked, said
from overview.picking import all_if_few, found_by, name_of
from overview.states import step_state
from overview.village_head import steps_done_of
from ui.access import Visit, enter_page, saying
from ui.html import card, element, join
from ui.icons import state_label
from ui.pressing import say_problem
from ui.tables import Column, list_table
from words import t

_say = saying("overview.report")
CODE = "code"


def page(now: Visit) -> None:
    """The village; what was returned to it first; the forms; its files; its steps."""
    note = "" if "office" in now.who.roles else _say(now, "note")
    choice = begin(now, "report", note=note)
    if choice is None:
        return
    pick_year(now, choice)
    say_problem(now)
    listed = all_if_few(now, choice)
    if choice.is_closed or listed == []:
        st.html(element("p", _say(now, "none" if listed == [] else "closed"), cls="a-reason"))
        return
    code = _find(now, choice) if listed is None else _pick(now, listed)
    if not code:
        return
    view = village_view(now.store, now.who, choice.id, code, day=choice.day, at=now.at)
    _head(now, view)
    _returned(now, view)
    report_parts.forms(now, choice, view)
    report_files.files(now, view)
    _steps(now, choice, view)


def _find(now: Visit, choice: Choice) -> str:
    """The village of the address; others by what is typed, each a link to its own page."""
    label, hint = t("overview.picking.find", now.lang), t("overview.picking.find_hint", now.lang)
    typed = st.text_input(label, key="report-find", placeholder=hint)
    villages = found_by(now, choice, str(typed or ""))
    rows = [
        element("li", link(name_of(one), "overview.report", code=one["code"])) for one in villages
    ]
    if rows:
        st.html(element("ul", *rows, cls="o-found"))
    return st.query_params.get(CODE, "")


def _pick(now: Visit, listed: list[TaskVillage]) -> str:
    """The village of the address, or the first; what is chosen goes into the address."""
    names = {one["code"]: f"{one['village']} {one['township']} {one['code']}" for one in listed}
    asked = st.query_params.get(CODE, "")

    def chosen() -> None:
        st.query_params[CODE] = str(st.session_state["report-village"])

    codes = list(names)
    st.session_state["report-village"] = asked if asked in names else codes[0]
    return str(
        st.selectbox(
            _say(now, "village"),
            codes,
            format_func=names.__getitem__,
            key="report-village",
            on_change=chosen,
        )
    )


def _head(now: Visit, view: VillageView) -> None:
    line = view.line
    parts = [
        element("b", link(view.village["village"], "overview.village", code=line.code)),
        f"{line.county} {line.township}",
        said(now.lang, "overview.report.done", **steps_done_of(view)),
    ]
    if line.overdue:
        days = marked(line.days_late, "late_of", line.code)
        word = said(now.lang, "overview.report.late", step=line.overdue, days=days)
        parts.append(state_label("attention", now.lang, word=element("span", word), size=16))
    about = element("p", about_by(now, "steps", view.day), cls="a-reason")
    st.html(element("div", element("p", join(parts, " · ")), about, cls="a-text o-block"))


def _returned(now: Visit, view: VillageView) -> None:
    """Steps that the office returned, with its words: what must be done first."""
    for one in view.steps:
        row = one.reported
        if row is None or row["returned"] is None:
            continue
        head = state_label(
            "attention", now.lang, word=_say(now, "returned", number=one.step["number"])
        )
        why = element("p", element("b", row["returned"]), cls="c-why")
        st.html(element("div", head, why, cls="a-refused", role="alert"))


def _steps(now: Visit, choice: Choice, view: VillageView) -> None:
    """Every step; a sample's name says its number and no more, so it is left out."""
    is_sample = bool(view.programme["sample_steps"])
    rows = [
        (
            by_number(one.step["number"]),
            *([] if is_sample else [one.step["title"]]),
            element("span", one.step["due_on"][5:], cls="a-nb"),
            element(
                "span", (one.reported["done_on"] or "")[5:] if one.reported else "", cls="a-nb"
            ),
            step_state(now, one, choice.day),
            marked(len(one.evidence), "files_of", view.line.code, one.step["number"]),
        )
        for one in view.steps
    ]
    names = ["number", "title", "due", "done", "state", "files"]
    columns = [
        Column(_say(now, f"column_{key}"), "right" if key in ("number", "files") else "left")
        for key in names
        if not (is_sample and key == "title")
    ]
    sample = [_say(now, "sample_steps")] * is_sample
    note = join([*sample, about_by(now, "steps", choice.day)], " · ")
    st.html(card(_say(now, "steps"), list_table(columns, rows, now.lang), note=note))


page(enter_page("programme_work", of_round=False))
