"""A village to choose: from a list where they are few, by letters typed where they are many.

A province has 15,000: a list of all would be sent to the phone that opens it.
"""

from collections.abc import Mapping, Sequence

from competition.programme.finding import find_villages, first_villages, villages_called
from competition.programme.shapes import TaskVillage
from overview.choice import Choice
from ui.access import Visit, saying
from ui.forms import Form

_say = saying("overview.picking")
MOST_LISTED = 200
FEWEST_TYPED = 2


def all_if_few(now: Visit, choice: Choice) -> list[TaskVillage] | None:
    """The villages that the visitor reaches; None where they are too many for a list."""
    villages = first_villages(now.store, now.who, choice.id, MOST_LISTED + 1)
    return villages if len(villages) <= MOST_LISTED else None


def found_by(now: Visit, choice: Choice, typed: str) -> Sequence[TaskVillage]:
    """The villages that some letters find; none before there are enough of them."""
    if len(typed.strip()) < FEWEST_TYPED:
        return ()
    return find_villages(now.store, now.who, choice.id, typed).villages


def pick_village(
    now: Visit,
    choice: Choice,
    form: Form,
    label: str,
    *,
    first: Mapping[str, str] | None = None,
    hint: str = "",
) -> str:
    """One village, in the field ``code``.

    Parameters
    ----------
    first
        Code to what is said of it, of villages that are offered before the others.
    """
    listed = _offered(now, choice, form)
    said = first or {}
    names = {
        one["code"]: name_of(one) for one in villages_called(now.store, now.who, choice.id, said)
    }
    names |= {one["code"]: name_of(one) for one in listed}
    order = sorted(names, key=lambda code: (code not in said, code))
    full = {
        code: " \N{MIDDLE DOT} ".join(filter(None, (name, said.get(code))))
        for code, name in names.items()
    }
    return form.pick("code", label, order, None, full.__getitem__, hint=hint)


def pick_villages(
    now: Visit, choice: Choice, form: Form, label: str, stored: Sequence[str]
) -> None:
    """Any villages, in the field ``villages``; those picked stay while others are looked for."""
    picked = form.now_in("villages", list(stored))
    there = villages_called(now.store, now.who, choice.id, [*stored, *picked])
    names = {one["code"]: name_of(one) for one in (*there, *_offered(now, choice, form))}
    form.several("villages", label, list(names), stored, names.__getitem__)


def _offered(now: Visit, choice: Choice, form: Form) -> Sequence[TaskVillage]:
    few = all_if_few(now, choice)
    if few is not None:
        return few
    typed = form.text("find", _say(now, "find"), hint=_say(now, "find_hint"))
    return found_by(now, choice, typed)


def name_of(one: TaskVillage) -> str:
    """Village, county, township and code."""
    return f"{one['village']} {one['county']}{one['township']} {one['code']}"
