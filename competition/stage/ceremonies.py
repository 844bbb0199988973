"""An award ceremony: its steps laid out from the certificate, edited, and moved to and fro.

Only the number of the step is moved; the hall draws what the steps up to it show.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from competition import fields
from competition.acting import Act, acting
from competition.errors import BadInput, BadWhole
from competition.results.certification import Certificate, latest_certified, require_recomputed
from competition.results.deciding import awarded_groups
from competition.results.prizes import PrizeGroup, prize_groups
from competition.results.standings import current
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.stage import ceremony_steps
from competition.stage.ceremony_steps import FREE, LONGEST, ORDERS, SHORTEST, Step
from competition.stage.errors import CeremonyMoved, CeremonyStale, NoCeremony
from competition.stage.screens import follow_stage
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, ceremonies, snapshots
from db.ceremonies import CeremonyRow
from db.shapes import RoundRow

LONGEST_TEXT, LONGEST_HANDS = 60, 80


@dataclass(frozen=True)
class Ceremony:
    """A ceremony as organizers and host see it.

    Attributes
    ----------
    steps : tuple of Step
        Empty before it was laid out.
    step : int
        The number of the step that is shown, from 1; 0 while none is.
    order : str
        The order that the round's rules suggest: `ceremony_steps.ORDERS`.
    is_stale : bool
        Whether it was laid out from a certificate that no longer stands.
    """

    steps: tuple[Step, ...]
    step: int
    groups: tuple[PrizeGroup, ...]
    certificate: Certificate
    order: str
    is_stale: bool


def ceremony(store: Store, who: Visitor, round_id: str) -> Ceremony:
    """The ceremony of a certified round, with what comes next: for organizers and host."""
    with store.reading() as tx:
        row = require_read(tx, who, "ceremony", round_id)
        certificate = latest_certified(tx, round_id)
        kept = ceremonies.of_round(tx, round_id)
        return Ceremony(
            steps=ceremony_steps.from_json(kept["steps"]) if kept else (),
            step=kept["step"] if kept else 0,
            groups=awarded_groups(tx, certificate["id"], certificate["content"]),
            certificate=certificate,
            order=usual_order(row),
            is_stale=kept is not None and not is_current(tx, kept),
        )


def usual_order(row: RoundRow) -> str:
    """Prize by prize where the hall has seen the scores, place by place where they were held."""
    return "prizes" if RoundRules.from_json(row["rules"]).releases else "places"


def is_current(tx: Transaction, kept: CeremonyRow) -> bool:
    """Whether a ceremony was laid out from the round's newest certificate and decided list."""
    newest = snapshots.latest(tx, kept["round_id"], "certify")
    if newest is None or newest["id"] != kept["snapshot_id"]:
        return False
    groups = awarded_groups(tx, newest["id"], json.loads(newest["content"]))
    return ceremony_steps.fingerprint(groups) == ceremony_steps.awards_of(kept["steps"])


def lay_out_ceremony(
    store: Store, who: Visitor, round_id: str, order: str, *, at: datetime
) -> None:
    """Lay the usual steps out from the certificate; those who hand over are kept by prize.

    Raises
    ------
    CeremonyMoved
        While a step is shown.
    CertificateDiffers
        If the stored marks give another result.
    """
    if order not in ORDERS:
        raise BadInput(field="order", value=order[:20])
    with acting(store, who, "plan_ceremony", round_id, at=at) as (act, tx):
        certificate = _standing_certificate(tx, store, act.round)
        groups = awarded_groups(tx, certificate["id"], certificate["content"])
        kept = ceremonies.of_round(tx, round_id)
        if kept is not None and kept["step"] and is_current(tx, kept):
            raise CeremonyMoved
        hands = _hands(tx, kept) if kept else {}
        steps = ceremony_steps.lay_out(groups, order)
        _keep(act, ceremony_steps.with_hands(steps, hands, groups), 0)
        act.record("ceremony_planned")


def _hands(tx: Transaction, kept: CeremonyRow) -> dict[str, str]:
    """Prize's name to those who hand it over, as they were written before."""
    snapshot = snapshots.find(tx, kept["snapshot_id"])
    assert snapshot is not None
    groups = prize_groups(json.loads(snapshot["content"]))
    return {
        groups[step.group].name: step.hands
        for step in ceremony_steps.from_json(kept["steps"])
        if step.kind == "prize" and step.group is not None and step.hands
    }


def _standing_certificate(tx: Transaction, store: Store, row: RoundRow) -> Certificate:
    certificate = latest_certified(tx, row["id"])
    require_recomputed(current(tx, store, row), certificate)
    return certificate


def _keep(act: Act, steps: Sequence[Step], step: int, *, moved_at: str = "") -> None:
    newest = latest_certified(act.tx, act.round["id"])
    groups = awarded_groups(act.tx, newest["id"], newest["content"])
    awards = ceremony_steps.fingerprint(groups)
    act.tx.put(
        "ceremonies",
        {
            "round_id": act.round["id"],
            "snapshot_id": newest["id"],
            "steps": ceremony_steps.as_json(steps, awards),
            "step": step,
            "moved_at": moved_at or stamp(act.at),
        },
    )


