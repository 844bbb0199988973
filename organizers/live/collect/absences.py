"""Recording that a judge did not hear an entrant, and taking that back."""

import streamlit as st

from competition.lineup import panel
from competition.marks.progress import Progress
from organizers import naming
from organizers.asking import Dialog, act_buttons, reason_field
from ui.access import Visit, saying
from ui.html import element
from words import t

_say = saying("organizers.absence")

Pair = tuple[str, str]


def dialogs(now: Visit, progress: Progress) -> dict[str, Dialog]:
    """The dialogs of absences."""
    owed = {
        (one["entrant_id"], one["person_id"]): (one["number"], one["seat"])
        for one in progress.missing
    }
    absent = {
        (place["id"], seat["person_id"]): (place["number"], seat["number"])
        for place, seat, _ in progress.absent
    }
    return {
        "mark_absent": (_say(now, "mark_title"), lambda: _mark(now, owed)),
        "undo_absence": (_say(now, "undo_title"), lambda: _undo(now, absent)),
    }


def _choose(now: Visit, pairs: dict[Pair, tuple[int, int]], key: str) -> Pair:
    def name(pair: Pair) -> str:
        number, seat = pairs[pair]
        return f"{naming.number(number, now.lang)} · {naming.seat(seat, now.lang)}"

    chosen: Pair = st.selectbox(_say(now, "which"), list(pairs), format_func=name, key=key)
    return chosen


def _mark(now: Visit, owed: dict[Pair, tuple[int, int]]) -> None:
    if not owed:
        st.html(element("p", t("organizers.progress.none_missing", now.lang), cls="a-reason"))
        return
    entrant_id, person_id = _choose(now, owed, "absence-pair")
    st.html(element("p", _say(now, "mark_text"), cls="a-reason"))
    reason = reason_field(now, "mark_absent", hint=_say(now, "mark_hint"))
    act_buttons(
        now,
        _say(now, "mark_confirm"),
        "mark_absent",
        lambda at: panel.mark_absent(
            now.store, now.who, now.round_id, entrant_id, person_id, reason=reason, at=at
        ),
    )


def _undo(now: Visit, absent: dict[Pair, tuple[int, int]]) -> None:
    if not absent:
        st.html(element("p", t("organizers.progress.none_absent", now.lang), cls="a-reason"))
        return
    entrant_id, person_id = _choose(now, absent, "presence-pair")
    reason = reason_field(now, "undo_absence")
    act_buttons(
        now,
        _say(now, "undo_confirm"),
        "undo_absence",
        lambda at: panel.undo_absence(
            now.store, now.who, now.round_id, entrant_id, person_id, reason=reason, at=at
        ),
    )
