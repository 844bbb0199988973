"""What an act or a read may refuse, and which act would clear it.

Refused
├── Forbidden          this role may not do this (403)
│   ├── NotNow             it may, but not in the round's present state (409)
│   ├── SignInNeeded       nobody is signed in
│   └── StillMarking       who has sheets to submit reads no standing
├── Conflict           the page was made for another seat, or a newer value exists (409)
│   ├── WrongSeat
│   ├── Replaced           another link was opened in this browser
│   ├── WrongEvent         kept on the tablet from another event
│   └── StaleMark
├── LinkRefused        wrong, revoked, expired
├── PairingOver        a tablet's digits have expired (410)
├── TooManyAttempts    (429)
│   └── TooManyTablets
├── Missing            no such thing in this competition (404)
│   ├── DocumentGone       its file is not where it was kept
│   └── NoRound            the competition has no round yet
├── BadInput           the value at this field is not usable (422)
│   ├── MarkNotANumber, MarkOutOfRange, MarkOffStep
│   ├── RubricIncomplete, WeightsDoNotSum, Duplicate, Blank, InSession
│   ├── NothingChanged         a correction that changes nothing
│   ├── BadFields          several fields of one form, each with its own refusal
│   ├── BadDay, BadWhole, BadDecimal, BadImage, BadDocument, TooManyDocuments
│   ├── MaximaDoNotSum, AnchorOff, UnknownNumber, BlindOnStage
│   ├── QuotasExceed, FloorAboveCap, CountyTooFew, CountyAbsent
│   ├── TranscriptionDiffers
│   ├── ReasonNeeded, SecondPersonNeeded
│   └── CodeUnknown            no tablet waits with these digits
└── WrongState         the move is not allowed now (409)
    ├── SheetLocked, SheetIncomplete, NotAssigned
    ├── OpenSheets, NotReady, NothingToRank
    ├── NoCommonRanking, AwaitingRuling
    ├── CannotAssign       judges cannot be given to entrants as asked
    ├── BeingMarked, DocumentRead
    ├── InOpenRound, StillSeated, HasEntered, MarksHere, BelowFloor
    ├── NotSealed, AlreadyDrawn, WrongSeed, ListChanged
    └── HallShowsNoScores, Frozen, DeductionWaiting, ReleasedAlready, NotReleased, NoPages
"""

from typing import Any


class Refused(Exception):
    """Base of all refusals.

    Attributes
    ----------
    code : str
        The message is ``error.<code>`` in ``words``.
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

    def __init__(self, *, clears: str | None = None, **values: Any) -> None:
        self.values = values
        if clears is not None:
            self.clears = clears
        super().__init__(f"{self.code} {values}" if values else self.code)


class Forbidden(Refused):
    """This role may not do this, or not in this state."""

    code = "forbidden"
    status = 403


class NotNow(Forbidden):
    """This role may do this, but not in the round's present state."""

    code = "not_now"
    status = 409


class SignInNeeded(Forbidden):
    """Nobody is signed in."""

    code = "sign_in_needed"
    status = 401
    clears = "make_link"


class StillMarking(Forbidden):
    """Who has a sheet to submit in a round reads no standing of it."""

    code = "still_marking"
    clears = "submit_sheet"


class Conflict(Refused):
    """What the page shows is not what the server holds."""

    code = "conflict"
    status = 409


class WrongSeat(Conflict):
    """The page was made for another seat than the one signed in."""

    code = "wrong_seat"


class Replaced(Conflict):
    """Another link was opened in this browser since."""

    code = "replaced"


class StaleMark(Conflict):
    """Somebody saved a newer value of this mark."""

    code = "stale_mark"


class WrongEvent(Conflict):
    """The tablet kept this from another event."""

    code = "wrong_event"


class StaleStanding(Conflict):
    """The standing changed since the page showed it."""

    code = "stale_standing"


class LinkRefused(Refused):
    """The link is wrong."""

    code = "link_wrong"
    status = 404
    clears = "make_link"


class LinkRevoked(LinkRefused):
    """The link was revoked."""

    code = "link_revoked"
    status = 410


class LinkExpired(LinkRefused):
    """The link has expired."""

    code = "link_expired"
    status = 410


class PairingOver(Refused):
    """A tablet's digits have expired, or were used."""

    code = "pairing_over"
    status = 410


class TooManyAttempts(Refused):
    """Too many wrong links from one address."""

    code = "too_many_attempts"
    status = 429


