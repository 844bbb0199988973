"""Reads a workbook into a plan: pure, writes nothing, never raises for a bad file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from intake import panels, roster, rubric, scores
from intake.aliases import is_called
from intake.findings import Findings
from intake.plan import Plan, PlannedAssignment, PlannedEntrant
from intake.tables import Row, read_table
from intake.workbook import Grid, read_grids

TABLES: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "entrants": (roster.ENTRANT_COLUMNS, roster.ENTRANT_NEEDED),
    "judges": (roster.JUDGE_COLUMNS, roster.JUDGE_NEEDED),
    "rubric": (rubric.COLUMNS, rubric.NEEDED),
    "panels": (panels.COLUMNS, panels.NEEDED),
    "scores": (scores.COLUMNS, scores.NEEDED),
}
"""The sheets of a workbook: which columns each may have, and which it must."""
MAY_BE_EMPTY = ("panels", "scores")


def read(source: Path | str | bytes, *, name: str = "", recusal_level: str = "county") -> Plan:
    """Read a workbook.

    Parameters
    ----------
    source : Path, str or bytes
        A file's path or its content.
    name : str
        The file's name, if ``source`` is the content.
    recusal_level : str
        Level of automatic recusals: none, unit, township, county.

    Returns
    -------
    Plan
        With ``stops`` where the workbook must be fixed; such a plan can be shown, not entered.
    """
    path = Path(source) if isinstance(source, str) else source
    findings = Findings()
    grids = read_grids(path, findings)
    plan = Plan(
        name=name or (path.name if isinstance(path, Path) else ""), recusal_level=recusal_level
    )
    if not findings.is_stopped:
        stage, chosen = _chosen(grids, findings)
        is_english = all(grid.title.isascii() for grid in chosen.values())
        plan = replace(plan, stage=stage, lang="en" if is_english else "zh")
        rows = {table: read_table(grid, *TABLES[table], findings) for table, grid in chosen.items()}
        if not findings.is_stopped:
            titles = {table: grid.title for table, grid in chosen.items()}
            plan = _planned(plan, rows, titles, findings)
    return replace(plan, findings=tuple(findings.listed))


def _chosen(grids: Sequence[Grid], findings: Findings) -> tuple[str, dict[str, Grid]]:
    """Map tables to sheets, and read the stage from the name of the sheet of scores."""
    chosen: dict[str, Grid] = {}
    stage = "final"
    for grid in grids:
        for table, called in _names():
            if is_called(grid.title, f"sheet.{called}"):
                if table in chosen:
                    findings.stop("sheet_twice", grid.title, other=chosen[table].title)
                chosen[table] = grid
                stage = called.partition("_")[2] or stage
    titles = tuple(grid.title for grid in grids)
    for table in TABLES:
        if table not in chosen:
            findings.stop("missing_sheet", "", wanted=table, found=titles)
        elif not chosen[table].rows:
            findings.stop("no_header", chosen[table].title, "A1", columns=tuple(TABLES[table][1]))
    unused = tuple(grid.title for grid in grids if grid not in chosen.values() and grid.rows)
    unused = tuple(title for title in unused if not is_called(title, "sheet.guide"))
    if unused:
        findings.note("unused_sheets", sheets=unused)
    return stage, chosen


def _names() -> list[tuple[str, str]]:
    tables = [(table, table) for table in TABLES if table != "scores"]
    return tables + [("scores", f"scores_{stage}") for stage in roster.STAGES]


def _planned(
    plan: Plan, rows: dict[str, list[Row]], titles: dict[str, str], findings: Findings
) -> Plan:
    for table, entries in rows.items():
        if not entries and table not in MAY_BE_EMPTY:
            findings.stop("empty_sheet", titles[table])
    entrants = roster.read_entrants(rows["entrants"], plan.stage)
    counties = roster.county_names(rows["entrants"])
    judges = roster.read_judges(rows["judges"], counties, findings)
    criteria = rubric.read_rubric(rows["rubric"], findings)
    by_key = {entrant.key: entrant for entrant in entrants}
    judge_of = {judge.key: judge for judge in judges}
    assigned = panels.read_panels(rows["panels"], by_key, judge_of, findings)
    given = scores.read_scores(rows["scores"], by_key, judge_of, criteria)
    if rows["scores"] and not rows["panels"]:
        findings.stop("empty_sheet", titles["panels"])
    if entrants and not any(entrant.in_round for entrant in entrants):
        findings.stop("nobody_in_round", titles["entrants"], stage=plan.stage)
    if findings.is_stopped:
        return plan
    entrants = panels.on_stage(entrants, assigned)
    assignments = [line.assignment for line in assigned]
    if rows["scores"]:
        assignments = scores.settled(assignments, given, titles["panels"], findings)
    sessions = panels.session_plan(entrants, assignments, titles, findings)
    entrants = panels.numbered(
        entrants, sessions, titles["entrants"], findings, is_past=bool(rows["scores"])
    )
    assignments = panels.with_recusals(
        assignments,
        by_key,
        judge_of,
        plan.recusal_level,
        {pair: scored.first.ref("score") for pair, scored in given.items() if scored.marks},
        titles["panels"],
        findings,
    )
    _note_absences(assignments, titles["panels"], findings, is_past=bool(rows["scores"]))
    _check_judged(assignments, given, titles["panels"], findings)
    return replace(
        plan,
        category=_category(entrants),
        entrants=tuple(entrants),
        judges=tuple(judges),
        rubric=tuple(criteria),
        sessions=tuple(sessions),
        assignments=tuple(assignments),
        sheets=tuple(scores.past_sheets(given, criteria, findings)),
    )


def _note_absences(
    assignments: Sequence[PlannedAssignment], sheet: str, findings: Findings, *, is_past: bool
) -> None:
    """Note the absences left out: they can be recorded only after opening."""
    absent = [a for a in assignments if a.state == "absent"]
    if absent and not is_past:
        findings.note("absences_left_out", sheet, absent[0].cell, count=len(absent))


def _check_judged(
    assignments: Sequence[PlannedAssignment],
    given: dict[scores.Pair, scores.Given],
    sheet: str,
    findings: Findings,
) -> None:
    """Stop where an entrant of the round has no judge that is neither recused nor absent."""
    state: dict[str, list[str]] = {}
    for assignment in assignments:
        state.setdefault(assignment.entrant, []).append(assignment.state)
    for entrant, states in state.items():
        needed = "expected" if given else "expected absent"
        if not any(each in needed.split() for each in states):
            findings.stop("all_recused", sheet, "", entrant=entrant)


def _category(entrants: Sequence[PlannedEntrant]) -> str:
    """The category by the length of the codes: 12 digits village, 9 township."""
    lengths = {len(entrant.code) for entrant in entrants if entrant.in_round}
    return {frozenset({12}): "village", frozenset({9}): "township"}.get(frozenset(lengths), "all")
