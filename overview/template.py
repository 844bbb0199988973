"""目标责任: the stages and steps of a year, due days, weights and who answers for each."""

import streamlit as st

from competition.programme.lists import programme_steps, step_versions
from competition.programme.template import Step, step_of
from competition.rights import refusal
from overview.choice import Choice, begin, pick_year
from overview.figures import about_by, by_number, marked
from overview.template_forms import stage_form, whole_form
from ui.access import Visit, enter_page, saying
from ui.html import card, element, join
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
        stage_form(now, choice, steps)
        whole_form(now, choice, steps)
    _table(now, choice, steps)
    _versions(now, choice)


def _table(now: Visit, choice: Choice, steps: list[Step]) -> None:
    rows = [
        (by_number(one.number), one.stage_title, one.title, element("span", one.due_on, cls="a-nb"),
         marked(one.weight, "weight", one.number), t(f"programme.answers.{one.answers}", now.lang))
        for one in steps
    ]  # fmt: skip
    columns = [
        Column(_say(now, f"column_{key}"), "right" if key in ("number", "weight") else "left")
        for key in COLUMNS
    ]
    sample = [_say(now, "sample")] * bool(choice.programme["sample_steps"])
    note = join([*sample, about_by(now, "weights", choice.today)], " · ")
    table = list_table(columns, rows, now.lang, keeps=1, stacks=True)
    st.html(card(_say(now, "steps"), table, note=note))


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
