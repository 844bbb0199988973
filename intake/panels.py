"""Assignments of judges to entrants, sessions and running order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from competition.lineup.panel import derived_recusal
from intake.findings import Findings
from intake.plan import (
    AssignmentState,
    PlannedAssignment,
    PlannedEntrant,
    PlannedJudge,
    PlannedSession,
)
from intake.tables import Row

COLUMNS = ("entrant", "judge", "session", "order", "state", "remark")
NEEDED = ("entrant", "judge")
STATES: dict[str, AssignmentState] = {
    "expected": "expected",
    "recused": "recused",
    "absent": "absent",
}


@dataclass(frozen=True)
class Assigned:
    """One readable row of the sheet of panels, with its session and order."""

    row: Row
    assignment: PlannedAssignment
    session: str
    order: int | None


def read_panels(
    rows: Sequence[Row],
    entrants: Mapping[str, PlannedEntrant],
    judges: Mapping[str, PlannedJudge],
    findings: Findings,
) -> list[Assigned]:
    """The rows with known entrant and judge of the round; a repeated pair is a stop."""
    by_pair: dict[tuple[str, str], Assigned] = {}
    for row in rows:
        pair = (row.key("entrant"), row.key("judge"))
        if not are_known(row, *pair, entrants, judges):
            continue
        if pair in by_pair:
            other = by_pair[pair].row.ref("entrant")
            row.stop("double", "entrant", value=" ".join(pair), other=other)
            continue
        state = STATES[row.choice("state", tuple(STATES), default="expected")]
        by_pair[pair] = Assigned(
            row=row,
            assignment=PlannedAssignment(*pair, state, cell=row.ref("state")),
            session=row.key("session", is_needed=False),
            order=row.whole("order"),
        )
    if rows:
        assigned = {entrant for entrant, _ in by_pair}
        for entrant in entrants.values():
            if entrant.in_round and entrant.key not in assigned:
                findings.stop("nobody_assigned", rows[0].sheet, "", entrant=entrant.key)
    return list(by_pair.values())


def are_known(
    row: Row,
    entrant: str,
    judge: str,
    entrants: Mapping[str, PlannedEntrant],
    judges: Mapping[str, PlannedJudge],
) -> bool:
    """Whether a row names an entrant of the round and a known judge; adds stops if not."""
    if entrant and entrant not in entrants:
        row.stop("unknown_entrant", "entrant", value=entrant)
    elif entrant and not entrants[entrant].in_round:
        row.stop("not_in_round", "entrant", value=entrant, other=entrants[entrant].cell)
    if judge and judge not in judges:
        row.stop("unknown_judge", "judge", value=judge)
    is_entrant = entrant in entrants and entrants[entrant].in_round
    return is_entrant and judge in judges


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


def session_plan(
    entrants: Sequence[PlannedEntrant],
    assignments: Sequence[PlannedAssignment],
    titles: Mapping[str, str],
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
    for entrant in unplaced:
        findings.stop("no_session", titles["entrants"], entrant.cell, entrant=entrant.key)
    sessions = []
    for key in sorted(members, key=_session_order):
        keys = [entrant.key for entrant in members[key]]
        judges = list(dict.fromkeys(judge for e in keys for judge in panels.get(e, ())))
        sessions.append(PlannedSession(key, tuple(keys), tuple(judges)))
        for entrant_key in keys:
            mine = panels.get(entrant_key, {})
            for judge in [judge for judge in judges if mine and judge not in mine]:
                cell = next(iter(mine.values())).cell
                values = {"entrant": entrant_key, "judge": judge}
                findings.stop("pair_missing", titles["panels"], cell, **values)
    return sessions


def _session_order(key: str) -> tuple[bool, int, str]:
    return (not key.isdecimal(), int(key) if key.isdecimal() else 0, key)


def numbered(
    entrants: Sequence[PlannedEntrant],
    sessions: Sequence[PlannedSession],
    sheet: str,
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
        if any(orders) and entrant.order is None:
            findings.stop("no_order", sheet, entrant.cell, entrant=entrant.key)
    groups = [list(session.entrants) for session in sessions] or [list(by_key)]
    running = [
        key for group in groups for key in sorted(group, key=lambda key: by_key[key].order or 0)
    ]
    for group in groups:
        _refuse_double_orders([by_key[key] for key in group], sheet, findings)
    if any(orders) and len(set(orders)) == len(orders):
        numbers = {key: entrant.order for key, entrant in by_key.items()}
    else:
        numbers = {key: at for at, key in enumerate(running, start=1)}
        findings.note("numbers_run_on" if any(orders) else "numbers_by_list", sheet)
    return [replace(entrant, number=numbers.get(entrant.key)) for entrant in entrants]


def _refuse_double_orders(
    entrants: Sequence[PlannedEntrant], sheet: str, findings: Findings
) -> None:
    first: dict[int, PlannedEntrant] = {}
    for entrant in entrants:
        if entrant.order is None:
            continue
        if entrant.order in first:
            other = first[entrant.order].key
            values = {"order": entrant.order, "entrant": entrant.key, "other": other}
            findings.stop("order_twice", sheet, entrant.cell, **values)
        first.setdefault(entrant.order, entrant)


def with_recusals(
    assignments: Sequence[PlannedAssignment],
    entrants: Mapping[str, PlannedEntrant],
    judges: Mapping[str, PlannedJudge],
    level: str,
    marked: Mapping[tuple[str, str], str],
    sheet: str,
    findings: Findings,
) -> list[PlannedAssignment]:
    """The assignments with automatic recusals by county, township and unit.

    Parameters
    ----------
    marked : Mapping
        Pairs with marks, and the cell of the first mark. Marks in spite of a recusal are a stop.
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
            values = {"entrant": entrant.key, "judge": judge.key, "reason": cause[1]}
            findings.stop("had_to_recuse", sheet, assignment.cell, **values)
        elif assignment.state != "recused":
            before = f"{judge.key} {entrant.key}"
            findings.fix("recused", sheet, assignment.cell, before=before, after=cause[1])
        complete.append(replace(assignment, state="recused", is_derived=True))
    return complete
