"""The foot of a county's page, always in sight: what filing leaves open, and the button."""

import streamlit as st

from competition.filing import handing_in
from competition.filing.shapes import FilingView
from counties import paper
from counties.clock_words import when
from ui import pressing
from ui.access import Visit, saying
from ui.html import element

_say = saying("counties.home")


def foot(now: Visit, view: FilingView) -> None:
    """What filing now would leave open, and the button; it stays in sight."""
    with st.container(key="county-foot", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(
            element("div", element("b", _left_open(now, view)), element("p", _say(now, "again"))),
            width="stretch",
        )
        paper.list_file(now, view)
        filing_id = view.row["id"]
        pressing.button(
            now,
            _say(now, "file_again" if view.row["version"] else "file"),
            "county-file",
            lambda at: handing_in.file_list(now.store, now.who, filing_id, at=at),
            kind="primary",
            reason="" if view.listed else _say(now, "empty"),
        )


def _left_open(now: Visit, view: FilingView) -> str:
    returned = sum(one.is_returned for one in view.listed)
    lacking = sum(bool(one.missing) for one in view.listed)
    if view.upload is not None:
        return _say(now, "open.upload")
    if not view.listed:
        return _say(now, "open.empty")
    if view.row["state"] == "filed" and not view.is_changed:
        at = when(now, str(view.row["filed_at"]))
        return _say(now, "filed", count=len(view.filed), at=at)
    if returned:
        return _say(now, "open.returned", count=returned)
    if lacking:
        return _say(now, "open.lacking", count=lacking)
    return _say(now, "open.ready", count=len(view.listed))
