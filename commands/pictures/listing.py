"""The pictures of the documentation: each page of the router's table, and a few more."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commands import ROOT
from examples.programme import HEINI
from ui.pages import PAGES
from words import LANGS

FOLDER = ROOT / "docs" / "pictures"
DESK, TABLET, PHONE, HALL = (1440, 900), (1024, 768), (390, 844), (1920, 1080)


@dataclass(frozen=True)
class Picture:
    """One picture: page, role, round and screen size.

    Attributes
    ----------
    name
        The file's name without its language.
    address
        Path under which the page is opened; ``{round}`` is replaced by the round's id.
    who
        ``organizer``, ``host``, ``judge``, ``office``, ``county``, or "" for no sign-in.
    round
        The sample's round on the page; empty for the default one.
    moment
        One of ``MOMENTS``.
    scene
        The hall screen's scene.
    dark
        Whether the device asks for dark colours.
    query
        What the address names besides language and round, e.g. a day.
    """

    name: str
    address: str
    who: str = "organizer"
    size: tuple[int, int] = DESK
    round: str = ""
    moment: str = "open"
    scene: str = ""
    dark: bool = False
    query: str = ""


MOMENTS = ("empty", "open", "certified")
"""A new installation; the demo as it is built; its village final closed and certified."""

DRAFT, FINAL, ARENA = "draft", "village_final", "township_final"
ABOUT = {
    "setup": DRAFT,
    "entrants": DRAFT,
    "rubric": DRAFT,
    "rules": DRAFT,
    "panel": DRAFT,
    "overview": FINAL,
    "progress": FINAL,
    "standings": FINAL,
    "why": FINAL,
    "judges_report": FINAL,
    "what_if": FINAL,
    "annex": FINAL,
    "awards": FINAL,
    "official": FINAL,
    "prizes": FINAL,
    "ceremony": FINAL,
    "decided": FINAL,
    "publishing": FINAL,
    "honours": FINAL,
    "audit": FINAL,
}
"""The round that a page is shown with, by the page's name; else the one it opens with."""
AFTERWARDS = (
    *("why", "judges_report", "what_if", "annex", "awards", "official"),
    *("ceremony", "decided", "publishing", "honours", "audit", "exchange"),
    *("screen", "village", "map", "needs", "meetings", "weekly", "learning"),
)
"""Pages that say the most when a round is certified."""

SAMPLE_DAY = "day=2022-03-18"
"""The sample's day; by today everything in its programme would be overdue."""
QUERIES = {"village": f"{SAMPLE_DAY}&code={HEINI}"}
"""What a page of the overview is opened with, by the page's name; else the sample's day."""

OFFICE = ("report", "steps", "needs", "dispatches", "meetings", "template", "imports", "years")
"""Pages of the overview on which the programme's office writes."""

BESIDES = (
    Picture("overview-empty", "organizers-overview", moment="empty"),
    Picture("landing", "", who="", size=PHONE),
    Picture("pair", "pair", who="", size=TABLET),
    Picture("judges-home-phone", "judges-home", who="judge", size=PHONE),
    Picture("judges-pad-phone", "judges-pad", who="judge", size=PHONE),
    Picture("judges-pad-dark", "judges-pad", who="judge", size=TABLET, dark=True),
    Picture("organizers-standings-dark", "organizers-standings", round=FINAL, dark=True),
    Picture("overview-draft", "organizers-overview", round=DRAFT),
    Picture("hall-stage", "hall/{round}", "host", HALL, ARENA, scene="auto"),
    Picture("hall-score", "hall/{round}", "host", HALL, ARENA, scene="score"),
    Picture("hall-list", "hall/{round}", "host", HALL, ARENA, scene="list"),
    Picture("hall-waiting", "hall/{round}", "host", HALL, ARENA, scene="waiting"),
)
"""What has no row in the table of pages, and a few pages once more."""


UNSEEN = ("judges.chair",)
"""Pages of a role that the sample lacks: a picture would show a refusal."""


def pictures() -> Iterator[Picture]:
    """Yield the pictures: each page of the table of pages, then the others."""
    for page in PAGES:
        if page.key in UNSEEN:
            continue
        judging = page.key.startswith("judges.")
        part, _, name = page.key.partition(".")
        yield Picture(
            name=page.address,
            address=page.address,
            who="judge" if judging else _who(part, name),
            size=TABLET if judging else DESK,
            round=ABOUT.get(name, ""),
            moment="certified" if name in AFTERWARDS else "open",
            query=QUERIES.get(name, SAMPLE_DAY) if part == "overview" else "",
        )
    yield from BESIDES


def _who(part: str, name: str) -> str:
    if part == "overview":
        return "office" if name in OFFICE else "organizer"
    return "county" if part == "counties" else "organizer"


def files() -> list[Path]:
    """Return the names of all picture files."""
    return [FOLDER / f"{picture.name}.{lang}.png" for picture in pictures() for lang in LANGS]


def lacking() -> list[Path]:
    """Return the missing files."""
    return [path for path in files() if not path.exists()]


def left_over() -> list[Path]:
    """Return the files that belong to no page."""
    return sorted(set(FOLDER.glob("*.png")) - set(files()))
