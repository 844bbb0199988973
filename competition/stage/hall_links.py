"""Links for a hall's screen: each opens the hall view of one round, and nothing else."""

from datetime import datetime

from competition.acting import acting, changed
from competition.errors import LinkRefused, LinkRevoked, Missing
from competition.ids import digest, mint, token
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction
from db import releases as rows
from db import rounds as round_rows
from db.shapes import RoundRow


def make_hall_link(store: Store, who: Visitor, round_id: str, *, at: datetime) -> str:
    """A new link for a screen; its token is returned once and stored only as a hash."""
    secret = token()
    with acting(store, who, "make_hall_link", round_id, at=at) as (act, tx):
        tx.put(
            "hall_links",
            {
                "id": mint(),
                "round_id": round_id,
                "token_hash": digest(secret),
                "created_at": stamp(act.at),
                "revoked_at": None,
            },
        )
        act.record("hall_link_made")
    return secret


def revoke_hall_links(store: Store, who: Visitor, round_id: str, *, at: datetime) -> int:
    """End every hall link of a round; return how many there were."""
    with acting(store, who, "revoke_hall_links", round_id, at=at) as (act, tx):
        live = rows.live_hall_links(tx, round_id)
        for link in live:
            tx.put("hall_links", changed(link, revoked_at=stamp(act.at)))
        if live:
            act.record("hall_links_revoked")
        else:
            act.unchanged()
    return len(live)


def round_of_key(tx: Transaction, round_id: str, key: str) -> RoundRow:
    """The round of a hall link's token.

    Raises
    ------
    LinkRefused, LinkRevoked
        If it is none, of another round, or has been revoked.
    """
    link = rows.hall_link_by_hash(tx, digest(key))
    if link is None or (round_id and link["round_id"] != round_id):
        raise LinkRefused
    if link["revoked_at"] is not None:
        raise LinkRevoked
    row = round_rows.find(tx, link["round_id"])
    if row is None:
        raise Missing(what="round")
    return row


def open_hall_link(store: Store, key: str) -> str:
    """The round that a hall link shows; raises as `round_of_key`."""
    with store.reading() as tx:
        return str(round_of_key(tx, "", key)["id"])
