"""What villages report beside steps: six plans, people who came home, funds, awards of before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from competition import fields
from competition.acting import acting, changed
from competition.errors import BadDay, BadInput, BadWhole
from competition.ids import mint
from competition.programme.scope import past_day, require_villages, today
from competition.visitor import Visitor
from db import Store, Transaction
from db import programmes as rows
from db.programme_shapes import VillageFigure, VillagePlan

PLANS = ("village", "industry", "talent", "culture", "ecology", "organisation")
SPECIAL = PLANS[1:]
"""The five special plans beside the village plan."""
FIGURES = ("people", "fund", "award")
MOST = 10**12 - 1


@dataclass(frozen=True)
class PlanMade:
    """A plan and the days it was finished, reviewed and filed, each empty until then."""

    code: str
    kind: str
    finished_on: str
    reviewed_on: str = ""
    filed_on: str = ""
    version: int = 1
    gist: str = ""


@dataclass(frozen=True)
class FigureSaid:
    """People who came home, yuan of a fund, or an award of a rank, as said on a day.

    One of the same village, kind, source and day takes the place of the one before; 0 takes it
    back.
    """

    code: str
    kind: str
    source: str
    amount: int
    said_on: str


def report_plans(
    store: Store, who: Visitor, programme_id: str, plans: Sequence[PlanMade], *, at: datetime
) -> int:
    """Report the plans of villages; return how many changed.

    Raises
    ------
    Missing, YearClosed
    BadDay
        Also if a plan is reviewed before it is finished, or filed before it is reviewed.
    """
    with acting(store, who, "report_plans", at=at) as (act, tx):
        require_villages(tx, who, programme_id, (one.code for one in plans))
        last, count = today(tx, who, act.at), 0
        there = _plans_of(tx, programme_id, {one.code for one in plans})
        for one in plans:
            row = _plan(who, programme_id, one, last)
            before = there.get((one.code, one.kind))
            if before is None or changed(row, said_by=before["said_by"]) != before:
                tx.put("village_plans", row)
                count += 1
        if not count:
            act.unchanged()
            return 0
        act.record("plans_reported", programme_id)
    return count


def _plans_of(
    tx: Transaction, programme_id: str, codes: set[str]
) -> Mapping[tuple[str, str], VillagePlan]:
    return {
        (row["code"], row["kind"]): row
        for code in sorted(codes)
        for row in rows.plans(tx, programme_id, code)
    }


def _plan(who: Visitor, programme_id: str, one: PlanMade, last: str) -> VillagePlan:
    if one.kind not in PLANS:
        raise BadInput(field="plan_kind", value=one.kind[:20])
    if not 1 <= one.version <= 99:
        raise BadWhole(field="version", value=str(one.version), low=1, high=99)
    names = ("finished_on", "reviewed_on", "filed_on")
    typed_days = (one.finished_on, one.reviewed_on, one.filed_on)
    days = [past_day(text, name, last) for name, text in zip(names, typed_days, strict=True)]
    for (_, earlier), (name, later) in pairwise(zip(names, days, strict=True)):
        if later is not None and (earlier is None or earlier > later):
            raise BadDay(field=name, value=later)
    return {
        "programme_id": programme_id,
        "code": one.code,
        "kind": one.kind,
        "version": one.version,
        "gist": fields.text(one.gist, "gist"),
        "finished_on": days[0],
        "reviewed_on": days[1],
        "filed_on": days[2],
        "said_by": str(who.person_id),
    }


def report_figures(
    store: Store, who: Visitor, programme_id: str, figures: Sequence[FigureSaid], *, at: datetime
) -> int:
    """Report people who came home, funds or awards of villages; return how many changed.

    Raises
    ------
    Missing, YearClosed, BadDay, BadWhole, Blank
    """
    with acting(store, who, "report_figures", at=at) as (act, tx):
        require_villages(tx, who, programme_id, (one.code for one in figures))
        last, count = today(tx, who, act.at), 0
        there = {
            figure_key(row): row
            for code in sorted({one.code for one in figures})
            for row in rows.figures(tx, programme_id, code)
        }
        for one in figures:
            row = _figure(who, programme_id, one, last)
            before = there.pop(figure_key(row), None)
            if row["amount"] == (before["amount"] if before else 0):
                there |= {figure_key(row): before} if before else {}
                continue
            count += 1
            if before is not None and not row["amount"]:
                tx.remove("village_figures", id=before["id"])
                continue
            row = changed(row, id=before["id"]) if before else row
            tx.put("village_figures", row)
            there[figure_key(row)] = row
        if not count:
            act.unchanged()
            return 0
        act.record("figures_reported", programme_id)
    return count


def figure_key(row: VillageFigure) -> tuple[str, str, str, str]:
    """What tells one figure from another: village, kind, source and day."""
    return (row["code"], row["kind"], row["source"], row["said_on"])


def _figure(who: Visitor, programme_id: str, one: FigureSaid, last: str) -> VillageFigure:
    if one.kind not in FIGURES:
        raise BadInput(field="figure_kind", value=one.kind[:20])
    if not 0 <= one.amount <= MOST:
        raise BadWhole(field="figure_amount", value=str(one.amount), low=0, high=MOST)
    return {
        "id": mint(),
        "programme_id": programme_id,
        "code": one.code,
        "kind": one.kind,
        "source": fields.text(one.source, "source", required=True, longest=40),
        "amount": one.amount,
        "said_on": past_day(one.said_on, "said_on", last) or last,
        "said_by": str(who.person_id),
    }
