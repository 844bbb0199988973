"""The programme's daily work: needs, meetings with tasks and awards, dispatches."""

from db import programme_shapes as of
from db.store import Transaction


def need(tx: Transaction, need_id: str) -> of.Need | None:
    """One need."""
    return tx.stored_one(of.Need, "needs", id=need_id)


def needs(tx: Transaction, programme_id: str) -> list[of.Need]:
    """All needs of a programme."""
    return tx.stored(of.Need, "needs", order="asked_on, id", programme_id=programme_id)


def needs_of(tx: Transaction, programme_id: str, code: str) -> list[of.Need]:
    """The needs of a village, oldest first."""
    return tx.stored(of.Need, "needs", order="asked_on, id", programme_id=programme_id, code=code)


def meeting(tx: Transaction, meeting_id: str) -> of.Meeting | None:
    """One meeting."""
    return tx.stored_one(of.Meeting, "meetings", id=meeting_id)


def meetings(tx: Transaction, programme_id: str) -> list[of.Meeting]:
    """The meetings of a programme, the last first."""
    return tx.stored(
        of.Meeting, "meetings", order="held_on DESC, number DESC", programme_id=programme_id
    )


def task(tx: Transaction, task_id: str) -> of.MeetingTask | None:
    """One task."""
    return tx.stored_one(of.MeetingTask, "meeting_tasks", id=task_id)


def tasks(tx: Transaction, programme_id: str) -> list[of.MeetingTask]:
    """What follows from the meetings of a programme, by due day."""
    return tx.rows_of(
        of.MeetingTask,
        """SELECT t.* FROM meeting_tasks t JOIN meetings m ON m.id = t.meeting_id
        WHERE m.programme_id = :p ORDER BY t.due_on, t.id""",
        p=programme_id,
    )


def award(tx: Transaction, award_id: str) -> of.AwardHanded | None:
    """One award of a village."""
    return tx.stored_one(of.AwardHanded, "awards_handed", id=award_id)


def awards(tx: Transaction, programme_id: str) -> list[of.AwardHanded]:
    """The awards of villages, by village and award."""
    return tx.stored(of.AwardHanded, "awards_handed", order="code, award, id",
        programme_id=programme_id,
    )  # fmt: skip


def dispatch(tx: Transaction, dispatch_id: str) -> of.Dispatch | None:
    """One dispatch."""
    return tx.stored_one(of.Dispatch, "dispatches", id=dispatch_id)


def dispatches(tx: Transaction, programme_id: str) -> list[of.Dispatch]:
    """The dispatches of a programme, the last first."""
    return tx.stored(of.Dispatch, "dispatches", order="number DESC", programme_id=programme_id)


def dispatch_rounds(tx: Transaction, dispatch_id: str) -> list[of.DispatchRound]:
    """The answers of a dispatch that the office did not take, the first first."""
    return tx.stored(of.DispatchRound, "dispatch_rounds", order="number", dispatch_id=dispatch_id)
