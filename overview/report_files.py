"""The photos and documents of a village: each to be opened, replaced, or removed with a reason."""

import streamlit as st

from competition.programme import evidence as acts
from competition.programme.village import VillageView
from overview.report_parts import TYPES
from overview.village_head import about_what
from ui.access import Visit, saying
from ui.forms import Form
from ui.html import element
from ui.uploads import upload

_say = saying("overview.report")
MOST_SHOWN = 40


def files(now: Visit, view: VillageView) -> None:
    """The list, and the form that changes one of them."""
    if not view.evidence:
        return
    with st.expander(_say(now, "files", count=len(view.evidence))):
        rows = [
            element(
                "li",
                element("a", one["name"], href=f"/evidence/{one['id']}", target="_blank",
                        rel="noopener"),
                " ",
                element("small", f"{about_what(now, view, one['about'])} · {one['said_on']} · "
                                 f"{view.names.get(one['said_by'], '')}"),
            )
            for one in view.evidence[:MOST_SHOWN]
        ]  # fmt: skip
        st.html(element("ul", *rows, cls="o-found"))
        _change(now, view)


def _change(now: Visit, view: VillageView) -> None:
    names = {
        one["id"]: f"{about_what(now, view, one['about'])} · {one['name']}" for one in view.evidence
    }
    form = Form(now, f"files-{view.line.code}", watch=False)
    chosen = form.pick("evidence", _say(now, "which_file"), list(names), None, names.__getitem__)
    file = upload(_say(now, "new_file"), TYPES, form.key("file"), now.lang)
    form.problem("document")
    form.text("reason", _say(now, "remove_reason"))
    unpicked = "" if chosen else _say(now, "pick_file")
    form.send(
        _say(now, "replace"),
        lambda values, at: acts.replace_evidence(
            now.store, now.who, values["evidence"], *(file or ("", b"")), at=at
        ),
        reason=unpicked or ("" if file else _say(now, "pick_new")),
        done=_say(now, "replaced"),
    )
    form.send(
        _say(now, "remove"),
        lambda values, at: acts.remove_evidence(
            now.store, now.who, values["evidence"], reason=values["reason"], at=at
        ),
        key="remove",
        primary=False,
        reason=unpicked,
        done=_say(now, "removed"),
    )