class TooManyTablets(TooManyAttempts):
    """More tablets ask for digits than can be."""

    code = "too_many_tablets"


class Missing(Refused):
    """There is no such thing in this competition."""

    code = "missing"
    status = 404


class DocumentGone(Missing):
    """A document's file is not where it was kept."""

    code = "document_gone"


class NoRound(Missing):
    """The competition has no round yet."""

    code = "no_round"
    clears = "create_round"


class BadInput(Refused):
    """The value at a field cannot be used."""

    code = "bad_input"
    status = 422


class BadFields(BadInput):
    """Fields of one form cannot be used; nothing is written.

    Attributes
    ----------
    problems : dict
        Field to its own refusal.
    """

    code = "bad_fields"

    def __init__(self, problems: dict[str, Refused]) -> None:
        self.problems = problems
        super().__init__(count=len(problems))


class BadDay(BadInput):
    """Not a day or a time of day."""

    code = "bad_day"


class BadWhole(BadInput):
    """Not a whole number within its limits."""

    code = "bad_whole"


class BadDecimal(BadInput):
    """Not a decimal within its limits."""

    code = "bad_decimal"


class BadImage(BadInput):
    """Not a picture of a kind and size that can be kept."""

    code = "bad_image"


class BadDocument(BadInput):
    """Not a document of a kind and size that can be kept."""

    code = "bad_document"


class TooManyDocuments(BadInput):
    """An entrant has as many documents as it may."""

    code = "too_many_documents"


class MaximaDoNotSum(BadInput):
    """The maxima of a rubric do not sum to the printed full score."""

    code = "maxima_do_not_sum"


class AnchorOff(BadInput):
    """The range of an anchor does not fit its criterion or its neighbours."""

    code = "anchor_off"


class QuotasExceed(BadInput):
    """The places reserved for groups do not fit the seats there are."""

    code = "quotas_exceed"


class FloorAboveCap(BadInput):
    """A county is promised more places than it may have."""

    code = "floor_above_cap"


class CountyTooFew(BadInput):
    """A county is promised more places than it has entrants."""

    code = "county_too_few"


class CountyAbsent(BadInput):
    """The rules name a county that has no entrant in the round."""

    code = "county_absent"


class BlindOnStage(BadInput):
    """A round whose scores are announced one by one cannot hide whose they are."""

    code = "blind_on_stage"


class UnknownNumber(BadInput):
    """No entrant of the round has this number."""

    code = "unknown_number"


class Blank(BadInput):
    """A required field is empty."""

    code = "blank"


class BadCode(BadInput):
    """A place code is not 9 or 12 digits of text."""

    code = "bad_code"


class Duplicate(BadInput):
    """The same thing is there already."""

    code = "duplicate"


class InSession(BadInput):
    """An entrant in a session is marked by its panel, not by judges of its own."""

    code = "in_session"


class MarkNotANumber(BadInput):
    """The mark is not a number."""

    code = "mark_not_a_number"


class MarkOutOfRange(BadInput):
    """The mark is below 0 or above the maximum."""

    code = "mark_out_of_range"


class MarkOffStep(BadInput):
    """The mark is no multiple of the step."""

    code = "mark_off_step"


class RubricEmpty(BadInput):
    """A rubric without criteria."""

    code = "rubric_empty"


class WeightsDoNotSum(BadInput):
    """The weights do not sum to exactly 100%."""

    code = "weights_do_not_sum"


class BadRules(BadInput):
    """A rule has a value that it cannot have."""

    code = "bad_rules"


class ReasonNeeded(BadInput):
    """This act wants a reason in words."""

    code = "reason_needed"


class SecondPersonNeeded(BadInput):
    """The second signature must be another person's."""

    code = "second_person_needed"


class CodeUnknown(BadInput):
    """No tablet waits with these four digits."""

    code = "code_unknown"


class TranscriptionDiffers(BadInput):
    """Two people keyed one sheet of paper differently; names the criteria."""

    code = "transcription_differs"


class ForbiddenPair(BadInput):
    """One person may not hold these two roles."""

    code = "forbidden_pair"
    clears = "revoke_role"


class LastOrganizer(BadInput):
    """The last organizer's role, or one's own, may not be taken away."""

    code = "last_organizer"
    clears = "grant_role"


class FollowsSeat(BadInput):
    """A judge's role comes and goes with the seat."""

    code = "follows_seat"
    clears = "substitute"


class NotHeld(BadInput):
    """The person does not hold this role there."""

    code = "not_held"


