"""Rows as they stood on a day: what was said of later days is left out."""

from competition.programme.shapes import Need, VillagePlan, VillageStep


def step_by(row: VillageStep, day: str) -> VillageStep | None:
    """A step as reported by a day; None where it was not."""
    if (row["done_on"] or "") > day:
        return None
    if (row["confirmed_on"] or "") > day:
        return {**row, "confirmed_on": None, "confirmed_by": None}
    return row


def plan_by(row: VillagePlan, day: str) -> VillagePlan | None:
    """A plan as it was by a day; None where it was not finished."""
    if (row["finished_on"] or day) > day:
        return None
    filed = row["filed_on"] if (row["filed_on"] or "") <= day else None
    reviewed = row["reviewed_on"] if (row["reviewed_on"] or "") <= day else None
    return {**row, "reviewed_on": reviewed, "filed_on": filed}


def need_by(row: Need, day: str) -> Need | None:
    """A need as it was by a day; None where it was not asked."""
    if row["asked_on"] > day:
        return None
    if (row["matched_on"] or "") > day:
        return {**row, "offered_by": "", "offered_person": None, "matched_on": None, "met_on": None}
    return {**row, "met_on": None} if (row["met_on"] or "") > day else row
