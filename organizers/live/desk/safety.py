"""What keeps the day safe, in a line each: pads, backup, witnesses, head, second laptop."""

from collections import Counter
from datetime import datetime, timedelta

import streamlit as st

from competition.stage.backups import last_backup
from competition.stage.live import Live
from organizers import standby_line
from organizers.live import returns
from organizers.live.desk import standby_box, stick_box
from organizers.offers import can
from ui.access import Visit, saying
from ui.html import element
from ui.icons import icon

_say = saying("organizers.safety")

HOUR, FRESH = 60, 10
"""Minutes of an hour, and up to which a backup is as it should be."""
SHORT = 4
"""Signs of a name that fit the narrow column."""
Line = tuple[str, str, str]
"""A state, what it is about, and what is to be said of it."""


def safety(now: Visit, shown: Live) -> None:
    """Draw the lines; nothing for a role that sees neither pads nor records."""
    second = standby_line.seen(now) if can(now, "tablets") else None
    lines = [*_pads(now, shown), *_records(now)]
    if second is not None:
        state, text = stick_box.line(now, stick_box.seen(now))
        lines.append((state, _say(now, "stick_name"), text))
        state, text = standby_line.line(now, second)
        lines.append((state, _say(now, "standby_name"), text))
    if not lines:
        return
    rows = [
        element("div", icon(state, 18), element("b", name), element("span", text))
        for state, name, text in lines
    ]
    is_wide = any(len(name) > SHORT for _, name, _ in lines)
    st.html(element("section", *rows, cls="a-box a-safety" + (" a-wide" if is_wide else "")))
    if second is not None:
        standby_box.button(now, second)
        stick_box.button(now)


def _pads(now: Visit, shown: Live) -> list[Line]:
    if shown.faces is None:
        return []
    signs = Counter(face.sign.state for face in shown.faces)
    silent = signs["unopened"] + signs["unknown"]
    state = "done" if signs["online"] == len(shown.faces) else "marking"
    text = _say(now, "pads", online=signs["online"], offline=signs["offline"], silent=silent)
    return [(state, _say(now, "pads_name"), text)]


def _records(now: Visit) -> list[Line]:
    """How many tablets show the same record as this file, and its head."""
    seen = returns.given_back(now)
    if seen is None:
        return []
    same = sum(one.state == "same" for one in seen.witnesses)
    apart = len(seen.witnesses) - same
    state = "attention" if apart else "done" if same else "not_begun"
    text = _say(now, "apart" if apart else "witnesses", same=same, apart=apart)
    backup_state, age = backup(now, last_backup(now.store, now.who))
    return [
        (backup_state, _say(now, "backup_name"), age),
        (state, _say(now, "witnesses_name"), text),
        ("done", _say(now, "head_name"), seen.head),
    ]


def backup(now: Visit, at: datetime | None) -> tuple[str, str]:
    """The state of the newest backup, and how old it is."""
    if at is None:
        return "not_begun", _say(now, "backup_none")
    minutes = max(0, int((now.at - at) / timedelta(minutes=1)))
    text = _say(
        now,
        "backup_hours" if minutes >= HOUR else "backup",
        count=minutes % HOUR,
        hours=minutes // HOUR,
    )
    return "done" if minutes < FRESH else "marking", text
