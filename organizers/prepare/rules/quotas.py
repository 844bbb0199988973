"""The fields of places by county: a number for all, then a table of counties that differ."""

from collections.abc import Mapping, Sequence

import streamlit as st

from competition.rounds.quota_rules import CAP, FLOOR, QUOTAS, SCOPES
from ui.access import Visit, saying
from ui.forms import Form
from ui.html import element

_say = saying("organizers.rules")

CELL = 84
Typed = Mapping[str, str]


def fields(now: Visit, form: Form, was: Typed, counties: Sequence[tuple[str, int]]) -> None:
    """Draw the fields; what a field holds at first is in ``was``."""
    quota = form.choose(
        "quota",
        _say(now, "field.quota"),
        QUOTAS,
        was["quota"],
        lambda name: _say(now, f"quota.{name}"),
        hint=_say(now, "hint.quota"),
    )
    if quota == "none":
        return
    with st.container(horizontal=True, gap="small"):
        columns = []
        if quota in ("floor", "both"):
            each = form.text(
                "floor_each", _say(now, "field.floor_each"), was["floor_each"], width=200
            )
            columns.append((FLOOR, "at_least", each))
        if quota in ("cap", "both"):
            each = form.text("cap_each", _say(now, "field.cap_each"), was["cap_each"], width=200)
            columns.append((CAP, "at_most", each))
    if not counties:
        st.html(element("div", _say(now, "quota_no_counties"), cls="a-hint"))
        return
    scope = form.choose(
        "quota_scope",
        _say(now, "field.quota_scope"),
        SCOPES,
        was["quota_scope"],
        lambda name: _say(now, f"quota_scope.{name}"),
    )
    if scope == "single":
        _table(now, form, was, counties, columns)


def _table(
    now: Visit,
    form: Form,
    was: Typed,
    counties: Sequence[tuple[str, int]],
    columns: Sequence[tuple[str, str, str]],
) -> None:
    with st.container(border=True, gap="xxsmall", key="by-county"):
        st.html(element("div", _say(now, "quota_table"), cls="a-hint"))
        with st.container(horizontal=True, gap="small", wrap=False, key="by-county-head"):
            st.html(element("div", _say(now, "quota_county"), cls="a-hint"), width="stretch")
            for _, name, _ in columns:
                st.html(element("div", _say(now, f"quota_{name}"), cls="a-hint"), width=CELL)
        for county, size in counties:
            _row(now, form, was, (county, size), columns)


def _row(
    now: Visit,
    form: Form,
    was: Typed,
    county: tuple[str, int],
    columns: Sequence[tuple[str, str, str]],
) -> None:
    name, size = county
    with st.container(horizontal=True, gap="small", wrap=False, vertical_alignment="center"):
        count = _say(now, "quota_size" if size else "quota_size_none", count=size)
        st.html(
            element(
                "div", name, " ", element("small", count, style="white-space: nowrap"), cls="a-item"
            ),
            width="stretch",
        )
        for beginning, column, each in columns:
            field = f"{beginning}{name}"
            form.text(
                field,
                f"{name} {_say(now, f'quota_{column}')}",
                was.get(field, ""),
                placeholder=_say(now, "quota_as_all", n=each) if each else "",
                quiet=True,
                below=False,
                width=CELL,
            )
    for beginning, _, _ in columns:
        form.problem(f"{beginning}{name}")
