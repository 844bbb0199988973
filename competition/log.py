"""The log: every act, in order, with its reason."""

import json
from typing import Any

from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, entrants, events, people, snapshots


def log(
    store: Store,
    who: Visitor,
    *,
    round_id: str | None = None,
    before: int | None = None,
    limit: int = 200,
) -> list[dict[str, Any]]:
    """Events, newest first: ``seq, at, kind, actor, subject, reason, hash``.

    Actor and subject are names where the id stands for a person or an entrant.  What a
    judge marked is not in it.
    """
    with store.reading() as tx:
        require_read(tx, who, "log")
        competition_id = str(who.competition_id)
        names = {row["id"]: row["name"] for row in people.of_competition(tx, competition_id)}
        names |= {
            row["id"]: f"{row['county']}{row['township']}{row['village']}"
            for row in entrants.of_competition(tx, competition_id)
        }
        found = events.history(tx, competition_id, round_id=round_id, before=before, limit=limit)
        return [
            {
                "seq": event["seq"],
                "at": event["at"],
                "kind": event["kind"],
                "actor": names.get(event["actor"], ""),
                "subject": " ".join(names.get(part, "") for part in event["subject"].split()),
                "reason": json.loads(event["payload"]).get("reason", ""),
                "hash": event["hash"],
            }
            for event in found
        ]


def views_of(store: Store, who: Visitor, round_id: str) -> list[dict[str, Any]]:
    """Who looked at standings that were not certified yet; for the supervisor."""
    with store.reading() as tx:
        require_read(tx, who, "views", round_id)
        return snapshots.views(tx, round_id)
