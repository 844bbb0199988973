"""An entrant's printed facts, corrected after its round was opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting, changed
from competition.errors import NothingChanged
from competition.lineup.entrants import require_place
from competition.lineup.expectations import renew_drafts
from competition.lineup.roster import read_facts, require_entrant
from competition.rights import require_read
from competition.states import AFTER_CERTIFYING
from competition.visitor import Visitor
from db import Store, Transaction, setup
from db import entrants as rows


@dataclass(frozen=True)
class Reach:
    """The rounds that a correction of an entrant changes, and those it does not, by title.

    Attributes
    ----------
    opened : tuple of str
        Opened rounds that will show it at once.
    kept : tuple of str
        Certified rounds: they keep what they were certified with.
    """

    opened: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def wants_reason(self) -> bool:
        """True if any round of the entrant was opened."""
        return bool(self.opened or self.kept)


def reach(store: Store, who: Visitor, entrant_id: str) -> Reach:
    """The rounds that a correction would change, and the certified ones that keep their facts."""
    with store.reading() as tx:
        require_read(tx, who, "entrants")
        require_entrant(tx, who, entrant_id)
        rounds = setup.rounds_of_entrant(tx, entrant_id)
    kept = tuple(row["title"] for row in rounds if row["state"] in AFTER_CERTIFYING)
    opened = tuple(row["title"] for row in rounds if row["state"] in ("open", "closed"))
    return Reach(opened, kept)


def correct_entrant(
    store: Store,
    who: Visitor,
    round_id: str,
    entrant_id: str,
    *,
    reason: str,
    at: datetime,
    **values: str,
) -> None:
    """Correct an entrant's printed facts, with a reason, in every round not yet certified.

    A certified round of the same entrant keeps the facts it was certified with until its
    certificate is revoked. Recusals of opened rounds stay as they are; those in draft follow.

    Parameters
    ----------
    values
        Some of ``code, county, township, village, title, presenter, post, unit``.

    Raises
    ------
    NotNow
        If the round is certified; ``clears`` names the act that takes that back.
    ReasonNeeded, NothingChanged, BadCode, Blank, Duplicate, Missing
    """
    with acting(store, who, "correct_entrant", round_id, at=at) as (act, tx):
        require_place(tx, round_id, entrant_id)
        before = require_entrant(tx, who, entrant_id)
        after = read_facts(tx, who, before, values)
        why = fields.reason(reason)
        if after == before:
            raise NothingChanged
        concerned = setup.rounds_of_entrant(tx, entrant_id)
        for row in concerned:
            if row["state"] in AFTER_CERTIFYING:
                _keep(tx, row["id"], before)
        tx.put("entrants", changed(after, corrections=before["corrections"] + 1))
        renew_drafts(tx, concerned)
        followed = [r["id"] for r in concerned if r["state"] not in AFTER_CERTIFYING]
        for one in (round_id, *(other for other in followed if other != round_id)):
            act.record("entrant_corrected", entrant_id, reason=why, round_id=one)


def _keep(tx: Transaction, round_id: str, entrant: Mapping[str, Any]) -> None:
    """Keep the facts that a certified round shows, at the first correction after it."""
    if all(row["entrant_id"] != entrant["id"] for row in rows.kept(tx, round_id)):
        facts = {name: entrant[name] for name in rows.FACTS}
        tx.put("kept_facts", {"round_id": round_id, "entrant_id": entrant["id"], **facts})


def drop_kept_facts(tx: Transaction, round_id: str) -> None:
    """Inside the act that revokes a certificate: the round shows the present facts again."""
    tx.remove_rows("kept_facts", rows.kept(tx, round_id))
