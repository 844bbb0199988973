"""A verified copy every minute in a second folder, such as a USB stick, and how old the last is."""

import errno
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from competition.rights import require_read
from competition.standby import copies
from competition.standby.apart import check_apart
from competition.standby.copies import CopyRefused
from competition.visitor import Visitor
from db import Store, competitions, document_files, heads
from db import standbys as rows
from db.backup import copied_bytes
from db.errors import DatabaseError

Told = list[Any]
"""Folder, when a copy was last known good by the machine's steady clock, problem, same disk."""
EVERY_SECONDS = 60.0
LATE_SECONDS = 180


@dataclass(frozen=True)
class StickState:
    """The second folder as the desk shows it.

    Attributes
    ----------
    folder : str
        Empty where copies go into none.
    seconds : int or None
        Since the folder was last known to have a verified copy of all there was; None before.
    problem : str
        ``gone``, ``full``, ``unwritable``, or a code of `copies.CopyRefused`; empty for nothing.
    is_same_disk : bool
        Whether the folder is on the disk of the database.
    """

    folder: str = ""
    seconds: int | None = None
    problem: str = ""
    is_same_disk: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the last copy is older than it should be."""
        return self.seconds is None or self.seconds > LATE_SECONDS


class Stick:
    """Copies one store into one folder, on a separate thread."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.problem = ""
        self.copied_at: float | None = None
        self._revision = ""
        self._device = folder.stat().st_dev if folder.is_dir() else -1
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="stick")
        _sticks[store.path] = self

    def start(self) -> None:
        """Begin to copy."""
        self._thread.start()

    def leave(self) -> None:
        """Copy no more, without waiting for a copy that is being written."""
        self._over.set()
        if _sticks.get(self.store.path) is self:
            del _sticks[self.store.path]
            _left.setdefault(self.store.path, []).append(self)

    def stop(self) -> None:
        """Copy no more; returns once no copy is being written."""
        self.leave()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            self.step()
            self._over.wait(EVERY_SECONDS)

    def step(self) -> None:
        """Copy if there is anything new, or if the last copy is not there any more."""
        begun = time.monotonic()
        try:
            self._require_there()
            self._copy()
        except CopyRefused as error:
            self.problem = error.code
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            self.problem = "full" if full else "unwritable"
        except DatabaseError:
            self.problem = "not_read"
        else:
            self.problem, self.copied_at = "", begun

    def _require_there(self) -> None:
        """A stick that was pulled may leave its empty folder on the machine's disk."""
        if not self.folder.is_dir():
            raise CopyRefused("gone")
        device = self.folder.stat().st_dev
        if device != self._device and device == self._own_device:
            raise CopyRefused("gone")
        self._device = device

    @property
    def _own_device(self) -> int:
        """The disk of the database; in PostgreSQL, that of this machine's folder of it."""
        return self.store.path.parent.stat().st_dev

    @property
    def is_same_disk(self) -> bool:
        """Whether the folder is on the disk of the database, as it was seen last."""
        return self._device == self._own_device

    def _copy(self) -> None:
        kept = copies.copies(self.folder)
        with self.store.reading() as tx:
            if not competitions.all_of(tx):
                return
            owner = competitions.all_of(tx)[0]["id"]
            if kept and rows.revision(tx) == self._revision:
                return
        content, (head, revision, documents) = copied_bytes(
            self.store,
            lambda tx: (str(heads.last(tx, owner)), rows.revision(tx), document_files.kept(tx)),
        )
        for name in sorted(documents):
            self._copy_document(name)
        copies.take(self.folder, content, owner, head, None, check=check_apart)
        self._revision = revision

    def _copy_document(self, name: str) -> None:
        if document_files.path_of(copies.beside(self.folder), name).is_file():
            return
        with self.store.reading() as tx:
            content = document_files.content_of(tx, self.store.path, name)
        if content is not None:  # one that is missing here is a finding of the copy
            copies.keep_document(self.folder, name, content)


_sticks: dict[Path, Stick] = {}
_elsewhere: dict[Path, Told] = {}
_left: dict[Path, list[Stick]] = {}
"""Those that copy no more, by database, until a server's end: one may still be writing."""


def begin(store: Store, folder: Path) -> None:
    """Copy into this folder from now on, and into no other."""
    if folder != running_folder(store):
        end(store)
        Stick(store, folder).start()


def end(store: Store, *, waits: bool = False) -> None:
    """Copy no more; ``waits`` until no copy is being written."""
    stick = _sticks.get(store.path)
    if stick is not None:
        stick.leave()
    for left in _left.pop(store.path, []) if waits else ():
        left.stop()


def running_folder(store: Store) -> Path | None:
    """The folder that copies go into now."""
    stick = _sticks.get(store.path)
    return None if stick is None else stick.folder


def stick_state(store: Store, who: Visitor, *, now: float) -> StickState:
    """How old the copy in the second folder is, for the staff.

    Parameters
    ----------
    now : float
        Seconds of this machine's steady clock.
    """
    with store.reading() as tx:
        require_read(tx, who, "tablets")
    return state_of(store, now=now)


def state_of(store: Store, *, now: float) -> StickState:
    """As `stick_state`, where the right was asked for."""
    said = tell(store) or _elsewhere.get(store.path)
    if not said:
        return StickState()
    folder, at, problem, is_same_disk = said
    return StickState(folder, None if at is None else int(now - at), problem, is_same_disk)


def tell(store: Store) -> Told:
    """The copies that this process makes, for the others of the installation; empty for none."""
    stick = _sticks.get(store.path)
    if stick is None:
        return []
    return [str(stick.folder), stick.copied_at, stick.problem, stick.is_same_disk]


def hear(store: Store, others: list[Told]) -> None:
    """Take what the process that copies said last."""
    _elsewhere[store.path] = next((told for told in others if told), [])
