"""全部材料 made in a separate process, at low priority: tablets are answered meanwhile.

The child opens the same database, makes the bundle for the same person and says each step on its
standard output; the archive comes back as a file that only this user may read. Leaving the steps
ends the child.
"""

import gc
import json
import os
import subprocess
import sys
import threading
from collections.abc import Generator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from competition import Store, open_store
from competition.people import people
from competition.results.errors import BundleBeingMade, BundleNotMade
from competition.rounds import rounds
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from exports.bundle import Packed, Packing, Step
from organizers.results.lists import whole
from ui.access import Visit

HOME = Path(__file__).parents[3]
NICENESS = 15
ENDS_WITHIN = 10.0
"""Seconds in which a child that was ended leaves its place."""
_one = threading.Lock()
_children: dict[str, subprocess.Popen[str]] = {}
"""Person to the child that makes that person's bundle."""


@dataclass(frozen=True)
class Asked:
    """What a child is asked to make."""

    database: str
    person: str
    round: str
    lang: str
    at: str
    public: bool
    target: str = ""


def making(now: Visit, *, public: bool) -> Packing:
    """Make the bundle of the visit's round in a child; each step as it begins there.

    It takes the place of one that the same person began, as from a page since loaded again.

    Raises
    ------
    BundleBeingMade
        If another person's bundle is being made.
    BundleNotMade
        If the child ended without an archive.
    """
    asked = Asked(
        str(now.store.path),
        str(now.who.person_id),
        now.round_id,
        now.lang,
        now.at.isoformat(),
        public,
    )
    if not _one.acquire(blocking=False) and not _taken_over(asked.person):
        raise BundleBeingMade
    try:
        with TemporaryDirectory() as folder:
            target = Path(folder) / "bundle.zip"
            last = yield from _steps(replace(asked, target=str(target)))
            if last is None or not target.exists():
                raise BundleNotMade
            return Packed(target.read_bytes(), *last)
    finally:
        _one.release()


def _taken_over(person: str) -> bool:
    """End this person's own child; whether its place is free now, and taken."""
    child = _children.get(person)
    if child is None:
        return False
    child.kill()
    return _one.acquire(timeout=ENDS_WITHIN)


def _steps(asked: Asked) -> Generator[Step, None, tuple[str, int] | None]:
    """Run a child; return the manifest's hash and the number of files, None where it failed."""
    child = subprocess.Popen(
        [sys.executable, "-m", "organizers.results.lists.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=HOME,
        encoding="utf-8",
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )
    _children[asked.person] = child
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(json.dumps(asdict(asked)))
        child.stdin.close()
        for line in child.stdout:
            said = json.loads(line)
            if "path" in said:
                yield Step(**said)
            else:
                return str(said["manifest"]), int(said["files"])
        return None
    finally:
        del _children[asked.person]
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def visit(store: Store, who: Visitor, round_id: str, lang: str, at: datetime) -> Visit:
    """A person's visit to a round without a page: what the page would read, by the same rights."""
    mine = tuple(rounds.rounds_of(store, who))
    chosen = next(row for row in mine if row["id"] == round_id)
    competition = people.current_competition(store, who)
    return Visit(store, who, lang, at, competition, mine, chosen)


def main() -> None:
    """The child: make what standard input asks for."""
    asked = Asked(**json.loads(sys.stdin.read()))
    if sys.platform != "win32":
        os.nice(NICENESS)
    store = open_store(Path(asked.database))
    with store.reading() as tx:
        who = visitor_of(tx, asked.person)
    at = datetime.fromisoformat(asked.at)
    now = visit(store, who, asked.round, asked.lang, at)
    packing = whole.everything(now, public=asked.public)
    gc.freeze()  # after each paper only what was made of it is looked through
    while True:
        try:
            step = next(packing)
        except StopIteration as end:
            made: Packed = end.value
            break
        _say(asdict(step))
        gc.collect()  # papers of Word are full of circles, which hold two megabytes each
    Path(asked.target).write_bytes(made.content)
    store.close()
    _say({"manifest": made.manifest, "files": made.files})


def _say(said: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
