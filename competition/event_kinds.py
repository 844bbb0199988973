"""Every kind of event, with the acts that record it and the subject it names.

Kinds are stored: one that a database holds is never renamed or removed.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class EventKind:
    """One kind of event.

    Attributes
    ----------
    acts : tuple of str
        Keys of `rights.ACTS`, or one of `COMMANDS`.
    subject : tuple of str
        What the ids in the event's subject name: competition, person, round, session, entrant,
        sheet, request, transcription, ruling, reading, filing, correction, outside_list or
        snapshot.
    """

    acts: tuple[str, ...]
    subject: tuple[str, ...]


COMMANDS = ("begin_competition", "begin_generation", "pair_standby", "show_head")
"""What no person's right allows: the commands' acts, a second laptop that brings its code, and a
tablet that shows the head it kept."""


def words_key(kind: str) -> str:
    """Key of an event's words."""
    return f"event.{kind}"


def _of(subject: str, *acts: str) -> EventKind:
    return EventKind(acts, tuple(subject.split()))


EVENTS: dict[str, EventKind] = {
    "competition_begun": _of("competition", "begin_competition"),
    "sample_begun": _of("competition", "begin_sample"),
    "rehearsal_made": _of("competition", "make_rehearsal"),
    "competition_updated": _of("competition", "update_competition"),
    "logo_set": _of("competition", "set_logo"),
    "logo_removed": _of("competition", "remove_logo"),
    "person_added": _of("person", "add_person"),
    "person_updated": _of("person", "update_person"),
    "person_removed": _of("person", "remove_person"),
    "role_granted": _of("person", "grant_role"),
    "role_revoked": _of("person", "revoke_role"),
    "link_made": _of("person", "make_link"),
    "link_revoked": _of("person", "revoke_link"),
    "pin_set": _of("person", "set_pin"),
    "pin_changed": _of("person", "set_pin"),
    "pin_reset": _of("person", "reset_pin"),
    "pin_locked": _of("person", "set_pin", "confirm_here"),
    "other_entries_ended": _of("person", "end_other_entries"),
    "tablet_paired": _of("person", "pair_tablet"),
    "round_created": _of("round", "create_round"),
    "round_updated": _of("round", "update_round"),
    "round_copied": _of("round", "copy_round"),
    "wild_card_given": _of("entrant", "copy_round"),
    "round_removed": _of("round", "remove_round"),
    "rules_set": _of("round", "set_rules"),
    "recusals_renewed": _of("round", "set_rules"),
    "rubric_set": _of("round", "set_rubric"),
    "parts_set": _of("round", "set_parts"),
    "weights_late": _of("round", "open_round"),
    "outside_entered": _of("outside_list", "enter_outside"),
    "outside_confirmed": _of("outside_list", "answer_outside"),
    "outside_refused": _of("outside_list", "answer_outside"),
    "rules_signed": _of("round", "open_round", "sign_rules"),
    "rules_waived": _of("round", "open_round", "sign_rules"),
    "round_opened": _of("round", "open_round"),
    "practice_begun": _of("round", "begin_practice"),
    "practice_ended": _of("round", "end_practice", "open_round"),
    "round_closed": _of("round", "close_round"),
    "round_reopened": _of("round", "reopen_round"),
    "filing_terms_set": _of("competition", "set_filing_terms"),
    "filing_ended": _of("competition", "note_filing_end"),
    "counties_invited": _of("competition", "invite_counties"),
    "county_nudged": _of("filing", "nudge_county"),
    "filing_returned": _of("filing", "return_filing"),
    "filing_accepted": _of("filing", "accept_filing"),
    "filed_entrant_put": _of("filing", "put_filed_entrant"),
    "filed_entrant_removed": _of("filing", "remove_filed_entrant"),
    "filed_document_added": _of("filing", "add_filed_document"),
    "filed_document_removed": _of("filing", "remove_filed_document"),
    "upload_kept": _of("filing", "keep_upload"),
    "upload_edited": _of("filing", "edit_upload"),
    "upload_dropped": _of("filing", "drop_upload"),
    "upload_taken": _of("filing", "take_upload"),
    "list_filed": _of("filing", "file_list"),
    "import_entered": _of("competition", "record_import"),
    "import_undone": _of("competition", "undo_import"),
    "places_set": _of("competition", "set_places"),
    "entrant_added": _of("entrant", "add_entrant"),
    "entrant_updated": _of("entrant", "update_entrant"),
    "entrant_removed": _of("entrant", "remove_entrant"),
    "entrant_entered": _of("entrant", "enter_entrant"),
    "entrants_placed": _of("round", "enter_entrant"),
    "entrants_gathered": _of("round", "enter_outside", "close_round"),
    "entrant_left_round": _of("entrant", "leave_round"),
    "entrant_corrected": _of("entrant", "correct_entrant"),
    "order_set": _of("round", "set_order"),
    "draw_sealed": _of("round", "seal_draw"),
    "order_drawn": _of("round", "draw_order"),
    "session_added": _of("session", "add_session"),
    "session_updated": _of("session", "update_session"),
    "session_removed": _of("session", "remove_session"),
    "judge_seated": _of("person", "seat_judge"),
    "seat_changed": _of("person", "change_seat"),
    "judge_unseated": _of("person", "unseat"),
    "panel_set": _of("session", "set_panel", "seat_judge"),
    "judges_assigned": _of("round", "assign"),
    "pair_locked": _of("entrant person", "lock_pair"),
    "pair_unlocked": _of("entrant person", "unlock_pair"),
    "recusal_declared": _of("entrant", "declare_recusal"),
    "recusal_withdrawn": _of("entrant", "withdraw_recusal"),
    "absence_recorded": _of("entrant person", "mark_absent"),
    "absence_undone": _of("entrant person", "undo_absence"),
    "judge_present": _of("person", "set_presence"),
    "judge_away": _of("person", "set_presence"),
    "judge_not_arrived": _of("person", "set_presence"),
    "judge_substituted": _of("person"),  # in older databases, by one person alone
    "judge_returned": _of("person"),
    "sheets_handed_over": _of("round", "hand_over_sheets"),
    "shelf_mark_set": _of("entrant", "set_shelf_mark"),
    "document_added": _of("entrant", "add_document"),
    "document_removed": _of("entrant", "remove_document"),
    "marks_recorded": _of("sheet", "record_marks"),
    "sheet_submitted": _of("sheet", "submit_sheet"),
    "marks_resent": _of("person", "resend_marks"),
    "marks_recovered": _of("person", "recover_marks"),
    "tablet_awaited": _of("person", "show_head"),
    "tablet_reported": _of("person", "show_head"),
    "tablet_waived": _of("person", "waive_tablet"),
    "generation_begun": _of("competition", "begin_generation"),
    "standby_offered": _of("competition", "make_standby_code"),
    "standby_paired": _of("competition", "pair_standby"),
    "standby_ended": _of("competition", "end_standby", "pair_standby"),
    "change_asked": _of("request", "request_change"),
    "change_requested": _of("entrant", "request_change"),
    "change_approved": _of("request", "answer_change"),
    "change_refused": _of("request", "answer_change"),
    "reopening_asked": _of("sheet", "ask_reopening"),
    "reopening_approved": _of("sheet", "answer_reopening"),
    "reopening_refused": _of("sheet", "answer_reopening"),
    "remark_written": _of("entrant", "write_remark"),
    "note_written": _of("entrant", "write_note"),
    "past_scores_entered": _of("round", "enter_past_scores"),
    "sheet_typed": _of("transcription", "transcribe"),
    "sheet_transcribed": _of("transcription", "transcribe", "answer_transcription"),
    "transcription_refused": _of("transcription", "answer_transcription"),
    "deduction_entered": _of("entrant", "deduct"),
    "deduction_confirmed": _of("entrant", "confirm_deduction"),
    "deduction_withdrawn": _of("entrant", "withdraw_deduction"),
    "ruling_entered": _of("ruling", "enter_ruling"),
    "ruling_confirmed": _of("ruling", "confirm_ruling"),
    "ruling_withdrawn": _of("ruling", "withdraw_ruling"),
    "reading_entered": _of("reading", "enter_reading"),
    "reading_confirmed": _of("reading", "confirm_reading"),
    "reading_withdrawn": _of("reading", "withdraw_reading"),
    "correction_asked": _of("correction", "request_correction", "change_rules", "set_aside_sheet"),
    "correction_confirmed": _of("correction", "confirm_correction", "confirm_set_aside"),
    "correction_refused": _of("correction", "confirm_correction", "confirm_set_aside"),
    "correction_withdrawn": _of("correction", "withdraw_correction"),
    "review_entered": _of("entrant", "enter_review"),
    "review_answered": _of("entrant", "answer_review"),
    "prizes_declared": _of("round", "declare_prizes"),
    "round_certified": _of("snapshot", "certify"),
    "certificate_revoked": _of("round", "revoke_certificate"),
    "judges_revealed": _of("round", "reveal_judges"),
    "stage_waiting": _of("entrant", "move_stage"),
    "stage_called": _of("entrant", "move_stage"),
    "stage_presenting": _of("entrant", "move_stage"),
    "stage_answering": _of("entrant", "move_stage"),
    "stage_marking": _of("entrant", "move_stage"),
    "stage_done": _of("entrant", "move_stage"),
    "stage_withdrawn": _of("entrant", "move_stage"),
    "stage_fault": _of("entrant", "move_stage"),
    "order_changed": _of("round", "reorder"),
    "round_adjourned": _of("round", "adjourn"),
    "round_resumed": _of("round", "resume"),
    "clock_started": _of("entrant", "start_clock"),
    "clock_paused": _of("entrant", "pause_clock", "adjourn"),
    "clock_stopped": _of("entrant", "stop_clock", "move_stage"),
    "clock_corrected": _of("entrant", "correct_clock"),
    "clock_reset": _of("entrant", "move_stage"),
    "scores_released": _of("entrant", "release_score"),
    "release_withdrawn": _of("entrant", "withdraw_release"),
    "screen_set": _of("entrant round", "set_screen"),
    "host_text_set": _of("round", "set_host_text"),
    "bell_tested": _of("round", "try_bell"),
    "page_turned": _of("round", "turn_page"),
    "publishing_paused": _of("round", "freeze"),
    "publishing_resumed": _of("round", "unfreeze"),
    "hall_link_made": _of("round", "make_hall_link"),
    "hall_links_revoked": _of("round", "revoke_hall_links"),
    "seat_held": _of("person", "hold_seat"),
    "seat_taken_over": _of("person", "hold_seat"),
    "staff_called": _of("person", "call_staff"),
    "call_answered": _of("person", "answer_call"),
}

MARKING = ("marks_recorded", "sheet_submitted", "marks_resent")
"""What judges do themselves, many times an hour: a log is read without it."""
