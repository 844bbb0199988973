"""目标责任: the stages and steps of a year, due days, weights and who answers for each."""

import streamlit as st

from competition.programme.lists import programme_steps, step_versions
from competition.programme.template import ANSWERS, Step, set_programme_steps, step_of
from competition.rights import refusal
from overview.choice import Choice, begin, pick_year
from overview.entered import steps_as_typed, steps_in
from ui.access import Visit, enter_page, saying
from ui.forms import Form, Values
from ui.html import card, element
from ui.pressing import say_problem
from ui.tables import Column, list_table
from words import t

_say = saying("overview.template")
COLUMNS = ("number", "stage", "title", "due", "weight", "answers")


def page(now: Visit) -> None:
    """The steps as they stand, the office's forms, and the versions before."""
    choice = begin(now, "template")
    if choice is None:
        return
    pick_year(now, choice)
    say_problem(now)
    steps = [step_of(one) for one in programme_steps(now.store, now.who, choice.id)]
    may_write = refusal(now.store, now.who, "set_programme_steps", None) is None
    if may_write and not choice.is_closed:
        _stage(now, choice, steps)
        _whole(now, choice, steps)
    _table(now, choice, steps)
    _versions(now, choice)


def _table(now: Visit, choice: Choice, steps: list[Step]) -> None:
    rows = [
        (one.number, one.stage_title, one.title, element("span", one.due_on, cls="a-nb"),
         one.weight, t(f"programme.answers.{one.answers}", now.lang))
        for one in steps
    ]  # fmt: skip
    columns = [
        Column(_say(now, f"column_{key}"), "right" if key in ("number", "weight") else "left")
        for key in COLUMNS
    ]
    note = _say(now, "sample") if choice.programme["sample_steps"] else ""
    st.html(card(_say(now, "steps"), list_table(columns, rows, now.lang, keeps=1), note=note))


def _reason(now: Visit, choice: Choice, form: Form) -> None:
    """A reason is asked for once the year has begun and its true steps are set."""
    if choice.programme["begins_on"] <= choice.today and not choice.programme["sample_steps"]:
        form.text("reason", _say(now, "reason"), hint=_say(now, "reason_hint"))


def _stage(now: Visit, choice: Choice, steps: list[Step]) -> None:
    """One stage: its name, and each of its steps in a row of fields."""
    stages = {str(one.stage): one.stage_title for one in steps}
    with st.expander(_say(now, "edit")):
        stage = st.selectbox(
            _say(now, "column_stage"), list(stages), format_func=stages.__getitem__, key="stage"
        )
        mine = [one for one in steps if str(one.stage) == stage]
        form = Form(now, f"stage-{choice.id}-{stage}")
        # every step of the stage is refused together, the first one's field shows it
        form.text(f"stage_title-{mine[0].number}", _say(now, "stage_title"), mine[0].stage_title)
        for one in mine:
            _fields(now, form, one)
        _reason(now, choice, form)
        form.send(
            _say(now, "save"),
            lambda values, at: set_programme_steps(
                now.store,
                now.who,
                choice.id,
                [_typed(one, values, mine) if one in mine else one for one in steps],
                reason=values.get("reason", ""),
                at=at,
            ),
        )


def _fields(now: Visit, form: Form, one: Step) -> None:
    def label(key: str) -> str:
        return _say(now, "of_step", what=_say(now, f"column_{key}"), number=one.number)

    with st.container(horizontal=True, gap="small", vertical_alignment="top", wrap=True):
        form.text(f"title-{one.number}", label("title"), one.title, width=320)
        form.text(f"due_on-{one.number}", label("due"), one.due_on, width=150)
        form.text(f"weight-{one.number}", label("weight"), str(one.weight), width=120)
        with st.container(width=190):
            form.pick(
                f"answers-{one.number}",
                label("answers"),
                ANSWERS,
                one.answers,
                lambda key: t(f"programme.answers.{key}", now.lang),
            )


def _typed(one: Step, values: Values, mine: list[Step]) -> Step:
    weight = str(values[f"weight-{one.number}"]).strip()
    return Step(
        one.number,
        one.stage,
        values[f"stage_title-{mine[0].number}"],
        values[f"title-{one.number}"],
        values[f"due_on-{one.number}"],
        int(weight) if weight.isascii() and weight.isdigit() else -1,
        values[f"answers-{one.number}"],
    )


def _whole(now: Visit, choice: Choice, steps: list[Step]) -> None:
    """All steps as lines: to add, remove or paste them."""
    with st.expander(_say(now, "lines")):
        form = Form(now, f"template-{choice.id}")
        st.html(element("p", _say(now, "lines_how"), cls="a-reason"))
        form.area("steps", _say(now, "steps"), value=steps_as_typed(steps, now.lang))
        _reason(now, choice, form)
        form.send(
            _say(now, "save"),
            lambda values, at: set_programme_steps(
                now.store,
                now.who,
                choice.id,
                steps_in(values["steps"]),
                reason=values.get("reason", ""),
                at=at,
            ),
        )


def _versions(now: Visit, choice: Choice) -> None:
    listed = step_versions(now.store, now.who, choice.id)
    if not listed:
        return
    rows = [
        (_say(now, "version", number=one["version"]), one["set_on"],
         one["reason"] or _say(now, "first_version"))
        for one in listed
    ]  # fmt: skip
    columns = [Column(_say(now, f"column_{key}")) for key in ("version", "day", "reason")]
    st.html(card(_say(now, "versions"), list_table(columns, rows, now.lang)))


page(enter_page("programme", of_round=False))
