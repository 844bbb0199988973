"""Rows of the programme as acts and reads return them, for pages and papers."""

from db.programme_shapes import (
    AwardHanded,
    Dispatch,
    DispatchRound,
    Evidence,
    Meeting,
    MeetingTask,
    Need,
    Programme,
    ProgrammeImport,
    ProgrammeStep,
    StepVersion,
    TaskVillage,
    VillageFigure,
    VillagePlan,
    VillageStep,
)

__all__ = [
    "AwardHanded",
    "Dispatch",
    "DispatchRound",
    "Evidence",
    "Meeting",
    "MeetingTask",
    "Need",
    "Programme",
    "ProgrammeImport",
    "ProgrammeStep",
    "StepVersion",
    "TaskVillage",
    "VillageFigure",
    "VillagePlan",
    "VillageStep",
]
