"""Checks that must pass before a round opens."""

from collections import Counter

import pandas as pd

from scoring.errors import TooFewToTrim
from scoring.input.entries import read_assignments, read_entries
from scoring.input.rubric import read_rubric
from scoring.input.rules import Rules
from scoring.rank.quotas import check_groups


def check_opening(
    rules: Rules,
    *,
    entrants: pd.DataFrame,
    assignments: pd.DataFrame,
    rubric: pd.DataFrame | None = None,
) -> None:
    """Refuse rules that the known entrants, recusals and rubric cannot bear.

    Raises
    ------
    TooFewToTrim
        Where the official score is trimmed and known recusals leave an entrant fewer judges
        than h + l + 3. An absence on the day is another matter: the plain mean, flagged.
    InvalidRule
        Where quotas cannot be met.
    ScoringError
        Where a table cannot be read.
    """
    if rubric is not None:
        read_rubric(rubric)
    entries = {name: entry for name, entry in read_entries(entrants).items() if entry.eligible}
    check_groups(rules, {entry.group for entry in entries.values() if entry.group is not None})
    states = read_assignments(assignments)
    expected = Counter(entrant for (entrant, _), state in states.items() if state == "expected")
    if rules.official == "trimmed":
        for name in entries:
            if expected[name] < rules.trim_needs:
                raise TooFewToTrim(entrant=name, n=expected[name], needs=rules.trim_needs)
