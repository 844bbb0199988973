"""What tablets still have to give back, as the desk shows it; a tablet waived by name."""

from dataclasses import dataclass
from datetime import datetime

from competition import fields
from competition.acting import acting
from competition.errors import Missing, TabletsAwaited
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction
from db import heads as rows

TAKEN = ("done", "requested")
OPEN = ("wait", "conflict", "refused")


@dataclass(frozen=True)
class Tablet:
    """One tablet that must report before certifying, or was waived.

    Attributes
    ----------
    device : str
        Its sign-in, which names it.
    name : str
        Whose it is.
    shown : str
        The last head it showed, as on paper.
    state : str
        ``waiting``, ``reported`` or ``waived``.
    waiting_marks : int
        Marks of this judge that came and wait for others, or for a person.
    """

    device: str
    person_id: str
    name: str
    shown: str
    n: int
    seen_at: str
    state: str
    waived_by: str
    reason: str
    waiting_marks: int


@dataclass(frozen=True)
class Witness:
    """One tablet that shows a head: ``same``, ``behind``, ``fork`` or ``new``, and since when."""

    device: str
    name: str
    shown: str
    state: str
    since: str
    at: str


@dataclass(frozen=True)
class Returns:
    """What came back after an older file was put in place of a newer one.

    Attributes
    ----------
    head : str
        The present head, as on paper.
    generation : int
        Its generation; 0 for a file that has none.
    cause : str
        Why that began.
    back_to : int
        Number of the last event before it.
    proven : int
        The highest number of an event that a tablet proves.
    returned : int
        Changes that were taken back.
    open : int
        Changes that came and wait for others, or for a person.
    """

    head: str
    generation: int
    cause: str
    back_to: int
    proven: int
    returned: int
    open: int
    tablets: tuple[Tablet, ...]
    witnesses: tuple[Witness, ...]

    @property
    def waiting(self) -> tuple[Tablet, ...]:
        """The tablets that certifying waits for."""
        return tuple(one for one in self.tablets if one.state == "waiting")


def returns_view(store: Store, who: Visitor) -> Returns:
    """What tablets prove, what they gave back, and who has not reported."""
    with store.reading() as tx:
        require_read(tx, who, "tablets")
        owner = str(who.competition_id)
        counts = rows.returned_counts(tx, owner)
        tablets = tuple(_tablet(row, counts) for row in rows.awaited(tx, owner))
        begun = rows.generation(tx, owner)
        now = rows.last(tx, owner)
        witnesses = rows.witnesses(tx, owner)
    back_to = begun["last_n"] if begun else 0
    return Returns(
        head=now.short if now else "",
        generation=begun["number"] if begun else 0,
        cause=begun["cause"] if begun else "",
        back_to=back_to,
        proven=max((one.n for one in tablets), default=back_to),
        returned=_sum(counts, TAKEN),
        open=_sum(counts, OPEN),
        tablets=tablets,
        witnesses=tuple(
            Witness(
                row["device"],
                row["name"],
                _short(row["head"]),
                row["state"],
                row["since"],
                row["at"],
            )
            for row in witnesses
        ),
    )


def _tablet(row: dict[str, str], counts: list[dict[str, str]]) -> Tablet:
    head = rows.parse(row["head"])
    return Tablet(
        device=row["device"],
        person_id=row["person_id"],
        name=row["name"],
        shown=_short(row["head"]),
        n=head.n if head else 0,
        seen_at=row["seen_at"],
        state=row["state"],
        waived_by=row["waived_name"] or "",
        reason=row["reason"],
        waiting_marks=_sum([one for one in counts if one["person_id"] == row["person_id"]], OPEN),
    )


def _short(text: str) -> str:
    head = rows.parse(text)
    return head.short if head else ""


def _sum(counts: list[dict[str, str]], outcomes: tuple[str, ...]) -> int:
    return sum(int(row["count"]) for row in counts if row["outcome"] in outcomes)


def waive_tablet(store: Store, who: Visitor, device: str, *, reason: str, at: datetime) -> None:
    """Certify without a tablet that has not reported: by name, with a reason.

    Raises
    ------
    Missing
        If no such tablet is waited for.
    ReasonNeeded
    """
    with acting(store, who, "waive_tablet", at=at) as (act, tx):
        device_row = rows.awaited_device(tx, str(who.competition_id), device)
        if device_row is None or device_row["state"] != "waiting":
            raise Missing(what="tablet")
        why = fields.reason(reason)
        waived = {"state": "waived", "waived_by": who.person_id, "reason": why}
        tx.put("awaited", {**device_row, **waived})
        act.record("tablet_waived", device_row["person_id"], reason=why)


def require_tablets(tx: Transaction, who: Visitor) -> None:
    """Refuse to certify while a tablet is waited for.

    Raises
    ------
    TabletsAwaited
        Names whose tablets they are.
    """
    owner = str(who.competition_id)
    names = sorted({row["name"] for row in rows.awaited(tx, owner) if row["state"] == "waiting"})
    if names:
        raise TabletsAwaited(names=names)
