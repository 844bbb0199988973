"""What an act or a read may refuse, and which act would clear it.

Refused
├── Forbidden          this role may not do this (403)
│   ├── NotNow, SignInNeeded, StillMarking, NeverInPractice, NeverInReading
│   └── OnlyJudged, OnlyComposite, NotProvince
├── WorkGoesOn         another work over all competitions goes on (409)
├── Conflict           the page was made for another seat, or a newer value exists (409)
│   ├── WrongSeat, Replaced, StaleMark, WrongEvent, StaleStanding
│   ├── FiledAgain, ProposalChanged, VerifierDisagrees, DataUnclean, GroundMoved
│   └── CertificateDiffers
│       └── PartsDiffer
├── LinkRefused        wrong, revoked, expired (404)
│   └── LinkRevoked, LinkExpired
├── StandbyRefused     a second laptop may not follow this one (403)
│   ├── StandbyCodeWrong, StandbyCodeUsed, StandbyCodeOver, StandbyOtherEvent
│   └── StandbyVersion, StandbyUnknown, StandbyNotAlone
├── TooManyAttempts    (429)
│   └── TooManyTablets, PinLocked, PinBlocked
├── Missing            no such thing in this competition (404)
│   └── DocumentGone, NoRound, NoProgramme, ReceiptUnknown
├── BadInput           the value at this field is not usable (422)
│   ├── BadFields, BadDay, BadTime, BadWhole, NothingDropped, BadDecimal, BadImage
│   ├── BadDocument, BadPhotograph, UnknownPlaceholder
│   ├── TooManyDocuments, MaximaDoNotSum, AnchorOff, QuotasExceed, FloorAboveCap, CountyTooFew
│   ├── CountyAbsent, BlindOnStage, UnknownNumber, Blank, BadCode, Duplicate, InSession
│   ├── RecusedPair
│   ├── MarkNotANumber, MarkOutOfRange, MarkOffStep, RubricEmpty, WeightsDoNotSum, BadRules
│   ├── ReasonNeeded, SecondPersonNeeded, CodeUnknown, TranscriptionDiffers, ForbiddenPair
│   ├── EndsOwnLink, BadPin, EasyPin, PinsDiffer, PinWrong, NoPin, NoEntry, NoKeptMarks
│   ├── BadWeight, NoRoundPart, PartIsComposite, PrizesDoNotSum, PrizeTieNeedsRuling, EndsBefore
│   ├── BadDice
│   ├── CopyFolderMissing, CopyFolderInside, CopyFolderUnwritable, CopyFolderFull
│   ├── NotInZone, ReadAlready, ReaderHasMarked, ReaderRecused, ReaderSeesScores
│   ├── NotOwnCounty, FilingTimeNeeded, ChairAndSupervisor, RuleFixed, CriteriaFixed
│   ├── UnknownStep, UnknownCounty, EvidenceFull
│   └── LastOrganizer, FollowsSeat, NotHeld, NothingChanged, WrongSeed, WrongCount, NamesAnEntrant
├── WrongState         the move is not allowed now (409)
│   ├── NotAssigned    this judge does not mark this entrant
│   │   └── Recused, Absent
│   ├── SheetLocked, SheetIncomplete, Withdrawn, OpenSheets, NotReady, RulesUnsigned
│   ├── NoCommonRanking, TabletsAwaited, AwaitingRuling, NothingToRank, CannotAssign, BelowFloor
│   ├── MarksHere, BeingMarked, DocumentRead, NotEmpty, InOpenRound, StillSeated, NothingToTakeOver
│   ├── NothingToHandOver, NoPractice
│   ├── HoldsSeat, SeatTaken, AnnouncedAlready, HasEntered, NotSealed, AlreadyDrawn, ListChanged
│   ├── HallShowsNoScores, Frozen, DeductionWaiting, ReleasedAlready, NotReleased, NotYetOnStage
│   ├── NotItsTurn, HeldToTheEnd
│   ├── Adjourned, OrderChanged, OtherSession
│   ├── ClockNotNow, ClockMovedOn, NotTimed, OvertimeOpen, OvertimeDeducted
│   ├── FilingTermsNeeded, FilingEnded, FilingAccepted, NothingToFile, UploadWaits, NotFiled
│   ├── TooManyEntrants, PlaceThere
│   ├── PartsNotCertified, PartsBegun, ListsWait, IsPart
│   ├── NoVote, VoteRuns, VoteMovedOn, StageGoesOn, ResultNotForHall, CardVoted, CardCancelled
│   ├── MovedOn, NoPages, RequestWaits, ChangedSince, NoSecondReading
│   ├── NobodyHonoured, NoCeremony, CeremonyStale, CeremonyMoved, BundleBeingMade, BundleNotMade
│   ├── AuditAnswered
│   ├── StepConfirmed, NotReported, NeedSettled, NotOffered, DispatchNotNow
│   ├── YearClosed, YearRuns, VillageInUse, AwardThere, AwardHandedOver
│   ├── PrizeTied, SignaturesWait, NothingSigned, SecondPersonThere
│   ├── NotYet, NoticeGoesOn, ObjectionsWait, ChangesWait, CarriedWait
│   ├── MadePublic, NotMadePublic, NeverReplaced, ExchangeTooEarly
│   ├── ReadingRuns, NoReadingRuns
│   └── CorrectionWaits, CountsAtOnce, MarksUnfit, NotShownYet, ReviewTooLate, ReviewsWait
└── PairingOver, TooOften
"""

