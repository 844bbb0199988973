"""The second laptop follows: a beat each second, a copy whenever the first one's file has moved."""

import threading
import time
from dataclasses import dataclass, replace
from http.client import HTTPException
from pathlib import Path
from typing import Any

from competition.standby import copies, pairing, wire
from competition.standby.copies import CopyRefused, Verified
from competition.standby.pairing import Pairing
from db import heads
from db.errors import DatabaseError

BEAT_SECONDS = 1.0
COPY_SECONDS = 2.0
"""The least between two copies."""
SILENT_SECONDS, STILL_SECONDS = 10.0, 3


@dataclass(frozen=True)
class Status:
    """What the second laptop's screens show; ages by its own steady clock.

    Attributes
    ----------
    state : str
        ``unheard`` (since this program began), ``online``, ``silent``.
    silent : int
        Seconds since the first laptop answered.
    events : int or None
        Events and ballots of the first one that the newest verified copy lacks.
    seconds : int or None
        Age of that copy where it lacks any; 0 where it lacks none.
    verified, first : str
        The heads of the newest verified copy and of the first laptop, as on paper.
    problem : str
        Code of what keeps it from following; empty for nothing.
    """

    state: str
    silent: int
    events: int | None
    seconds: int | None
    verified: str
    first: str
    problem: str
    copies: int

    @property
    def answers(self) -> bool:
        """Whether the first laptop has answered one of the last few beats."""
        return self.state == "online" and self.silent <= STILL_SECONDS


class Follower:
    """Follows one first laptop into one folder, on two threads."""

    def __init__(self, folder: Path, paired: Pairing) -> None:
        self.folder, self.paired = folder, paired
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._newest: Verified | None = copies.newest(folder, paired.event)
        self._asked_at: float | None = None
        self._heard_at: float | None = None
        self._first: heads.Head | None = None
        self._ballots = 0
        self._revision = ""
        self._copied = ""
        self._problem = ""

    def start(self) -> None:
        """Begin to follow."""
        for step, pause in ((self.beat, BEAT_SECONDS), (self.copy, COPY_SECONDS)):
            thread = threading.Thread(target=self._repeat, args=(step, pause), daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Follow no more; a request that hangs is left behind."""
        self._over.set()
        for thread in self._threads:
            thread.join(BEAT_SECONDS)

    def _repeat(self, step: Any, pause: float) -> None:
        while not self._over.is_set():
            step()
            self._over.wait(pause)

    def beat(self) -> None:
        """Hear where the first laptop is, and tell it how far this one has come."""
        verified = str(self._newest.head) if self._newest else ""
        ballots = self._newest.ballots if self._newest else 0
        said = {"verified": verified, "ballots": ballots, "problem": self._problem}
        try:
            told = self._ask("/standby/state", said)
        except wire.FirstRefused as error:
            self._note(error.code)
            return
        except (OSError, HTTPException, ValueError):
            return  # its age says it
        with self._lock:
            self._heard_at = time.monotonic()
            self._first = heads.parse(str(told["head"]))
            self._revision, self._ballots = str(told["revision"]), int(told["ballots"])
            if told["superseded"]:
                self._problem = "superseded"
        self._keep_generation(str(told["head"]))

    def _keep_generation(self, told: str) -> None:
        """Write down the head of a generation not heard of before: the next is above it."""
        head, before = heads.parse(told), heads.parse(self.paired.heard)
        if head is not None and (before is None or head.number > before.number):
            self.paired = replace(self._present(), heard=told)
            pairing.keep(self.folder, self.paired)

    def _present(self) -> Pairing:
        """The pairing as it stands on the disk: wrong secrets are counted there."""
        return pairing.kept(self.folder) or self.paired

    def copy(self) -> None:
        """Take a copy if the first laptop has moved on since the last one."""
        if not self._revision or self._revision == self._copied:
            return
        asked = time.monotonic()
        try:
            got = self._fetch("/standby/copy", {})
            taken = self._take(got)
        except wire.FirstRefused as error:
            self._note(error.code)
        except CopyRefused as error:
            self._note(error.code)
        except (EOFError, HTTPException, ValueError):
            self._note("cut_short")
        except (wire.Broken, TimeoutError, ConnectionError):
            self._note("cut_short")
        except (OSError, DatabaseError):
            self._note("not_kept")
        else:
            with self._lock:
                self._newest, self._asked_at = taken, asked
                self._copied, self._problem = got.headers["arena-revision"], ""

    def _take(self, got: wire.Got) -> Verified:
        content = copies.unpack(got.body, got.headers.get("arena-sha256", ""))
        for name in copies.wanted_documents(self.folder, content):
            document = self._fetch("/standby/document", {"sha256": name})
            copies.keep_document(self.folder, name, document.body)
        told = self._ask("/standby/belongings", {})
        self.paired = pairing.take_belongings(self.folder, self._present(), told)
        announced = got.headers.get("arena-copy-head", "")
        before = self._newest.head if self._newest else None
        return copies.take(self.folder, content, self.paired.event, announced, before)

    def _note(self, problem: str) -> None:
        with self._lock:
            self._problem = problem

    def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return wire.ask(
            self.paired.address,
            path,
            body,
            secret=self.paired.token,
            authority=self.paired.authority,
        )

    def _fetch(self, path: str, body: dict[str, Any]) -> wire.Got:
        return wire.fetch(
            self.paired.address,
            path,
            body,
            secret=self.paired.token,
            authority=self.paired.authority,
        )

    def first_number(self) -> int | None:
        """The number of the last event that the first laptop named; None before it did."""
        with self._lock:
            return self._first.n if self._first else None

    def status(self) -> Status:
        """How far this laptop is behind, now."""
        now = time.monotonic()
        with self._lock:
            newest, first, heard = self._newest, self._first, self._heard_at
            asked, problem, ballots = self._asked_at, self._problem, self._ballots
        events = seconds = None
        if newest is not None and first is not None:
            events = max(0, first.n - newest.head.n) + max(0, ballots - newest.ballots)
            seconds = 0 if not events else None if asked is None else int(now - asked)
        silent = 0 if heard is None else int(now - heard)
        state = "unheard" if heard is None else "silent" if silent > SILENT_SECONDS else "online"
        return Status(
            state,
            silent,
            events,
            seconds,
            newest.head.short if newest else "",
            first.short if first else "",
            problem,
            len(copies.copies(self.folder)),
        )
