"""The competitions of one installation: a list in a folder; each is named by its host.

A name is at once a label of a host, a file's name and a schema in PostgreSQL, so it has letters and
digits only. A path is made of a name in the list, never of what a request says.
"""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from db.errors import BadList, BadMember
from db.postgres.address import SUFFIX, configured

FILE = "competitions.json"
NAME = re.compile(r"[a-z][a-z0-9]{0,39}")
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
PROVINCE = "province"
"""The name of the store that answers at the installation's own host."""


@dataclass(frozen=True)
class Members:
    """The list.

    Attributes
    ----------
    host : str
        The installation's own host; that of a competition is ``NAME.host``.
    names : tuple of str
        The competitions, in the order in which they were added; the province is not among them.
    """

    folder: Path
    host: str
    names: tuple[str, ...] = ()

    def path_of(self, name: str) -> Path:
        """The file of a competition or of the province, or the path that means its schema."""
        return self.folder / (f"{name}.db" if configured() is None else f"{name}{SUFFIX}")

    def host_of(self, name: str) -> str:
        """The host at which a competition or the province answers."""
        return self.host if name == PROVINCE else f"{name}.{self.host}"

    def added(self, name: str) -> "Members":
        """The list with one more competition, not yet kept.

        Raises
        ------
        BadMember
            If it is no name, the province's, or in the list.
        """
        if not NAME.fullmatch(name) or name in (PROVINCE, *self.names):
            raise BadMember(name=name)
        return replace(self, names=(*self.names, name))

    def keep(self) -> None:
        """Write the list in one step: a server that reads meanwhile has the old or the new one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / f"{FILE}.partial"
        kept = {"host": self.host, "competitions": list(self.names)}
        partial.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        partial.replace(self.folder / FILE)


def begun(folder: Path, host: str) -> Members:
    """A new list without competitions, not yet kept.

    Raises
    ------
    BadList
        If there is one already, or the host is none.
    """
    if (folder / FILE).exists() or not HOST.fullmatch(host):
        raise BadList(path=folder.name)
    return Members(folder, host)


def read(folder: Path) -> Members:
    """The list of a folder.

    Raises
    ------
    BadList
        If there is none, or one that names something twice or by another sign.
    """
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        members = Members(folder.resolve(), str(kept["host"]))
        for name in kept["competitions"]:
            members = members.added(str(name))
    except (OSError, ValueError, KeyError, TypeError, BadMember) as error:
        raise BadList(path=folder.name) from error
    if not HOST.fullmatch(members.host):
        raise BadList(path=folder.name)
    return members