class WrongState(Refused):
    """The move is not allowed now."""

    code = "wrong_state"
    status = 409


class SheetLocked(WrongState):
    """The sheet is locked."""

    code = "sheet_locked"
    clears = "ask_reopening"


class SheetIncomplete(WrongState):
    """A sheet is submitted only when every criterion is marked."""

    code = "sheet_incomplete"


class NotAssigned(WrongState):
    """This judge does not mark this entrant."""

    code = "not_assigned"


class Recused(NotAssigned):
    """This judge is recused for this entrant."""

    code = "recused"


class Absent(NotAssigned):
    """This judge was recorded absent for this entrant."""

    code = "absent"
    clears = "undo_absence"


class Withdrawn(WrongState):
    """The entrant has withdrawn."""

    code = "withdrawn"


class OpenSheets(WrongState):
    """Sheets are still to be submitted."""

    code = "open_sheets"
    clears = "mark_absent"


class NotReady(WrongState):
    """The round cannot be opened yet."""

    code = "not_ready"


class NoCommonRanking(WrongState):
    """The panels share no judge, so their marks cannot be put in one order."""

    code = "no_common_ranking"


class AwaitingRuling(WrongState):
    """A tie at the cut, or an entrant marked by too few, waits for a ruling."""

    code = "awaiting_ruling"
    clears = "enter_ruling"


class NothingToRank(WrongState):
    """No sheet is submitted yet."""

    code = "nothing_to_rank"


class CannotAssign(WrongState):
    """Judges cannot be given to entrants as asked; its code is the solver's reason."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        super().__init__(**values)


class BelowFloor(WrongState):
    """The sheet's total is below the floor of the rules."""

    code = "below_floor"


class MarksHere(WrongState):
    """The judge has come in: their marks are theirs to give, not one person's to enter."""

    code = "marks_here"
    clears = "transcribe"


class BeingMarked(WrongState):
    """The entrant has marks in a round that is not certified: what judges read stays the same."""

    code = "being_marked"


class DocumentRead(WrongState):
    """Somebody has given a mark with the document in view: it stays."""

    code = "document_read"


class InOpenRound(WrongState):
    """The entrant takes part in a round that has been opened."""

    code = "in_open_round"
    clears = "correct_entrant"


class NothingChanged(BadInput):
    """A correction that changes nothing."""

    code = "nothing_changed"


class StillSeated(WrongState):
    """The person has a judge's seat."""

    code = "still_seated"
    clears = "unseat"


class NothingToTakeOver(WrongState):
    """From this entrant on the judge holds no seat with a sheet still to submit."""

    code = "nothing_to_take_over"


class HoldsSeat(WrongState):
    """Whoever shall take over a seat sits in one already."""

    code = "holds_seat"
    clears = "substitute"


class SeatTaken(WrongState):
    """A judge in reserve sits in this judge's seat for the entrant."""

    code = "seat_taken"
    clears = "return_to_seat"


class AnnouncedAlready(WrongState):
    """The score of an entrant has been announced: its judges stay who they were."""

    code = "announced_already"


class HasEntered(WrongState):
    """The person has signed in or done something: the log names them."""

    code = "has_entered"


class NotSealed(WrongState):
    """No seed has been sealed for this draw."""

    code = "not_sealed"
    clears = "seal_draw"


class AlreadyDrawn(WrongState):
    """The draw has been made."""

    code = "already_drawn"


class WrongSeed(BadInput):
    """The seed is not the one that was sealed."""

    code = "wrong_seed"


class ListChanged(WrongState):
    """Entrants or sessions have changed since the seed was sealed."""

    code = "list_changed"
    clears = "seal_draw"


class HallShowsNoScores(WrongState):
    """The rules of the round show the hall no score."""

    code = "hall_shows_no_scores"


class Frozen(WrongState):
    """Nothing new is shown while publishing is paused; or it is not paused."""

    code = "frozen"
    clears = "unfreeze"


class DeductionWaiting(WrongState):
    """A deduction from this score waits for the supervisor."""

    code = "deduction_waiting"
    clears = "confirm_deduction"


class ReleasedAlready(WrongState):
    """The hall has seen this very score."""

    code = "released_already"


class NotReleased(WrongState):
    """The hall has not been shown this score."""

    code = "not_released"
    clears = "release_score"


class NoPages(WrongState):
    """The hall's screen shows no list that could be turned."""

    code = "no_pages"
