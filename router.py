"""The Streamlit script: who is here, which pages they have, run the one asked for."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from competition.rights import offers
from ui.access import visit
from ui.frame import configure
from ui.pages import LANDING, PAGES
from ui.sidebar import sidebar
from words import t

STAFF_ONLY = ("organizers.overview", "organizers.stage")


def main() -> None:
    """Run the page asked for; each refuses in plain words whoever may not see it.

    Every page has its address for everybody: an address without a page would be answered by
    Streamlit's own dialog, in English. What a person is offered is the front page and the links.
    """
    now = visit()
    judge = now.who.roles <= {"judge", "chair", "public"}
    configure(t("ui.brand", now.lang), judge=judge)
    offered = [page for page in PAGES if offers(now.who.roles, page.read)]
    if judge:
        offered = [page for page in offered if page.key not in STAFF_ONLY]
    pages = {
        page: st.Page(
            page.path if offered else LANDING.path,
            title=t(f"{page.key}.title", now.lang),
            url_path=page.address,
        )
        for page in PAGES
    }
    first = offered[0] if offered else LANDING
    front = st.Page(first.path, title=t(f"{first.key}.title", now.lang), default=True)
    here = st.navigation([front, *pages.values()], position="hidden")
    if not judge:
        groups: dict[str, list[tuple[StreamlitPage, str]]] = {}
        for page in offered:
            heading = t(f"ui.group.{page.group}", now.lang) if page.group else ""
            groups.setdefault(heading, []).append((pages[page], pages[page].title))
        roles = " · ".join(t(f"role.{r}", now.lang) for r in sorted(now.who.roles - {"public"}))
        shown = here if here.url_path else pages[first]
        sidebar(groups, shown, f"{now.who.name} · {roles}", now.lang)
    here.run()


main()
