"""A score announced by mistake is withdrawn: the hall shows 稍后公布 in its place."""

from datetime import datetime

from competition import fields
from competition.acting import acting
from competition.lineup.entrants import require_place
from competition.stage.errors import Frozen, NotReleased
from competition.times import stamp
from competition.visitor import Visitor
from db import Store
from db import releases as rows


def withdraw_release(
    store: Store, who: Visitor, round_id: str, entrant_id: str, *, reason: str, at: datetime
) -> None:
    """Take an announced score off the hall's screen.

    The release stays on record with the reason; its sheets stay locked. The score may be
    announced again.

    Raises
    ------
    Frozen
        Publishing is paused: the screen would go on showing the score.
    NotReleased
        The score is not announced, or was withdrawn before.
    ReasonNeeded
        Without a reason.
    """
    with acting(store, who, "withdraw_release", round_id, at=at) as (act, tx):
        why = fields.reason(reason)
        require_place(tx, round_id, entrant_id)
        if act.round["frozen"]:
            raise Frozen
        release = rows.of_entrant(tx, round_id, entrant_id)
        if release is None:
            raise NotReleased
        tx.put(
            "withdrawn_releases",
            {
                "release_id": release["id"],
                "reason": why,
                "at": stamp(act.at),
                "person_id": who.person_id,
            },
        )
        act.record("release_withdrawn", entrant_id, reason=why)
