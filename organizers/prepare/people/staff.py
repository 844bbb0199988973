"""The dialog that adds one of the staff: a name and a role; their link is made afterwards."""

from datetime import datetime

import streamlit as st

from competition.people import staffing
from organizers.asking import Dialog, close_when_done, done
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from words import t

_say = saying("organizers.staff")


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialogs about the staff."""
    return {"add_staff": (_say(now, "title"), lambda: _add(now))}


def _add(now: Visit) -> None:
    close_when_done("add_staff")
    st.html(element("p", _say(now, "text"), cls="a-reason"))
    form = Form(now, "staff-new", watch=False)
    form.text("name", t("field.name", now.lang))
    form.text("unit", t("field.unit", now.lang))
    form.choose(
        "role",
        _say(now, "role"),
        staffing.STAFF_ROLES,
        staffing.STAFF_ROLES[0],
        lambda role: t(f"role.{role}", now.lang),
    )
    for role in staffing.STAFF_ROLES:
        line = (element("b", t(f"role.{role}", now.lang)), " ", _say(now, f"does.{role}"))
        st.html(element("div", *line, cls="a-hint"))

    def add(values: Values, at: datetime) -> None:
        name, role, unit = (str(values[key]) for key in ("name", "role", "unit"))
        staffing.add_staff(now.store, now.who, name=name, role=role, unit=unit, at=at)

    form.send(
        _say(now, "confirm"),
        add,
        again=_say(now, "more"),
        done=_say(now, "added"),
        after=done,
    )
