"""Rows of the programme that cross from the database to the acts and reads.

Days are texts as ``2022-03-18``: what happened by a day is read by comparing them.
"""

from typing import TypedDict


class Programme(TypedDict):
    """One year's programme; ``sample_steps`` is 1 until the office has set the true steps.

    ``closed_on`` is the day it was closed: nothing is written in it afterwards.
    """

    id: str
    competition_id: str
    year: int
    title: str
    begins_on: str
    sample_steps: int
    closed_on: str | None


class ProgrammeStep(TypedDict):
    """A step of the template; ``answers`` is who answers for it."""

    programme_id: str
    number: int
    stage: int
    stage_title: str
    title: str
    due_on: str
    weight: int
    answers: str


class TaskVillage(TypedDict):
    """A village that must have its plan; ``initials`` are those of its name in pinyin."""

    programme_id: str
    code: str
    county: str
    township: str
    village: str
    initials: str
    households: int | None
    residents: int | None


class VillageStep(TypedDict):
    """What a village reported of a step; ``returned`` is the office's reason, until done again."""

    programme_id: str
    code: str
    number: int
    done_on: str | None
    said_by: str
    confirmed_on: str | None
    confirmed_by: str | None
    returned: str | None


class VillagePlan(TypedDict):
    """One of a village's six plans and the days it was finished, reviewed and filed."""

    programme_id: str
    code: str
    kind: str
    version: int
    gist: str
    finished_on: str | None
    reviewed_on: str | None
    filed_on: str | None
    said_by: str


class VillageFigure(TypedDict):
    """People who came home, yuan of a fund, or an award of a rank, as said on a day."""

    id: str
    programme_id: str
    code: str
    kind: str
    source: str
    amount: int
    said_on: str
    said_by: str


class Evidence(TypedDict):
    """A photo or document of a village; ``about`` is a step's number or a plan's kind."""

    id: str
    competition_id: str
    programme_id: str
    code: str
    about: str
    name: str
    media_type: str
    size: int
    sha256: str
    said_on: str
    said_by: str


class Need(TypedDict):
    """What a village needs; ``offered_by`` is empty until a unit has taken it on."""

    id: str
    programme_id: str
    code: str
    text: str
    asked_on: str
    asked_by: str
    offered_by: str
    offered_person: str | None
    matched_on: str | None
    met_on: str | None


class Meeting(TypedDict):
    """A meeting on the spot; ``villages`` are codes, as JSON."""

    id: str
    programme_id: str
    number: int
    title: str
    held_on: str
    villages: str
    minutes: str


class MeetingTask(TypedDict):
    """What a county must do after a meeting."""

    id: str
    meeting_id: str
    county_code: str
    text: str
    due_on: str
    done_on: str | None


class Dispatch(TypedDict):
    """A letter by which the office urges a county; ``villages`` are codes, as JSON."""

    id: str
    programme_id: str
    number: int
    county_code: str
    county: str
    reason: str
    villages: str
    issued_on: str
    due_on: str
    issued_by: str
    received_on: str | None
    answer: str
    answered_on: str | None
    closed_on: str | None


class StepVersion(TypedDict):
    """The steps as they were set after the year had begun; ``steps`` as JSON."""

    programme_id: str
    version: int
    set_on: str
    set_by: str
    reason: str
    steps: str


class DispatchRound(TypedDict):
    """An answer that the office did not take, and what it asked instead."""

    dispatch_id: str
    number: int
    due_on: str
    answer: str
    answered_on: str
    asked: str
    asked_on: str


class AwardHanded(TypedDict):
    """An award of a village, to be handed over at a meeting; ``handed_on`` once it was."""

    id: str
    competition_id: str
    programme_id: str
    meeting_id: str
    code: str
    award: str
    handed_by: str
    handed_on: str | None
    said_by: str


class ProgrammeImport(TypedDict):
    """A workbook entered: ``changes`` has each row's key, what it was, and its hash since."""

    id: str
    competition_id: str
    programme_id: str
    kind: str
    name: str
    added: int
    altered: int
    entered_on: str
    entered_by: str
    changes: str
    undone_on: str | None
