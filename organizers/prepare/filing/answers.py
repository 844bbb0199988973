"""The dialogs about one county: nudge, return with a reason, accept, undo the acceptance."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from competition.filing import answering, views
from competition.filing.shapes import FilingLine
from competition.lineup import importing
from intake.accepting import accept
from organizers import naming
from organizers.asking import Dialog, act_buttons, close_when_done, done
from ui.access import Visit, choose_round, saying
from ui.forms import Form, Values
from ui.html import element
from words import t

_say = saying("organizers.filings")


def dialogs(now: Visit, lines: Sequence[FilingLine]) -> dict[str, Dialog]:
    """The dialogs of a county's line."""
    by_id = {one.row["id"]: one for one in lines}
    return {
        "nudge": (_say(now, "nudge_title"), lambda filing_id: _nudge(now, by_id[filing_id])),
        "return_list": (
            _say(now, "return_title"),
            lambda filing_id: _return(now, by_id[filing_id]),
        ),
        "accept": (_say(now, "accept_title"), lambda filing_id: _accept(now, by_id[filing_id])),
        "undo": (_say(now, "undo_now"), lambda filing_id: _undo(now, by_id[filing_id])),
    }


def _nudge(now: Visit, line: FilingLine) -> None:
    """The words to send, to be copied, and the act that records that they were."""
    until = naming.clock(now, line.closes_at, day=True)[:-3]
    key = "overdue" if line.is_overdue else line.state
    text = _say(
        now,
        f"nudge.{key}",
        county=line.row["county"],
        until=until,
        count=line.stops,
        reason=line.row["returned_reason"] or "",
    )
    st.html(element("p", _say(now, "nudge_text"), cls="a-reason"))
    st.code(text, language=None, wrap_lines=True)

    def nudge(at: datetime) -> None:
        answering.nudge_county(now.store, now.who, line.row["id"], at=at)

    act_buttons(now, _say(now, "nudge_now"), "nudge", nudge)


def _return(now: Visit, line: FilingLine) -> None:
    close_when_done("return_list")
    view = views.filing(now.store, now.who, line.row["id"], at=now.at)
    listed = {one.id: one for one in view.listed}
    version = line.row["version"]
    form = Form(now, f"filing-return-{line.row['id']}-{version}", watch=False)
    form.text("reason", _say(now, "field.reason"), hint=_say(now, "reason_hint"))
    form.several(
        "entrants",
        _say(now, "field.entrants"),
        list(listed),
        [],
        lambda one: f"{listed[one].place} {listed[one].township}",
        hint=_say(now, "entrants_hint"),
    )
    form.text(
        "until",
        _say(now, "field.until"),
        hint=_say(now, "until_hint", until=naming.clock(now, line.closes_at, day=True)[:-3]),
        placeholder="2022-03-20 18:00",
    )

    def give_back(values: Values, at: datetime) -> None:
        answering.return_filing(
            now.store,
            now.who,
            line.row["id"],
            version=version,
            reason=str(values["reason"]),
            entrant_ids=list(values["entrants"]),
            until=str(values["until"]),
            at=at,
        )

    form.send(_say(now, "return_now"), give_back, after=done)


def _accept(now: Visit, line: FilingLine) -> None:
    close_when_done("accept")
    count, version = line.count, line.row["version"]
    text = _say(now, "accept_text", county=line.row["county"], count=count, version=version)
    st.html(element("p", text, cls="a-item"))
    if line.incomplete:
        st.html(element("p", _say(now, "accept_lacks", count=line.incomplete), cls="a-reason"))
    drafts = {row["id"]: row["title"] for row in now.rounds if row["state"] == "draft"}
    form = Form(now, f"filing-accept-{line.row['id']}-{version}", watch=False)
    into = next(reversed(drafts), "")
    if drafts:
        into = form.choose(
            "into",
            t("organizers.import_page.into", now.lang),
            [*drafts, ""],
            into,
            lambda key: drafts.get(key, t("organizers.import_page.new_round", now.lang)),
        )
    if not into:
        title = t("intake.round_title.preliminary", now.lang)
        form.text("round_title", t("organizers.import_page.round_title", now.lang), title)

    def enter(values: Values, at: datetime) -> None:
        entered = accept(
            now.store,
            now.who,
            line.row["id"],
            version=version,
            round_id=str(values.get("into", "")),
            round_title=str(values.get("round_title", "")),
            lang=now.lang,
            at=at,
        )
        choose_round(entered.round_id)

    form.send(_say(now, "accept_now"), enter, after=done)


def _undo(now: Visit, line: FilingLine) -> None:
    text = _say(now, "undo_text", county=line.row["county"], count=line.count)
    st.html(element("p", text, cls="a-item"))

    def undo(at: datetime) -> None:
        importing.undo_import(now.store, now.who, str(line.row["import_id"]), at=at)

    act_buttons(now, _say(now, "undo_now"), "undo", undo)
