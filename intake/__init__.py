"""The organizers' workbook: read into a plan without writing, then entered in one transaction.

Call `read`, check ``plan.stops``, then `enter`; `template` gives the workbook to fill in.
"""

from intake.apart import read_apart
from intake.entering import Entered, enter
from intake.errors import IntakeRefused, PlanStopped, RoundThere
from intake.findings import Finding
from intake.plan import Plan
from intake.reading import read
from intake.template import template

__all__ = [
    "Entered",
    "Finding",
    "IntakeRefused",
    "Plan",
    "PlanStopped",
    "RoundThere",
    "enter",
    "read",
    "read_apart",
    "template",
]
