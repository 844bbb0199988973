"""A year of the invented programme while it is entered, and how far each of its villages is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from competition.programme import template
from competition.visitor import Visitor
from db import Store
from examples.divisions import Division

BEHIND = {"532530": 11, "532528": 8, "532531": 5, "532529": 4, "532523": 3}
"""A county to how many of its villages wait at a step that is overdue."""
STUCK = {"532530": 18, "532528": 18, "532531": 16, "532529": 19, "532523": 18}
"""A county to the last step that these villages have done."""
STEPS, DUE, AHEAD = 28, 20, 24
HEINI = "532525103211"


@dataclass(frozen=True)
class Year:
    """One year's programme while it is entered."""

    store: Store
    who: Visitor
    id: str
    first: date
    today: date
    places: Sequence[Division]
    reached: Mapping[str, int]
    at: datetime
    rng: np.random.Generator

    def done_on(self, code: str, number: int) -> str:
        """The day a village did a step: up to three weeks ahead of its due day, never to come."""
        due = self.first + timedelta(days=template.SAMPLE_DAYS * number)
        slip = (int(code[-6:]) * 7 + number * 5) % 6 - 4
        lead = int(code[-4:]) * 5 % 4 * 5
        earliest = self.first + timedelta(days=number)
        return max(earliest, min(due + timedelta(days=slip - lead), self.today)).isoformat()


def reached_by(places: Sequence[Division], rng: np.random.Generator) -> dict[str, int]:
    """How many steps each village has done: most are past those due, five counties are behind."""
    reached = {}
    behind = dict(BEHIND)
    for one in places:
        is_behind = behind.get(one.county_code, 0) > 0 and one.village_code != HEINI
        if is_behind:
            behind[one.county_code] -= 1
            reached[one.village_code] = STUCK[one.county_code]
        else:
            slow = one.county_code in BEHIND
            reached[one.village_code] = int(rng.integers(DUE, AHEAD - 2 * slow + 1))
    if HEINI in reached:
        reached[HEINI] = 22
    return reached