import re
from typing import Any


class Refused(Exception):
    """Base of all refusals.

    Attributes
    ----------
    code : str
        The type's name in snake_case unless it says another; the message is
        ``error.<code>`` in ``words``.
    status : int
        What a route answers.
    clears : str or None
        Name of the act that would clear the refusal.
    values : dict
        What the message names.
    """

    code = "refused"
    status = 400
    clears: str | None = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" not in vars(cls):
            cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, *, clears: str | None = None, **values: Any) -> None:
        self.values = values
        if clears is not None:
            self.clears = clears
        super().__init__(f"{self.code} {values}" if values else self.code)


class Forbidden(Refused):
    """This role may not do this, or not in this state."""

    status = 403


class NotProvince(Forbidden):
    """Only at the installation's own host, with a sign-in made there."""


class WorkGoesOn(Refused):
    """Another work over all competitions goes on."""

    status = 409


class NotNow(Forbidden):
    """This role may do this, but not in the round's present state."""

    status = 409


class OnlyJudged(Forbidden):
    """A composite is not marked by judges: it has nothing of this kind."""

    status = 409


class OnlyComposite(Forbidden):
    """Only a composite result has this."""

    status = 409


class SignInNeeded(Forbidden):
    """The visitor is not signed in."""

    status = 401
    clears = "make_link"


class NeverInPractice(Forbidden):
    """A practice has no result, and nothing of it counts."""

    status = 409


class NeverInReading(Forbidden):
    """A second reading is no round with a result: its sheets are taken into the one it reads."""

    status = 409


class StillMarking(Forbidden):
    """A judge with sheets to submit in a round reads no standing of it."""

    clears = "submit_sheet"


class Conflict(Refused):
    """What the page shows is not what the server holds."""

    status = 409


class WrongSeat(Conflict):
    """The page was made for another seat than the one signed in."""


class Replaced(Conflict):
    """Another link was opened in this browser since."""


class StaleMark(Conflict):
    """A newer value of this mark was saved."""


class WrongEvent(Conflict):
    """The tablet kept this from another event."""


class StaleStanding(Conflict):
    """The standing changed since the page showed it."""


class ProposalChanged(Conflict):
    """The proposal would be another one than the button showed."""


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


class LinkRefused(Refused):
    """The link is wrong."""

    code = "link_wrong"
    status = 404
    clears = "make_link"


class LinkRevoked(LinkRefused):
    """The link was revoked."""

    status = 410


class LinkExpired(LinkRefused):
    """The link has expired."""

    status = 410


class PairingOver(Refused):
    """A tablet's digits have expired, or were used."""

    status = 410


class StandbyRefused(Refused):
    """A second laptop may not follow this one."""

    status = 403
    clears = "make_standby_code"


class StandbyCodeWrong(StandbyRefused):
    """No second laptop was offered this code."""


class StandbyCodeUsed(StandbyRefused):
    """The code was exchanged before: each opens once."""


