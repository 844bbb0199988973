"""名单导入 / Import: an Excel workbook read on trial, then entered whole as a new round."""

from datetime import datetime
from typing import Any

import streamlit as st

import intake
from competition.rounds.rules import RECUSAL_LEVELS
from intake.saying import summary
from intake.template import template
from organizers.figures import figures
from ui.access import Visit, choose_round, enter_page, saying
from ui.downloads import download
from ui.forms import Form, Values
from ui.frame import page_title
from ui.html import card, element
from ui.icons import state_label
from ui.uploads import upload
from ui.ways import to_page
from words import t

_say = saying("organizers.import_page")

SHOWN = {"stop": "attention", "note": "zone", "fix": "done"}


def page(now: Visit) -> None:
    """Choose a file, see what it holds and what is wrong with it, enter it."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    st.html(element("p", _say(now, "text"), cls="a-reason a-text"))
    _entered(now)
    download(
        now,
        _say(now, "template"),
        key="template",
        read="people",
        of_round=False,
        name=_say(now, "template_name"),
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        build=lambda: template(now.lang),
    )
    file = upload(_say(now, "choose"), ["xlsx"], _upload_key(), now.lang)
    form = Form(now, "import", watch=False)
    level = form.choose(
        "recusal_level",
        t("organizers.rules.field.recusal_level", now.lang),
        RECUSAL_LEVELS,
        "county",
        lambda name: t(f"organizers.rules.recusal.{name}.name", now.lang),
        hint=_say(now, "level_hint"),
    )
    if file is None:
        st.html(card(_say(now, "sheets"), _sheets(now)))
        return
    name, content = file
    plan = intake.read_apart(content, name=name, recusal_level=level)
    _found(now, plan)
    form.text(
        "round_title",
        _say(now, "round_title"),
        t(f"intake.round_title.{plan.stage}", now.lang),
        width=420,
    )
    reason = _say(now, "stopped", count=len(plan.stops)) if plan.stops else ""
    form.send(_say(now, "enter"), lambda values, at: _enter(now, plan, values, at), reason=reason)


def _upload_key() -> str:
    """Changes after a file has been entered, so that it is not offered again."""
    return f"import-file-{st.session_state.get('import-turn', 0)}"


def _sheets(now: Visit) -> object:
    lines = [line.split("|") for line in _say(now, "sheet_list").split("\n") if line]
    rows = [element("div", element("b", name), element("span", text)) for name, text in lines]
    return element("div", *rows, cls="a-sheets")


def _found(now: Visit, plan: intake.Plan) -> None:
    """How many of everything, then what stops, what to know, what was put right."""
    counts = plan.counts
    shown: list[tuple[object, object, object]] = [
        (_say(now, f"count.{key}"), counts[key], _say(now, f"count_note.{key}", **counts))
        for key in ("entrants", "judges", "criteria", "sessions", "sheets")
    ]
    st.html(figures(shown))
    for kind, findings in (("stop", plan.stops), ("note", plan.notes), ("fix", plan.fixes)):
        if findings:
            lines = [element("li", line) for line in summary(findings, now.lang)]
            title = state_label(
                SHOWN[kind], now.lang, word=_say(now, f"kind.{kind}", count=len(findings))
            )
            st.html(card(title, element("ul", *lines, cls="a-found")))


def _enter(now: Visit, plan: intake.Plan, values: Values, at: datetime) -> None:
    done = intake.enter(
        now.store, now.who, plan, at=at, round_title=str(values["round_title"]), lang=now.lang
    )
    choose_round(done.round_id)
    st.session_state["import-turn"] = st.session_state.get("import-turn", 0) + 1
    st.session_state["import-done"] = done


def _entered(now: Visit) -> None:
    """What the last import in this tab entered, and where to go on."""
    done: Any = st.session_state.get("import-done")
    if done is None:
        return
    key = "done_draft" if done.state == "draft" else "done_closed"
    label = state_label("saved", now.lang, word=_say(now, key, **done.to_dict()))
    st.html(element("div", label, cls="a-done", role="status"))
    page_key = "organizers.rules" if done.state == "draft" else "organizers.standings"
    name = t(f"{page_key}.title", now.lang)
    to_page(page_key, t("organizers.preparing.next", now.lang, page=name))


page(enter_page("people", of_round=False))
