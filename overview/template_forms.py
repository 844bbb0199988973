"""The office's forms of the steps: one stage in fields, or all of them as lines."""

import streamlit as st

from competition.programme.template import ANSWERS, Step, set_programme_steps
from overview.choice import Choice
from overview.entered import steps_as_typed, steps_in
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from words import t

_say = saying("overview.template")


def _reason(now: Visit, choice: Choice, form: Form) -> None:
    """A reason is asked for once the year has begun and its true steps are set."""
    if choice.programme["begins_on"] <= choice.today and not choice.programme["sample_steps"]:
        form.text("reason", _say(now, "reason"), hint=_say(now, "reason_hint"))


def stage_form(now: Visit, choice: Choice, steps: list[Step]) -> None:
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
        form.text(f"title-{one.number}", label("title"), one.title, width=250)
        form.text(f"due_on-{one.number}", label("due"), one.due_on, width=140)
        form.text(f"weight-{one.number}", label("weight"), str(one.weight), width=100)
        with st.container(width=170):
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


def whole_form(now: Visit, choice: Choice, steps: list[Step]) -> None:
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
