"""Who may do what and see what: one table, role × act × state and role × read × state.

Deny, then allow: an act or a read not listed here cannot be called, a role that is not
named is refused, and a state that is not named refuses every role.
"""

from dataclasses import dataclass
from typing import cast

from competition.errors import (
    Forbidden,
    Missing,
    NeverInPractice,
    NeverInReading,
    NoRound,
    NotNow,
    OnlyComposite,
    OnlyJudged,
    Refused,
    SignInNeeded,
    StillMarking,
)
from competition.practice_rights import IN_PRACTICE, IN_READING
from competition.sign_ins import live_visitor
from competition.states import AFTER_CERTIFYING, AFTER_CLOSING, AFTER_OPENING, way_to
from competition.visitor import ROLES, Visitor
from db import Store, Transaction, rounds, sheets
from db.shapes import RoundRow

ANY_STATE = ("draft", *AFTER_OPENING)


@dataclass(frozen=True)
class Right:
    """Roles and round states in which an act or a read is allowed.

    Attributes
    ----------
    roles : tuple of str
    states : tuple of str
        Round states; empty for what belongs to the whole competition.
    blind : bool
        Whether a judge with sheets still to submit in the round is refused.
    anywhere : bool
        Whether a role held in one round is enough for what belongs to the competition.
    kinds : tuple of str
        Kinds of round that have it: ``judged``, ``composite``.
    """

    roles: tuple[str, ...]
    states: tuple[str, ...] = ()
    blind: bool = False
    anywhere: bool = False
    kinds: tuple[str, ...] = ("judged",)


BOTH = ("judged", "composite")
COMPOSITE = ("composite",)
SIGNED_IN = tuple(role for role in ROLES if role != "public")
AT_THE_EVENT = tuple(role for role in SIGNED_IN if role != "county")
"""A county sees its filing and no round: other counties are in it."""
STAFF = ("organizer", "scorekeeper", "supervisor")
BY_PIN = (
    "confirm_deduction",
    "answer_reopening",
    "answer_change",
    "answer_transcription",
    "confirm_ruling",
    "confirm_reading",
    "answer_outside",
    "confirm_correction",
    "confirm_set_aside",
    "certify",
    "confirm_list_change",
    "confirm_version",
)
"""Acts of a second person, who may do them by PIN on another person's device."""
PIN_ROLES = ("organizer", "supervisor", "scorekeeper", "checker", "chair")
"""Roles to which one of these acts is open: who holds one has a PIN."""

