"""A county's workbook: read like any other, but its list of entrants alone is taken."""

from collections.abc import Sequence
from dataclasses import replace

from competition.filing.listing import Line
from intake.apart import read_files_apart
from intake.edits import Asked, sheet_key
from intake.findings import Finding
from intake.plan import Plan

ELSEWHERE = frozenset({"lists_to_come", "missing_sheet", "nobody_in_round", "unused_sheets"})
"""Findings on what only the organizers' workbooks have."""


def read_county_list(files: Sequence[tuple[str, bytes]], asked: Asked) -> Plan:
    """The entrants of a county's workbook, with the findings of their sheets alone.

    A code that appears twice is always a stop: one village is filed once.
    """
    mine = tuple(edit for edit in asked.edits if edit.kind != "accept")
    plan = read_files_apart(files, replace(asked, edits=mine))
    tables = {sheet.key: sheet.table for sheet in plan.sheets_read}
    findings = [
        _without_keeping(one)
        for one in plan.findings
        if one.code not in ELSEWHERE
        and tables.get(sheet_key(one.file, one.sheet), "") in ("", "entrants")
    ]
    others = tuple(s.title for s in plan.sheets_read if s.table not in ("", "entrants"))
    if others:
        findings.append(Finding("note", "other_sheets", values={"sheets": others}))
    if "entrants" not in tables.values() and not any(one.kind == "stop" for one in findings):
        found = tuple(sheet.title for sheet in plan.sheets_read)
        findings.append(
            Finding("stop", "missing_sheet", values={"wanted": "entrants", "found": found})
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


def _without_keeping(finding: Finding) -> Finding:
    """A finding without the proposal to keep what it names."""
    ways = tuple(way for way in finding.choices if way.edit.kind != "accept")
    return replace(finding, choices=ways)
