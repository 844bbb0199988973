"""Invented judges: a unit and a native county for all, a county of work for some."""

from collections.abc import Sequence

import numpy as np

from examples.event import SampleEntrant, SampleJudge

UNITS = (
    "样例·州级自然资源单位",
    "样例·州级农业农村单位",
    "样例·州级乡村振兴单位",
    "样例·州级住房城乡建设单位",
    "样例·州级生态环境单位",
    "样例·州级文化旅游单位",
    "样例·规划设计单位甲",
    "样例·规划设计单位乙",
    "样例·高等院校",
)
COUNTY_UNIT = "样例·{county}某单位"


def draw_judges(
    entrants: Sequence[SampleEntrant],
    count: int,
    rng: np.random.Generator,
    *,
    local: int,
    first: int = 1,
) -> tuple[SampleJudge, ...]:
    """Draw judges numbered from ``first``; ``local`` of them work in a participating county."""
    counties = {entrant.county_code: entrant.county for entrant in entrants}
    codes = sorted(counties)
    working = {
        int(judge): codes[at]
        for judge, at in zip(
            rng.choice(count, local, replace=False) + first,
            rng.choice(len(codes), local, replace=False),
            strict=True,
        )
    }
    judges = []
    for number in range(first, first + count):
        work = working.get(number)
        native = codes[int(rng.integers(len(codes)))]
        unit = (
            UNITS[(number - 1) % len(UNITS)]
            if work is None
            else COUNTY_UNIT.format(county=counties[work])
        )
        judges.append(SampleJudge(number, f"评委{number:02d}", unit, work, native))
    return tuple(judges)
