"""Roles that one person must not hold together: a person who checks is not the person checked.

The supervisor answers what others enter, and signs beside them. A judge neither deducts,
nor keeps the scores, nor announces them. One person counts and another checks the count.
"""

WORKS = ("organizer", "scorekeeper", "checker", "timekeeper", "host")
"""Roles that run the event and have a hand in a score or in its announcement."""

FORBIDDEN_PAIRS: tuple[tuple[str, str], ...] = (
    ("scorekeeper", "checker"),
    *(("supervisor", role) for role in (*WORKS, "judge", "chair")),
    *(("judge", role) for role in WORKS),
    *(("chair", role) for role in WORKS),
)
