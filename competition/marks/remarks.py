"""A judge's words on a sheet: the remark that goes with it, and the private note."""

from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting
from competition.errors import BadInput
from competition.marks.change_requests import require_pair
from competition.marks.pace import require_words_pace
from competition.marks.sheets import is_done, put_done
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store
from db import remarks as rows

KINDS = {"remark": "write_remark", "note": "write_note"}
"""Each kind of words with the act that keeps them."""
LONGEST = 500


def write(
    store: Store,
    who: Visitor,
    *,
    round_id: str,
    entrant_id: str,
    kind: str,
    text: str,
    change_id: str,
    at: datetime,
) -> dict[str, Any]:
    """Keep a remark or a private note as it now reads; empty removes its words.

    Returns
    -------
    dict
        ``event, seat, round, entrant, kind, text, at`` as the server now holds it.

    Raises
    ------
    BadInput, NotAssigned, Recused, Withdrawn, NotNow
    """
    if kind not in KINDS:
        raise BadInput(field="kind", value=kind[:20])
    with acting(store, who, KINDS[kind], round_id, at=at, shares=True) as (act, tx):
        seat = str(who.person_id)
        key = {"round_id": round_id, "entrant_id": entrant_id, "person_id": seat}
        require_pair(tx, key)
        if is_done(tx, change_id, seat):
            act.unchanged()
        else:
            require_words_pace(tx, seat, act.at)
            tx.put(
                "remarks",
                {
                    **key,
                    "kind": kind,
                    "text": fields.text(text, "remark", longest=LONGEST),
                    "client_id": change_id,
                    "at": stamp(act.at),
                },
            )
            put_done(tx, key, change_id, kind, act.at)
            act.record(f"{kind}_written", entrant_id)
        mine = {(r["entrant_id"], r["kind"]): r for r in rows.of_judge(tx, round_id, seat)}
        stored = mine[entrant_id, kind]
        return {
            "event": who.competition_id,
            "seat": seat,
            "round": round_id,
            "entrant": entrant_id,
            "kind": kind,
            "text": stored["text"],
            "at": stored["at"],
            "results": [{"id": change_id, "outcome": "done"}],
        }


def remarks(store: Store, who: Visitor, round_id: str) -> dict[tuple[str, str], str]:
    """Entrant's and judge's id to the judge's remark on that sheet; private notes are not in it."""
    with store.reading() as tx:
        require_read(tx, who, "remarks", round_id)
        return {(r["entrant_id"], r["person_id"]): r["text"] for r in rows.of_round(tx, round_id)}
