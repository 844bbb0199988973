"""Which events the log lists: by entrant, person, kind and time."""

import streamlit as st

from competition import typed
from competition.errors import Refused
from competition.event_kinds import words_key
from competition.log import Chosen, log_names
from competition.saying import sentence
from ui.access import Visit, saying
from ui.html import element
from ui.icons import state_label
from words import t

_say = saying("organizers.log")
DAY = len("2022-03-18")
CHOSEN = ("entrant", "person", "kind")


def chosen(now: Visit) -> Chosen:
    """Ask for it in a box that is folded away while nothing is chosen."""
    names = log_names(now.store, now.who)
    labels = {
        "entrant": names["entrants"],
        "person": names["people"],
        "kind": {kind: t(words_key(kind), now.lang) for kind in names["kinds"]},
    }
    with st.expander(_say(now, "filter")):
        columns = st.columns(3, gap="small")
        picked = {
            name: column.selectbox(
                _say(now, f"filter_{name}"),
                sorted(labels[name], key=labels[name].__getitem__),
                index=None,
                format_func=labels[name].__getitem__,
                key=f"log-{name}",
                placeholder=_say(now, "filter_any"),
            )
            for name, column in zip(CHOSEN, columns, strict=True)
        }
        since, until = st.columns(2, gap="small")
        with since:
            begins = _time(now, "since")
        with until:
            ends = _time(now, "until")
    ids = {name: str(value or "") for name, value in picked.items()}
    return Chosen(**ids, since=begins, until=ends)


def _time(now: Visit, name: str) -> str:
    """A time as typed; one that cannot be read is said below its field and chooses nothing."""
    value = st.text_input(
        _say(now, f"filter_{name}"),
        key=f"log-{name}",
        placeholder=_say(now, "filter_time"),
        autocomplete="off",
    )
    try:
        read = typed.moment(value, name) if value and value.strip() else ""
    except Refused as error:
        label = state_label("attention", now.lang, word=sentence(error, now.lang), size=16)
        st.html(element("div", label, cls="a-wrong"))
        return ""
    is_whole_day = name == "until" and len(read) == DAY
    return f"{read} 23:59" if is_whole_day else read
