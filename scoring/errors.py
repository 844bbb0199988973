"""Refusals of scoring, one type per reason.

The tree::

    ScoringError
    ├── RuleError
    │   ├── UnknownRule            a name that is no field of Rules
    │   └── InvalidRule            a value the field does not allow
    ├── TableError
    │   ├── MissingColumn          a table lacks a column it needs
    │   ├── DuplicateColumn        two columns of one name
    │   ├── NoScores               nothing to rank at all
    │   ├── NotANumber             "9,5", "good", an infinity
    │   ├── MissingValue           a blank where something is needed
    │   ├── MissingRubric          marks by criterion, but no rubric to weigh them
    │   ├── DuplicateRow           one key twice in a table of settings
    │   ├── DuplicateSheet         the same judge, entrant (and criterion) twice
    │   ├── UnknownEntrant         a score for an entrant not on the list
    │   ├── UnknownJudge           a score by a judge not on the list
    │   ├── UnknownCriterion       a mark the rubric does not know
    │   └── UnknownState           an assignment that is neither expected, recused nor absent
    ├── RubricError
    │   ├── WeightsDoNotSum        not exactly 1 (or 100 %)
    │   └── InvalidRubric          a maximum, weight or step that makes no sense
    ├── MarkError
    │   ├── MarkOutOfRange         below 0 or above the criterion's maximum
    │   └── MarkOffStep            not a whole number of steps
    ├── TooFewToTrim           known recusals leave too few judges to drop any mark
    ├── DisconnectedPanel          no common ranking: the components are named
    ├── RulingError                a ruling, lot or second reading that does not fit
    └── AssignmentError            judges cannot be given to entrants
        ├── TooFewJudges           recusals leave an entrant too few
        ├── CannotBalance          no assignment gives the judges equal work
        ├── LockedPair             a pair set by hand cannot stand
        └── CannotConnect          marks would fall apart into groups
"""

import re
from typing import Any, ClassVar


class ScoringError(Exception):
    """Base of everything scoring refuses.

    Attributes
    ----------
    code : str
        The type's name in snake_case without ``Error``, unless the type gives another; the
        message is ``error.<code>`` in ``words``.
    values : dict
        What the sentence about it needs.
    """

    code: ClassVar[str] = "scoring"

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" not in vars(cls):
            cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Error")).lower()

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(f"{self.code}: " + ", ".join(f"{k}={v}" for k, v in values.items()))


class RuleError(ScoringError):
    """The rules themselves cannot be used."""


class UnknownRule(RuleError):
    """A name that is no field of Rules."""


class InvalidRule(RuleError, ValueError):
    """A value the field does not allow."""


class TableError(ScoringError, ValueError):
    """A table handed in cannot be read."""


class MissingColumn(TableError):
    """A table lacks a column it needs."""


class DuplicateColumn(TableError):
    """Two columns of one name: which one is meant cannot be known."""


class NoScores(TableError):
    """Nothing to rank at all."""


class NotANumber(TableError):
    """A value that is no decimal number."""


class MissingValue(TableError):
    """A blank where something is needed."""


class MissingRubric(TableError):
    """Marks by criterion, but no rubric to weigh them."""


class DuplicateRow(TableError):
    """One key twice in a table of settings."""


class DuplicateSheet(TableError):
    """The same judge marked the same entrant (and criterion) twice."""


class UnknownEntrant(TableError):
    """A score for an entrant who is not on the list."""


class UnknownJudge(TableError):
    """A score by a judge who is not on the list."""


class UnknownCriterion(TableError):
    """A mark on a criterion the rubric does not have."""


class UnknownState(TableError):
    """An assignment that is neither expected, recused nor absent."""


class RubricError(ScoringError, ValueError):
    """The rubric cannot be used."""


class WeightsDoNotSum(RubricError):
    """Weights that are not exactly 1, nor 100 %; never renormalised."""

    code = "weights_not_one"


class InvalidRubric(RubricError):
    """A maximum, weight or step that makes no sense."""


class MarkError(ScoringError, ValueError):
    """A mark that cannot stand."""

    code = "score"


class MarkOutOfRange(MarkError):
    """A mark below 0 or above its criterion's maximum."""

    code = "score_out_of_range"


class MarkOffStep(MarkError):
    """A mark that is no whole number of steps."""

    code = "score_off_step"


class TooFewToTrim(ScoringError, ValueError):
    """Known recusals leave an entrant too few judges for any mark to be dropped."""


class DisconnectedPanel(ScoringError):
    """Entrants and judges fall apart: no common ranking can be given.

    ``values["components"]`` holds one (entrants, judges) pair of tuples each.
    """


class RulingError(ScoringError, ValueError):
    """A ruling, lot or second reading that does not fit the open seats."""

    code = "ruling_unfit"


class AssignmentError(ScoringError, ValueError):
    """Judges cannot be given to entrants as asked."""


class TooFewJudges(AssignmentError):
    """Recusals leave an entrant fewer judges than it needs."""


class CannotBalance(AssignmentError):
    """No assignment gives the judges equal work, one entrant more or less."""


class LockedPair(AssignmentError):
    """A pair set by hand is recused, or one too many for its entrant."""


class CannotConnect(AssignmentError):
    """Every assignment that was tried leaves groups of entrants that share no judge."""
