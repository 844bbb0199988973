"""Pure numbers: frames in, frames and small frozen dataclasses out.

No clock, no files, no interface, no database. Start with `Rules` and `compute_standings`.
"""

from scoring.cautions import Caution
from scoring.composites import Composite, compute_composite, rank_composite
from scoring.differing import seats_that_differ
from scoring.errors import DisconnectedPanel, ScoringError
from scoring.judges import HomeDifference, home_differences
from scoring.keys import TIE_BREAK_KEYS
from scoring.methods import METHODS
from scoring.opening import check_opening
from scoring.rules import Groups, Rules
from scoring.selection import Decision
from scoring.sentences import Sentence, decision_sentences, headline_sentences
from scoring.standings import Cut, Standings, compute_standings
from scoring.what_if import what_if

__all__ = [
    "METHODS",
    "TIE_BREAK_KEYS",
    "Caution",
    "Composite",
    "Cut",
    "Decision",
    "DisconnectedPanel",
    "Groups",
    "HomeDifference",
    "Rules",
    "ScoringError",
    "Sentence",
    "Standings",
    "check_opening",
    "compute_composite",
    "compute_standings",
    "decision_sentences",
    "headline_sentences",
    "home_differences",
    "rank_composite",
    "seats_that_differ",
    "what_if",
]
