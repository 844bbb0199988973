"""A database that commit 7566558 wrote: one certified round with a correction, one round open.

Its exports lie beside it in tests/data/golden.  Later code must open it, verify it clean and
print the same figures.
"""

import gzip
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import db
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from db.document_files import folder_of

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
AT = datetime(2022, 3, 18, 3, tzinfo=UTC)


@dataclass
class Golden:
    """The copied database and the ids in it.

    Attributes
    ----------
    ids : dict
        ``organizer, competition, certified, open`` and ``snapshots``.
    """

    store: db.Store
    ids: dict[str, Any]

    def organizer(self) -> Visitor:
        """The organizer of the event."""
        with self.store.reading() as tx:
            return visitor_of(tx, self.ids["organizer"])

    def judge(self) -> Visitor:
        """A judge of the event."""
        with self.store.reading() as tx:
            return visitor_of(tx, tx.value("SELECT min(person_id) FROM seats"))


def unpacked(target: Path) -> Path:
    """Write the golden database and its documents to ``target``; return that."""
    target.write_bytes(gzip.decompress((GOLDEN / "arena.db.gz").read_bytes()))
    shutil.copytree(GOLDEN / "arena.db.documents", folder_of(target))
    return target


@pytest.fixture
def golden(tmp_path: Path) -> Iterator[Golden]:
    """The golden database, opened by the code of today."""
    ids = json.loads((GOLDEN / "event.json").read_text(encoding="utf-8"))
    store = db.Store(unpacked(tmp_path / "golden.db"))
    yield Golden(store, ids)
    store.close()
