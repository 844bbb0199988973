"""The event in the pictures: the sample at one of its moments."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import db
from commands import demo, serve
from commands.pictures.listing import ARENA, DRAFT, FINAL, Picture
from competition.people import links, pins
from competition.programme import releasing
from competition.results import copying, publishing
from competition.rounds import prizing, rounds
from competition.stage import ceremonies, screens
from examples.certifying import certify_by_two
from examples.entering import Entered
from examples.programme_year import HEINI
from words import t

AT = datetime(2022, 3, 18, 8, 30, tzinfo=UTC)
"""When the sample is entered; what it shows of times does not change from day to day."""

COUNTY = HEINI[:6]
PIN = "506172"
SHARES = ("1", "3", "6")
"""Of the highest prize first."""


class Event:
    """A database, and the links of the people who open it."""

    def __init__(self, path: Path, tokens: dict[str, str], entered: Entered | None = None) -> None:
        self.path, self.tokens, self.entered = path, tokens, entered
        self.store = db.Store(path)
        self.rounds = dict(entered.rounds) if entered else {}

    def show(self, picture: Picture) -> None:
        """Set the hall screen to a picture's scene."""
        if not picture.scene or self.entered is None:
            return
        round_id = self.rounds[picture.round]
        last = self.entered.samples[picture.round].announced[-1]
        chosen = self.entered.entrants[last] if picture.scene == "score" else ""
        screens.set_screen(
            self.store, self.entered.host, round_id, picture.scene, entrant_id=chosen, at=AT
        )


def prepare(moment: str, path: Path) -> Event:
    """Enter the sample as it is at a moment."""
    if moment == "empty":
        return Event(path, {"organizer": serve.first_link(path, at=datetime.now(UTC)) or ""})
    entered = demo.build(path, at=AT)
    return complete(moment, path, entered, at=AT + timedelta(hours=1))


def complete(moment: str, path: Path, entered: Entered, *, at: datetime) -> Event:
    """Add to the sample what only a moment of it has, and links that open today."""
    on_stage = entered.samples[ARENA].seated[3]
    people = {
        "organizer": str(entered.organizer.person_id),
        "host": str(entered.host.person_id),
        "judge": entered.judges[on_stage],
    }
    event = Event(path, {}, entered)
    besides = {"office": entered.programme["office"], "county": entered.counties[COUNTY]}
    for role, link in besides.items():
        owner = links.whose(event.store, link, at=at)
        people |= {role: owner["id"]} if owner else {}
    pins.set_pin(event.store, entered.organizer, PIN, PIN, at=at)  # else the overview asks for one
    event.tokens = {role: fresh_link(event, entered, who) for role, who in people.items()}
    event.rounds[DRAFT] = copying.copy_round(
        event.store,
        entered.organizer,
        entered.rounds[FINAL],
        title=t("command.pictures.draft_round", "zh"),
        stage="final",
        category="village",
        takes="all",
        at=at,
    )
    declare_prizes(event, entered, at)
    if moment == "certified":
        certify(event, entered, at)
    return event


def fresh_link(event: Event, entered: Entered, person_id: str) -> str:
    """Return a link that opens today; one made at the event's time has ended long since."""
    return links.make_link(event.store, entered.organizer, person_id, at=datetime.now(UTC))


def declare_prizes(event: Event, entered: Entered, at: datetime) -> None:
    """Declare three prizes of the village final."""
    values = {"how": "ratio", "ties": "up", "why": t("command.pictures.prizing", "zh")}
    for place, share in enumerate(SHARES):
        values |= {
            f"name_{place}": t(f"organizers.prizes.usual_{place}", "zh"),
            f"share_{place}": share,
        }
    prizing.declare_prizes(event.store, entered.organizer, entered.rounds[FINAL], values, at=at)


def certify(event: Event, entered: Entered, at: datetime) -> None:
    """Close the village final even with sheets missing, certify and announce it.

    Its ceremony is laid out, and counties may read their feedback.
    """
    who, round_id = entered.organizer, entered.rounds[FINAL]
    reason = t("command.pictures.closing", "zh")
    rounds.close_round(event.store, who, round_id, reason=reason, at=at)
    certify_by_two(event.store, who, entered.supervisor, round_id, at=at)
    ceremonies.lay_out_ceremony(event.store, who, round_id, "prizes", at=at)
    code = publishing.course(event.store, who, round_id).sha256
    publishing.publish(event.store, who, round_id, "announced", {}, sha256=code, at=at)
    releasing.release_feedback(event.store, who, round_id, at=at)
