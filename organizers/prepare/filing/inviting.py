"""The dialogs of the deadline and the links; the links just made, shown once to be sent."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from competition.filing import inviting, terms
from competition.filing.shapes import FilingLine
from competition.lineup.learnt import further_places
from intake.places import counties, short_county
from organizers.address import reaches_tablets, server_address
from organizers.asking import Dialog, act_buttons, close_when_done, done
from organizers.prepare.filing import cards
from organizers.prepare.people.printed import qr
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from ui.icons import state_label
from words import t

_say = saying("organizers.filings")

FRESH = "filing-links"


def dialogs(now: Visit, lines: Sequence[FilingLine], until: str, wanted: str) -> dict[str, Dialog]:
    """The dialogs of the page's title, and a new link for one county."""
    by_id = {one.row["id"]: one for one in lines}
    return {
        "terms": (_say(now, "terms_title"), lambda: _terms(now, until, wanted)),
        "invite": (_say(now, "invite_title"), lambda: _invite(now, lines)),
        "new_link": (
            _say(now, "new_link_title"),
            lambda filing_id: _new_link(now, by_id[filing_id]),
        ),
    }


def _terms(now: Visit, until: str, wanted: str) -> None:
    close_when_done("terms")
    form = Form(now, "filing-terms", watch=False)
    form.text(
        "closes_at",
        _say(now, "field.closes_at"),
        until,
        hint=_say(now, "closes_hint"),
        placeholder="2022-03-18 18:00",
    )
    form.text(
        "wanted",
        _say(now, "field.wanted"),
        wanted if until else _say(now, "wanted_usual"),
        hint=_say(now, "wanted_hint"),
    )

    def save(values: Values, at: datetime) -> None:
        terms.set_filing_terms(
            now.store,
            now.who,
            closes_at=str(values["closes_at"]),
            wanted=str(values["wanted"]),
            at=at,
        )

    form.send(_say(now, "save"), save, after=done)


def _known(now: Visit) -> dict[str, str]:
    """The counties of the built-in places and of those that were imported."""
    names = {one.code: one.name for one in counties()}
    further = {row[0]: row[1] for row in further_places(now.store, now.who)}
    return names | further


def _invite(now: Visit, lines: Sequence[FilingLine]) -> None:
    close_when_done("invite")
    st.html(element("p", _say(now, "invite_text"), cls="a-reason"))
    known = _known(now)
    there = {one.row["county_code"] for one in lines}
    form = Form(now, "filing-invite", watch=False)
    form.several(
        "counties",
        _say(now, "field.counties"),
        list(known),
        [code for code in known if code not in there],
        lambda code: short_county(known[code]),
        hint=_say(now, "counties_hint"),
    )

    def invite(values: Values, at: datetime) -> None:
        _make(now, [(code, known[code]) for code in values["counties"]], at)

    form.send(_say(now, "invite_now"), invite, after=done)


def _new_link(now: Visit, line: FilingLine) -> None:
    row = line.row
    st.html(element("p", _say(now, "new_link_text", county=row["county"]), cls="a-item"))

    def make(at: datetime) -> None:
        _make(now, [(row["county_code"], row["county"])], at)

    act_buttons(now, _say(now, "invite_now"), "new_link", make)


def _make(now: Visit, wanted: Sequence[tuple[str, str]], at: datetime) -> None:
    tokens = inviting.invite_counties(now.store, now.who, wanted, at=at)
    names = dict(wanted)
    st.session_state[FRESH] = {names[code]: token for code, token in tokens.items()}


def fresh(now: Visit, until: str) -> bool:
    """Show the links just made, each in words to be sent; return whether they are shown."""
    made: dict[str, str] = st.session_state.get(FRESH) or {}
    if not made:
        return False
    address = server_address()
    if not reaches_tablets(address):
        warning = state_label(
            "attention", now.lang, word=t("organizers.links.address_here", now.lang)
        )
        st.html(element("div", warning, cls="a-item"))
    st.html(element("p", _say(now, "fresh", count=len(made)), cls="a-item a-screen"))
    links = {county: f"{address}/j/{token}" for county, token in made.items()}
    with st.container(key="filing-links-list"):
        for county, link in links.items():
            code, words = st.columns([1, 4], vertical_alignment="center")
            code.html(element("div", qr(link, now.lang), cls="a-qr-box"))
            with words:
                st.html(element("b", county))
                text = _say(now, "invitation", county=county, until=until, link=link)
                st.code(text, language=None, wrap_lines=True)
    st.html(cards.sheet(now, links, until))
    if st.button(t("organizers.act.handed_out", now.lang), key="filing-done", type="primary"):
        st.session_state.pop(FRESH, None)
        st.rerun()
    return True
