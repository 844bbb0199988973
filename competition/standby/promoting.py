"""The second laptop takes over: its newest copy that verifies is put in place, a generation begins.

Only by a person, at this laptop's terminal or on its page. What the copy lacks is given back by the
tablets; the first laptop, should it come back, meets the higher generation and turns read-only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from competition.generations import begin_generation, keep_heads
from competition.people import links
from competition.standby import copies
from competition.standby.copies import write_private
from competition.standby.pairing import Pairing
from db import Store, competitions, heads
from db.connection import name_safely
from db.errors import DatabaseError
from db.looking import Looked, looking
from db.restoring import put_in_place

HIGHEST = 10**6
"""A generation above this was mistyped: the next one would be above it."""


class NothingToPromote(Exception):
    """No copy that verifies is here."""


@dataclass(frozen=True)
class Promoted:
    """What was put in place.

    Attributes
    ----------
    path : Path
        The database to serve.
    head : str
        Its newest copied head, as on paper.
    generation : int
        The generation that began.
    missing : int or None
        Events of the first laptop that the copy lacks, by the number that was typed or heard;
        None where neither is known.
    token : str
        A new link of the organizer's.
    """

    path: Path
    head: str
    generation: int
    missing: int | None
    token: str


def read_number(typed: str) -> tuple[int | None, str]:
    """The last number, or the whole head, that the first laptop had shown.

    Returns
    -------
    tuple
        The number of the last event, None for none; the head, empty for a number alone.
    """
    text = typed.strip()
    head = heads.parse(text)
    if head is not None and head.number < HIGHEST:
        return head.n, str(head)
    return (int(text), "") if text.isascii() and text.isdigit() and len(text) < 10 else (None, "")


def promote(
    folder: Path, paired: Pairing, *, typed: str = "", heard: int | None = None, at: datetime
) -> Promoted:
    """Put the newest copy that verifies in place and begin a generation above every known one.

    Parameters
    ----------
    typed : str
        The first laptop's last number or head, from its screen or a paper; may be empty.
    heard : int, optional
        The number that it named last in a beat.

    Raises
    ------
    NothingToPromote
    """
    path = copies.served(folder)
    number, lost = read_number(typed)
    with _sound(folder) as copy:
        put_in_place(copy, path, stamp=f"{at.astimezone():%Y%m%d-%H%M%S}")
    _put_beside(path, paired)
    store = Store(path)
    try:
        head, generation = _begin(store, paired, lost, at)
        token = links.organizer_again(store, at=at)
        keep_heads(store)
    finally:
        store.close()
    last = heard if number is None else number
    missing = None if last is None else max(0, last - head.n)
    return Promoted(path, head.short, generation, missing, str(token))


@contextmanager
def _sound(folder: Path) -> Iterator[Looked]:
    """Lend the newest copy that still verifies: a disk may have damaged the last one."""
    named = copies.beside(folder)
    for copy in reversed(copies.copies(folder)):
        try:
            with looking(copy) as looked:
                if copies.check(looked.store, named):
                    continue
                yield Looked(looked.store, named, looked.is_older)
                return
        except DatabaseError:
            continue
    raise NothingToPromote


def _put_beside(path: Path, paired: Pairing) -> None:
    """Write the first laptop's cookie secret and certificate where the server looks for them."""
    files = {f"{path.name}.tls/{name}": text for name, text in (paired.tls or {}).items()}
    if paired.cookie_secret:
        files[f"{path.name}.secret"] = paired.cookie_secret
    for name, text in files.items():
        target = path.parent / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        partial = target.with_name(f"{target.name}.part")
        write_private(partial, text.encode())
        name_safely(partial, target)


def _begin(store: Store, paired: Pairing, lost: str, at: datetime) -> tuple[heads.Head, int]:
    heard = heads.parse(paired.heard)
    above = heard.number if heard else 0
    with store.writing() as tx:
        for row in competitions.all_of(tx):
            owner = row["id"]
            before = heads.last(tx, owner)
            is_lost = bool(lost) and not heads.is_on_chain(tx, owner, _head(lost))
            begin_generation(
                tx, owner, "promoted", at=at, lost=lost if is_lost else "", above=above
            )
            begun = heads.generation(tx, owner)
    assert before is not None  # a paired file has one competition, and that its first event
    assert begun is not None
    return before, int(begun["number"])


def _head(text: str) -> heads.Head:
    head = heads.parse(text)
    assert head is not None  # read as one when it was typed
    return head
