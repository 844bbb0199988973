"""The pages of the app: file, group in the sidebar, and the read that opens each."""

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
    group
        Its heading in the sidebar.
    read
        Row of ``competition.rights.READS`` that opens it.
    """

    key: str
    path: str
    group: str
    read: str

    @property
    def address(self) -> str:
        """The page's place in a link, e.g. ``organizers-standings``."""
        return self.key.replace(".", "-")


PAGES = (
    Page("judges.home", "judges/home.py", "marking", "own_sheets"),
    Page("judges.pad", "judges/pad.py", "marking", "own_sheets"),
    Page("judges.my_sheets", "judges/my_sheets.py", "marking", "own_sheets"),
    Page("organizers.overview", "organizers/overview.py", "prepare", "round"),
    Page("organizers.setup", "organizers/prepare/event.py", "prepare", "people"),
    Page("organizers.import_page", "organizers/prepare/import_page.py", "prepare", "people"),
    Page("organizers.entrants", "organizers/prepare/entrants/page.py", "prepare", "people"),
    Page("organizers.rubric", "organizers/prepare/rules/rubric.py", "prepare", "people"),
    Page("organizers.rules", "organizers/prepare/rules/page.py", "prepare", "people"),
    Page("organizers.panel", "organizers/prepare/panel/page.py", "prepare", "people"),
    Page("organizers.links", "organizers/prepare/people/page.py", "prepare", "people"),
    Page("organizers.stage", "organizers/live/desk/page.py", "live", "stage"),
    Page("organizers.board", "organizers/live/hall/control.py", "live", "hall"),
    Page("organizers.pairing", "organizers/prepare/people/pairing.py", "live", "pairing"),
    Page("organizers.progress", "organizers/live/collect/progress.py", "live", "progress"),
    Page(
        "organizers.transcribing",
        "organizers/live/collect/transcribing.py",
        "live",
        "transcriptions",
    ),
    Page("organizers.standings", "organizers/results/standings/page.py", "results", "standings"),
    Page("organizers.why", "organizers/results/why/page.py", "results", "sheets"),
    Page(
        "organizers.judges_report",
        "organizers/results/analysis/judges.py",
        "results",
        "judges_report",
    ),
    Page("organizers.annex", "organizers/results/analysis/annex.py", "results", "standings"),
    Page("organizers.what_if", "organizers/results/analysis/trial.py", "results", "what_if"),
    Page("organizers.awards", "organizers/results/lists/page.py", "results", "award_list"),
    Page("organizers.log", "organizers/log/page.py", "", "log"),
)
LANDING = Page("judges.landing", "judges/landing.py", "", "winners")
PAGE = {page.key: page for page in (*PAGES, LANDING)}
KEY_OF = {page.path: page.key for page in (*PAGES, LANDING)}
"""A page file to its key."""
