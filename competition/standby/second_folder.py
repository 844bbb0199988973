"""The second folder, chosen, changed and stopped from the running app.

It is a folder of this machine, so it is kept beside the database and is in no copy of it: a laptop
that takes over writes to none of the first one's folders. What is named at the start goes first.
"""

import errno
import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from competition.acting import acting
from competition.standby import sticks
from competition.standby.errors import (
    CopyFolderFull,
    CopyFolderInside,
    CopyFolderMissing,
    CopyFolderUnwritable,
)
from competition.visitor import Visitor
from db import Store

LONGEST = 1000


def choose_copy_folder(store: Store, who: Visitor, typed: str, *, at: datetime) -> None:
    """Write a verified copy every minute into a folder of the server's, from now on.

    Raises
    ------
    CopyFolderMissing
        If it is no whole path of a folder that is there.
    CopyFolderInside
        If it lies in the folder of the database: what takes one takes both.
    CopyFolderUnwritable, CopyFolderFull
        If nothing can be written there.
    """
    with acting(store, who, "choose_copy_folder", at=at) as (act, _):
        folder = _checked(store, typed)
        act.record("copy_folder_chosen", str(who.competition_id))
    _keep(store, str(folder))
    if store.path in _served:
        sticks.begin(store, folder)


def stop_copies(store: Store, who: Visitor, *, at: datetime) -> None:
    """Write no further copy into the second folder; those that are there stay."""
    with acting(store, who, "stop_copies", at=at) as (act, _):
        act.record("copies_stopped", str(who.competition_id))
    _keep(store, "")
    sticks.end(store)


_served: set[Path] = set()
"""The databases that this process serves: only a server copies."""


def follow(store: Store, named: str) -> None:
    """In the process that copies: take up the folder that was chosen in another one."""
    folder = named or _kept(store)
    if not folder:
        sticks.end(store)
    elif sticks.running_folder(store) != Path(folder):
        sticks.begin(store, Path(folder))


def begin_at_start(store: Store, named: str) -> None:
    """At a server's start: copy into the folder it names, else into the one chosen last."""
    _served.add(store.path)
    folder = named or _kept(store)
    if folder:
        sticks.begin(store, Path(folder))


def end_at_stop(store: Store) -> None:
    """At a server's end: wait until no copy is being written."""
    _served.discard(store.path)
    sticks.end(store, waits=True)


def _checked(store: Store, typed: str) -> Path:
    """The folder of a typed path, with every link followed; it takes a file."""
    text = typed.strip().strip('"')  # as Windows copies a path
    values = {"field": "folder", "folder": text[:LONGEST]}
    try:
        folder = Path(text).resolve()
        is_there = len(text) <= LONGEST and Path(text).is_absolute() and folder.is_dir()
    except (OSError, ValueError, RuntimeError):
        is_there = False
    if not text or not is_there:
        raise CopyFolderMissing(**values)
    home = store.path.resolve().parent
    if folder == home or home in folder.parents:
        raise CopyFolderInside(**values)
    try:
        _try(folder)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CopyFolderFull(**values) from error
        raise CopyFolderUnwritable(**values) from error
    return folder


def _try(folder: Path) -> None:
    """Write a small file and remove it; raises OSError where the disk does not take it."""
    path = folder / f".arena-{secrets.token_hex(8)}"
    try:
        with path.open("xb") as file:
            file.write(b"arena")
            file.flush()
            os.fsync(file.fileno())
    finally:
        with suppress(OSError):
            path.unlink()


def _beside(store: Store) -> Path:
    return store.path.with_name(f"{store.path.name}.copies-to")


def _keep(store: Store, folder: str) -> None:
    path = _beside(store)
    partial = path.with_name(f"{path.name}.part")
    partial.write_text(folder, encoding="utf-8")
    partial.replace(path)


def _kept(store: Store) -> str:
    try:
        return _beside(store).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
