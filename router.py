"""The Streamlit script: who is here, which pages they have, run the one asked for."""

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from competition.rights import offers
from ui.access import visit
from ui.frame import configure
from ui.sidebar import sidebar
from words import t


@dataclass(frozen=True)
class Page:
    """A page file, its group in the sidebar, and the read that opens it."""

    path: str
    group: str
    read: str

    @property
    def key(self) -> str:
        """``organizers.standings``: where its words are."""
        return self.path.removesuffix(".py").replace("/", ".")


PAGES = (
    Page("judges/home.py", "marking", "own_sheets"),
    Page("judges/pad.py", "marking", "own_sheets"),
    Page("judges/sheet.py", "marking", "own_sheets"),
    Page("judges/my_sheets.py", "marking", "own_sheets"),
    Page("organizers/overview.py", "prepare", "round"),
    Page("organizers/setup.py", "prepare", "people"),
    Page("organizers/import_page.py", "prepare", "people"),
    Page("organizers/entrants.py", "prepare", "people"),
    Page("organizers/rubric.py", "prepare", "people"),
    Page("organizers/rules.py", "prepare", "people"),
    Page("organizers/panel.py", "prepare", "people"),
    Page("organizers/links.py", "prepare", "people"),
    Page("organizers/stage.py", "live", "stage"),
    Page("organizers/board.py", "live", "hall"),
    Page("organizers/pairing.py", "live", "pairing"),
    Page("organizers/progress.py", "live", "progress"),
    Page("organizers/transcribing.py", "live", "transcriptions"),
    Page("organizers/standings.py", "results", "standings"),
    Page("organizers/why.py", "results", "sheets"),
    Page("organizers/judges_report.py", "results", "judges_report"),
    Page("organizers/annex.py", "results", "standings"),
    Page("organizers/what_if.py", "results", "what_if"),
    Page("organizers/awards.py", "results", "award_list"),
    Page("organizers/log.py", "", "log"),
)
STAFF_ONLY = ("organizers/overview.py", "organizers/stage.py")
LANDING = Page("judges/landing.py", "", "winners")


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
        offered = [page for page in offered if page.path not in STAFF_ONLY]
    pages = {
        page: st.Page(
            page.path if offered else LANDING.path,
            title=t(f"{page.key}.title", now.lang),
            url_path=page.key.replace(".", "-"),
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
