"""The check of devices that ends a rehearsal: what each tablet has shown, and the backup folder."""

import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from competition.rights import require_read
from competition.stage import beats
from competition.visitor import Visitor
from db import Store, panel, people
from db import sheets as sheet_rows
from db.shapes import SeatedJudge

MOST_AHEAD = 60
"""Seconds that a tablet's clock may differ: more, and its times on papers look wrong."""


@dataclass(frozen=True)
class TabletCheck:
    """What one seat's tablet has shown so far.

    Attributes
    ----------
    came : bool
        A device has come in by the judge's link.
    opened : bool
        Its pad beats now.
    stores : bool
        Its storage keeps.
    returned : bool
        A mark of the seat is on the server, and the tablet knows it: nothing is unsent.
    ahead : int or None
        Seconds that its clock is ahead of the server's; None before it says so.
    """

    seat: SeatedJudge
    came: bool
    opened: bool
    stores: bool
    returned: bool
    ahead: int | None

    @property
    def on_time(self) -> bool:
        """True if its clock differs by no more than `MOST_AHEAD` seconds."""
        return self.ahead is not None and abs(self.ahead) <= MOST_AHEAD

    @property
    def is_ready(self) -> bool:
        """True if every tick is set."""
        return all((self.came, self.opened, self.stores, self.returned, self.on_time))


def tablets(store: Store, who: Visitor, round_id: str, *, at: datetime) -> tuple[TabletCheck, ...]:
    """The check of each seat's tablet in a round that is open, by the seat's number."""
    with store.reading() as tx:
        require_read(tx, who, "progress", round_id)
        seats = panel.seats(tx, round_id)
        came = {seat["person_id"]: people.has_come_in(tx, seat["person_id"]) for seat in seats}
        marked = {pair["person_id"] for pair in sheet_rows.progress(tx, round_id) if pair["marked"]}
    heard = beats.signs(store, round_id, at=at)
    return tuple(
        _check(seat, came[seat["person_id"]], seat["person_id"] in marked, heard) for seat in seats
    )


def _check(
    seat: SeatedJudge, came: bool, marked: bool, heard: Mapping[str, beats.Sign]
) -> TabletCheck:
    sign = heard.get(seat["person_id"], beats.Sign("unopened"))
    is_open = sign.state == "online"
    return TabletCheck(
        seat=seat,
        came=came,
        opened=is_open,
        stores=is_open and bool(sign.stores),
        returned=is_open and marked and not sign.unsent,
        ahead=sign.ahead if is_open else None,
    )


@dataclass(frozen=True)
class FolderCheck:
    """The backup folder, written to and read back just now.

    Attributes
    ----------
    problem : str
        What the system said; empty where the bytes came back.
    free : int
        Bytes left there; 0 where the folder cannot be read.
    """

    folder: Path
    problem: str
    free: int


def try_backup_folder(store: Store, who: Visitor) -> FolderCheck:
    """Write a small file where backups go, read it back and remove it."""
    with store.reading() as tx:
        require_read(tx, who, "people")
    folder = store.path.parent / "backups"
    trial, written = folder / f".trial-{secrets.token_hex(8)}", secrets.token_bytes(4096)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with trial.open("xb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        same = trial.read_bytes() == written
        trial.unlink()
        return FolderCheck(folder, "" if same else "read back other bytes", _free(folder))
    except OSError as error:
        return FolderCheck(folder, error.strerror or type(error).__name__, 0)


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free
