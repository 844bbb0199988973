"""步骤与凭证: the template, what waits to be confirmed, one village's reports and files."""

import streamlit as st

from competition.programme import reporting
from competition.programme.evidence import add_evidence
from competition.programme.lists import programme_steps, steps_reported
from competition.programme.programmes import Step, set_programme_steps
from competition.programme.shapes import ProgrammeStep
from competition.rights import refusal
from overview.choice import Choice, begin, link, pick_year
from overview.entered import steps_as_typed, steps_in
from overview.importing import import_part
from ui.access import Visit, enter_page, saying
from ui.forms import Form
from ui.html import card, element
from ui.pressing import button, say_problem
from ui.tables import Column, list_table
from ui.uploads import upload
from words import t

_say = saying("overview.steps")
MOST_WAITING = 20
TYPES = ("pdf", "jpg", "jpeg", "png", "docx", "doc")


def page(now: Visit) -> None:
    """What waits first; then reporting, then the template."""
    choice = begin(now, "steps")
    if choice is None:
        return
    pick_year(now, choice)
    say_problem(now)
    steps = programme_steps(now.store, now.who, choice.id)
    if refusal(now.store, now.who, "report_steps", None) is None:
        _report(now, choice, steps)
        _attach(now, choice, steps)
        import_part(now, choice)
    _waiting(now, choice)
    _template(now, choice, steps)


def _report(now: Visit, choice: Choice, steps: list[ProgrammeStep]) -> None:
    with st.expander(_say(now, "report")):
        form = Form(now, f"report-{choice.id}")
        form.text("code", _say(now, "code"), hint=_say(now, "code_hint"), width=260)
        numbers = [str(one["number"]) for one in steps]
        names = {str(one["number"]): f"{one['number']} {one['title']}" for one in steps}
        form.pick("step", _say(now, "step"), numbers, None, names.__getitem__)
        form.text("done_on", _say(now, "done_on"), placeholder="2022-03-18", width=200)
        form.send(
            _say(now, "report_now"),
            lambda values, at: reporting.report_steps(
                now.store,
                now.who,
                choice.id,
                [reporting.StepDone(values["code"], _number(values["step"]), values["done_on"])],
                at=at,
            ),
        )


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 0


def _attach(now: Visit, choice: Choice, steps: list[ProgrammeStep]) -> None:
    """A photo or document of a village's step or plan."""
    with st.expander(_say(now, "attach")):
        form = Form(now, f"attach-{choice.id}")
        form.text("code", _say(now, "code"), width=260)
        abouts = [*reporting.PLANS, *(str(one["number"]) for one in steps)]
        form.pick("about", _say(now, "about"), abouts, None, lambda key: _about(now, key))
        file = upload(_say(now, "file"), TYPES, f"evidence-{choice.id}", now.lang)
        form.send(
            _say(now, "attach_now"),
            lambda values, at: add_evidence(
                now.store,
                now.who,
                choice.id,
                values["code"],
                values["about"],
                *(file or ("", b"")),
                at=at,
            ),
            reason="" if file else _say(now, "no_file"),
        )


def _about(now: Visit, key: str) -> str:
    if key.isdecimal():
        return t("overview.village.about_step", now.lang, number=key)
    return t(f"programme.plan.{key}", now.lang)


def _waiting(now: Visit, choice: Choice) -> None:
    """Steps that villages reported; the office confirms them, one or all shown."""
    listed = steps_reported(now.store, now.who, choice.id)
    shown = listed[:MOST_WAITING]
    rows = [
        (
            link(one.village["village"], "overview.village", code=one.village["code"]),
            f"{one.village['county']} {one.village['township']}",
            one.step["number"],
            one.step["done_on"],
        )
        for one in shown
    ]
    columns = [Column(_say(now, f"waiting_{key}")) for key in ("village", "place", "step", "day")]
    title = _say(now, "waiting", count=len(listed))
    note = _say(now, "oldest", count=len(shown))
    st.html(card(title, list_table(columns, rows, now.lang), note=note))
    if shown and refusal(now.store, now.who, "confirm_steps", None) is None:
        keys = [(one.village["code"], one.step["number"]) for one in shown]
        button(
            now,
            _say(now, "confirm", count=len(shown)),
            "confirm-steps",
            lambda at: reporting.confirm_steps(now.store, now.who, choice.id, keys, at=at),
            kind="primary",
        )


def _template(now: Visit, choice: Choice, steps: list[ProgrammeStep]) -> None:
    rows = [
        (
            one["number"],
            one["stage_title"],
            one["title"],
            one["due_on"],
            one["weight"],
            t(f"programme.answers.{one['answers']}", now.lang),
        )
        for one in steps
    ]
    columns = [
        Column(_say(now, f"template_{key}"), "right" if key in ("number", "weight") else "left")
        for key in ("number", "stage", "title", "due", "weight", "answers")
    ]
    note = _say(now, "sample") if choice.programme["sample_steps"] else ""
    st.html(card(_say(now, "template"), list_table(columns, rows, now.lang), note=note))
    if refusal(now.store, now.who, "set_programme_steps", None) is not None:
        return
    with st.expander(_say(now, "edit")):
        form = Form(now, f"template-{choice.id}-{len(steps)}")
        st.html(element("p", _say(now, "edit_how"), cls="a-reason"))
        as_typed = steps_as_typed([_step(one) for one in steps], now.lang)
        form.area("steps", _say(now, "template"), value=as_typed)
        form.send(
            _say(now, "save"),
            lambda values, at: set_programme_steps(
                now.store, now.who, choice.id, steps_in(values["steps"]), at=at
            ),
        )


def _step(one: ProgrammeStep) -> Step:
    names = ("number", "stage", "stage_title", "title", "due_on", "weight", "answers")
    return Step(*(one[name] for name in names))  # type: ignore[literal-required]


page(enter_page("programme", of_round=False))