class StandbyCodeOver(StandbyRefused):
    """The code is too old, or another was made since."""


class StandbyOtherEvent(StandbyRefused):
    """The second laptop follows another competition; names the one served here."""

    status = 409


class StandbyVersion(StandbyRefused):
    """The second laptop's version has another schema."""

    status = 409


class StandbyUnknown(StandbyRefused):
    """The second laptop's token is not, or no longer, that of a paired one."""

    status = 401


class StandbyNotAlone(StandbyRefused):
    """The file holds another competition, which must not go along."""

    status = 409


class TooManyAttempts(Refused):
    """Too many wrong links from one address."""

    status = 429


class PinLocked(TooManyAttempts):
    """Too many wrong PINs of one person; names when it may be tried again."""


class PinBlocked(TooManyAttempts):
    """So many wrong PINs of one person that only a new PIN helps."""

    clears = "reset_pin"


class TooOften(Refused):
    """More words or late marks from one seat than a minute allows; the pad sends them later."""

    status = 503


class TooManyTablets(TooManyAttempts):
    """More tablets ask for digits than can be."""


class Missing(Refused):
    """There is no such thing in this competition."""

    status = 404


class DocumentGone(Missing):
    """A document's file is not where it was kept."""


class ReceiptUnknown(Missing):
    """No sheet of a round that is certified now has this receipt code."""


class NoRound(Missing):
    """The competition has no round yet."""

    clears = "create_round"


class NoProgramme(Missing):
    """The competition has no programme yet."""

    clears = "begin_programme"


class BadInput(Refused):
    """The value at a field cannot be used."""

    status = 422


class BadFields(BadInput):
    """Fields of one form cannot be used; nothing is written.

    Attributes
    ----------
    problems : dict
        Field to its refusal.
    """

    def __init__(self, problems: dict[str, Refused]) -> None:
        self.problems = problems
        super().__init__(count=len(problems))


class CopyFolderMissing(BadInput):
    """The second folder is no whole path of a folder that is there."""


class CopyFolderInside(BadInput):
    """The second folder lies in the folder of the database."""


class CopyFolderUnwritable(BadInput):
    """The second folder takes no file: read-only, or not ours."""


class CopyFolderFull(BadInput):
    """The disk of the second folder is full."""


class EndsOwnLink(BadInput):
    """With days so long past the visitor's link ends at once, and the visitor with it."""


class BadDay(BadInput):
    """Not a day or a time of day."""


class BadTime(BadInput):
    """A length of time that cannot be read, as 7:52."""


class UnknownPlaceholder(BadInput):
    """A text names something in braces that it cannot be given."""


class BadWhole(BadInput):
    """Not a whole number within its limits."""


class NothingDropped(BadInput):
    """A trimmed mean that drops no score is the plain mean, which the rules offer by name."""


class BadDecimal(BadInput):
    """Not a decimal within its limits."""


class BadImage(BadInput):
    """Not a picture of a kind and size that can be kept."""


class BadDocument(BadInput):
    """Not a document of a kind and size that can be kept."""


class BadPhotograph(BadInput):
    """Not a photograph of a kind and size that can be kept."""


class TooManyDocuments(BadInput):
    """An entrant has as many documents as it may."""


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


class UnknownNumber(BadInput):
    """No entrant of the round has this number."""


class Blank(BadInput):
    """A required field is empty."""


class BadCode(BadInput):
    """A place code is not 9 or 12 digits of text."""


class Duplicate(BadInput):
    """The same thing is there already."""


class InSession(BadInput):
    """An entrant in a session is marked by its panel, not by judges assigned to it alone."""


class RecusedPair(BadInput):
    """The judge is recused for the entrant, so the two cannot be locked together."""


class MarkNotANumber(BadInput):
    """The mark is not a number."""


class MarkOutOfRange(BadInput):
    """The mark is below 0 or above the maximum."""


class MarkOffStep(BadInput):
    """The mark is no multiple of the step."""


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


class ReasonNeeded(BadInput):
    """This act wants a reason in words."""


class SecondPersonNeeded(BadInput):
    """The second signature must be another person's."""


class BadPin(BadInput):
    """A PIN has six digits."""


class EasyPin(BadInput):
    """These six digits are guessed first: a run, a repetition or the event's date."""


