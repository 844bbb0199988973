"""The organizers' workbooks: read into a plan without writing, then entered in one transaction.

Call `read`, or `read_all` for several files; check ``plan.stops``, then `enter`. Sheets and
columns are found by what they mean (`intake.recognising`); `template` gives a workbook to fill in.
"""

from intake.apart import marked_apart, read_apart, read_files_apart
from intake.edits import Asked, Choice, Edit
from intake.entering import Entered, enter
from intake.errors import IntakeRefused, PlanStopped, RoundThere
from intake.findings import Finding
from intake.plan import Plan
from intake.reading import read, read_all
from intake.template import template
from intake.writing import workbook_of

__all__ = [
    "Asked",
    "Choice",
    "Edit",
    "Entered",
    "Finding",
    "IntakeRefused",
    "Plan",
    "PlanStopped",
    "RoundThere",
    "enter",
    "marked_apart",
    "read",
    "read_all",
    "read_apart",
    "read_files_apart",
    "template",
    "workbook_of",
]
