"""A second laptop's folder made without a wire: a pairing, and copies taken one by one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from competition.standby import copies, pairing
from db import heads
from db import standbys as rows
from db.backup import copied_bytes
from tests.competition.event import Event

SECRET = "K7P3QX"


def paired(event: Event, folder: Path, **more: Any) -> pairing.Pairing:
    """The memory of the first laptop."""
    owner = str(event.organizer.competition_id)
    made = pairing.Pairing("http://192.168.1.20:8501", owner, "擂台赛", "token", "", SECRET)
    made = replace(made, **more)
    pairing.keep(folder, made)
    return made


def bytes_of(event: Event) -> tuple[bytes, str]:
    """The event's file at this moment, and its head."""
    owner = str(event.organizer.competition_id)
    content, (head, _) = copied_bytes(
        event.store, lambda tx: (str(heads.last(tx, owner)), rows.revision(tx))
    )
    return content, head


def follow(event: Event, folder: Path) -> copies.Verified:
    """Take a copy, as the follower does."""
    owner = str(event.organizer.competition_id)
    content, head = bytes_of(event)
    before = copies.newest(folder, owner)
    return copies.take(folder, content, owner, head, before.head if before else None)
