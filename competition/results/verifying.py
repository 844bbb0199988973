"""The whole file verified before a result is certified: chain, replay, rules, certificates."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from competition.results.errors import DataUnclean
from competition.results.rechecking import recomputing
from db import DatabaseError, Store, Transaction
from db.invariants import verify
from db.looking import looking
from db.replay import Finding

ROOT = Path(__file__).resolve().parents[2]
IN_PLACE = 2000
"""Up to so many events are replayed here; more by a process apart, so that the pads are served."""
PATIENCE_SECONDS = 600

_clean: dict[Path, int] = {}
"""A file that was in order, and the log's last event then."""


def unclean(tx: Transaction, store: Store, seq: int) -> list[DataUnclean]:
    """What keeps every result of the file from being certified; looked for once for a standing.

    Parameters
    ----------
    seq : int
        The last event that a standing is made from: a file in order after it holds for it.
    """
    if store.is_scratch or _clean.get(store.path, -1) >= seq:
        return []
    last = int(tx.value("SELECT coalesce(max(seq), 0) FROM events"))
    refused = list(_refusals(_findings(tx, store)))
    if not refused and not tx.is_written:
        _clean[store.path] = last
    return refused


def forget(store: Store) -> None:
    """Let the file be verified again when it is next asked for."""
    _clean.pop(store.path, None)


def _findings(tx: Transaction, store: Store) -> list[Finding]:
    count = int(tx.value("SELECT count(*) FROM events"))
    if count <= IN_PLACE or tx.is_written:
        return verify(store, visit=recomputing(store))
    command = [sys.executable, "-m", "competition.results.verifying", str(store.path)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, timeout=PATIENCE_SECONDS, check=True
        )
        return [Finding(*one) for one in json.loads(done.stdout)]
    except (subprocess.SubprocessError, ValueError, TypeError) as error:
        return [Finding("verified_apart", type(error).__name__)]


def _refusals(findings: Iterable[Finding]) -> Iterable[DataUnclean]:
    """One refusal a check, with its first subject."""
    listed = list(findings)
    counts = Counter(one.check for one in listed)
    for check, count in counts.items():
        first = next(one.subject for one in listed if one.check == check)
        clears = "return_document" if check.startswith("document_") else "restore_backup"
        yield DataUnclean(clears=clears, finding=check, subject=first, count=count)


def main(path: Path) -> None:
    """Print the findings of a file as JSON."""
    try:
        with looking(path) as looked:
            findings = verify(looked.store, beside=looked.path, visit=recomputing(looked.store))
    except DatabaseError as error:
        findings = [Finding("file_readable", error.code)]
    sys.stdout.write(json.dumps([[one.check, one.subject] for one in findings]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
