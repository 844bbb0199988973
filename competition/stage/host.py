"""What the host sees: the score to be read out, the lines, the next entrant, the hall's picture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from competition.errors import WrongState
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.stage.adjourning import pause_of
from competition.stage.errors import Adjourned, Frozen, HallShowsNoScores
from competition.stage.hall_scene import parsed
from competition.stage.host_texts import filled, texts_of
from competition.stage.releasing import batch_of, problems_of
from competition.stage.stage_scores import stage_score
from competition.states import ON_STAGE
from competition.visitor import Visitor
from competition.voting.views import VoteView, votes_on
from db import Store, Transaction, entrants, releases
from db import competitions as competition_rows
from db.shapes import Place, RoundRow

COMING = ("waiting", "called")
TURN = ("introduction", "answering", "thanks")
"""What is said of each entrant."""


@dataclass(frozen=True)
class Reading:
    """The next announcement.

    Attributes
    ----------
    entrants : tuple of Place
        Who is announced, those that are held together.
    scores : tuple of dict
        Their scores as in `competition.stage.stage_scores`: only once the button would be
        accepted, for then they are the host's to announce; empty before.
    reasons : tuple of WrongState
        Why they cannot be announced yet.
    """

    entrants: tuple[Place, ...]
    scores: tuple[Mapping[str, Any], ...]
    reasons: tuple[WrongState, ...]


@dataclass(frozen=True)
class HostView:
    """The host's page.

    Attributes
    ----------
    current, following : Place or None
        Who is on stage, and who is introduced next.
    reading : Reading or None
        None where no score is left to announce.
    announced : Mapping or None
        The score announced last, as the hall was shown it.
    line : str
        What is said now: the opening, the change to questions, thanks, a break, the closing;
        empty where the stage asks for no word.
    introduction : str
        Of the following entrant.
    votes : tuple of VoteView
        The audience votes on the round's entrants.
    """

    competition: str
    round: str
    is_sample: bool
    state: str
    current: Place | None
    following: Place | None
    reading: Reading | None
    announced: Mapping[str, Any] | None
    line: str
    introduction: str
    votes: tuple[VoteView, ...] = ()


def host_view(
    store: Store,
    who: Visitor,
    round_id: str,
    lang: str,
    *,
    called: Callable[[Place], Place] = lambda place: place,
) -> HostView:
    """The host's page as it is now.

    It holds no score but those the hall was shown, and those that the host may announce now.

    Parameters
    ----------
    called
        An entrant with its places as people say them.
    """
    voted = tuple(votes_on(store, who, round_id))
    with store.reading() as tx:
        row = require_read(tx, who, "host", round_id)
        order = [called(place) for place in entrants.running(tx, round_id)]
        competition = competition_rows.get(tx, row["competition_id"])
        current = next((place for place in order if place["stage"] in ON_STAGE), None)
        following = _following(order, current)
        texts = texts_of(tx, round_id, lang)
        kind = _kind(tx, row, order, current)
        return HostView(
            competition=competition["title"],
            round=row["title"],
            is_sample=bool(competition["sample"]),
            state=row["state"],
            current=current,
            following=following,
            reading=_reading(tx, row, order),
            announced=_announced(tx, row, order),
            line=filled(tx, row, texts[kind], current, lang) if kind else "",
            introduction=filled(tx, row, texts["introduction"], following, lang)
            if following
            else "",
            votes=voted,
        )


def _following(order: Sequence[Place], current: Place | None) -> Place | None:
    """The next in the running order; those passed over come after the last."""
    ahead = [place for place in order if place["stage"] in COMING]
    at = order.index(current) + 1 if current else 0
    return next((place for place in order[at:] if place in ahead), next(iter(ahead), None))


def _kind(tx: Transaction, row: RoundRow, order: Sequence[Place], current: Place | None) -> str:
    """Which of the host's texts the stage asks for."""
    if pause_of(tx, row["id"]) is not None:
        return "break"
    if current is not None:
        return {"presenting": "answering", "answering": "thanks"}.get(current["stage"], "")
    if all(place["stage"] in ("waiting", "withdrawn") for place in order):
        return "opening" if row["state"] == "open" else ""
    return "" if any(place["stage"] in COMING for place in order) else "closing"


def _reading(tx: Transaction, row: RoundRow, order: Sequence[Place]) -> Reading | None:
    rules = RoundRules.from_json(row["rules"])
    shown = {one["entrant_id"] for one in releases.latest(tx, row["id"])}
    left = [one for one in order if one["id"] not in shown and one["stage"] != "withdrawn"]
    if not rules.releases or not left or row["state"] not in ("open", "closed"):
        return None
    places = batch_of(order, rules, left[0], releases.ever(tx, row["id"]))
    reasons = (*_held_up(tx, row, rules), *problems_of(tx, row, order, places))
    scores = (
        ()
        if reasons
        else tuple({**stage_score(tx, row, rules, one), "entrant_id": one["id"]} for one in places)
    )
    return Reading(tuple(places), scores, reasons)


def _held_up(tx: Transaction, row: RoundRow, rules: RoundRules) -> list[WrongState]:
    if not rules.releases:
        return [HallShowsNoScores()]
    if row["frozen"]:
        return [Frozen()]
    return [Adjourned()] if pause_of(tx, row["id"]) is not None else []


def _announced(tx: Transaction, row: RoundRow, order: Sequence[Place]) -> Mapping[str, Any] | None:
    latest = releases.latest(tx, row["id"])
    if not latest:
        return None
    content = parsed(latest[-1])
    for place in order:
        if place["id"] == latest[-1]["entrant_id"]:
            names = {name: place[name] for name in ("county", "township", "village")}
            return {**content, **names}
    return content


@dataclass(frozen=True)
class HostScript:
    """The host's lines for a whole round, filled.

    Attributes
    ----------
    turns : tuple
        For each entrant in running order its introduction and what follows it.
    """

    opening: str
    turns: tuple[tuple[Place, tuple[str, ...]], ...]
    closing: str


def host_script(
    store: Store,
    who: Visitor,
    round_id: str,
    lang: str,
    *,
    called: Callable[[Place], Place] = lambda place: place,
) -> HostScript:
    """Every line of the host in the order it is spoken; parameters as `host_view`."""
    with store.reading() as tx:
        row = require_read(tx, who, "host", round_id)
        texts = texts_of(tx, round_id, lang)
        turns = []
        for place in map(called, entrants.running(tx, round_id)):
            if place["stage"] != "withdrawn":
                lines = [filled(tx, row, texts[kind], place, lang) for kind in TURN]
                turns.append((place, tuple(lines)))
        ends = [filled(tx, row, texts[kind], None, lang) for kind in ("opening", "closing")]
        return HostScript(ends[0], tuple(turns), ends[1])


def readable_scores(
    store: Store,
    who: Visitor,
    round_id: str,
    *,
    called: Callable[[Place], Place] = lambda place: place,
) -> list[Mapping[str, Any]]:
    """The scores that were announced, in that order, then those that may be announced now."""
    with store.reading() as tx:
        row = require_read(tx, who, "host", round_id)
        order = [called(place) for place in entrants.running(tx, round_id)]
        names = {
            one["id"]: {name: one[name] for name in ("county", "township", "village")}
            for one in order
        }
        shown = [
            {**parsed(one), **names[one["entrant_id"]]} for one in releases.latest(tx, round_id)
        ]
        reading = _reading(tx, row, order)
        return [*shown, *(reading.scores if reading else ())]
