"""The check before opening: each line with its figures and a link to its page."""

from typing import Any

import streamlit as st

from competition.machine import machine
from competition.people.printing import outdated
from competition.rounds.checks import Check
from competition.rounds.rounds import RoundView
from competition.rounds.rules import RoundRules
from competition.saying import listed
from organizers.address import own_addresses, reaches_tablets, server_address
from organizers.figures import checks
from ui.access import Visit
from ui.faults import megabytes
from ui.html import element
from ui.ways import to_page
from words import t

PAGE_OF = {
    "parts": "organizers.parts",
    "rubric": "organizers.rubric",
    "entrants": "organizers.entrants",
    "numbers": "organizers.entrants",
    "seats": "organizers.panel",
    "assignments": "organizers.panel",
    "enough_judges": "organizers.panel",
    "quotas": "organizers.rules",
    "places": "organizers.rules",
    "supervisor": "organizers.links",
    "organizers": "organizers.links",
    "links": "organizers.links",
    "pins": "organizers.links",
    "printed": "organizers.links",
}
"""Where each check is done."""


def box(now: Visit, view: RoundView, unmet: tuple[Check, ...]) -> None:
    """Draw the check; what does not hold up the opening stands below, in ochre."""
    done = sum(one.done for one in unmet if one.blocks)
    count = t("organizers.overview.ready.count", now.lang, done=done, of=_blocking(unmet))
    with st.container(key="ready", border=True):
        title = element("span", t("organizers.overview.ready.title", now.lang))
        st.html(element("h2", title, element("span", count, cls="a-note"), cls="a-h2 a-apart"))
        first = next((one.key for one in unmet if one.blocks and not one.done), "")
        for one in unmet:
            state = "done" if one.done else "next" if one.key == first else "not_begun"
            _line(now, one.key, state if one.blocks or one.done else "zone", one.values)
        address = server_address()
        if not reaches_tablets(address):
            _line(now, "address", "zone", {"address": address})
        printed(now)
        disk = machine(now.store)
        room = t("ui.machine.free", now.lang, free=megabytes(disk.free))
        word = t("ui.state.done" if disk.has_room else "organizers.check.advice", now.lang)
        state = "done" if disk.has_room else "zone"
        _row(now, "disk", (state, t("ui.machine.disk", now.lang), room, word))
        if RoundRules.from_json(view["rules"]).blind:
            label = t(
                "organizers.overview.ready.blind",
                now.lang,
                count=view["with_documents"],
                of=view["entrants"],
            )
            name = t("organizers.rules.line.blind", now.lang)
            word = t("organizers.check.advice", now.lang)
            _row(now, "blind", ("zone", name, label, word))


def printed(now: Visit) -> None:
    """Where printed codes lead elsewhere than to this machine: how many, and where to."""
    if "organizer" not in now.who.roles:
        return
    address = server_address()
    here = {address, *own_addresses()}
    old = [one for one in outdated(now.store, now.who, address) if one.address not in here]
    if old:
        _line(now, "printed", "zone", {"count": len(old), "address": old[0].address})


def _blocking(checks: tuple[Check, ...]) -> int:
    return sum(one.blocks for one in checks)


def _line(now: Visit, key: str, state: str, values: dict[str, Any]) -> None:
    kind = "done" if state == "done" else "open"
    shown = {k: listed(list(v), now.lang) if k == "names" else v for k, v in values.items()}
    text = t(f"organizers.check.{kind}.{key}", now.lang, **shown)
    word = {"done": "ui.state.done", "next": "ui.state.next", "zone": "organizers.check.advice"}
    name = t(f"organizers.check.name.{key}", now.lang)
    _row(now, key, (state, name, text, t(word[state], now.lang) if state in word else ""))


def _row(now: Visit, key: str, row: tuple[str, str, str, str]) -> None:
    """State, name, figure and word; with the way to where it is done, unless it is."""
    with st.container(
        key=f"check-{key}", horizontal=True, vertical_alignment="center", gap="small", wrap=False
    ):
        st.html(checks([row], now.lang), width="stretch")
        if row[0] != "done" and key in PAGE_OF:
            to_page(PAGE_OF[key], t("organizers.check.go", now.lang), mark=f"check-{key}")
