"""Sessions: one panel for all, several of them, or judges shared out over a desk review."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from competition.lineup import assigning
from competition.lineup import sessions as session_acts
from competition.rounds import rounds
from competition.rounds.readiness import PanelView, SessionView
from competition.rounds.rounds import RoundView
from organizers.asking import act_buttons, ask
from organizers.prepare.panel.locks import locks
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from words import t

_say = saying("organizers.panel")

Dialog = tuple[str, Callable[..., None]]


def dialogs(now: Visit, panel: PanelView) -> dict[str, Dialog]:
    """The dialogs about sessions."""
    sessions = {session["id"]: session for session in panel.sessions}
    return {
        "remove_session": (
            _say(now, "remove_title"),
            lambda session_id: _remove(now, sessions[session_id]),
        )
    }


def sessions(now: Visit, view: RoundView, panel: PanelView) -> None:
    """Every session as a separate form; where there is none, the three ways to begin."""
    is_draft = view["state"] == "draft"
    shared = any(line.judges for line in panel.expected) and not panel.sessions
    if not panel.sessions and is_draft:
        _ways(now, panel, shared=shared)
        return
    for session in panel.sessions:
        _session(now, panel, session, is_draft=is_draft)
    if is_draft:
        with st.container(horizontal=True, gap="small", wrap=True):
            _add(now, len(panel.sessions) + 1)


def _ways(now: Visit, panel: PanelView, *, shared: bool) -> None:
    if shared:
        count = _say(now, "shared", count=sum(len(line.judges) for line in panel.expected))
        st.html(element("p", count, cls="a-item"))
    with st.container(key="choices", horizontal=True, gap="small", wrap=True):
        with _way(now, "one"):
            form = Form(now, f"one-panel-{now.round_id}")
            form.send(_say(now, "way.one.act"), lambda _, at: _one_panel(now, at))
        with _way(now, "several"):
            _add(now, 1)
        with _way(now, "shared"):
            _share(now, shared=shared)
    locks(now, panel)


def _way(now: Visit, name: str) -> Any:
    box = st.container(border=True, width=300, key=f"way-{name}")
    with box:
        head = element("h3", _say(now, f"way.{name}.title"))
        st.html(element("div", head, element("p", _say(now, f"way.{name}.text")), cls="a-way"))
    return box


def _one_panel(now: Visit, at: datetime) -> None:
    title = t("intake.session_title", now.lang, number=1)
    session_acts.one_panel(now.store, now.who, now.round_id, title=title, at=at)


def _add(now: Visit, number: int) -> None:
    form = Form(now, f"session-new-{now.round_id}-{number}")
    title = t("intake.session_title", now.lang, number=number)
    form.send(
        _say(now, "add_session", title=title),
        lambda _, at: rounds.add_session(now.store, now.who, now.round_id, title=title, at=at),
        primary=False,
    )


def _share(now: Visit, *, shared: bool) -> None:
    form = Form(now, f"share-{now.round_id}", watch=False)
    form.text("per_entrant", _say(now, "per_entrant"), "3", width=160)
    form.text("seed", _say(now, "seed"), "0", hint=_say(now, "seed_hint"))
    form.text("anchors", _say(now, "anchors"), "", hint=_say(now, "anchors_hint"))

    def share(values: Values, at: datetime) -> None:
        assigning.share_and_assign(
            now.store,
            now.who,
            now.round_id,
            **{key: str(values[key]) for key in ("per_entrant", "seed", "anchors")},
            at=at,
        )

    form.send(_say(now, "way.shared.again" if shared else "way.shared.act"), share, primary=False)


def _session(now: Visit, panel: PanelView, session: SessionView, *, is_draft: bool) -> None:
    seats = {seat["person_id"]: seat for seat in panel.seats}
    form = Form(now, f"session-{session['id']}", disabled=not is_draft)
    with st.container(border=True, key=f"session-{session['id']}"):
        with st.container(horizontal=True, gap="small", vertical_alignment="top", wrap=True):
            form.text("title", _say(now, "field.session"), session["title"])
            form.text(
                "starts_at",
                _say(now, "field.starts_at"),
                session["starts_at"],
                placeholder="2022-03-18 09:00",
            )
            form.text("venue", _say(now, "field.venue"), session["venue"])
        form.text(
            "numbers",
            _say(now, "field.numbers"),
            session["numbers"],
            hint=_heard(now, session),
            placeholder="1-10, 15",
        )
        form.several(
            "person_ids",
            _say(now, "field.panel"),
            list(seats),
            session["person_ids"],
            lambda one: f"{seats[one]['number']:02d} {seats[one]['name']}",
            hint=_say(now, "hint.panel", count=len(session["judges"])),
        )
        if is_draft:
            with st.container(horizontal=True, gap="small", wrap=True):
                form.send(_say(now, "save"), lambda v, at: _save(now, session, v, at))
                st.button(
                    _say(now, "remove_session"),
                    key=f"remove-{session['id']}",
                    on_click=ask,
                    args=("remove_session",),
                    kwargs={"session_id": session["id"]},
                )


def _heard(now: Visit, session: SessionView) -> str:
    here = session["entrants"]
    unnumbered = sum(not place["number"] for place in here)
    key = "heard_unnumbered" if unnumbered else "heard"
    return _say(now, key, count=len(here), unnumbered=unnumbered)


def _save(now: Visit, session: SessionView, values: Values, at: datetime) -> None:
    """Set the session; entrants without a number stay in it unless the numbers were changed."""
    if values["numbers"] == session["numbers"]:
        del values["numbers"]
    session_acts.update_session(now.store, now.who, now.round_id, session["id"], **values, at=at)


def _remove(now: Visit, session: SessionView) -> None:
    effect = _say(now, "remove_text", title=session["title"], count=len(session["entrants"]))
    st.html(element("p", effect, cls="a-item"))

    def remove(at: datetime) -> None:
        session_acts.remove_session(now.store, now.who, now.round_id, session["id"], at=at)

    act_buttons(now, _say(now, "remove_confirm"), "remove_session", remove)