def insert_step(
    store: Store,
    who: Visitor,
    round_id: str,
    number: int,
    kind: str,
    *,
    text: str = "",
    seconds: int = 0,
    at: datetime,
) -> None:
    """Add a step that shows no award, at a number that was not shown yet."""
    if kind not in FREE:
        raise BadInput(field="kind", value=kind[:20])
    line = fields.text(text, "text", longest=LONGEST_TEXT)
    if kind == "countdown" and not SHORTEST <= seconds <= LONGEST:
        raise BadWhole(field="seconds", value=str(seconds)[:20], low=SHORTEST, high=LONGEST)
    step = Step(kind, text=line, seconds=seconds if kind == "countdown" else 0)

    def change(steps: tuple[Step, ...]) -> tuple[Step, ...]:
        return ceremony_steps.inserted(steps, number, step)

    _plan(store, who, round_id, number, change, at=at)


def remove_step(store: Store, who: Visitor, round_id: str, number: int, *, at: datetime) -> None:
    """Remove a step that shows no award and was not shown yet."""

    def change(steps: tuple[Step, ...]) -> tuple[Step, ...]:
        if _step(steps, number).kind not in FREE:
            raise BadInput(field="number", value=str(number))
        return (*steps[: number - 1], *steps[number:])

    _plan(store, who, round_id, number, change, at=at)


def edit_step(
    store: Store, who: Visitor, round_id: str, number: int, text: str, *, at: datetime
) -> None:
    """Write a step's text, or those who hand over a prize; empty for the usual words."""

    def change(steps: tuple[Step, ...]) -> tuple[Step, ...]:
        step = _step(steps, number)
        if step.kind == "prize":
            made = replace(step, hands=fields.text(text, "hands", longest=LONGEST_HANDS))
        elif step.kind in FREE:
            made = replace(step, text=fields.text(text, "text", longest=LONGEST_TEXT))
        else:
            raise BadInput(field="number", value=str(number))
        return (*steps[: number - 1], made, *steps[number:])

    _plan(store, who, round_id, number, change, at=at)


def _step(steps: Sequence[Step], number: int) -> Step:
    if not 1 <= number <= len(steps):
        raise BadWhole(field="number", value=str(number)[:20], low=1, high=len(steps))
    return steps[number - 1]


def _plan(
    store: Store,
    who: Visitor,
    round_id: str,
    number: int,
    change: Callable[[tuple[Step, ...]], tuple[Step, ...]],
    *,
    at: datetime,
) -> None:
    """Change the steps that come; what the hall sees or has seen stays.

    Raises
    ------
    NoCeremony, CeremonyStale, CeremonyMoved
        Before it is laid out, after another certificate, for a step that was reached.
    """
    with acting(store, who, "plan_ceremony", round_id, at=at) as (act, tx):
        kept = require_kept(tx, round_id)
        if number <= kept["step"]:
            raise CeremonyMoved
        before = ceremony_steps.from_json(kept["steps"])
        after = change(before)
        if after == before:
            return act.unchanged()
        _keep(act, after, kept["step"], moved_at=kept["moved_at"])
        act.record("ceremony_planned")


def move_ceremony(
    store: Store, who: Visitor, round_id: str, to: int, *, seen: int, at: datetime
) -> None:
    """Show another step, forward, back or by a jump; 0 takes the ceremony off the screens.

    Parameters
    ----------
    seen : int
        The step that the presser saw: a second press of the same key moves nothing.

    Raises
    ------
    CeremonyMoved
        If another step is shown by now.
    NoCeremony, CeremonyStale
        Before it is laid out, and after another certificate.
    CertificateDiffers
        If the stored marks give another result: no award is shown then.
    BadWhole
        If there is no such step.
    """
    with acting(store, who, "move_ceremony", round_id, at=at) as (act, tx):
        kept = require_kept(tx, round_id)
        if kept["step"] != seen:
            raise CeremonyMoved
        steps = ceremony_steps.from_json(kept["steps"])
        if not 0 <= to <= len(steps):
            raise BadWhole(field="step", value=str(to)[:20], low=0, high=len(steps))
        if to == seen:
            return act.unchanged()
        _standing_certificate(tx, store, act.round)
        follow_stage(tx, round_id)
        _keep(act, steps, to)
        act.record("ceremony_moved")


def require_kept(tx: Transaction, round_id: str) -> CeremonyRow:
    """The ceremony of a round, laid out from its newest certificate.

    Raises
    ------
    NoCeremony, CeremonyStale
    """
    kept = ceremonies.of_round(tx, round_id)
    if kept is None:
        raise NoCeremony
    if not is_current(tx, kept):
        raise CeremonyStale
    return kept
