"""The reads over all competitions, called at an installation's own host."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from competition.province import over_all
from competition.province.works import Works
from db import DatabaseError, Store
from db.members import Members
from tests.competition.event import AT


@dataclass
class Alone:
    """An installation whose province is the store asked."""

    province: Store
    members: Members = field(default_factory=lambda: Members(Path(), "contest.test"))
    faults: dict[str, DatabaseError] = field(default_factory=dict)

    def competitions(self) -> dict[str, Store]:
        """None."""
        return {}


READS: dict[str, Any] = {
    "province": (
        lambda p, w: over_all.lines(Alone(p.event.store), p.event.store, w, at=AT),
        lambda p, w: over_all.find(Alone(p.event.store), p.event.store, w, "x", at=AT),
        lambda p, w: Works().last(Alone(p.event.store), p.event.store, w),
        lambda p, w: Works().stop(Alone(p.event.store), p.event.store, w),
    )
}
