"""A round adjourned, for minutes or to another day, and resumed at the same entrant."""

from dataclasses import dataclass
from datetime import datetime

from competition import fields, typed
from competition.acting import acting, changed
from competition.ids import mint
from competition.rights import require_read
from competition.stage.clocks import pause_all
from competition.stage.errors import Adjourned
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction
from db import adjournments as rows


@dataclass(frozen=True)
class Pause:
    """An adjournment that has not ended.

    Attributes
    ----------
    until : str
        A day, or a day and a time of day, as typed; empty where it was left open.
    """

    id: str
    at: str
    until: str
    reason: str


def adjourn(
    store: Store, who: Visitor, round_id: str, *, reason: str, at: datetime, until: str = ""
) -> None:
    """Adjourn a round: no entrant is called and no score announced; the stage stays as it is.

    A running clock is paused.  The judges' marks are taken all the same: a tablet may send them
    late.

    Raises
    ------
    Adjourned
        If the round is adjourned already.
    BadFields
        If ``until`` is no day and no moment.
    """
    form = typed.Typed({"until": until})
    with acting(store, who, "adjourn", round_id, at=at) as (act, tx):
        require_going(tx, round_id)
        why = fields.reason(reason)
        moment = form.read("until", typed.moment, "")
        form.done()
        tx.put(
            "adjournments",
            {
                "id": mint(),
                "round_id": round_id,
                "reason": why,
                "until": moment,
                "at": stamp(act.at),
                "person_id": who.person_id,
                "resumed_at": None,
                "resumed_by": None,
            },
        )
        act.record("round_adjourned", reason=why)
        pause_all(act, tx, store)


def resume(store: Store, who: Visitor, round_id: str, *, at: datetime) -> None:
    """Resume an adjourned round where it stopped."""
    with acting(store, who, "resume", round_id, at=at) as (act, tx):
        row = rows.running(tx, round_id)
        if row is None:
            return act.unchanged()
        tx.put(
            "adjournments", changed(row, resumed_at=stamp(act.at), resumed_by=str(who.person_id))
        )
        act.record("round_resumed")


def adjournment(store: Store, who: Visitor, round_id: str) -> Pause | None:
    """The round's adjournment, or None where it goes on."""
    with store.reading() as tx:
        require_read(tx, who, "stage", round_id)
        return pause_of(tx, round_id)


def pause_of(tx: Transaction, round_id: str) -> Pause | None:
    """Inside a read: the round's adjournment."""
    row = rows.running(tx, round_id)
    return row and Pause(row["id"], row["at"], row["until"], row["reason"])


def require_going(tx: Transaction, round_id: str) -> None:
    """Refuse an act of the stage while the round is adjourned."""
    if rows.running(tx, round_id) is not None:
        raise Adjourned