ACTS: dict[str, Right] = {
    "add_person": Right(("organizer",)),
    "grant_role": Right(("organizer",)),
    "revoke_role": Right(("organizer",)),
    "end_other_entries": Right(("supervisor", "checker"), anywhere=True),
    "make_link": Right(("organizer",)),
    "revoke_link": Right(("organizer",)),
    "set_pin": Right(PIN_ROLES, anywhere=True),
    "reset_pin": Right(("organizer",)),
    "confirm_here": Right(
        ("organizer", "scorekeeper", "timekeeper", "checker"), AFTER_OPENING, kinds=BOTH
    ),
    "update_competition": Right(("organizer",)),
    "make_rehearsal": Right(("organizer",)),
    "make_standby_code": Right(("organizer",)),
    "end_standby": Right(("organizer",)),
    "choose_copy_folder": Right(("organizer",)),
    "stop_copies": Right(("organizer",)),
    "begin_sample": Right(("organizer",)),
    "set_logo": Right(("organizer",)),
    "remove_logo": Right(("organizer",)),
    "update_person": Right(("organizer",)),
    "remove_person": Right(("organizer",)),
    "update_entrant": Right(("organizer",)),
    "remove_entrant": Right(("organizer",)),
    "set_shelf_mark": Right(("organizer",)),
    "add_document": Right(("organizer",)),
    "remove_document": Right(("organizer",)),
    "create_round": Right(("organizer",)),
    "update_round": Right(("organizer",), ("draft",), kinds=BOTH),
    "copy_round": Right(("organizer",), ANY_STATE, kinds=BOTH),
    "remove_round": Right(("organizer",), ("draft",), kinds=BOTH),
    "add_entrant": Right(("organizer",)),
    "record_import": Right(("organizer",)),
    "undo_import": Right(("organizer",)),
    "set_places": Right(("organizer",)),
    "set_filing_terms": Right(("organizer",)),
    "note_filing_end": Right(("organizer", "county")),
    "invite_counties": Right(("organizer",)),
    "nudge_county": Right(("organizer",)),
    "return_filing": Right(("organizer",)),
    "accept_filing": Right(("organizer",)),
    "put_filed_entrant": Right(("county",)),
    "remove_filed_entrant": Right(("county",)),
    "add_filed_document": Right(("county",)),
    "remove_filed_document": Right(("county",)),
    "keep_upload": Right(("county",)),
    "edit_upload": Right(("county",)),
    "drop_upload": Right(("county",)),
    "take_upload": Right(("county",)),
    "file_list": Right(("county",)),
    "begin_programme": Right(("organizer", "office")),
    "set_programme_steps": Right(("office",)),
    "close_programme": Right(("office",)),
    "reopen_programme": Right(("office",)),
    "put_task_villages": Right(("office",)),
    "remove_task_village": Right(("office",)),
    "import_programme": Right(("office", "county")),
    "undo_programme_import": Right(("office", "county")),
    "report_steps": Right(("office", "county")),
    "confirm_steps": Right(("office",)),
    "return_step": Right(("office",)),
    "report_plans": Right(("office", "county")),
    "report_figures": Right(("office", "county")),
    "add_evidence": Right(("office", "county")),
    "replace_evidence": Right(("office", "county")),
    "remove_evidence": Right(("office", "county")),
    "put_need": Right(("office", "county")),
    "offer_need": Right(("office", "county")),
    "settle_need": Right(("office", "county")),
    "hold_meeting": Right(("office",)),
    "update_meeting": Right(("office",)),
    "finish_task": Right(("office", "county")),
    "plan_award": Right(("office",)),
    "hand_award": Right(("office",)),
    "drop_award": Right(("office",)),
    "write_dispatch": Right(("office",)),
    "receive_dispatch": Right(("county",)),
    "answer_dispatch": Right(("county",)),
    "ask_again": Right(("office",)),
    "close_dispatch": Right(("office",)),
    "set_rules": Right(("organizer",), ("draft",)),
    "set_rubric": Right(("organizer",), ("draft",)),
    "add_session": Right(("organizer",), ("draft",)),
    "seat_judge": Right(("organizer",), ("draft",)),
    "set_panel": Right(("organizer",), ("draft",)),
    "assign": Right(("organizer",), ("draft",)),
    "lock_pair": Right(("organizer",), ("draft",)),
    "unlock_pair": Right(("organizer",), ("draft",)),
    "enter_entrant": Right(("organizer",), ("draft",)),
    "correct_entrant": Right(("organizer",), ("draft", "open", "closed")),
    "leave_round": Right(("organizer",), ("draft",)),
    "set_order": Right(("organizer",), ("draft",)),
    "seal_draw": Right(("organizer",), ("draft",)),
    "draw_order": Right(("organizer",), ("draft",)),
    "change_seat": Right(("organizer",), ("draft",)),
    "unseat": Right(("organizer",), ("draft",)),
    "update_session": Right(("organizer",), ("draft",)),
    "remove_session": Right(("organizer",), ("draft",)),
    "withdraw_recusal": Right(("organizer",), ("draft",)),
    "open_round": Right(("organizer",), ("draft",), kinds=BOTH),
    "begin_practice": Right(("organizer",), ("draft", "open")),
    "end_practice": Right(("organizer",), ("draft", "open")),
    "move_stage": Right(("organizer", "host"), ("open",)),
    "reorder": Right(("organizer", "host"), ("open",)),
    "adjourn": Right(("organizer", "host"), ("open",)),
    "resume": Right(("organizer", "host"), ("open",)),
    "start_clock": Right(("timekeeper",), ("open",)),
    "pause_clock": Right(("timekeeper",), ("open",)),
    "stop_clock": Right(("timekeeper",), ("open",)),
    "correct_clock": Right(("timekeeper",), ("open", "closed")),
    "set_presence": Right(("organizer", "scorekeeper"), ("open",)),
    "declare_recusal": Right(("organizer", "judge"), ("draft", "open")),
    "mark_absent": Right(("organizer", "scorekeeper"), ("open",)),
    "undo_absence": Right(("organizer", "scorekeeper"), ("open",)),
    "hand_over_sheets": Right(("organizer",), ("open",)),
    "record_marks": Right(("judge",), ("open",)),
    "resend_marks": Right(("judge",), ("open", "closed")),
    "submit_sheet": Right(("judge",), ("open",)),
    "enter_past_scores": Right(("organizer",), ("open",)),
    "ask_reopening": Right(("judge", "organizer", "scorekeeper"), ("open",)),
    "answer_reopening": Right(("organizer", "supervisor"), ("open",)),
    "request_change": Right(("judge",), ("open", "closed")),
    "recover_marks": Right(("organizer",), ("open", "closed")),
    "answer_change": Right(("organizer", "supervisor"), ("open", "closed")),
    "write_remark": Right(("judge",), ("open",)),
    "write_note": Right(("judge",), AFTER_OPENING),
    "call_staff": Right(("judge",), ("open",)),
    "answer_call": Right(("organizer", "scorekeeper", "host"), ("open",)),
    "hold_seat": Right(("judge",), AFTER_OPENING),
    "transcribe": Right(("organizer", "scorekeeper"), ("open",)),
    "answer_transcription": Right(("organizer", "scorekeeper", "checker", "supervisor"), ("open",)),
    "deduct": Right(("timekeeper", "scorekeeper", "organizer"), ("open", "closed")),
    "confirm_deduction": Right(("supervisor",), ("open", "closed")),
    "withdraw_deduction": Right(("supervisor",), ("open", "closed")),
    "release_score": Right(("organizer", "host"), ("open", "closed")),
    "withdraw_release": Right(("organizer", "host"), ("open", "closed")),
    "set_screen": Right(("organizer", "host"), AFTER_OPENING, kinds=BOTH),
    "try_bell": Right(("organizer", "host", "timekeeper"), ANY_STATE),
    "turn_page": Right(("organizer", "host"), AFTER_OPENING),
    "set_host_text": Right(("organizer", "host"), ANY_STATE),
    "freeze": Right(("organizer", "host", "supervisor"), ("open", "closed")),
    "unfreeze": Right(("organizer",), ("open", "closed")),
    "make_hall_link": Right(("organizer", "host"), ANY_STATE, kinds=BOTH),
    "revoke_hall_links": Right(("organizer", "host"), ANY_STATE, kinds=BOTH),
    "waive_tablet": Right(("organizer",)),
    "pair_tablet": Right(("organizer", "scorekeeper"), ANY_STATE),
    "request_correction": Right(("organizer", "scorekeeper"), ("open", "closed")),
    "change_rules": Right(("organizer",), ("open", "closed")),
    "set_aside_sheet": Right(("chair", "supervisor"), ("open", "closed")),
    "confirm_by_form": Right(("organizer", "scorekeeper"), ("open", "closed")),
    "confirm_correction": Right(("supervisor",), ("open", "closed")),
    "confirm_set_aside": Right(("chair", "supervisor"), ("open", "closed")),
    "withdraw_correction": Right(
        ("organizer", "scorekeeper", "chair", "supervisor"), ("open", "closed")
    ),
    "sign_rules": Right(("organizer",), ("open", "closed")),
    "enter_review": Right(("organizer", "scorekeeper"), AFTER_OPENING),
    "answer_review": Right(("supervisor",), AFTER_OPENING),
    "close_round": Right(("organizer",), ("open",), kinds=BOTH),
    "reopen_round": Right(("organizer",), ("closed",), kinds=BOTH),
    "enter_ruling": Right(("chair", "organizer", "scorekeeper"), ("closed",), kinds=BOTH),
    "confirm_ruling": Right(("supervisor", "chair"), ("closed",), kinds=BOTH),
    "withdraw_ruling": Right(("supervisor",), ("closed",), kinds=BOTH),
    "open_reading": Right(("organizer",), ("closed",)),
    "take_readings": Right(("organizer",), ("closed",)),
    "enter_reading": Right(("organizer", "scorekeeper"), ("closed",)),
    "confirm_reading": Right(("organizer", "scorekeeper", "checker", "supervisor"), ("closed",)),
    "withdraw_reading": Right(("supervisor",), ("closed",)),
    "declare_prizes": Right(("organizer",), ("draft", "open", "closed"), kinds=BOTH),
    "sign_certificate": Right(("organizer",), ("closed",), kinds=BOTH),
    "certify": Right(("organizer", "supervisor", "chair"), ("closed",), kinds=BOTH),
    "certify_alone": Right(("organizer",), ("closed",), kinds=BOTH),
    "revoke_certificate": Right(("organizer",), ("certified",), kinds=BOTH),
    "ask_version": Right(("organizer",), ("certified",), kinds=BOTH),
    "confirm_version": Right(("supervisor", "chair"), ("certified",), kinds=BOTH),
    "withdraw_version_request": Right(("organizer",), ("certified",), kinds=BOTH),
    "announce": Right(("organizer",), ("certified",), kinds=BOTH),
    "post_notice": Right(("organizer",), ("certified",), kinds=BOTH),
    "decide": Right(("organizer",), ("certified",), kinds=BOTH),
    "commend": Right(("organizer",), ("certified",), kinds=BOTH),
    "enter_list_change": Right(("organizer",), ("certified",), kinds=BOTH),
    "confirm_list_change": Right(("organizer", "supervisor", "chair"), ("certified",), kinds=BOTH),
    "release_feedback": Right(("organizer",), ("certified",)),
    "release_plan": Right(("organizer",), ("certified",)),
    "withdraw_exchange": Right(("organizer",), ("certified",)),
    "withdraw_list_change": Right(("organizer", "supervisor"), ("certified",), kinds=BOTH),
    "enter_objection": Right(("organizer", "supervisor"), AFTER_CLOSING, kinds=BOTH),
    "answer_objection": Right(("organizer", "supervisor"), AFTER_CLOSING, kinds=BOTH),
    "set_parts": Right(("organizer",), ("draft",), kinds=COMPOSITE),
    "enter_outside": Right(("organizer", "scorekeeper"), ("open",), kinds=COMPOSITE),
    "answer_outside": Right(
        ("organizer", "scorekeeper", "checker", "supervisor"), ("open",), kinds=COMPOSITE
    ),
    "issue_codes": Right(("organizer", "scorekeeper"), ("draft", "open"), kinds=COMPOSITE),
    "cancel_code": Right(("organizer", "scorekeeper"), ("draft", "open"), kinds=COMPOSITE),
    "open_vote": Right(("organizer", "host"), ("open",), kinds=COMPOSITE),
    "close_vote": Right(("organizer", "host"), ("open",), kinds=COMPOSITE),
    "show_vote": Right(("organizer", "host"), AFTER_OPENING, kinds=COMPOSITE),
    "begin_audit": Right(("organizer", "supervisor"), AFTER_CLOSING),
    "record_audit": Right(("organizer", "supervisor"), AFTER_CLOSING),
    "set_award_texts": Right(("organizer",), ANY_STATE, kinds=BOTH),
    "plan_ceremony": Right(("organizer", "host"), AFTER_CERTIFYING, kinds=BOTH),
    "move_ceremony": Right(("organizer", "host"), AFTER_CERTIFYING, kinds=BOTH),
    "reveal_judges": Right(("organizer", "supervisor"), AFTER_CLOSING, blind=True),
}

