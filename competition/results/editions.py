"""What a certificate says of itself: its root, its head, and the version before it."""

from dataclasses import dataclass

from competition.results.certification import latest_certified
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, snapshots


@dataclass(frozen=True)
class Edition:
    """The newest certificate of a round; ``before`` is the hash of the version before, or empty.

    A composite has no sheets, and neither ``root`` nor ``sheets``.
    """

    version: int
    sha256: str
    at: str
    head: str
    root: str
    sheets: int
    before: str


def edition_of(store: Store, who: Visitor, round_id: str) -> Edition:
    """The newest certificate, for its paper."""
    with store.reading() as tx:
        require_read(tx, who, "award_list", round_id)
        certificate = latest_certified(tx, round_id)
        content = certificate["content"]
        pairs = {(entrant, judge) for entrant, judge, *_ in content.get("marks", ())}
        former = snapshots.of_version(tx, round_id, "certify", certificate["version"] - 1)
        return Edition(
            version=certificate["version"],
            sha256=certificate["sha256"],
            at=certificate["at"],
            head=certificate["head"],
            root=str(content.get("sheets_root", "")),
            sheets=len(pairs),
            before=str(former["sha256"]) if former else "",
        )
