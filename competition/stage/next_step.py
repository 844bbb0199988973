"""The next step of the stage, drawn from what the server would accept, with what stands against it.

One entrant is called, presents, answers, is marked and announced; then the next one is called.
What comes next follows from the stage and the announcements alone, so that a sheet that comes in
never turns a button into another one: it only lifts a refusal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from competition.blind import seen_by
from competition.errors import Refused
from competition.rights import require_act, require_read
from competition.rounds.rules import RoundRules
from competition.stage.adjourning import pause_of
from competition.stage.announcing_order import HEARD, waits_for
from competition.stage.errors import Adjourned, Frozen
from competition.stage.moves import why_not
from competition.stage.releasing import batch_of, problems_of
from competition.visitor import Visitor
from db import Store, Transaction, entrants, releases
from db.shapes import Place, RoundRow

LEADS_TO = {"call": "called", "present": "presenting", "answer": "answering", "mark": "marking"}
"""A step to the stage state it leads to."""
GOES_ON = {"called": "present", "presenting": "answer", "answering": "mark"}
"""A stage state to the step out of it."""
ACT = {"release": "release_score", "close": "close_round", "resume": "resume"}
"""A step to its act, where it moves no entrant."""
SPEAKING = ("presenting", "answering")


@dataclass(frozen=True)
class Step:
    """One step, as a button names it.

    Attributes
    ----------
    key : str
        call, present, answer, mark, release, close or resume.
    place : Place or None
        The entrant it is about; of a release the first of the batch.
    together : tuple of Place
        The entrants that a release announces.
    refusals : tuple of Refused
        Why the server would refuse it now; empty where it would accept it.
    """

    key: str
    place: Place | None = None
    together: tuple[Place, ...] = ()
    refusals: tuple[Refused, ...] = ()

    @property
    def act(self) -> str:
        """The act, as in `competition.rights.ACTS`."""
        return ACT.get(self.key, "move_stage")

    @property
    def about(self) -> str:
        """Step, entrants and their stage: another text where the press would mean another thing."""
        numbers = [f"{one['number']}.{one['stage']}" for one in self.together]
        if self.place is not None and not numbers:
            numbers = [f"{self.place['number']}.{self.place['stage']}"]
        return "-".join([self.key, *numbers])


@dataclass(frozen=True)
class Steps:
    """The next step, and what else the stage would accept or waits for.

    Attributes
    ----------
    primary : Step or None
        None where the round is not open.
    others : tuple of Step
        In a fixed order: announcing, the next entrant, marking without an answer.
    """

    primary: Step | None
    others: tuple[Step, ...] = ()


def steps(store: Store, who: Visitor, round_id: str) -> Steps:
    """The next step of a round and the others, each with what stands against it."""
    with store.reading() as tx:
        row = require_read(tx, who, "stage", round_id)
        if row["state"] != "open":
            return Steps(None)
        order = seen_by(who, row, entrants.running(tx, round_id))
        due = due_batch(tx, row, order)
        rules = RoundRules.from_json(row["rules"])
        planned = plan(
            order,
            due,
            is_adjourned=pause_of(tx, round_id) is not None,
            is_behind=any(waits_for(order, rules, one) for one in due),
        )
        checked = [_checked(tx, who, row, order, step) for step in planned]
        return Steps(checked[0], tuple(checked[1:]))


def plan(
    order: Sequence[Place],
    due: Sequence[Place],
    *,
    is_adjourned: bool,
    is_behind: bool = False,
) -> list[Step]:
    """The next step, and after it the others, of a running order.

    Parameters
    ----------
    due : sequence of Place
        The entrants whose scores are announced next; empty where none is, or where the hall sees
        no score.
    is_behind : bool
        Whether the rules let another entrant be heard before they are announced.
    """
    if is_adjourned:
        return [Step("resume")]
    following = _following(order)
    release = [Step("release", due[0], tuple(due))] if due else []
    speaking = next((one for one in order if one["stage"] in SPEAKING), None)
    if speaking is not None:
        skip = [Step("mark", speaking)] if speaking["stage"] == "presenting" else []
        called = following is not None and following.key == "call"
        ahead = [following] if following is not None and called else []
        return [Step(GOES_ON[speaking["stage"]], speaking), *release, *ahead, *skip]
    end = following or Step("close")
    if due and not is_behind and all(one["stage"] in HEARD for one in due):
        return [*release, end]
    return [end, *release]


def _following(order: Sequence[Place]) -> Step | None:
    """The step of the entrant that is called; else of the next, and at last of one with a fault."""
    for stage, key in (("called", "present"), ("waiting", "call"), ("fault", "call")):
        for place in order:
            if place["stage"] == stage:
                return Step(key, place)
    return None


def due_batch(tx: Transaction, row: RoundRow, order: Sequence[Place]) -> list[Place]:
    """The entrants whose scores come next: never announced ones first, then withdrawn scores."""
    rules = RoundRules.from_json(row["rules"])
    if not rules.releases:
        return []
    shown = {one["entrant_id"] for one in releases.latest(tx, row["id"])}
    ever = releases.ever(tx, row["id"])
    left = [one for one in order if one["stage"] != "withdrawn" and one["id"] not in shown]
    first = next((one for one in left if one["id"] not in ever), None) or next(iter(left), None)
    return batch_of(order, rules, first, ever) if first is not None else []


def _checked(
    tx: Transaction, who: Visitor, row: RoundRow, order: Sequence[Place], step: Step
) -> Step:
    """The step with its refusals, its entrants as the visitor may see them."""
    refusals = tuple(_refusals(tx, who, row, order, step))
    place = seen_by(who, row, [step.place])[0] if step.place is not None else None
    return Step(step.key, place, tuple(seen_by(who, row, list(step.together))), refusals)


def _refusals(
    tx: Transaction, who: Visitor, row: RoundRow, order: Sequence[Any], step: Step
) -> Iterator[Refused]:
    try:
        require_act(tx, who, step.act, row["id"])
    except Refused as error:
        yield error
        return
    if step.key == "release":
        if row["frozen"]:
            yield Frozen()
        if pause_of(tx, row["id"]) is not None:
            yield Adjourned()
        yield from problems_of(tx, row, order, step.together)
    elif step.place is not None:
        refused = why_not(order, step.place, step.place["id"], LEADS_TO[step.key])
        if refused is not None:
            yield refused