READS: dict[str, Right] = {
    "competition": Right(SIGNED_IN, anywhere=True),
    "overview": Right(AT_THE_EVENT, anywhere=True),
    "growth": Right(("judge",), anywhere=True),
    "people": Right(("organizer",)),
    "own_entries": Right(("supervisor", "checker"), anywhere=True),
    "own_pin": Right(PIN_ROLES, anywhere=True),
    "seconds": Right(
        ("organizer", "scorekeeper", "timekeeper", "checker"), AFTER_OPENING, kinds=BOTH
    ),
    "entrants": Right(("organizer",)),
    "filings": Right(("organizer",)),
    "programme": Right(("organizer", "office", "leader", "county")),
    "programme_work": Right(("office", "county")),
    "programme_year": Right(("organizer", "office")),
    "province": Right(("organizer", "supervisor", "office", "leader")),
    "own_filing": Right(("county",)),
    "exchange": Right(("county",)),
    "documents": Right(("organizer", "supervisor"), ANY_STATE),
    "tablets": Right(STAFF),
    "running": Right(("organizer", "supervisor")),
    "log": Right(("organizer", "supervisor")),
    "views": Right(("supervisor",)),
    "round": Right(AT_THE_EVENT, ANY_STATE, kinds=BOTH),
    "own_sheets": Right(("judge",), AFTER_OPENING),
    "change_requests": Right(STAFF, AFTER_OPENING, blind=True),
    "corrections": Right((*STAFF, "chair"), AFTER_OPENING),
    "signed_forms": Right(STAFF, AFTER_OPENING),
    "chair_desk": Right(("chair",), AFTER_OPENING, kinds=BOTH),
    "certificate_summary": Right(("chair",), AFTER_CLOSING, blind=True, kinds=BOTH),
    "reviews": Right(STAFF, AFTER_OPENING),
    "remarks": Right(STAFF, AFTER_CLOSING, blind=True),
    "calls": Right(("organizer", "scorekeeper", "host"), AFTER_OPENING),
    "transcriptions": Right((*STAFF, "checker"), AFTER_OPENING, blind=True),
    "stage": Right(
        ("organizer", "scorekeeper", "timekeeper", "supervisor", "chair", "judge", "host"),
        AFTER_OPENING,
    ),
    "progress": Right(STAFF, AFTER_OPENING),
    "handing_over": Right(("organizer",), ("open",)),
    "deductions": Right((*STAFF, "timekeeper"), AFTER_OPENING),
    "rulings": Right((*STAFF, "chair"), AFTER_CLOSING, kinds=BOTH),
    "readings": Right(STAFF, AFTER_CLOSING, blind=True),
    "outside": Right((*STAFF, "checker"), AFTER_OPENING, kinds=COMPOSITE),
    "vote": Right((*STAFF, "host"), ANY_STATE, kinds=COMPOSITE),
    "ballots": Right(("organizer", "supervisor"), AFTER_OPENING, kinds=COMPOSITE),
    "standings": Right(STAFF, AFTER_OPENING, blind=True, kinds=BOTH),
    "hall": Right((*STAFF, "host"), ANY_STATE, blind=True, kinds=BOTH),
    "host": Right(("organizer", "host"), AFTER_OPENING, blind=True),
    "pairing": Right(("organizer", "scorekeeper"), ANY_STATE),
    "certified_standings": Right((*STAFF, "chair", "host"), AFTER_CERTIFYING, kinds=BOTH),
    "sheets": Right(STAFF, AFTER_CLOSING, blind=True, kinds=BOTH),
    "record": Right(("organizer", "supervisor"), AFTER_CERTIFYING, kinds=BOTH),
    "presenter_sheet": Right(STAFF, AFTER_CERTIFYING, kinds=BOTH),
    "judges_report": Right(("organizer", "supervisor"), AFTER_CLOSING, blind=True),
    "what_if": Right(STAFF, AFTER_CLOSING, blind=True),
    "forecast": Right(STAFF, ("draft",)),
    "award_list": Right((*STAFF, "chair", "host"), AFTER_CERTIFYING, kinds=BOTH),
    "audits": Right(STAFF, AFTER_CLOSING, blind=True),
    "ceremony": Right(("organizer", "host"), AFTER_CERTIFYING, kinds=BOTH),
    "award_texts": Right((*STAFF, "chair", "host"), ANY_STATE, kinds=BOTH),
    "versions": Right(STAFF, AFTER_CLOSING, blind=True, kinds=BOTH),
    "exchange_releases": Right(("organizer", "supervisor"), AFTER_CERTIFYING),
    "objections": Right(STAFF, AFTER_CLOSING, kinds=BOTH),
    "public_results": Right(ROLES),
}


