"""The Honghe example: real places, sample rubrics and an invented event.

The event is generated as frozen dataclasses, without database or acts; `examples.entering` enters
it into a database through the acts. Every score, plan title and person is
invented and marked as a sample; counties, townships, villages and their codes are real.
"""

from examples.divisions import Division, Tile, counties_geojson, divisions, tiles
from examples.event import (
    SampleAbsence,
    SampleDeduction,
    SampleEntrant,
    SampleEvent,
    SampleJudge,
    SampleNextRound,
    SampleRecusal,
    SampleRound,
    SampleSession,
    SampleSheet,
)
from examples.rubric import SAMPLE_RUBRIC, Anchor, SampleCriterion
from examples.three_rounds import three_rounds, three_rounds_truth
from examples.village_final import village_final, village_final_truth

__all__ = [
    "SAMPLE_RUBRIC",
    "Anchor",
    "Division",
    "SampleAbsence",
    "SampleCriterion",
    "SampleDeduction",
    "SampleEntrant",
    "SampleEvent",
    "SampleJudge",
    "SampleNextRound",
    "SampleRecusal",
    "SampleRound",
    "SampleSession",
    "SampleSheet",
    "Tile",
    "counties_geojson",
    "divisions",
    "three_rounds",
    "three_rounds_truth",
    "tiles",
    "village_final",
    "village_final_truth",
]
