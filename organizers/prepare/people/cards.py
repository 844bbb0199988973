"""New links: shown once with their QR code, one by one or as the judges' printable list."""

from datetime import datetime

import streamlit as st

from competition import clock
from competition.lineup.seating import remove_person
from competition.people import printing
from competition.people.links import make_link, revoke_link
from competition.people.people import PersonView
from organizers import naming
from organizers.address import reaches_tablets
from organizers.asking import Dialog, act_buttons, done, is_asked
from organizers.prepare.people import printed as print_cards
from organizers.prepare.people.printed import qr
from ui.access import Visit, acting, saying
from ui.html import element
from ui.icons import state_label
from words import t

_say = saying("organizers.links")

FRESH = "links-fresh"
PRINTED = "links-printed"


def dialogs(
    now: Visit, people: list[PersonView], judges: list[PersonView], address: str
) -> dict[str, Dialog]:
    """The dialogs of links; a link that was shown is forgotten with its dialog."""
    if not is_asked("make_link"):
        st.session_state.pop(FRESH, None)
    by_id = {one["id"]: one for one in people}
    return {
        "make_link": (
            _say(now, "make_title"),
            lambda person_id: _make(now, by_id[person_id], address),
        ),
        "revoke_link": (
            _say(now, "revoke_title"),
            lambda person_id: _revoke(now, by_id[person_id]),
        ),
        "print_links": (_say(now, "print_title"), lambda: _print(now, judges, address)),
        "remove_person": (
            _say(now, "remove_title"),
            lambda person_id: _remove(now, by_id[person_id]),
        ),
    }


def _new(now: Visit, one: PersonView, address: str, at: datetime, *, replace: bool) -> str:
    """Make a link, end the former ones if wished, and return where it leads."""
    secret = make_link(now.store, now.who, one["id"], at=at)
    if replace:
        for link in one["links"]:
            revoke_link(now.store, now.who, link["id"], at=at)
    return f"{address}/j/{secret}"


def _make(now: Visit, one: PersonView, address: str) -> None:
    fresh = st.session_state.get(FRESH)
    if fresh is not None and fresh[0] == one["id"]:
        _show(now, one, fresh[1])
        return
    st.html(element("p", _say(now, "make_text", name=one["name"]), cls="a-item"))
    replace = st.checkbox(
        _say(now, "replace", count=len(one["links"])),
        value=False,
        key="links-replace",
        disabled=not one["links"],
    )

    def make(at: datetime) -> None:
        url = _new(now, one, address, at, replace=replace)
        st.session_state[FRESH] = (one["id"], url)

    act_buttons(now, t("organizers.act.make_link_now", now.lang), "make_link", make, stay=True)


def _show(now: Visit, one: PersonView, url: str) -> None:
    """The link, once: it cannot be shown again after this dialog is closed."""
    st.html(element("p", element("b", one["name"]), " ", _say(now, "once"), cls="a-item"))
    st.html(element("div", qr(url, now.lang), cls="a-qr-box"))
    st.code(url, language=None, wrap_lines=True)
    if st.button(t("organizers.act.handed_out", now.lang), key="links-done", type="primary"):
        done()
        st.session_state.pop(FRESH, None)
        st.rerun()


def _revoke(now: Visit, one: PersonView) -> None:
    links = {link["id"]: link for link in one["links"]}
    chosen = st.multiselect(
        _say(now, "revoke_which"),
        list(links),
        default=list(links),
        format_func=lambda link_id: _say(
            now,
            "revoke_one",
            at=naming.clock(now, links[link_id]["created_at"], day=True),
            devices=links[link_id]["devices"],
        ),
        key="links-revoke",
        placeholder=t("organizers.ruling.choose.none", now.lang),
    )
    st.html(element("p", _say(now, "revoke_text", name=one["name"]), cls="a-reason"))

    def revoke(at: datetime) -> None:
        for link_id in chosen:
            revoke_link(now.store, now.who, link_id, at=at)

    act_buttons(now, _say(now, "revoke_confirm"), "revoke_link", revoke)


def _remove(now: Visit, one: PersonView) -> None:
    name = element("b", one["name"])
    st.html(element("p", name, " — ", _say(now, "remove_text"), cls="a-item"))

    def remove(at: datetime) -> None:
        remove_person(now.store, now.who, one["id"], at=at)

    act_buttons(now, _say(now, "remove_confirm"), "remove_person", remove)


def _print(now: Visit, judges: list[PersonView], address: str) -> None:
    st.html(element("p", _say(now, "print_text", count=len(judges)), cls="a-item"))
    replace = st.checkbox(
        _say(now, "print_replace"), value=not _is_marking(now), key="links-print-replace"
    )
    tables = st.checkbox(_say(now, "print_plates"), value=False, key="links-print-plates")

    def make(at: datetime) -> None:
        ids = [one["id"] for one in judges]
        _make_printed(now, ids, address, at, replace=replace, tables=tables)

    act_buttons(now, _say(now, "print_confirm"), "print_links", make)


def _is_marking(now: Visit) -> bool:
    return any(row["state"] == "open" for row in now.rounds)


def _make_printed(
    now: Visit, ids: list[str], address: str, at: datetime, *, replace: bool, tables: bool
) -> None:
    urls = printing.print_links(now.store, now.who, ids, address=address, at=at, replace=replace)
    st.session_state[PRINTED] = (urls, tables)


def reprint(now: Visit, address: str) -> None:
    """Warn when printed links lead elsewhere than the address used now; print them again."""
    old = printing.outdated(now.store, now.who, address)
    if not old or not reaches_tablets(address):
        return
    with st.container(key="links-outdated", border=True):
        title = _say(now, "outdated", count=len(old), address=old[0].address)
        head = state_label("attention", now.lang, word=title)
        text = element("p", _say(now, "outdated_text", current=address))
        st.html(element("div", head, text, cls="a-wants"))
        if st.button(_say(now, "reprint", count=len(old)), key="act-reprint", type="primary"):
            with acting(now.lang) as problems:
                ids = [one.person_id for one in old]
                _make_printed(now, ids, address, clock.now(now.store), replace=False, tables=False)
            if not problems:
                st.rerun()


def printed(now: Visit) -> bool:
    """Show the cards just made, until they are put away; return whether they are shown."""
    kept = st.session_state.get(PRINTED)
    if not kept:
        return False
    urls, tables = kept
    with st.container(key="links-printed-head"):
        st.html(element("p", _say(now, "printed_text"), cls="a-item a-screen"))
        if st.button(t("organizers.act.put_away", now.lang), key="links-put-away", type="primary"):
            st.session_state.pop(PRINTED, None)
            st.rerun()
    listed = printing.cards(now.store, now.who)
    st.html(print_cards.sheets(now, listed, urls))
    if tables:
        st.html(print_cards.plates(now, listed))
    return True
