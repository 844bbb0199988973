"""The pages of the app, and the menu's entries under which they lie."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes
    ----------
    key
        Prefix of its words, e.g. ``organizers.standings``; with hyphens, its address.
    path
        Its file, from the project's root.
    entry
        The entry of the menu under which it lies; empty for the pages of judges and counties,
        which have no menu, and for a person's own PIN, to which the foot of the menu leads.
    read
        Row of ``competition.rights.READS`` that opens it; empty for the landing page, which
        is open to all.
    kinds
        Kinds of round that have it in the menu.
    """

    key: str
    path: str
    entry: str
    read: str
    kinds: tuple[str, ...] = ("judged",)

    @property
    def address(self) -> str:
        """The page's place in a link, e.g. ``organizers-standings``."""
        return self.key.replace(".", "-")


GROUPS = {
    "prepare": ("overview", "event", "entrants", "rules", "judges", "people"),
    "live": ("sign", "live", "collect"),
    "results": ("standings", "analysis", "lists", "log"),
}
"""Headings of the menu to its entries, in order."""

OVERVIEW_GROUPS = {
    "whole": ("screen", "village", "map"),
    "work": ("report", "steps", "needs", "dispatches", "meetings", "weekly"),
    "year": ("template", "imports", "years"),
    "contest": ("learning",),
}
"""The menu of leaders, the programme office and counties: headings to entries, in order."""
WRITTEN = {
    "report": "programme_work",
    "imports": "programme_work",
    "years": "programme_year",
}
"""Entries that only those have who write there, each with the read that opens it."""
WHOLE = "whole"
"""The one entry by which an organizer reaches the overview."""

LANDS = {
    "organizer": "organizers.overview",
    "supervisor": "organizers.waiting",
    "scorekeeper": "organizers.progress",
    "checker": "organizers.transcribing",
    "timekeeper": "organizers.stage",
    "host": "organizers.stage",
    "office": "overview.screen",
    "leader": "overview.screen",
    "county": "counties.home",
    "judge": "judges.home",
    "chair": "judges.chair",
}
"""A role to the page it works on; the first role here that a person holds decides."""


BOTH = ("judged", "composite")
COMPOSITE = ("composite",)


def _organizers(
    name: str, path: str, entry: str, read: str, kinds: tuple[str, ...] = ("judged",)
) -> Page:
    return Page(f"organizers.{name}", f"organizers/{path}.py", entry, read, kinds)


OF_CONTEST = (
    Page("judges.home", "judges/home.py", "", "own_sheets"),
    Page("judges.pad", "judges/pad.py", "", "own_sheets"),
    Page("judges.my_sheets", "judges/my_sheets.py", "", "own_sheets"),
    Page("judges.chair", "judges/chair.py", "", "chair_desk", BOTH),
    Page("counties.home", "counties/home.py", "", "own_filing"),
    Page("counties.exchange", "counties/exchange.py", "", "exchange"),
    _organizers("overview", "overview", "overview", "round", BOTH),
    _organizers("setup", "prepare/event", "event", "people", BOTH),
    _organizers("import_page", "prepare/import_page", "event", "people", BOTH),
    _organizers("entrants", "prepare/entrants/page", "entrants", "people"),
    _organizers("filings", "prepare/filing/page", "entrants", "filings", BOTH),
    _organizers("rubric", "prepare/rules/rubric", "rules", "people"),
    _organizers("rules", "prepare/rules/page", "rules", "people"),
    _organizers("parts", "prepare/composite/page", "rules", "people", COMPOSITE),
    _organizers("prizes", "prepare/prizes", "rules", "people", BOTH),
    _organizers("panel", "prepare/panel/page", "judges", "people"),
    _organizers("links", "prepare/people/page", "people", "people", BOTH),
    _organizers("pairing", "prepare/people/pairing", "people", "pairing"),
    _organizers("pin", "prepare/people/pin", "", "own_pin", BOTH),
    _organizers("waiting", "corrections/waiting", "sign", "progress"),
    _organizers("corrections", "corrections/page", "sign", "progress"),
    _organizers("reviews", "corrections/review_page", "sign", "reviews"),
    _organizers("stage", "live/desk/page", "live", "stage"),
    _organizers("ceremony", "live/ceremony/page", "live", "ceremony", BOTH),
    _organizers("devices", "live/devices", "live", "progress"),
    _organizers("running", "live/running", "live", "running", BOTH),
    _organizers("progress", "live/collect/progress", "collect", "progress"),
    _organizers("transcribing", "live/collect/transcribing", "collect", "transcriptions"),
    _organizers("outside", "live/collect/outside", "collect", "outside", COMPOSITE),
    _organizers("vote", "live/vote", "collect", "vote", COMPOSITE),
    _organizers("standings", "results/standings/page", "standings", "standings", BOTH),
    _organizers("why", "results/why/page", "standings", "sheets", BOTH),
    _organizers("judges_report", "results/analysis/judges", "analysis", "judges_report"),
    _organizers("annex", "results/analysis/annex", "analysis", "standings"),
    _organizers("what_if", "results/analysis/trial", "analysis", "what_if"),
    _organizers("awards", "results/lists/page", "lists", "award_list", BOTH),
    _organizers("decided", "results/publishing/decided", "lists", "award_list", BOTH),
    _organizers("publishing", "results/publishing/page", "lists", "award_list", BOTH),
    _organizers("official", "results/lists/official", "lists", "people", BOTH),
    _organizers("honours", "results/lists/honours", "lists", "award_texts", BOTH),
    _organizers("audit", "results/audit", "log", "audits"),
    _organizers("log", "log/page", "log", "log", BOTH),
)
OVERVIEW = tuple(
    Page(
        f"overview.{entry}",
        f"overview/{entry}.py",
        entry,
        WRITTEN.get(entry, "programme"),
        BOTH,
    )
    for entries in OVERVIEW_GROUPS.values()
    for entry in entries
)
PAGES = (*OF_CONTEST, *OVERVIEW)
OF_PROVINCE = (
    Page("province.screen", "province/screen.py", "province", "province", BOTH),
    Page("province.works", "province/works.py", "works", "province", BOTH),
)
"""Only at an installation's own host."""
PROVINCE_GROUPS = {
    "whole": ("province", "works"),
    "prepare": ("people",),
    "results": ("log",),
}
"""The menu there: headings to entries, in order."""
OWN_THERE = ("organizers.pin",)
"""A page there that lies under no entry."""
LANDING = Page("judges.landing", "judges/landing.py", "", "")
PAGE = {page.key: page for page in (*PAGES, *OF_PROVINCE, LANDING)}
MOVED = {"organizers-board": "organizers.stage"}
"""An address of an earlier version to the key of the page that has taken its place."""
KEY_OF = {page.path: page.key for page in (*PAGES, *OF_PROVINCE, LANDING)}
"""A page file to its key."""