NO_ROUND = cast("RoundRow", {})
"""What an act or a read on the whole competition has instead of a round."""


def require_act(tx: Transaction, who: Visitor, act: str, round_id: str | None = None) -> RoundRow:
    """The round (or `NO_ROUND`) if ``who`` may do this now.

    Raises
    ------
    SignInNeeded, Replaced
        If the sign-in has ended.
    Forbidden
        With ``clears`` naming the act that lifts a refusal for the state.
    Missing
        If the round is not of the visitor's competition.
    """
    if who.machine_of is not None and act not in BY_PIN:
        raise Forbidden(act=act, roles=ACTS[act].roles)
    return _require(tx, who, ACTS[act], act, round_id)


def require_read(tx: Transaction, who: Visitor, read: str, round_id: str | None = None) -> RoundRow:
    """The round (or `NO_ROUND`) if ``who`` may see this now; raises as `require_act`."""
    return _require(tx, who, READS[read], read, round_id)


def may(tx: Transaction, who: Visitor, name: str, round_id: str | None = None) -> bool:
    """Whether an act or a read would be allowed: for showing a button, never instead of asking."""
    right = ACTS.get(name) or READS[name]
    try:
        _require(tx, who, right, name, round_id)
    except Refused:
        return False
    return True


def refusal(store: Store, who: Visitor, name: str, round_id: str | None) -> Refused | None:
    """Why ``who`` may not do or see this now, or None: for a page that shows the reason."""
    try:
        with store.reading() as tx:
            _require(tx, who, ACTS.get(name) or READS[name], name, round_id)
    except Refused as error:
        return error
    return None


