"""步骤确认: what villages reported: the office confirms it, or returns it with a reason."""

from datetime import datetime

import streamlit as st

from competition.programme import reporting
from competition.programme.lists import Reported, steps_reported
from competition.rights import refusal
from overview.choice import Choice, begin, link, pick_year
from overview.figures import about_by, by_number, marked, said
from ui.access import Visit, enter_page, saying
from ui.forms import Form, Values
from ui.html import card, element, join
from ui.pressing import button, say_problem
from ui.tables import Column, list_table

_say = saying("overview.steps")
MOST_WAITING, MOST_OF_ONE = 20, 200


def page(now: Visit) -> None:
    """The oldest reports that wait, what may be done with them."""
    choice = begin(now, "steps")
    if choice is None:
        return
    pick_year(now, choice)
    say_problem(now)
    county, listed = _of_county(now, steps_reported(now.store, now.who, choice.id))
    shown = listed[: MOST_OF_ONE if county else MOST_WAITING]
    _waiting(now, county, choice.today, listed, shown)
    may_confirm = refusal(now.store, now.who, "confirm_steps", None) is None
    if not may_confirm or choice.is_closed:
        return
    if shown:
        _confirm(now, choice, shown)
        _return(now, choice, shown)
        return
    for act in ("confirm", "return"):
        Form(now, f"{act}-{choice.id}", watch=False).say_outcome()


def _of_county(now: Visit, listed: list[Reported]) -> tuple[str, list[Reported]]:
    """The county chosen and what waits there; "" and all of it where none is."""
    names = {one.village["code"][:6]: one.village["county"] for one in listed}
    if len(names) < 2:
        return next(iter(names), ""), listed
    chosen = st.selectbox(
        _say(now, "county"),
        ["", *sorted(names)],
        format_func=lambda code: names.get(code, _say(now, "all_counties")),
        key="steps-county",
        width=260,
    )
    mine = [one for one in listed if chosen in ("", one.village["code"][:6])]
    return str(chosen), mine


def _key(one: Reported) -> str:
    return f"{one.village['code']}/{one.step['number']}"


def _name(now: Visit, one: Reported) -> str:
    number = one.step["number"]
    return _say(now, "one", county=one.village["county"], village=one.village["village"],
                number=number)  # fmt: skip


def _waiting(
    now: Visit, county: str, day: str, listed: list[Reported], shown: list[Reported]
) -> None:
    """The oldest that wait, and how many there are."""
    rows = [
        (
            link(one.village["village"], "overview.village", code=one.village["code"]),
            f"{one.village['county']} {one.village['township']}",
            by_number(one.step["number"]),
            one.step["done_on"],
        )
        for one in shown
    ]
    columns = [Column(_say(now, f"waiting_{key}")) for key in ("village", "place", "step", "day")]
    count = marked(len(listed), "waiting", county or "all")
    title = said(now.lang, "overview.steps.waiting", count=count)
    cut = [_say(now, "oldest", most=len(shown))] * (len(listed) > len(shown))
    note = join([*cut, about_by(now, "waiting", day)], " · ")
    st.html(card(title, list_table(columns, rows, now.lang), note=note))


def _confirm(now: Visit, choice: Choice, shown: list[Reported]) -> None:
    """Those that are picked; or all that are shown."""
    names = {_key(one): _name(now, one) for one in shown}
    with st.container(border=True, key="steps-confirm"):
        form = Form(now, f"confirm-{choice.id}", watch=False)
        picked = form.several("steps", _say(now, "pick"), list(names), [], names.__getitem__)
        form.send(
            _say(now, "confirm_picked", count=len(picked)),
            lambda values, at: reporting.confirm_steps(
                now.store, now.who, choice.id, _picked(values), at=at
            ),
            reason="" if picked else _say(now, "pick_first"),
            done=_say(now, "confirmed"),
        )
        keys = [(one.village["code"], one.step["number"]) for one in shown]
        button(
            now,
            _say(now, "confirm", count=len(shown)),
            "confirm-steps",
            lambda at: reporting.confirm_steps(now.store, now.who, choice.id, keys, at=at),
        )


def _picked(values: Values) -> list[tuple[str, int]]:
    parts = [key.partition("/") for key in values["steps"]]
    return [(code, int(number)) for code, _, number in parts]


def _return(now: Visit, choice: Choice, shown: list[Reported]) -> None:
    """One report sent back: the village sees the reason at the top of its page."""
    names = {_key(one): _name(now, one) for one in shown}
    with st.container(border=True, key="steps-return"):
        form = Form(now, f"return-{choice.id}", watch=False)
        chosen = form.pick("step", _say(now, "return_which"), list(names), None, names.__getitem__)
        form.text("reason", _say(now, "reason"), hint=_say(now, "reason_hint"))

        def send(values: Values, at: datetime) -> None:
            code, _, number = str(values["step"]).partition("/")
            reporting.return_step(now.store, now.who, choice.id, code, int(number),
                                  reason=values["reason"], at=at)  # fmt: skip

        form.send(
            _say(now, "return_now"),
            send,
            primary=False,
            reason="" if chosen else _say(now, "pick_first"),
            done=_say(now, "returned"),
        )
    other = link(_say(now, "other_way"), "overview.report")
    st.html(element("p", other, cls="a-reason"))


page(enter_page("programme", of_round=False))
