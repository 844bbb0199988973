"""Rows of the programme as acts and reads return them, for pages and papers."""

from db.programme_shapes import (
    Dispatch,
    Evidence,
    Meeting,
    MeetingTask,
    Need,
    Programme,
    ProgrammeStep,
    TaskVillage,
    VillageFigure,
    VillagePlan,
    VillageStep,
)

__all__ = [
    "Dispatch",
    "Evidence",
    "Meeting",
    "MeetingTask",
    "Need",
    "Programme",
    "ProgrammeStep",
    "TaskVillage",
    "VillageFigure",
    "VillagePlan",
    "VillageStep",
]
