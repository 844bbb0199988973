"""What was imported before, each to be undone."""

import streamlit as st

from competition.programme.importing import imports_list, undo_programme_import
from competition.programme.shapes import ProgrammeImport
from overview.choice import Choice
from overview.figures import marked, said
from ui.access import Visit, saying
from ui.html import Markup, element
from ui.pressing import button

_say = saying("overview.imports")


def before(now: Visit, choice: Choice) -> None:
    """Each with its counts, and the button that undoes it."""
    listed = imports_list(now.store, now.who, choice.id)
    if listed:
        count = marked(len(listed), "imports")
        st.html(element("h2", said(now.lang, "overview.imports.before", count=count), cls="a-h2"))
    for one in listed:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=True):
            st.html(element("span", _line(now, one)), width="stretch")
            if one["undone_on"] is None and not choice.is_closed:
                _undo(now, one)


def _line(now: Visit, one: ProgrammeImport) -> Markup:
    text = said(
        now.lang,
        "overview.imports.line",
        day=one["entered_on"],
        kind=_say(now, f"kind_{one['kind']}"),
        name=one["name"],
        added=marked(one["added"], "import_added", one["id"]),
        altered=marked(one["altered"], "import_altered", one["id"]),
    )
    return (
        text if one["undone_on"] is None else said(now.lang, "overview.imports.undone", line=text)
    )


def _undo(now: Visit, one: ProgrammeImport) -> None:
    button(
        now,
        _say(now, "undo"),
        f"undo-{one['id']}",
        lambda at: undo_programme_import(now.store, now.who, one["id"], at=at),
    )
