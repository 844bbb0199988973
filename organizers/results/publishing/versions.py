"""The versions of a certificate: who moves, what replaced which, and the request for another."""

from datetime import datetime

import streamlit as st

from competition.results.publishing import course
from competition.results.versions import (
    Moved,
    Version,
    VersionRequest,
    ask_version,
    confirm_version,
    version_requests,
    versions,
    withdraw_version_request,
)
from organizers import naming, second
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.forms import Form, Values
from ui.html import element, tag
from ui.tables import Column, list_table

_say = saying("organizers.versions")


def panel(now: Visit) -> None:
    """Each version with its stamp and its moves; the request that waits, or the field for one."""
    if not can(now, "versions"):
        return
    listed = versions(now.store, now.who, now.round_id)
    requests = version_requests(now.store, now.who, now.round_id)
    st.html(element("h2", _say(now, "title"), cls="a-h2 a-over"))
    for one in listed:
        _version(now, one)
    for request in requests:
        if request.state == "waiting":
            _waiting(now, request)
    if can(now, "ask_version") and not any(one.state == "waiting" for one in requests):
        _ask(now)


def _version(now: Visit, one: Version) -> None:
    head = [element("b", _say(now, "version", version=one.version)), " "]
    head.append(element("code", one.sha256[:12], cls="a-hash"))
    if one.replaced_by is not None:
        head += [" ", tag(_say(now, "replaced", version=one.replaced_by), tone="alert")]
    if one.is_public:
        head += [" ", tag(_say(now, "public"), tone="ok")]
    lines = [_say(now, "at", at=naming.clock(now, one.at, day=True))]
    lines += [_say(now, "because", reason=one.reason)] * bool(one.reason)
    with st.container(border=True, key=f"version-{one.version}"):
        st.html(element("div", *head, *[element("p", line, cls="a-reason") for line in lines]))
        if one.moves:
            st.html(_moves(now, one.moves))
        elif one.version > 1:
            st.html(element("p", _say(now, "no_moves"), cls="a-reason"))


def _moves(now: Visit, moves: tuple[Moved, ...]) -> object:
    columns = [Column(_say(now, f"column.{name}")) for name in ("change", "entrant")]
    columns += [Column(_say(now, f"column.{name}"), "right") for name in ("old", "new")]
    rows = [
        [
            _say(now, f"change.{one.change}"),
            f"{naming.number(one.new['number'], now.lang)} {naming.title(one.new)}",
            _say(now, "line", rank=one.old["rank"] or "—", score=one.old["official"] or "—"),
            _say(now, "line", rank=one.new["rank"] or "—", score=one.new["official"] or "—"),
        ]
        for one in moves
    ]
    return list_table(columns, rows, now.lang)


def _waiting(now: Visit, request: VersionRequest) -> None:
    with st.container(border=True, key="version-request"):
        asked = _say(now, "asked", name=request.entered_by, reason=request.reason)
        st.html(element("p", element("b", asked)))
        st.html(element("p", _say(now, "consequence"), cls="a-reason"))
        with st.container(horizontal=True, gap="small"):
            second.offer(now, "version", request.id, by=request.entered_by_id, about=asked)
            if can(now, "confirm_version") and request.entered_by_id != now.who.person_id:
                _sign(now, request)
    if can(now, "withdraw_version_request"):
        form = Form(now, f"withdraw-{request.id}", watch=False)
        form.text("reason", _say(now, "withdraw_reason"))

        def back(values: Values, at: datetime) -> None:
            said = str(values["reason"])
            withdraw_version_request(now.store, now.who, request.id, reason=said, at=at)

        form.send(_say(now, "withdraw"), back, primary=False)


def _sign(now: Visit, request: VersionRequest) -> None:
    if st.button(_say(now, "confirm"), key="version-confirm", type="primary"):
        with acting(now.lang) as problems:
            confirm_version(now.store, now.who, request.id, at=now.at)
        if not problems:
            st.rerun()


def _ask(now: Visit) -> None:
    stands = course(now.store, now.who, now.round_id)
    if not (stands.fact("announced").at or stands.fact("noticed").at):
        return
    with st.container(border=True, key="version-form"):
        st.html(element("p", _say(now, "text"), cls="a-reason"))
        form = Form(now, f"version-{now.round_id}", watch=False)
        form.text("reason", _say(now, "reason"))

        def put(values: Values, at: datetime) -> None:
            reason = str(values["reason"])
            ask_version(now.store, now.who, now.round_id, reason=reason, at=at)

        form.send(_say(now, "ask"), put, primary=False)
