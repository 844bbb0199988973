"""A competition without a round: the ways to begin, and what is already there."""

from datetime import datetime

import streamlit as st

from intake.sample_event import enter_sample
from organizers.address import reaches_tablets, server_address
from organizers.asking import act_buttons, answer, ask
from organizers.figures import checks
from ui.access import Visit, choose_round, saying
from ui.html import Markup, card, element
from ui.ways import to_page
from words import t

_say = saying("organizers.overview")

WAYS = {
    "import": "organizers.import_page",
    "step": "organizers.setup",
    "sample": "",
}


def nothing_yet(now: Visit) -> None:
    """A competition without a round: what can be done now, and nothing that cannot."""
    address = server_address()
    heading = element("h2", _say(now, "empty.title"))
    st.html(element("section", heading, element("p", _say(now, "empty.text")), cls="a-empty"))
    with st.container(key="ways"):
        columns = st.columns(3, gap="small", border=True)
        for column, way, page in zip(columns, WAYS, WAYS.values(), strict=True):
            with column:
                st.html(_way(now, way))
                if page:
                    to_page(page, _say(now, f"empty.{way}.go"))
                elif st.button(_say(now, f"empty.{way}.go"), key="act-begin_sample"):
                    ask("begin_sample")
                    st.rerun()
    answer(now, {"begin_sample": (_say(now, "empty.sample.title"), lambda: _sample(now))})
    reached = reaches_tablets(address)
    rows = [
        (
            "done" if reached else "next",
            _say(now, "empty.address"),
            _say(now, "empty.address_ok" if reached else "empty.address_here", address=address),
        ),
        (
            "done",
            _say(now, "empty.competition"),
            now.competition["title"] if now.competition else "",
        ),
        ("next", _say(now, "empty.round"), _say(now, "empty.round_text")),
        *(
            ("not_begun", t(f"organizers.check.name.{key}", now.lang), _say(now, f"ready.{key}"))
            for key in ("entrants", "rubric", "seats")
        ),
    ]
    shown = [(state, name, text, t(f"ui.state.{state}", now.lang)) for state, name, text in rows]
    note = _say(now, "ready.count", done=sum(r[0] == "done" for r in rows), of=len(rows))
    st.html(card(_say(now, "ready.title"), checks(shown, now.lang), note=note, cls="a-wide-box"))


def _sample(now: Visit) -> None:
    """What the sample brings, and that it stays marked; then the act."""
    st.html(element("p", _say(now, "empty.sample.ask"), cls="a-item"))

    def enter(at: datetime) -> None:
        choose_round(enter_sample(now.store, now.who, at=at, lang=now.lang).round_id)

    act_buttons(now, _say(now, "empty.sample.confirm"), "begin_sample", enter)


def _way(now: Visit, way: str) -> Markup:
    head = element("h3", _say(now, f"empty.{way}.title"))
    return element("div", head, element("p", _say(now, f"empty.{way}.text")), cls="a-way")
