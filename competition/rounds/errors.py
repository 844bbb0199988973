"""What the acts on rounds, rubrics, rules and composites refuse.

BadInput
├── EndsOwnLink, NothingDropped, BadImage, MaximaDoNotSum, AnchorOff, QuotasExceed, FloorAboveCap
├── CountyTooFew, CountyAbsent, BlindOnStage, RubricEmpty, WeightsDoNotSum, BadWeight, NoRoundPart
└── PartIsComposite, BadRules, PrizesDoNotSum, PrizeTieNeedsRuling
WrongState
├── OpenSheets, NotReady, RulesUnsigned, PartsBegun, ListsWait, VoteRuns, IsPart, BelowFloor
└── NotEmpty
"""

from competition.errors import BadInput, WrongState


class EndsOwnLink(BadInput):
    """With days so long past the visitor's link ends at once, and the visitor with it."""


class NothingDropped(BadInput):
    """A trimmed mean that drops no score is the plain mean, which the rules offer by name."""


class BadImage(BadInput):
    """Not a picture of a kind and size that can be kept."""


class MaximaDoNotSum(BadInput):
    """The maxima of a rubric do not sum to the printed full score."""


class AnchorOff(BadInput):
    """The range of an anchor does not fit its criterion or its neighbours."""


class QuotasExceed(BadInput):
    """The places reserved for groups do not fit the seats there are."""


class FloorAboveCap(BadInput):
    """A county is promised more places than it may have."""


class CountyTooFew(BadInput):
    """A county is promised more places than it has entrants."""


class CountyAbsent(BadInput):
    """The rules name a county that has no entrant in the round."""


class BlindOnStage(BadInput):
    """A round whose scores are announced one by one cannot hide whose they are."""


class RubricEmpty(BadInput):
    """A rubric without criteria."""


class WeightsDoNotSum(BadInput):
    """The weights do not sum to exactly 100%."""


class BadWeight(BadInput):
    """Not a weight: a decimal above 0 and at most 1, or a per cent."""


class NoRoundPart(BadInput):
    """A composite ranks the entrants of one of its rounds, and has none."""


class PartIsComposite(BadInput):
    """A part is a round or outside scores; a composite stands by its parts."""


class BadRules(BadInput):
    """A rule has a value that it cannot have."""


class OpenSheets(WrongState):
    """Sheets are still to be submitted."""

    clears = "mark_absent"


class NotReady(WrongState):
    """The round cannot be opened yet."""


class RulesUnsigned(WrongState):
    """The round opens without the signed rules, and without a reason."""


class PartsBegun(WrongState):
    """Rounds of the composite have begun, so its weights need a reason for being so late."""


class ListsWait(WrongState):
    """Outside scores wait for the second person."""

    clears = "answer_outside"


class VoteRuns(WrongState):
    """The vote is open: its ballots are not counted and not shown."""

    clears = "close_vote"


class IsPart(WrongState):
    """The round is a part of a composite; names it."""

    clears = "set_parts"


class BelowFloor(WrongState):
    """The sheet's total is below the floor of the rules."""


class NotEmpty(WrongState):
    """The competition has a round already."""


class PrizesDoNotSum(BadInput):
    """Places by prize come to another number than the round selects."""


class PrizeTieNeedsRuling(BadInput):
    """Equals at a prize line can wait for a ruling only where the tie-break has one."""
