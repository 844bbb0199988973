"""A forger with the file: changes what was recorded and makes every hash fit again."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from db.canonical import canonical, sha256
from db.events import FIRST, entry_hash, event_hash
from tests.db.damage import damaged

Content = dict[str, Any]


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def forge_certificate(path: Path, change: Callable[[Content], None]) -> None:
    """Change the newest certificate of a closed file; hash it, log it and chain it again."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    row = connection.execute(
        "SELECT * FROM snapshots WHERE kind = 'certify' ORDER BY seq DESC, version DESC"
    ).fetchone()
    events = [dict(event) for event in connection.execute("SELECT * FROM events ORDER BY seq")]
    connection.close()
    content = json.loads(row["content"])
    change(content)
    text = canonical(content)
    statements = [
        f"UPDATE snapshots SET content = {quoted(text)}, sha256 = '{sha256(text)}' "
        f"WHERE id = '{row['id']}'"
    ]
    for event in events:
        payload = json.loads(event["payload"])
        for image in payload["changes"]:
            if image["table"] == "snapshots" and image["key"] == {"id": row["id"]}:
                image["row"] |= {"content": text, "sha256": sha256(text)}
        event["payload"] = canonical(payload)
    damaged(path, *statements, *rechained(events))


def rechained(events: list[dict[str, Any]]) -> list[str]:
    """Statements that store events with every hash computed again."""
    statements = []
    last: dict[str, str] = {}
    for event in events:
        event["prev"] = last.get(event["competition_id"], FIRST)
        changed = ["payload", "at", "prev", "hash"]
        if event.get("entry") is not None:
            event["entry"] = entry_hash(event)
            changed.append("entry")
        event["hash"] = last[event["competition_id"]] = event_hash(event)
        columns = ", ".join(f"{name} = {quoted(event[name])}" for name in changed)
        statements.append(f"UPDATE events SET {columns} WHERE seq = {event['seq']}")
    return statements


def swap_first_and_last(content: Content) -> None:
    """The winner and the last entrant change places, figures and all."""
    lines = content["entrants"]
    kept = ("entrant_id", "number", "code", "county", "township", "village", "title")
    first, last = dict(lines[0]), dict(lines[-1])
    for name in kept:
        lines[0][name], lines[-1][name] = last[name], first[name]