def offers(roles: frozenset[str], read: str) -> bool:
    """Whether a read is ever open to one of these roles: what navigation lists."""
    return bool(roles & set(READS[read].roles))


def _as_stored(tx: Transaction, who: Visitor) -> Visitor:
    """The signed-in person with present roles: a page may have been open for long."""
    if who.seat_hash is None or who.person_id is None:
        return who
    return live_visitor(tx, who.seat_hash, who.person_id)


def _require(
    tx: Transaction, who: Visitor, right: Right, name: str, round_id: str | None
) -> RoundRow:
    round_row = tx.once(_allowed, who, right, name, round_id)
    if right.blind and who.person_id and sheets.left_to_submit(tx, str(round_id), who.person_id):
        raise StillMarking
    return round_row.copy()


def _allowed(
    tx: Transaction, who: Visitor, right: Right, name: str, round_id: str | None
) -> RoundRow:
    """The round, if roles and its kind and state allow it."""
    who = _as_stored(tx, who)
    round_row = NO_ROUND
    if round_id is not None:
        row = rounds.find(tx, round_id)
        if row is None or who.competition_id not in (None, row["competition_id"]):
            raise Missing(what="round")
        round_row = row
    roles = who.roles if right.anywhere else who.roles_in(round_id)
    if not roles & set(right.roles):
        if who.person_id is None:
            raise SignInNeeded
        raise Forbidden(act=name, roles=right.roles)
    if round_row and round_row["practice_of"] is not None and name not in IN_PRACTICE:
        raise NeverInPractice
    if round_row and round_row["reading_of"] is not None and name not in IN_READING:
        raise NeverInReading
    if round_row and right.states and round_row["kind"] not in right.kinds:
        raise OnlyJudged if "judged" in right.kinds else OnlyComposite
    if right.states:
        if not round_row:
            raise NoRound
        if round_row["state"] not in right.states:
            state = str(round_row["state"])
            raise NotNow(act=name, state=state, clears=way_to(state, right.states))
    return round_row
