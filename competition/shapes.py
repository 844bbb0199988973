"""Rows as acts and reads return them, for pages and papers."""

from db.shapes import (
    Assignment,
    CriterionRow,
    Entrant,
    Person,
    Place,
    RoundRow,
    Seat,
    SeatedJudge,
    Session,
    Sheet,
)

__all__ = [
    "Assignment",
    "CriterionRow",
    "Entrant",
    "Person",
    "Place",
    "RoundRow",
    "Seat",
    "SeatedJudge",
    "Session",
    "Sheet",
]
