"""The competitions that one process serves: each open, locked, and found by its host.

Nothing of one is read for another. One that cannot be opened is left out with its reason, and the
others go on.
"""

import logging
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from competition.generations import start_serving
from competition.province.warming import Warming
from competition.standby import fencing, second_folder
from db import DatabaseError, Store, competitions, members
from db.errors import EmptyFile, SameTwice
from db.members import PROVINCE
from db.opened import close_all, open_store
from db.served import LocksOfMany, is_there, made

LOG = logging.getLogger("arena")
READERS = 4
"""Of one competition at one moment: hundreds of files share a process's descriptors."""
LOOK_SECONDS = 1.0
"""How often the list is looked at where a host is not known: one may have been added."""


class Installation:
    """The competitions of a folder, each by its host.

    Attributes
    ----------
    members : Members
        The list as it was read last.
    faults : dict
        Name to why a competition is not open.
    warming : Warming
        Reads each once for the province's page.
    """

    warming: Warming

    def __init__(self, folder: Path) -> None:
        self.members = members.read(folder)
        self.faults: dict[str, DatabaseError] = {}
        self._stores: dict[str, Store] = {}
        self._hosts: dict[str, Store] = {}
        self._owners: dict[str, str] = {}
        self._locks = LocksOfMany()
        self._held, self._work = ExitStack(), ExitStack()
        self._guard = threading.Lock()
        self._looked = 0.0

    def begin(self) -> None:
        """Open what can be opened, the province first."""
        with self._guard:
            self._open_all()
        watch = fencing.Watch(self.stores, care=self._locks.mend)
        self._work.callback(watch.stop)
        self.warming = Warming(list(self.competitions().values()))
        self._work.callback(self.warming.stop)

    def end(self) -> None:
        """Wait until no copy is being written, close every store, and give the locks back."""
        self._work.close()
        close_all()
        self._held.close()
        self._locks.close()

    def stores(self) -> list[Store]:
        """Every store that is open, the province's first."""
        return list(self._stores.values())

    def competitions(self) -> dict[str, Store]:
        """Name to store of the competitions that are open, in the list's order."""
        there = dict(self._stores)
        return {name: there[name] for name in self.members.names if name in there}

    @property
    def province(self) -> Store | None:
        """The province's store, if it is open."""
        return self._stores.get(PROVINCE)

    def at_host(self, host: str) -> Store | None:
        """The store of a host; None for a host that is not served. Reads no file."""
        return self._hosts.get(host)

    def is_listed(self, host: str) -> bool:
        """Whether a host is in the list, open or not."""
        names = (PROVINCE, *self.members.names)
        return host in {self.members.host_of(name) for name in names}

    @property
    def is_due(self) -> bool:
        """Whether the list was last looked at a second ago or longer."""
        return time.monotonic() >= self._looked + LOOK_SECONDS

    def look_again(self) -> None:
        """Open what was added to the list since; at most once a second."""
        with self._guard:
            if not self.is_due:
                return
            try:
                self.members = members.read(self.members.folder)
            except DatabaseError as error:
                LOG.warning("list of competitions not read: %s", error.code)
            self._open_all()

    def _open_all(self) -> None:
        self._looked = time.monotonic()
        for name in (PROVINCE, *self.members.names):
            if name in self._stores:
                continue
            try:
                self._open(name)
            except DatabaseError as error:
                if name not in self.faults:
                    LOG.warning("competition %s is not served: %s", name, error.code)
                self.faults[name] = error

    def _open(self, name: str) -> None:
        path, at = self.members.path_of(name), datetime.now(UTC)
        if not is_there(path):
            raise EmptyFile(path=path.name)
        with ExitStack() as begun:
            begun.enter_context(self._locks.hold(path))
            store = open_store(path, make=partial(made, readers=READERS))
            self._require_apart(name, store)
            with self._locks.of(path).starting():
                fencing.look(store)
                if not store.superseded:
                    start_serving(store, at=at)
            self._held.push(begun.pop_all())
        second_folder.begin_at_start(store, "")
        self._work.callback(second_folder.end_at_stop, store)
        self.faults.pop(name, None)
        self._stores[name] = self._hosts[self.members.host_of(name)] = store

    def _require_apart(self, name: str, store: Store) -> None:
        """Refuse a copy of a competition that is open: a sign-in of one would be good for both."""
        with store.reading() as tx:
            there = [row["id"] for row in competitions.all_of(tx)]
        for owner in there:
            if self._owners.setdefault(owner, name) != name:
                raise SameTwice(name=name, other=self._owners[owner])
