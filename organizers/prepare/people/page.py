"""人员与链接 / People and links: who takes part, and how each of them comes in."""

import streamlit as st

from competition.people.people import PersonView, all_people
from intake.places import short_county
from organizers import naming
from organizers.address import new_addresses, own_addresses, reaches_tablets, server_address
from organizers.asking import answer, ask
from organizers.prepare.people import cards as link_cards
from organizers.prepare.people import resetting
from organizers.prepare.people import roles as role_forms
from organizers.prepare.people import staff as staff_forms
from ui.access import Visit, enter_page, saying
from ui.frame import Action, page_title
from ui.html import element
from ui.icons import state_label
from ui.long_table import long_table
from ui.plain import plain
from ui.tables import Column
from words import t

_say = saying("organizers.links")

ADDRESS = "links-address"


def page(now: Visit) -> None:
    """List all people; make, print and revoke links."""
    people = all_people(now.store, now.who)
    judges = [one for one in people if "judge" in one["roles"]]
    acts = [
        Action(
            "print_links",
            t("organizers.act.print_links", now.lang),
            primary=True,
            reason="" if judges else _say(now, "no_judges"),
        ),
        Action("add_staff", t("organizers.act.add_staff", now.lang)),
    ]
    pressed = page_title(_say(now, "title"), note=_note(now, people), actions=acts)
    if pressed:
        ask(pressed)
    address = _address(now)
    if link_cards.printed(now):
        return
    link_cards.reprint(now, address)
    _one(now, people)
    _table(now, people)
    st.html(element("p", _say(now, "foot"), cls="a-reason"))
    answer(
        now,
        link_cards.dialogs(now, people, judges, address)
        | staff_forms.dialogs(now)
        | role_forms.dialogs(now, people)
        | resetting.dialogs(now, people),
    )


def _note(now: Visit, people: list[PersonView]) -> str:
    without = sum(not one["links"] for one in people)
    return _say(now, "note", count=len(people), without=without)


def _address(now: Visit) -> str:
    """The address that goes into links: the one this browser came by, unless corrected."""
    typed = st.text_input(_say(now, "address"), value=server_address(), key=ADDRESS, width=420)
    address = typed.strip().rstrip("/")
    if not reaches_tablets(address):
        warning = state_label("attention", now.lang, word=_say(now, "address_here"))
        st.html(element("div", warning, cls="a-item"))
    _offer_addresses(now, address)
    return address


def _offer_addresses(now: Visit, address: str) -> None:
    """This machine's other addresses as buttons; those it got since the start want a restart."""
    others = [one for one in own_addresses() if one != address]
    if others:
        with st.container(
            key="links-own", horizontal=True, gap="small", vertical_alignment="center", wrap=True
        ):
            st.html(element("span", _say(now, "own"), cls="a-reason"), width="content")
            for at, one in enumerate(others):
                st.button(plain(one), key=f"address-{at}", on_click=_take_address, args=(one,))
    new = new_addresses()
    if new:
        hosts = t("list.between", now.lang).join(new)
        warning = state_label("zone", now.lang, word=_say(now, "own_new", hosts=hosts))
        st.html(element("div", warning, cls="a-item"))


def _take_address(address: str) -> None:
    st.session_state[ADDRESS] = address


def _one(now: Visit, people: list[PersonView]) -> None:
    """Choose a person and an act."""
    by_id = {one["id"]: one for one in people}
    with st.container(key="links-one", horizontal=True, gap="small", vertical_alignment="bottom"):
        chosen = st.selectbox(
            _say(now, "who"),
            list(by_id),
            index=None,
            format_func=lambda person_id: _name(now, by_id[person_id]),
            key="links-person",
            placeholder=_say(now, "choose"),
            width=420,
        )
        links = by_id[chosen]["links"] if chosen else []
        why = "" if links else _say(now, "nothing_to_revoke" if chosen else "choose_first")
        st.html(element("div", why, cls="a-reason"), width="content")
    acts = {
        "make_link": t("organizers.act.make_link", now.lang),
        "revoke_link": t("organizers.act.revoke_link", now.lang),
        "give_role": t("organizers.roles.give_role", now.lang),
        "take_role": t("organizers.roles.take_role", now.lang),
        "reset_pin": t("organizers.pin.reset", now.lang),
        "remove_person": _say(now, "remove_person"),
    }
    lacks = {
        "revoke_link": not links,
        "reset_pin": chosen is None or not by_id[chosen]["has_pin"],
    }
    with st.container(key="links-acts", horizontal=True, gap="small"):
        for act, label in acts.items():
            st.button(
                label,
                key=f"act-{act}",
                disabled=chosen is None or lacks.get(act, False),
                on_click=ask,
                args=(act,),
                kwargs={"person_id": chosen},
            )


def _name(now: Visit, one: PersonView) -> str:
    return f"{one['name']} · {_seats(now, one) or _roles(now, one)}"


def _seats(now: Visit, one: PersonView) -> str:
    seats = {
        naming.seat(number, now.lang) + (_say(now, "reserve") if reserve else "")
        for number, reserve in one["numbers"].values()
    }
    return t("list.between", now.lang).join(sorted(seats))


def _roles(now: Visit, one: PersonView) -> str:
    return t("list.between", now.lang).join(t(f"role.{role}", now.lang) for role in one["roles"])


def _table(now: Visit, people: list[PersonView]) -> None:
    rows = []
    for one in people:
        links = len(one["links"])
        state = (
            state_label("present", now.lang, word=_say(now, "has", count=links), size=14)
            if links
            else state_label("not_begun", now.lang, word=_say(now, "has_none"), size=14)
        )
        rows.append(
            [
                _seats(now, one),
                element("b", one["name"]),
                _roles(now, one),
                " · ".join(filter(None, [one["unit"], short_county(one["county"])])),
                element("span", state, cls="a-quiet"),
                one["devices"],
            ]
        )
    columns = [
        *(Column(_say(now, f"column.{key}")) for key in ("seat", "name", "roles", "unit", "links")),
        Column(_say(now, "column.devices"), "right"),
    ]
    hint, title = _say(now, "find_hint"), _say(now, "title")
    long_table(now, "people", title, columns, rows, read="people", keeps=2, hint=hint)


page(enter_page("people", of_round=False))
