"""Reads workbooks into a plan: pure, writes nothing, never raises for a bad file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from intake import panels, roster, rubric, scores
from intake.edits import Asked
from intake.findings import Findings
from intake.gazetteer import Gazetteer, with_further
from intake.marks_layout import heads, marks_of, note_totals
from intake.place_tables import read_place_tables
from intake.plan import Plan, PlannedAssignment, PlannedEntrant, PlannedJudge
from intake.recognising import TABLES, Recognised, recognise, rows_of
from intake.references import Entrants, criteria_named, judges_named
from intake.showing import sheet_view
from intake.tables import Row
from intake.workbook import read_grids

MAY_BE_EMPTY = ("panels", "scores")


def read(
    source: Path | str | bytes,
    *,
    name: str = "",
    recusal_level: str = "county",
    asked: Asked | None = None,
) -> Plan:
    """Read a workbook.

    Parameters
    ----------
    source : Path, str or bytes
        A file's path or its content.
    name : str
        The file's name, if ``source`` is the content.
    recusal_level : str
        Level of automatic recusals: none, unit, township, county.
    asked : Asked, optional
        Corrections and columns as a person set them; its level of recusals then holds.

    Returns
    -------
    Plan
        With ``stops`` where the workbook must be fixed; such a plan can be shown, not entered.
    """
    path = Path(source) if isinstance(source, str) else source
    name = name or (path.name if isinstance(path, Path) else "")
    return read_all([(name, path)], asked or Asked(recusal_level))


def read_all(files: Sequence[tuple[str, Path | bytes]], asked: Asked) -> Plan:
    """Read several files as one: their lists become one list, each finding names its file.

    Parameters
    ----------
    files : sequence of tuple
        Name, and path or content.
    """
    findings = Findings(asked.edits)
    are_several = len(files) > 1
    grids = [
        grid
        for name, source in files
        for grid in read_grids(source, findings, name=name, file=name if are_several else "")
    ]
    grids, places = read_place_tables(grids, findings)
    gazetteer = with_further((*map(tuple, asked.places), *places))
    name = files[0][0] if not are_several else f"{files[0][0]} …"
    plan = Plan(name=name, recusal_level=asked.recusal_level, places=places)
    if grids:
        recognised = recognise(grids, gazetteer, asked, findings)
        plan = replace(plan, stage=recognised.stage, lang="en" if recognised.is_english else "zh")
        plan = _planned(plan, recognised, gazetteer, findings)
        views = tuple(sheet_view(grid, recognised.of(grid)) for grid in grids)
        plan = replace(plan, sheets_read=views)
    return replace(plan, findings=tuple(findings.listed))


def _planned(plan: Plan, recognised: Recognised, gazetteer: Gazetteer, findings: Findings) -> Plan:
    """The content of all recognised sheets; what is stopped in one does not hide another."""
    rows = {table: _rows(recognised, table, gazetteer, findings) for table in TABLES}
    listed = roster.read_entrants(
        rows["entrants"], plan.stage, gazetteer, county=recognised.asked.county
    )
    counties = roster.county_names(rows["entrants"])
    judges = roster.read_judges(rows["judges"], counties, gazetteer, findings)
    criteria = rubric.read_rubric(rows["rubric"], findings)
    entrants = Entrants(listed, gazetteer)
    named = judges_named(judges)
    named_criteria = criteria_named(criteria)
    assigned = panels.read_panels(rows["panels"], entrants, named, findings)
    mark_sheets = recognised.marks(judges, criteria, entrants, gazetteer, findings)
    marks = [
        mark
        for columns in mark_sheets
        for mark in marks_of(
            columns,
            rows_of(columns, gazetteer, findings),
            heads(columns, named_criteria, named, findings),
        )
    ]
    for columns in mark_sheets:
        note_totals(columns, findings)
    given = scores.read_scores(marks, entrants, named, named_criteria)
    recognised.check(rows, given, entrants, findings)
    judges_of_round = {judge.key: judge for judge in judges}
    return _brought_together(
        replace(plan, judges=tuple(judges), rubric=tuple(criteria)),
        entrants,
        assigned,
        given,
        judges_of_round,
        findings,
    )


def _rows(
    recognised: Recognised, table: str, gazetteer: Gazetteer, findings: Findings
) -> list[Row]:
    if table == "scores":
        return []
    return [
        row for sheet in recognised.sheets[table] for row in rows_of(sheet, gazetteer, findings)
    ]


def _brought_together(
    plan: Plan,
    entrants: Entrants,
    assigned: Sequence[panels.Assigned],
    given: scores.Scores,
    judges: Mapping[str, PlannedJudge],
    findings: Findings,
) -> Plan:
    """Sessions, numbers, recusals and sheets from what the single sheets say."""
    is_past = bool(given.given)
    lines = [*assigned, *panels.told_by_marks(given.firsts, assigned)]
    listed = panels.on_stage(entrants.listed, lines)
    assignments = [line.assignment for line in assigned]
    if is_past:
        if not assignments:
            assignments = scores.assigned_by_marks(given, findings)
        assignments = scores.settled(assignments, given, "", findings)
    sessions = panels.session_plan(listed, assignments, given, findings)
    listed = panels.numbered(listed, sessions, findings, is_past=is_past)
    assignments = panels.with_recusals(
        assignments,
        entrants.by_key,
        judges,
        plan.recusal_level,
        {pair for pair, one in given.given.items() if one.marks},
        findings,
    )
    _note_absences(assignments, findings, is_past=is_past)
    if not given.lost_entrants and not given.lost_judges:
        _check_judged(assignments, findings, is_past=is_past)
    return replace(
        plan,
        category=_category(listed),
        entrants=tuple(listed),
        sessions=tuple(sessions),
        assignments=tuple(assignments),
        sheets=tuple(scores.past_sheets(given, plan.rubric, findings)),
    )


def _note_absences(
    assignments: Sequence[PlannedAssignment], findings: Findings, *, is_past: bool
) -> None:
    """Note the absences left out: they can be recorded only after opening."""
    absent = [a for a in assignments if a.state == "absent"]
    if absent and not is_past:
        findings.note("absences_left_out", absent[0].sheet, absent[0].cell, count=len(absent))


def _check_judged(
    assignments: Sequence[PlannedAssignment], findings: Findings, *, is_past: bool
) -> None:
    """Stop where an entrant of the round has no judge that is neither recused nor absent."""
    of_entrant: dict[str, list[PlannedAssignment]] = {}
    for assignment in assignments:
        of_entrant.setdefault(assignment.entrant, []).append(assignment)
    needed = ("expected",) if is_past else ("expected", "absent")
    for entrant, mine in of_entrant.items():
        if not any(each.state in needed for each in mine):
            findings.stop("all_recused", mine[0].sheet, "", entrant=entrant)


def _category(entrants: Sequence[PlannedEntrant]) -> str:
    """The category by the length of the codes: 12 digits village, 9 township."""
    lengths = {len(entrant.code) for entrant in entrants if entrant.in_round}
    return {frozenset({12}): "village", frozenset({9}): "township"}.get(frozenset(lengths), "all")
