"""Words that stand in a cell where a mark or a name would: recused, absent, not marked."""

from intake.aliases import is_called
from intake.grids import Cell
from intake.plan import AssignmentState

NO_MARK: dict[str, AssignmentState] = {"recused": "recused", "absent": "absent", "blank": "absent"}
"""Words that stand where a mark would, and what they say of the judge."""


def no_mark(cell: Cell) -> str:
    """Which of ``NO_MARK`` a cell says; "" for any other text and for a number."""
    if not isinstance(cell.raw, str) or cell.lost:
        return ""
    return next((word for word in NO_MARK if is_called(cell.raw, f"word.{word}")), "")
