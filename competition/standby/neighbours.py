"""Several processes of one competition: what each tells the others, and which one of them leads.

The one that leads checkpoints the journal and copies into the second folder; when it ends or is
killed, another one leads within a second. All else is the database's, or is passed on here once a
second: pads' beats, the second laptop's, the copies, errors.
"""

import json
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from competition.stage import beats
from competition.standby import lag, second_folder, sticks
from db import Busy, DatabaseError, Store
from db.locks import Held
from db.notes import NotesFault

EVERY_SECONDS = 1.0
FRESH_SECONDS = 5.0
"""A note older than this is of a process that has ended."""
KEPT_SECONDS = 3600.0
LARGE_JOURNAL = 4 * 2**20
"""From this size on the journal is taken in, also where other processes alone write."""


@dataclass(frozen=True)
class Topic:
    """Something that each process knows a part of.

    Attributes
    ----------
    tell : callable
        What this process knows, as JSON can write it.
    hear : callable
        Takes what the others know now, one entry a process.
    """

    tell: Callable[[Store], Any]
    hear: Callable[[Store, list[Any]], None]


TOPICS = {
    "beats": Topic(beats.tell, beats.hear),
    "lag": Topic(lag.tell, lag.hear),
    "copies": Topic(sticks.tell, sticks.hear),
}


class Neighbours:
    """This process among those that serve the same file, on a separate thread.

    Parameters
    ----------
    copies_to : str
        The second folder that the start names; empty for the one that was chosen in the app.
    topics : dict
        Besides `TOPICS`.
    """

    def __init__(
        self, store: Store, *, copies_to: str = "", topics: dict[str, Topic] | None = None
    ) -> None:
        self._store, self._copies_to = store, copies_to
        self._topics = {**TOPICS, **(topics or {})}
        self._notes = store.notes(secrets.token_hex(8))
        self._lead: Held | None = None
        self._over = threading.Event()
        store.checkpoints(does=False)
        self.step()
        self._thread = threading.Thread(target=self._run, daemon=True, name="neighbours")
        self._thread.start()

    @property
    def leads(self) -> bool:
        """Whether this process leads."""
        return self._lead is not None

    def stop(self) -> None:
        """Tell and lead no more."""
        self._over.set()
        self._thread.join()
        self._notes.close()
        if self._lead is not None:
            self._store.checkpoints(does=False)
            self._lead.close()

    def _run(self) -> None:
        while not self._over.wait(EVERY_SECONDS):
            self.step()

    def step(self) -> None:
        """Lead if no other process does; tell and hear. A busy file is tried again."""
        with suppress(DatabaseError, Busy, NotesFault):
            self._store.heed()
            self._take_lead()
            for name, topic in self._topics.items():
                self._notes.leave(name, json.dumps(topic.tell(self._store)))
                others = self._notes.others(name, within=FRESH_SECONDS)
                topic.hear(self._store, [json.loads(one) for one in others])
            if self.leads:
                self._notes.clear(older=KEPT_SECONDS)

    def _take_lead(self) -> None:
        if self._lead is not None and not self._lead.lasts():
            self._lead = None
        if self._lead is None:
            self._lead = self._store.locks.lead()
            if self._lead is None:
                return
            self._store.checkpoints(does=True)
        second_folder.follow(self._store, self._copies_to)
        if self._store.sizes()[1] > LARGE_JOURNAL:
            self._store.checkpoint()
