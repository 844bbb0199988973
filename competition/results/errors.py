"""What certifying, publishing, auditing and explaining a result refuse.

Conflict
├── StaleStanding, VerifierDisagrees, DataUnclean
└── CertificateDiffers
    └── PartsDiffer
Missing
└── ReceiptUnknown
BadInput
└── NotInZone, ReadAlready, ReaderHasMarked, ReaderRecused, ReaderSeesScores, BadDice, EndsBefore
WrongState
├── NoCommonRanking, AwaitingRuling, PartsNotCertified, NoSecondReading, NothingToRank
├── ReadingRuns, NoReadingRuns, AuditAnswered, NobodyHonoured, BundleBeingMade, BundleNotMade
├── CorrectionWaits, PrizeTied, SignaturesWait, NothingSigned, SecondPersonThere, NotYet
├── NoticeGoesOn, ObjectionsWait, ChangesWait, CarriedWait, NeverReplaced, MadePublic
└── NotMadePublic, ReviewsWait
"""

from competition.errors import BadInput, Conflict, Missing, WrongState


class StaleStanding(Conflict):
    """The standing changed since the page showed it."""


class CertificateDiffers(Conflict):
    """The stored marks give another result than the certificate says."""


class VerifierDisagrees(Conflict):
    """The second verifier finds something else in the events than would be certified."""


class DataUnclean(Conflict):
    """Verifying the whole file finds something; the check, its first subject, how many."""

    clears = "restore_backup"


class PartsDiffer(CertificateDiffers):
    """A part of the composite has changed since the composite was certified; names the parts."""

    clears = "revoke_certificate"


class ReceiptUnknown(Missing):
    """No sheet of a round that is certified now has this receipt code."""


class NoCommonRanking(WrongState):
    """The panels share no judge, so their marks cannot be put in one order."""


class AwaitingRuling(WrongState):
    """A tie at the cut, or an entrant marked by too few, waits for a ruling."""

    clears = "enter_ruling"


class PartsNotCertified(WrongState):
    """Rounds that a composite is made of are not certified; names them."""

    clears = "certify"


class NoSecondReading(WrongState):
    """The round's rules settle its open zone without a second reading."""


class NotInZone(BadInput):
    """The entrant is not in the open zone, which alone is read again."""


class ReadAlready(BadInput):
    """This reader's sheet of this entrant is entered already."""

    clears = "withdraw_reading"


class ReaderHasMarked(BadInput):
    """The reader has marked this entrant before: a second reading is by a fresh judge."""


class ReaderRecused(BadInput):
    """The reader is recused for this entrant, by declaration or at the level of the rules."""


class ReaderSeesScores(BadInput):
    """The reader has a role that sees scores: a second reading is blind to them."""


class NothingToRank(WrongState):
    """No sheet is submitted yet."""


class ReadingRuns(WrongState):
    """The second reading of the round is open already."""

    clears = "take_readings"


class NoReadingRuns(WrongState):
    """No second reading of the round is open."""

    clears = "open_reading"


class AuditAnswered(WrongState):
    """The outcome of this audit is recorded already."""


class BadDice(BadInput):
    """Too few throws of a die, or figures that no die shows."""


class NobodyHonoured(WrongState):
    """No entrant, county or presenter gets such a certificate in this round."""


class BundleBeingMade(WrongState):
    """A bundle is being made on this machine: one at a time."""


class BundleNotMade(WrongState):
    """The process that made the bundle ended without it."""


class CorrectionWaits(WrongState):
    """A correction waits for its second person."""

    clears = "confirm_correction"


class PrizeTied(WrongState):
    """Entrants of equal place stand on both sides of a prize line; names them."""

    clears = "enter_ruling"


class SignaturesWait(WrongState):
    """What one person entered and no second person has answered; names the kind and how many."""


class NothingSigned(WrongState):
    """There is no first signature on the result."""

    clears = "sign_certificate"


class SecondPersonThere(WrongState):
    """Another person may give the second signature; names them."""


class EndsBefore(BadInput):
    """The last day is before the first."""


class NotYet(WrongState):
    """The declared order wants another act first; names both."""


class NoticeGoesOn(WrongState):
    """The public notice still runs; names its last day."""


class ObjectionsWait(WrongState):
    """Objections have no written answer yet; names how many."""

    clears = "answer_objection"


class ChangesWait(WrongState):
    """Changes of the list have no second signature yet; names how many."""

    clears = "confirm_list_change"


class CarriedWait(WrongState):
    """Changes of an earlier version are neither entered again nor dropped; names how many."""

    clears = "enter_list_change"


class NeverReplaced(WrongState):
    """No version of the result that was made public has been replaced."""


class MadePublic(WrongState):
    """The certificate was made public: only two people replace it."""

    clears = "ask_version"


class NotMadePublic(WrongState):
    """The certificate was not made public: one act withdraws it."""

    clears = "revoke_certificate"


class ReviewsWait(WrongState):
    """A review on the spot has no answer yet."""

    clears = "answer_review"
