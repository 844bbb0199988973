"""What may be done and seen in a practice: marking, the stage and the hall; never a result.

A practice is a separate round beside the round it is for, with one invented entrant. So none of
its marks can reach the other's standing, papers or counts, even if the organizer forgets it.
"""

IN_PRACTICE = frozenset(
    {
        "competition",
        "overview",
        "log",
        "round",
        "own_sheets",
        "stage",
        "progress",
        "hall",
        "calls",
        "pairing",
        "seconds",
        "deductions",
        "transcriptions",
        "change_requests",
        "move_stage",
        "adjourn",
        "resume",
        "start_clock",
        "pause_clock",
        "stop_clock",
        "correct_clock",
        "set_presence",
        "declare_recusal",
        "mark_absent",
        "undo_absence",
        "record_marks",
        "resend_marks",
        "submit_sheet",
        "ask_reopening",
        "answer_reopening",
        "request_change",
        "answer_change",
        "write_remark",
        "write_note",
        "call_staff",
        "answer_call",
        "hold_seat",
        "transcribe",
        "answer_transcription",
        "deduct",
        "confirm_deduction",
        "withdraw_deduction",
        "confirm_here",
        "release_score",
        "withdraw_release",
        "set_screen",
        "turn_page",
        "try_bell",
        "make_hall_link",
        "revoke_hall_links",
        "pair_tablet",
    }
)
"""Acts and reads that are open in a practice to those who have them in a round."""

IN_READING = IN_PRACTICE - {"move_stage", "start_clock", "deduct", "release_score"}
"""Acts and reads that are open in a second reading's round: its readers mark, nothing is ranked."""
