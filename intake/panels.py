"""Assignments of judges to entrants, sessions and running order."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Protocol

from competition.lineup.panel import derived_recusal
from intake.findings import Findings
from intake.plan import (
    AssignmentState,
    PlannedAssignment,
    PlannedEntrant,
    PlannedJudge,
    PlannedSession,
)
from intake.references import Entrants, Named, judge_of
from intake.tables import Row

PLACED_BY = ("entrant", "village_code", "village", "title", "township", "county")
"""Columns that tell which entrant a row means."""
COLUMNS = (*PLACED_BY, "judge", "name", "session", "order", "state", "remark")
NEEDED = (PLACED_BY, ("judge", "name"))
STATES: dict[str, AssignmentState] = {
    "expected": "expected",
    "recused": "recused",
    "absent": "absent",
}


class Lost(Protocol):
    """Knows of whom rows could not be read, so that their absence says nothing."""

    def is_lost(self, entrant: str, judge: str) -> bool:
        """Whether a row of one of them stopped."""
        ...


@dataclass(frozen=True)
class Assigned:
    """One readable row of the sheet of panels, with its session and order."""

    row: Row
    assignment: PlannedAssignment
    session: str
    order: int | None


def read_panels(
    rows: Sequence[Row], entrants: Entrants, judges: Named[PlannedJudge], findings: Findings
) -> list[Assigned]:
    """The rows with known entrant and judge of the round; a repeated pair is a stop."""
    by_pair: dict[tuple[str, str], Assigned] = {}
    is_lost = False
    for row in rows:
        pair = known_pair(row, entrants.of(row), judge_of(row, judges))
        if pair is None:
            is_lost = True
            continue
        if pair in by_pair:
            first = by_pair[pair].row
            at = row.anchor(*PLACED_BY)
            row.stop(
                "double",
                at,
                choices=[row.drop()],
                also=[first.place(at)],
                value=" ".join(pair),
                other=first.ref(at),
            )
            continue
        state = STATES[row.choice("state", tuple(STATES), default="expected")]
        by_pair[pair] = Assigned(
            row=row,
            assignment=PlannedAssignment(*pair, state, cell=row.ref("state"), sheet=row.sheet),
            session=row.key("session", is_needed=False),
            order=row.whole("order"),
        )
    if rows and not is_lost:
        assigned = {entrant for entrant, _ in by_pair}
        for entrant in entrants.listed:
            if entrant.in_round and entrant.key not in assigned:
                findings.stop("nobody_assigned", rows[0].sheet, "", entrant=entrant.key)
    return list(by_pair.values())


def known_pair(
    row: Row, entrant: PlannedEntrant | None, judge: PlannedJudge | None
) -> tuple[str, str] | None:
    """The keys of an entrant of the round and a judge; a stop for one of another round."""
    if entrant is not None and not entrant.in_round:
        at = row.anchor(*PLACED_BY)
        row.stop("not_in_round", at, value=entrant.key, other=entrant.cell)
        return None
    if entrant is None or judge is None:
        return None
    return entrant.key, judge.key


def on_stage(
    entrants: Sequence[PlannedEntrant], assigned: Sequence[Assigned]
) -> list[PlannedEntrant]:
    """The entrants with session and order from both sheets; a contradiction is a stop."""
    sessions = {entrant.key: entrant.session for entrant in entrants}
    orders = {entrant.key: entrant.order for entrant in entrants}
    for line in assigned:
        key = line.assignment.entrant
        if line.session and sessions[key] not in ("", line.session):
            line.row.stop("session_differs", "session", value=line.session, other=sessions[key])
        if line.order and orders[key] not in (None, line.order):
            line.row.stop("order_differs", "order", value=line.order, other=orders[key])
        sessions[key] = sessions[key] or line.session
        orders[key] = orders[key] or line.order
    return [
        replace(entrant, session=sessions[entrant.key], order=orders[entrant.key])
        for entrant in entrants
    ]


def told_by_marks(
    firsts: Mapping[tuple[str, str], Row], assigned: Sequence[Assigned]
) -> list[Assigned]:
    """Session and order as the sheets of marks write them."""
    known = {(line.assignment.entrant, line.assignment.judge) for line in assigned}
    return [
        Assigned(
            row,
            PlannedAssignment(*pair),
            row.key("session", is_needed=False),
            row.whole("order"),
        )
        for pair, row in firsts.items()
        if not assigned or pair in known
    ]


def session_plan(
    entrants: Sequence[PlannedEntrant],
    assignments: Sequence[PlannedAssignment],
    lost: Lost,
    findings: Findings,
) -> list[PlannedSession]:
    """The sessions in order; none where the workbook names none, as in a desk review.

    Each judge of a session's panel is assigned to each of its entrants. A missing pair is a
    stop: an absent judge and a forgotten row would look the same.
    """
    panels: dict[str, dict[str, PlannedAssignment]] = {}
    for assignment in assignments:
        panels.setdefault(assignment.entrant, {})[assignment.judge] = assignment
    members: dict[str, list[PlannedEntrant]] = {}
    for entrant in entrants:
        if entrant.in_round:
            members.setdefault(entrant.session, []).append(entrant)
    unplaced = members.pop("", [])
    if not members:
        return []
    for entrant in (e for e in unplaced if not findings.is_row_stopped(e.sheet, e.cell)):
        findings.stop("no_session", entrant.sheet, entrant.cell, entrant=entrant.key)
    sessions = []
    for key in sorted(members, key=_session_order):
        keys = [entrant.key for entrant in members[key]]
        judges = list(dict.fromkeys(judge for e in keys for judge in panels.get(e, ())))
        sessions.append(PlannedSession(key, tuple(keys), tuple(judges)))
        for entrant_key in keys:
            mine = panels.get(entrant_key, {})
            for judge in [judge for judge in judges if mine and judge not in mine]:
                first = next(iter(mine.values()))
                if not lost.is_lost(entrant_key, judge):
                    values: dict[str, Any] = {"entrant": entrant_key, "judge": judge}
                    findings.stop("pair_missing", first.sheet, first.cell, **values)
    return sessions


def _session_order(key: str) -> tuple[bool, int, str]:
    return (not key.isdecimal(), int(key) if key.isdecimal() else 0, key)


def numbered(
    entrants: Sequence[PlannedEntrant],
    sessions: Sequence[PlannedSession],
    findings: Findings,
    *,
    is_past: bool,
) -> list[PlannedEntrant]:
    """The entrants with a number that is unique in the round.

    An order that restarts in every session continues from session to session. A round with
    scores always gets numbers; a future round may still be drawn by lot.
    """
    by_key = {entrant.key: entrant for entrant in entrants if entrant.in_round}
    orders = [entrant.order for entrant in by_key.values()]
    if not any(orders) and not is_past:
        return list(entrants)
    for entrant in by_key.values():
        is_said = findings.is_row_stopped(entrant.sheet, entrant.cell)
        if any(orders) and entrant.order is None and not is_said:
            findings.stop("no_order", entrant.sheet, entrant.cell, entrant=entrant.key)
    groups = [list(session.entrants) for session in sessions] or [list(by_key)]
    running = [
        key for group in groups for key in sorted(group, key=lambda key: by_key[key].order or 0)
    ]
    for group in groups:
        _refuse_double_orders([by_key[key] for key in group if key in by_key], findings)
    if any(orders) and len(set(orders)) == len(orders):
        numbers = {key: entrant.order for key, entrant in by_key.items()}
    else:
        numbers = {key: at for at, key in enumerate(running, start=1)}
        sheet = next((entrant.sheet for entrant in by_key.values()), "")
        findings.note("numbers_run_on" if any(orders) else "numbers_by_list", sheet)
    return [replace(entrant, number=numbers.get(entrant.key)) for entrant in entrants]


def _refuse_double_orders(entrants: Sequence[PlannedEntrant], findings: Findings) -> None:
    first: dict[int, PlannedEntrant] = {}
    for entrant in entrants:
        if entrant.order is None:
            continue
        if entrant.order in first:
            other = first[entrant.order].key
            values: dict[str, Any] = {
                "order": entrant.order,
                "entrant": entrant.key,
                "other": other,
            }
            findings.stop("order_twice", entrant.sheet, entrant.cell, **values)
        first.setdefault(entrant.order, entrant)


def with_recusals(
    assignments: Sequence[PlannedAssignment],
    entrants: Mapping[str, PlannedEntrant],
    judges: Mapping[str, PlannedJudge],
    level: str,
    marked: Set[tuple[str, str]],
    findings: Findings,
) -> list[PlannedAssignment]:
    """The assignments with automatic recusals by county, township and unit.

    Parameters
    ----------
    marked : set
        Pairs with marks. Marks in spite of a recusal are a stop.
    """
    complete = []
    for assignment in assignments:
        entrant, judge = entrants[assignment.entrant], judges[assignment.judge]
        cause = derived_recusal(
            {"unit": entrant.unit, "township": entrant.township, "county": entrant.county},
            {"unit": judge.unit, "county": judge.county},
            level,
        )
        if cause is None:
            complete.append(assignment)
            continue
        if (entrant.key, judge.key) in marked:
            values: dict[str, Any] = {
                "entrant": entrant.key,
                "judge": judge.key,
                "reason": cause[1],
            }
            findings.stop("had_to_recuse", assignment.sheet, assignment.cell, **values)
        elif assignment.state != "recused":
            before = f"{judge.key} {entrant.key}"
            findings.fix(
                "recused", assignment.sheet, assignment.cell, before=before, after=cause[1]
            )
        complete.append(replace(assignment, state="recused", is_derived=True))
    return complete