class PinsDiffer(BadInput):
    """The PIN was typed differently the second time."""


class PinWrong(BadInput):
    """Not this person's PIN; names how many tries are left."""


class NoPin(BadInput):
    """This person has set no PIN."""

    clears = "set_pin"


class NoEntry(BadInput):
    """Every link of this person has ended, so their PIN opens nothing either."""

    clears = "make_link"


class CodeUnknown(BadInput):
    """No tablet waits with these four digits."""


class TranscriptionDiffers(BadInput):
    """Two people keyed one sheet of paper differently; names the criteria."""


class ForbiddenPair(BadInput):
    """One person may not hold these two roles."""

    clears = "revoke_role"


class LastOrganizer(BadInput):
    """The last organizer's role, or the visitor's, may not be taken away."""

    clears = "grant_role"


class FollowsSeat(BadInput):
    """A judge's role comes and goes with the seat."""

    clears = "substitute"


class NotHeld(BadInput):
    """The person does not hold this role there."""


class WrongState(Refused):
    """The move is not allowed now."""

    status = 409


class SheetLocked(WrongState):
    """The sheet is locked."""

    clears = "ask_reopening"


class SheetIncomplete(WrongState):
    """A sheet is submitted only when every criterion is marked."""


class NotAssigned(WrongState):
    """This judge does not mark this entrant."""


class Recused(NotAssigned):
    """This judge is recused for this entrant."""


class Absent(NotAssigned):
    """This judge was recorded absent for this entrant."""

    clears = "undo_absence"


class Withdrawn(WrongState):
    """The entrant has withdrawn."""


class OpenSheets(WrongState):
    """Sheets are still to be submitted."""

    clears = "mark_absent"


class NotReady(WrongState):
    """The round cannot be opened yet."""


class RulesUnsigned(WrongState):
    """The round opens without the signed rules, and without a reason."""


class NoCommonRanking(WrongState):
    """The panels share no judge, so their marks cannot be put in one order."""


class TabletsAwaited(WrongState):
    """Tablets seen before an older file was put back have not reported yet."""

    clears = "waive_tablet"


class AwaitingRuling(WrongState):
    """A tie at the cut, or an entrant marked by too few, waits for a ruling."""

    clears = "enter_ruling"


class PartsNotCertified(WrongState):
    """Rounds that a composite is made of are not certified; names them."""

    clears = "certify"


class PartsBegun(WrongState):
    """Rounds of the composite have begun, so its weights need a reason for being so late."""


class ListsWait(WrongState):
    """Outside scores wait for the second person."""

    clears = "answer_outside"


class NoVote(WrongState):
    """The composite declares no audience vote."""


class VoteRuns(WrongState):
    """The vote is open: its ballots are not counted and not shown."""

    clears = "close_vote"


class VoteMovedOn(WrongState):
    """The vote is in another state; a closed vote is never opened again."""


class StageGoesOn(WrongState):
    """Entrants have still to be on stage before the vote may be opened; names how many."""

    clears = "move_stage"


class ResultNotForHall(WrongState):
    """The rules show the hall the number of ballots alone."""


class CardVoted(WrongState):
    """A ballot was given with the card; names its number."""


class CardCancelled(WrongState):
    """The card was cancelled before; names its number."""


class IsPart(WrongState):
    """The round is a part of a composite; names it."""

    clears = "set_parts"


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


class CannotAssign(WrongState):
    """Judges cannot be given to entrants as asked; its code is the solver's reason."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        super().__init__(**values)


class BelowFloor(WrongState):
    """The sheet's total is below the floor of the rules."""


class MarksHere(WrongState):
    """The judge has come in: their marks are theirs to give, not one person's to enter."""

    clears = "transcribe"


class BeingMarked(WrongState):
    """The entrant has marks in a round that is not certified: what judges read stays the same."""


class DocumentRead(WrongState):
    """A judge has given a mark with the document in view, so it stays."""


class NotEmpty(WrongState):
    """The competition has a round already."""


class ChangedSince(WrongState):
    """What an import entered was changed or used afterwards; undoing it would lose that."""


class InOpenRound(WrongState):
    """The entrant takes part in a round that has been opened."""

    clears = "correct_entrant"


