"""名单导入 / Import: workbooks read on trial and put right on the page, then entered whole."""

from typing import Any

import streamlit as st

import intake
from competition.lineup import importing, learnt
from competition.rounds.rounds import round_view
from intake.exporting import plan_of
from intake.template import template
from organizers.prepare import round_page as preparing
from organizers.prepare.importing import chosen
from organizers.prepare.importing.entering import LEVEL, send
from organizers.prepare.importing.found import findings
from organizers.prepare.importing.sheet import choose_sheet, sheet_table
from organizers.prepare.importing.summary import counts, difference
from ui.access import Visit, enter_page, saying
from ui.downloads import download
from ui.forms import Form
from ui.frame import page_title
from ui.html import card, element
from ui.icons import state_label
from ui.uploads import uploads
from ui.ways import to_page
from words import t

_say = saying("organizers.import_page")

KINDS = ["xlsx", "xls", "csv", "et", "html"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(now: Visit) -> None:
    """Choose files, see what they were taken for and what is wrong with them, enter them."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    _entered(now)
    files = uploads(_say(now, "choose"), KINDS, _upload_key(), now.lang)
    if not files:
        _before(now)
        return
    chosen.begin(files)
    form = Form(now, "import", watch=False)
    level = str(st.session_state.get(LEVEL, "county"))
    remembered = learnt.remembered_columns(now.store, now.who)
    places = learnt.further_places(now.store, now.who)
    plan = intake.read_files_apart(files, chosen.asked(level, remembered, places))
    counts(now, plan)
    if any(sheet.rows for sheet in plan.sheets_read):
        with st.container(key="import-body"):
            sheet, beside = st.columns([3, 2], gap="medium")
        with sheet:
            sheet_table(now, plan, choose_sheet(now, plan), remembered)
        with beside:
            findings(now, plan)
    else:
        findings(now, plan)
    _marked(now, files, plan)
    difference(now, plan)
    send(now, form, plan)


def _before(now: Visit) -> None:
    """What can be chosen, and the blank workbook."""
    st.html(element("p", _say(now, "text"), cls="a-reason a-text"))
    download(
        now,
        _say(now, "template"),
        key="template",
        read="people",
        of_round=False,
        name=_say(now, "template_name"),
        media_type=XLSX,
        build=lambda: template(now.lang),
    )
    if now.round is not None:
        _current(now)
    st.html(card(_say(now, "sheets"), _sheets(now)))
    _offer_undo(now)


def _current(now: Visit) -> None:
    """The lists, rubric and panels of the round as a workbook that an import reads as they are."""
    title = now.round["title"] if now.round else ""
    download(
        now,
        _say(now, "current", round=title),
        key="current",
        read="people",
        name=_say(now, "current_name"),
        media_type=XLSX,
        build=lambda: intake.workbook_of(plan_of(now.store, now.who, now.round_id), now.lang),
    )


def _offer_undo(now: Visit) -> None:
    """The last import, and the button that takes back all it entered."""
    last = importing.last_import(now.store, now.who)
    if last is None:
        return
    st.html(element("p", _say(now, "last", name=last["name"]), cls="a-reason"))
    Form(now, "undo-import", watch=False).send(
        _say(now, "undo"),
        lambda _values, at: importing.undo_import(now.store, now.who, last["id"], at=at),
        primary=False,
        done=_say(now, "undone"),
        after=lambda: st.session_state.pop("import-done", None),
    )


def _marked(now: Visit, files: chosen.Files, plan: intake.Plan) -> None:
    """The same workbook with its faults marked, to be fixed in the office's program."""
    if plan.stops or plan.notes:
        download(
            now,
            _say(now, "marked"),
            key="marked",
            read="people",
            of_round=False,
            name=_say(now, "marked_name", name=files[0][0].rpartition(".")[0]),
            media_type=XLSX,
            build=lambda: intake.marked_apart(files, plan.findings, now.lang),
        )


def _upload_key() -> str:
    """Changes after a file has been entered, so that it is not offered again."""
    return f"import-file-{st.session_state.get('import-turn', 0)}"


def _sheets(now: Visit) -> object:
    lines = [line.split("|") for line in _say(now, "sheet_list").split("\n") if line]
    rows = [element("div", element("b", name), element("span", text)) for name, text in lines]
    return element("div", *rows, cls="a-sheets")


def _entered(now: Visit) -> None:
    """What the last import in this tab entered, and where to go on."""
    done: Any = st.session_state.get("import-done")
    if done is None:
        return
    key = "done_draft" if done.state == "draft" else "done_closed"
    label = state_label("saved", now.lang, word=_say(now, key, **done.to_dict()))
    st.html(element("div", label, cls="a-done", role="status"))
    if done.state == "draft":
        view = round_view(now.store, now.who, done.round_id)
        preparing.next_step(now, view, "organizers.import_page")
        return
    name = t("organizers.standings.title", now.lang)
    to_page("organizers.standings", t("organizers.preparing.next", now.lang, page=name))


page(enter_page("people", of_round=False))
