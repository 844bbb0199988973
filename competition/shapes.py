"""Rows as acts and reads return them, for pages and papers."""

from db.shapes import (
    Assignment,
    Competition,
    CriterionRow,
    Entrant,
    Grant,
    LiveLink,
    OpenPair,
    PartRow,
    Person,
    Place,
    RoundRow,
    Seat,
    SeatedJudge,
    Session,
    Sheet,
    TranscriptionRow,
)

__all__ = [
    "Assignment",
    "Competition",
    "CriterionRow",
    "Entrant",
    "Grant",
    "LiveLink",
    "OpenPair",
    "PartRow",
    "Person",
    "Place",
    "RoundRow",
    "Seat",
    "SeatedJudge",
    "Session",
    "Sheet",
    "TranscriptionRow",
]