class NothingChanged(BadInput):
    """A correction that changes nothing."""


class StillSeated(WrongState):
    """The person has a judge's seat."""

    clears = "unseat"


class NothingToTakeOver(WrongState):
    """From this entrant on the judge holds no seat with a sheet still to submit."""


class NoPractice(WrongState):
    """No practice of this round runs."""


class ReadingRuns(WrongState):
    """The second reading of the round is open already."""

    clears = "take_readings"


class NoReadingRuns(WrongState):
    """No second reading of the round is open."""

    clears = "open_reading"


class NothingToHandOver(WrongState):
    """No sheet of an absent judge waits for another one."""


class HoldsSeat(WrongState):
    """The replacement already has a seat."""

    clears = "substitute"


class SeatTaken(WrongState):
    """Another judge marks the entrant instead of this one."""

    clears = "return_to_seat"


class AnnouncedAlready(WrongState):
    """The score of an entrant has been announced: its judges stay who they were."""


class HasEntered(WrongState):
    """The person has signed in or done something: the log names them."""


class NotSealed(WrongState):
    """No seed has been sealed for this draw."""

    clears = "seal_draw"


class AlreadyDrawn(WrongState):
    """The draw has been made."""


class WrongSeed(BadInput):
    """The seed is not the one that was sealed."""


class WrongCount(BadInput):
    """There are more or fewer numbers than entrants."""


class ListChanged(WrongState):
    """Entrants or sessions have changed since the seed was sealed."""

    clears = "seal_draw"


class HallShowsNoScores(WrongState):
    """The rules of the round show the hall no score."""


class Frozen(WrongState):
    """Nothing new is shown while publishing is paused; or it is not paused."""

    clears = "unfreeze"


class DeductionWaiting(WrongState):
    """A deduction from this score waits for the supervisor."""

    clears = "confirm_deduction"


class ReleasedAlready(WrongState):
    """The score is announced and has not changed."""


class NotReleased(WrongState):
    """The hall has not been shown this score."""

    clears = "release_score"


class NotYetOnStage(WrongState):
    """The entrant has not been on stage, so the hall is not shown a score."""

    clears = "move_stage"


class NotItsTurn(WrongState):
    """By the rules another entrant is heard before this one's score is announced."""

    clears = "move_stage"


class HeldToTheEnd(WrongState):
    """By the rules the session's scores are announced together once all have been heard."""

    clears = "move_stage"


class Adjourned(WrongState):
    """The round is adjourned."""

    clears = "resume"


class OrderChanged(WrongState):
    """The running order is another than the page showed."""


class OtherSession(WrongState):
    """An entrant stays in its session: its panel sits there."""


class MovedOn(WrongState):
    """The entrant is in another stage state than the button showed."""


class ClockNotNow(WrongState):
    """The clock of a phase is started while the entrant is not in it."""

    clears = "move_stage"


class ClockMovedOn(WrongState):
    """Another person moved the clock after the button was shown."""


class NotTimed(WrongState):
    """The rules set no limit for this phase, so no time is taken."""


class OvertimeOpen(WrongState):
    """The entrant was over time by the table, and no deduction is entered or withdrawn for it."""

    clears = "deduct"


class OvertimeDeducted(WrongState):
    """A deduction for the same overtime waits or is in force."""

    clears = "withdraw_deduction"


class AuditAnswered(WrongState):
    """The outcome of this audit is recorded already."""


class BadDice(BadInput):
    """Too few throws of a die, or figures that no die shows."""


class NoCeremony(WrongState):
    """The ceremony's steps have not been laid out yet."""


class CeremonyStale(WrongState):
    """The ceremony was laid out from a certificate that is no longer the round's."""


class CeremonyMoved(WrongState):
    """Another step of the ceremony is shown than the one the button was drawn for."""


class NobodyHonoured(WrongState):
    """No entrant, county or presenter gets such a certificate in this round."""


class BundleBeingMade(WrongState):
    """A bundle is being made on this machine: one at a time."""


class BundleNotMade(WrongState):
    """The process that made the bundle ended without it."""


class NoPages(WrongState):
    """The hall's screen shows no list that could be turned."""


class NoKeptMarks(BadInput):
    """It is no file of kept marks of this event's tablets, or it is cut short."""


