"""A tablet's file of kept marks, read on the page of paper sheets: never believed by itself."""

import streamlit as st

from competition import clock
from competition.marks.recovering import Recovered, fingerprint, recover_marks
from competition.saying import sentence
from organizers import naming
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.html import element
from ui.uploads import upload

_say = saying("organizers.transcribing")
DONE = "recovered"


def box(now: Visit) -> None:
    """Offer to read a file, for who may; say what became of the last one."""
    if not can(now, "recover_marks"):
        return
    recovered: Recovered | None = st.session_state.pop(DONE, None)
    with st.expander(_say(now, "file_title"), expanded=recovered is not None, key="recover"):
        for key in ("file_text", "file_trust"):
            st.html(element("p", _say(now, key), cls="a-reason"))
        if recovered is not None:
            _became(now, recovered)
        file = upload(_say(now, "file_label"), ("json",), "tablet-file", now.lang)
        if file is not None and st.button(_say(now, "file_read"), key="recover-read"):
            _read(now, file[1])


def _read(now: Visit, content: bytes) -> None:
    values = {"sha256": fingerprint(content), "name": now.who.name}
    with acting(now.lang) as problems:
        st.session_state[DONE] = recover_marks(
            now.store,
            now.who,
            now.round_id,
            content,
            reason=_say(now, "file_reason", **values),
            at=clock.now(now.store),
        )
    if not problems:
        st.rerun()


def _became(now: Visit, recovered: Recovered) -> None:
    values = {"name": recovered.name, "known": recovered.known, "asked": recovered.asked}
    st.html(element("p", _say(now, "file_done", left=len(recovered.left), **values)))
    none = _say(now, "file_none")
    rows = [
        element(
            "li",
            _say(
                now,
                "file_left",
                number=naming.number(one.number, now.lang) if one.number else "",
                criterion=one.criterion,
                value=one.value or none,
                held=one.held or none,
                why=sentence(one.error, now.lang),
            ),
        )
        for one in recovered.left
    ]
    if rows:
        st.html(element("ul", *rows))
