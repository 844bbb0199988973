"""A county's workbook: read like any other, but its list of entrants alone is taken."""

from collections.abc import Sequence
from dataclasses import replace

from competition.filing.listing import Line
from intake.apart import read_files_apart
from intake.edits import Asked, Choice, Edit, sheet_key
from intake.findings import LETTERS, Finding
from intake.plan import Plan

ELSEWHERE = frozenset({"lists_to_come", "missing_sheet", "nobody_in_round", "unused_sheets"})
"""Findings on what only the organizers' workbooks have."""
OF_HEADERS = frozenset({"missing_column", "column_twice"})
"""Stops at a header, whose row is no entrant."""


def read_county_list(files: Sequence[tuple[str, bytes]], asked: Asked) -> Plan:
    """The entrants of a county's workbook, with the findings of their sheets alone.

    A code that appears twice is always a stop: one village is filed once.
    """
    mine = tuple(edit for edit in asked.edits if edit.kind in ("set", "drop"))
    columns: dict[str, dict[str, str]] = {}
    for edit in asked.edits:
        if edit.kind == "column":
            columns.setdefault(edit.sheet, {})[edit.cell] = edit.value
    plan = read_files_apart(files, replace(asked, edits=mine, columns=columns))
    tables = {sheet.key: sheet.table for sheet in plan.sheets_read}
    findings = [
        _for_county(one)
        for one in plan.findings
        if one.code not in ELSEWHERE
        and tables.get(sheet_key(one.file, one.sheet), "") in ("", "entrants")
    ]
    others = tuple(s.title for s in plan.sheets_read if s.table not in ("", "entrants"))
    if others:
        findings.append(Finding("note", "other_sheets", values={"sheets": others}))
    if "entrants" not in tables.values() and not any(one.kind == "stop" for one in findings):
        titles = tuple(sheet.title for sheet in plan.sheets_read)
        findings.append(
            Finding("stop", "missing_sheet", values={"wanted": "entrants", "found": titles})
        )
    return Plan(
        name=plan.name,
        lang=plan.lang,
        entrants=plan.entrants,
        findings=tuple(findings),
        sheets_read=tuple(s for s in plan.sheets_read if s.table in ("", "entrants")),
    )


def lines_of(plan: Plan) -> list[Line]:
    """The entrants of a plan as lines of a county's list."""
    return [
        Line(e.code, e.township, e.village, e.title, e.presenter, e.post, e.unit)
        for e in plan.entrants
    ]


def _for_county(finding: Finding) -> Finding:
    """A finding with a county's ways: the row may be left out, a double cannot be kept."""
    ways = tuple(way for way in finding.choices if way.edit.kind != "accept")
    row = finding.cell.lstrip(LETTERS)
    if finding.kind == "stop" and finding.column and finding.code not in OF_HEADERS:
        drop = Edit("drop", sheet_key(finding.file, finding.sheet), f"A{row}")
        if row.isdecimal() and drop not in [way.edit for way in ways]:
            ways = (*ways, Choice(row, drop))
    return replace(finding, choices=ways)
