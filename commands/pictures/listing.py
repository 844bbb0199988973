"""Which pictures the documentation has: each page of the router's table, and a few besides."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commands import ROOT
from ui.pages import PAGES
from words import LANGS

FOLDER = ROOT / "docs" / "pictures"
DESK, TABLET, PHONE, HALL = (1440, 900), (1024, 768), (390, 844), (1920, 1080)


@dataclass(frozen=True)
class Picture:
    """What is taken: one page, as somebody, of one round, on a screen of one size.

    Attributes
    ----------
    name
        Of the file, without its language.
    address
        Path under which the page is opened; ``{round}`` is replaced by the round's id.
    who
        ``organizer``, ``host``, ``judge`` or nobody.
    round
        The sample's round that the page is about; empty for the one it opens with.
    moment
        Which of ``MOMENTS`` of the event it shows.
    scene
        What the hall's screen was told to show.
    dark
        Whether the device asks for dark colours.
    """

    name: str
    address: str
    who: str = "organizer"
    size: tuple[int, int] = DESK
    round: str = ""
    moment: str = "open"
    scene: str = ""
    dark: bool = False


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
}
"""The round that a page is shown with, by the page's name; else the one it opens with."""
AFTERWARDS = ("why", "judges_report", "what_if", "annex", "awards")
"""Pages that say the most when a round is certified."""

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


def pictures() -> Iterator[Picture]:
    """Yield what is taken: each page of the table of pages, then what is not in it."""
    for page in PAGES:
        judging = not page.entry
        name = page.key.partition(".")[2]
        yield Picture(
            name=page.address,
            address=page.address,
            who="judge" if judging else "organizer",
            size=TABLET if judging else DESK,
            round=ABOUT.get(name, ""),
            moment="certified" if name in AFTERWARDS else "open",
        )
    yield from BESIDES


def files() -> list[Path]:
    """Return the files that belong in the folder."""
    return [FOLDER / f"{picture.name}.{lang}.png" for picture in pictures() for lang in LANGS]


def lacking() -> list[Path]:
    """Return the files that are not there."""
    return [path for path in files() if not path.exists()]


def left_over() -> list[Path]:
    """Return the files there that are of no page any more."""
    return sorted(set(FOLDER.glob("*.png")) - set(files()))
