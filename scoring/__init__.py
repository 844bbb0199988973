"""Pure numbers: frames in, frames and small frozen dataclasses out.

No clock, no files, no interface, no database. Start with `Rules` and `compute_standings`.
"""

from scoring.cautions import Caution
from scoring.errors import DisconnectedPanel, ScoringError
from scoring.evidence.judges import HomeDifference, home_differences
from scoring.input.rules import Groups, Rules
from scoring.methods.registry import METHODS
from scoring.rank.decisions import Decision
from scoring.rank.keys import TIE_BREAK_KEYS
from scoring.rank.opening import check_opening
from scoring.result.composite import Composite
from scoring.result.composites import compute_composite, rank_composite
from scoring.result.cut import Cut
from scoring.result.differing import seats_that_differ
from scoring.result.headlines import Headline, headlines
from scoring.result.sentences import Sentence, decision_sentences
from scoring.result.standings import Standings, compute_standings
from scoring.result.what_if import what_if

__all__ = [
    "METHODS",
    "TIE_BREAK_KEYS",
    "Caution",
    "Composite",
    "Cut",
    "Decision",
    "DisconnectedPanel",
    "Groups",
    "Headline",
    "HomeDifference",
    "Rules",
    "ScoringError",
    "Sentence",
    "Standings",
    "check_opening",
    "compute_composite",
    "compute_standings",
    "decision_sentences",
    "headlines",
    "home_differences",
    "rank_composite",
    "seats_that_differ",
    "what_if",
]
