"""The dialogs in which the steps to come are written, added, taken out, or laid out again."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.stage import ceremonies
from competition.stage.ceremonies import Ceremony
from competition.stage.ceremony_steps import FREE, LONGEST, ORDERS, SHORTEST, USUAL
from organizers.asking import Dialog, act_buttons, close_when_done, done
from organizers.live.ceremony.saying import step_said
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from ui.plain import plain

_say = saying("organizers.ceremony")


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialogs of the ceremony, by name."""
    return {
        "ceremony_edit": (_say(now, "edit"), partial(_edit, now)),
        "ceremony_insert": (_say(now, "insert"), partial(_insert, now)),
        "ceremony_again": (_say(now, "again"), partial(_again, now)),
    }


def _shown(now: Visit) -> Ceremony:
    return ceremonies.ceremony(now.store, now.who, now.round_id)


def _number(now: Visit, shown: Ceremony, wanted: list[int], label: str, key: str) -> int | None:
    """One of the steps to come, by its line."""
    return st.selectbox(
        label,
        wanted,
        index=None,
        key=key,
        placeholder=label,
        format_func=lambda at: plain(
            f"{at}. {step_said(shown.steps[at - 1], shown.groups, now.lang)}"
        ),
    )


def _edit(now: Visit) -> None:
    """The words of a step, or those who hand over a prize; a free step may be taken out."""
    shown = _shown(now)
    coming = range(shown.step + 1, len(shown.steps) + 1)
    wanted = [at for at in coming if shown.steps[at - 1].kind in (*FREE, "prize")]
    st.html(element("p", _say(now, "edit_text"), cls="a-reason"))
    number = _number(now, shown, wanted, _say(now, "which"), "ceremony-edit-which")
    if number is None:
        return
    step = shown.steps[number - 1]
    is_prize = step.kind == "prize"
    form = Form(now, f"ceremony-{number}-{step.kind}")
    field = "hands" if is_prize else "text"
    form.text(
        field,
        _say(now, f"field.{field}"),
        step.hands if is_prize else step.text,
        hint=_say(now, f"hint.{field}"),
    )

    def save(values: Values, at: datetime) -> None:
        which = (now.store, now.who, now.round_id)
        ceremonies.edit_step(*which, number, str(values[field]), at=at)

    form.send(_say(now, "save"), save, after=done)
    if not is_prize:

        def remove(_: Values, at: datetime) -> None:
            ceremonies.remove_step(now.store, now.who, now.round_id, number, at=at)

        form.send(_say(now, "remove"), remove, key="remove", primary=False, after=done)
    close_when_done("ceremony_edit")


def _insert(now: Visit) -> None:
    """A text, a countdown, the photograph or a pause, before one of the steps to come."""
    shown = _shown(now)
    wanted = list(range(shown.step + 1, len(shown.steps) + 1))
    number = _number(now, shown, wanted, _say(now, "before"), "ceremony-insert-before")
    form = Form(now, "ceremony-insert")
    kind = form.choose(
        "kind", _say(now, "field.kind"), FREE, FREE[0], lambda one: _say(now, f"kind.{one}")
    )
    form.text("text", _say(now, "field.text"), hint=_say(now, "hint.text"))
    if kind == "countdown":
        hint = _say(now, "hint.seconds", low=SHORTEST, high=LONGEST)
        form.text("seconds", _say(now, "field.seconds"), str(USUAL), hint=hint)

    def insert(values: Values, at: datetime) -> None:
        seconds = str(values.get("seconds", ""))
        ceremonies.insert_step(
            now.store,
            now.who,
            now.round_id,
            number or len(shown.steps) + 1,
            str(values["kind"]),
            text=str(values["text"]),
            seconds=int(seconds) if seconds.isdecimal() else 0,
            at=at,
        )

    form.send(_say(now, "insert_send"), insert, after=done)
    close_when_done("ceremony_insert")


def _again(now: Visit) -> None:
    """Lay the usual steps out again: what was added goes, those who hand over stay."""
    shown = _shown(now)
    st.html(element("p", _say(now, "again_text"), cls="a-reason"))
    order = st.segmented_control(
        _say(now, "field.order"),
        list(ORDERS),
        default=shown.order,
        required=True,
        format_func=lambda one: _say(now, f"order.{one}"),
        key="ceremony-again-order",
    )
    act_buttons(
        now,
        _say(now, "lay_out"),
        "plan_ceremony",
        lambda at: ceremonies.lay_out_ceremony(now.store, now.who, now.round_id, str(order), at=at),
    )
