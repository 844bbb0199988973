"""The Streamlit script: who is here, which pages they have, run the one asked for."""

import streamlit as st

from competition.people.pins import own_pin
from competition.programme.overview import has_programme
from competition.province.over_all import is_province
from competition.rights import offers
from competition.visitor import ROLES
from ui.access import Visit, keep_in_address, visit
from ui.addresses import at_address
from ui.elsewhere import ENTRIES, is_there, say_elsewhere
from ui.frame import configure
from ui.here import SERVING
from ui.pages import (
    GROUPS,
    LANDING,
    LANDS,
    MOVED,
    OF_PROVINCE,
    OVERVIEW,
    OVERVIEW_GROUPS,
    PAGE,
    PAGES,
    PROVINCE_GROUPS,
    WHOLE,
    Page,
)
from ui.sidebar import Link, sidebar
from ui.ways import set_here
from words import t

CONTEST = frozenset(ROLES) - {"leader", "office", "county", "public"}
COUNTY = "counties.home"
COUNTIES = (COUNTY, "counties.exchange")
STAFF_ONLY = ("organizers.overview", "organizers.stage")


def main() -> None:
    """Run the page asked for; each refuses in plain words a visitor who may not see it.

    Every page has its address for every visitor: an address without a page would be answered by
    Streamlit's own dialog, in English. What a person is offered is the front page and the links.
    """
    now = visit()
    roles, at_province = now.who.roles, is_province(SERVING.installation, now.store)
    judge = roles <= {"judge", "chair", "public"}
    county = roles <= {"county", "public"}
    bare = judge or (county and not has_programme(now.store, now.who))
    configure(t("ui.brand", now.lang), judge=bare)
    offered = [page for page in PAGES if offers(roles, page.read)]
    kind = now.round["kind"] if now.round else "judged"
    offered = [page for page in offered if kind in page.kinds]
    if not roles & CONTEST:  # leaders, the programme office and counties have their own menu
        offered = [page for page in offered if page in OVERVIEW or page.key in COUNTIES]
    if bare and county:
        offered = [page for page in offered if page not in OVERVIEW]
    if judge:
        offered = [page for page in offered if page.key not in STAFF_ONLY]
    there = (*OF_PROVINCE, *PAGES) if at_province else PAGES
    if at_province:
        offered = [page for page in there if page.entry in ENTRIES and offers(roles, page.read)]
    pages = {
        page: at_address(
            page.path if offered else LANDING.path, t(f"{page.key}.title", now.lang), page.address
        )
        for page in there
    }
    first = offered[0] if at_province and offered else landing(roles, offered)
    front = at_address(first.path, t(f"{first.key}.title", now.lang))
    moved = [
        at_address(PAGE[key].path if offered else LANDING.path, key, address)
        for address, key in MOVED.items()
    ]
    here = st.navigation([front, *pages.values(), *moved], position="hidden")
    address = MOVED.get(here.url_path, "")
    shown = PAGE[address] if address else _shown(here.url_path, first)
    set_here(shown, together(roles, offered, shown))
    if not bare:
        keep_in_address(now)
        names = " · ".join(t(f"role.{role}", now.lang) for role in sorted(roles - {"public"}))
        own = own_links(now, offered, shown)
        who = names if now.who.name == names else f"{now.who.name} · {names}"
        groups = province_menu if at_province else menu
        at_file = {page.path: one for page, one in reversed(pages.items())}
        at_file[first.path] = front  # of several at one file Streamlit finds the first
        sidebar(groups(now, offered, shown), who, now.lang, own, at_file)
    if at_province and offered and not is_there(shown):
        say_elsewhere()
    else:
        here.run()


def _shown(address: str, first: Page) -> Page:
    """Return the page of an address; the front page for none."""
    return next((page for page in (*PAGES, *OF_PROVINCE) if page.address == address), first)


def landing(roles: frozenset[str], offered: list[Page]) -> Page:
    """Return the page a person comes to without an address: where their role works."""
    for role, key in LANDS.items():
        wanted = [page for page in offered if role in roles and page.key == key]
        if wanted:
            return wanted[0]
    return offered[0] if offered else LANDING


def together(roles: frozenset[str], offered: list[Page], shown: Page) -> list[Page]:
    """Return the pages of an entry; to an organizer the whole overview is one."""
    if shown in OVERVIEW:
        return [page for page in offered if page in OVERVIEW] if roles & CONTEST else []
    return [page for page in offered if page.entry and page.entry == shown.entry]


def menu(now: Visit, offered: list[Page], shown: Page) -> dict[str, list[Link]]:
    """Return headings to the entries offered; an entry opens the first of its pages."""
    groups: dict[str, list[Link]] = {}
    is_contest = bool(now.who.roles & CONTEST)
    for group, entries in (GROUPS if is_contest else OVERVIEW_GROUPS).items():
        links = []
        for entry in entries:
            pages = [page for page in offered if page.entry == entry]
            if pages:
                name = t(f"entry.{entry}", now.lang)
                links.append(Link(entry, pages[0].path, name, is_here=entry == shown.entry))
        groups[t(f"ui.group.{group}", now.lang)] = links
    overview = [page for page in offered if page in OVERVIEW]
    if is_contest and overview:
        name, first = t("entry.whole", now.lang), overview[0]
        link = Link(WHOLE, first.path, name, is_here=shown in OVERVIEW)
        groups[t("ui.group.whole", now.lang)] = [link]
    home = PAGE[COUNTY]
    if not is_contest and home in offered:
        name = t(f"{COUNTY}.title", now.lang)
        groups[t("ui.group.prepare", now.lang)] = [
            Link(COUNTY, home.path, name, is_here=shown == home)
        ]
    return groups


def province_menu(now: Visit, offered: list[Page], shown: Page) -> dict[str, list[Link]]:
    """Return the menu at an installation's own host."""
    first = {page.entry: page for page in reversed(offered)}
    return {
        t(f"ui.group.{group}", now.lang): [
            Link(entry, first[entry].path, t(f"entry.{entry}", now.lang), entry == shown.entry)
            for entry in entries
            if entry in first
        ]
        for group, entries in PROVINCE_GROUPS.items()
    }


def own_links(now: Visit, offered: list[Page], shown: Page) -> list[Link]:
    """Return the link to the visitor's own PIN, which says while there is none."""
    page = PAGE["organizers.pin"]
    if page not in offered:
        return []
    is_set = bool(own_pin(now.store, now.who).set_at)
    label = t("ui.pin.own" if is_set else "ui.pin.unset", now.lang)
    return [Link("pin", page.path, label, is_here=page == shown)]


main()