class RequestWaits(WrongState):
    """Another change request for the sheet waits for an answer."""

    clears = "answer_change"


class NotOwnCounty(BadInput):
    """The code is of a place outside the county that files it."""


class FilingTermsNeeded(WrongState):
    """No deadline is set until which counties may file."""

    clears = "set_filing_terms"


class FilingEnded(WrongState):
    """The county's deadline has come."""

    clears = "return_filing"


class FilingAccepted(WrongState):
    """The organizers have accepted the list."""

    clears = "undo_import"


class NothingToFile(WrongState):
    """The county's list is empty."""


class UploadWaits(WrongState):
    """A workbook is there that was neither taken nor given up."""


class NotFiled(WrongState):
    """No list of the county waits for an answer."""

    clears = "file_list"


class FiledAgain(Conflict):
    """The county has filed again since the page showed its list."""


class FilingTimeNeeded(BadInput):
    """The deadline has passed, so a county whose list is returned needs a later one."""


class TooManyEntrants(WrongState):
    """The county's list has as many entrants as it may."""


class PlaceThere(WrongState):
    """The competition has an entrant of this place with another title."""


class GroundMoved(Conflict):
    """What a correction was asked for on has changed since; names what."""

    clears = "request_correction"


class ChairAndSupervisor(BadInput):
    """One of the two must be the chair of the panel, the other a supervisor."""


class CorrectionWaits(WrongState):
    """A correction waits for its second person."""

    clears = "confirm_correction"


class MarksUnfit(WrongState):
    """Marks that were given do not fit the changed maximum or step; lists them."""


class RuleFixed(BadInput):
    """This rule stays as it was when the round was opened."""


class CriteriaFixed(BadInput):
    """Once a round is open no criterion is added or taken away."""


class NamesAnEntrant(BadInput):
    """In a blind round a reason names a place, a code or a person of an entrant."""


class PrizesDoNotSum(BadInput):
    """Places by prize come to another number than the round selects."""


class PrizeTieNeedsRuling(BadInput):
    """Equals at a prize line can wait for a ruling only where the tie-break has one."""


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


class ExchangeTooEarly(WrongState):
    """Nothing is released to counties before the result was made public."""

    clears = "announce"


class NeverReplaced(WrongState):
    """No version of the result that was made public has been replaced."""


class MadePublic(WrongState):
    """The certificate was made public: only two people replace it."""

    clears = "ask_version"


class NotMadePublic(WrongState):
    """The certificate was not made public: one act withdraws it."""

    clears = "revoke_certificate"


class NotShownYet(WrongState):
    """The score has neither been announced nor the round closed: there is nothing to review."""

    clears = "close_round"


class ReviewTooLate(WrongState):
    """The time for a review on the spot is over."""


class ReviewsWait(WrongState):
    """A review on the spot has no answer yet."""

    clears = "answer_review"


class CountsAtOnce(WrongState):
    """A submitted sheet would count or stop counting: one person alone changes no score."""

    clears = "request_correction"


class UnknownStep(BadInput):
    """The programme has no step of this number, or villages have reported the one left out."""


class StepConfirmed(WrongState):
    """The office has confirmed the step: it changes only after the office has returned it."""

    clears = "return_step"


class NotReported(WrongState):
    """The village has not reported the step."""

    clears = "report_steps"


class NeedSettled(WrongState):
    """A unit has taken the need on, or it is met."""


class NotOffered(WrongState):
    """No unit has taken the need on."""

    clears = "offer_need"


class DispatchNotNow(WrongState):
    """The dispatch is closed, or has no answer to be closed with."""


class UnknownCounty(BadInput):
    """The programme has no village in a county of this name."""


class YearClosed(WrongState):
    """The year of the programme is over: nothing is written in it."""

    clears = "reopen_programme"


class YearRuns(WrongState):
    """The year of the programme is not closed."""


class VillageInUse(WrongState):
    """Something was reported of the task village: it stays on the list."""


class EvidenceFull(BadInput):
    """A village's photos and documents of a year take as much room as they may."""


class AwardThere(WrongState):
    """The village has this award on the list already."""


class AwardHandedOver(WrongState):
    """The award was handed over."""
