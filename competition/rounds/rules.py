"""The whole rules of a round: what changes a number, and what changes a procedure."""

import json
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

from competition.rounds import overtime
from competition.rounds.errors import BadRules
from db.canonical import canonical
from scoring import METHODS, Rules, ScoringError

RECUSAL_LEVELS = ("none", "unit", "township", "county")
PUBLISHED = ("winners", "ranks", "scores")
HALL = ("nothing", "progress", "scores", "ranks")
ANNOUNCE = ("each", "behind", "end")
MOST_HELD = 9
LONGEST_TIME = 3 * 3600
TEXTS = 64
"""Rules that are kept read."""


@dataclass(frozen=True)
class RoundRules:
    """Every rule of a round, with its default; stored whole as one JSON text.

    Attributes
    ----------
    scoring : scoring.Rules
        What changes a number.
    grace_seconds : int
        How long a judge may still change a submitted sheet.
    recusal_level : str
        Which shared place of work recuses by itself: none, unit, township, county.
    published : str
        What the public sees after announcing: winners, ranks or scores.
    floor : str
        The lowest total, as a decimal, that a sheet may be submitted with; empty for none.
    hall : str
        What the hall sees while the round goes on: nothing; progress, without a mark; scores,
        each once it is released; ranks, those of the released scores besides. Ranks only where
        the announced score is official: an adjusted one moves with every sheet.
    held_first : int
        How many scores at the beginning of a session are held and released together.
    announce : str
        When a score may be announced: each once its sheets are in; behind, once the next of its
        session has been heard; end, all of a session together once all have been heard.
    blind : bool
        Whether the judges see an entrant's number and not its names until the round is
        certified. Not where scores are announced one by one: the hall would name them.
    present_seconds, answer_seconds : int
        How long an entrant may present and answer questions; 0 where no time is taken.
    overtime_by : str
        What the seconds over the limit cost: none, steps, or minute (each begun one).
    overtime : str
        The points, see `competition.rounds.overtime`; empty where nothing is deducted.
    """

    scoring: Rules = field(default_factory=Rules)
    grace_seconds: int = 120
    recusal_level: str = "county"
    published: str = "winners"
    floor: str = ""
    hall: str = "progress"
    held_first: int = 0
    announce: str = "each"
    blind: bool = False
    present_seconds: int = 0
    answer_seconds: int = 0
    overtime_by: str = "none"
    overtime: str = ""

    def __post_init__(self) -> None:
        if self.recusal_level not in RECUSAL_LEVELS:
            raise BadRules(rule="recusal_level", value=self.recusal_level)
        if self.published not in PUBLISHED:
            raise BadRules(rule="published", value=self.published)
        if not 0 <= self.grace_seconds <= 86400:
            raise BadRules(rule="grace_seconds", value=self.grace_seconds)
        if self.floor and not _is_within(self.floor, self.scoring.exact("scale_max")):
            raise BadRules(rule="floor", value=self.floor)
        if self.hall not in HALL or (self.hall == "ranks" and not self.is_announced):
            raise BadRules(rule="hall", value=self.hall)
        if not 0 <= self.held_first <= MOST_HELD:
            raise BadRules(rule="held_first", value=self.held_first)
        if self.announce not in ANNOUNCE or (self.announce == "end" and self.held_first):
            raise BadRules(rule="announce", value=self.announce)
        if not isinstance(self.blind, bool) or (self.blind and self.releases):
            raise BadRules(rule="blind", value=self.hall)
        for name in ("present_seconds", "answer_seconds"):
            if not 0 <= getattr(self, name) <= LONGEST_TIME:
                raise BadRules(rule=name, value=getattr(self, name))
        overtime.check(self.overtime_by, self.overtime)

    @property
    def is_announced(self) -> bool:
        """True if the announced score is the official one."""
        return METHODS[self.scoring.official].printed

    @property
    def is_timed(self) -> bool:
        """True if a time is taken on stage."""
        return bool(self.present_seconds or self.answer_seconds)

    def limit(self, phase: str) -> int:
        """Seconds allowed for a stage state; 0 where no time is taken."""
        return {"presenting": self.present_seconds, "answering": self.answer_seconds}.get(phase, 0)

    @property
    def releases(self) -> bool:
        """True if scores are announced one by one, each by an act."""
        return self.hall in ("scores", "ranks")

    @property
    def holds(self) -> bool:
        """True if some scores wait to be announced together with others."""
        return self.releases and (self.held_first > 0 or self.announce == "end")

    def to_json(self) -> str:
        """Canonical JSON with every default filled in and no float in it."""
        whole = {**asdict(self), "scoring": _spelled(self.scoring.to_dict())}
        return canonical(whole)

    @classmethod
    def from_json(cls, text: str) -> "RoundRules":
        """Read what `to_json` wrote.

        Raises
        ------
        BadRules
            If a rule is unknown or has a value it cannot have.
        """
        return _read(text)


@lru_cache(maxsize=TEXTS)
def _read(text: str) -> RoundRules:
    """Read rules, once for a text: nearly every act and page of a round asks for its rules."""
    try:
        whole: dict[str, Any] = json.loads(text)
        return RoundRules(**{**whole, "scoring": Rules.from_dict(whole["scoring"])})
    except (ScoringError, TypeError, KeyError, ValueError) as error:
        raise BadRules(rule="", value=str(error)) from error


def _is_within(typed: str, highest: Fraction) -> bool:
    try:
        return 0 <= Fraction(typed) <= highest
    except (ValueError, ZeroDivisionError):
        return False


def _spelled(content: Any) -> Any:
    """Floats as the shortest decimal string that is the same number."""
    if isinstance(content, dict):
        return {name: _spelled(value) for name, value in content.items()}
    return repr(content) if isinstance(content, float) else content
