"""Pure numbers: frames in, frames and small frozen dataclasses out.

No clock, no files, no interface, no database. Start with `Rules` and `compute_standings`.
"""

from scoring.cautions import Caution
from scoring.composites import compute_composite
from scoring.errors import ScoringError
from scoring.methods import METHODS
from scoring.rules import Groups, Rules
from scoring.standings import Standings, compute_standings

__all__ = [
    "METHODS",
    "Caution",
    "Groups",
    "Rules",
    "ScoringError",
    "Standings",
    "compute_composite",
    "compute_standings",
]
