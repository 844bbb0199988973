"""The visitor an act or a read is done for: a person with roles, or the public."""

from dataclasses import dataclass

from db.pairs import FORBIDDEN_PAIRS

__all__ = ["FORBIDDEN_PAIRS", "PUBLIC", "ROLES", "Grant", "Visitor", "excluded_by"]

ROLES = (
    "organizer",
    "scorekeeper",
    "checker",
    "timekeeper",
    "supervisor",
    "chair",
    "judge",
    "host",
    "county",
    "leader",
    "office",
    "public",
)


def excluded_by(role: str) -> frozenset[str]:
    """The roles that exclude this one."""
    return frozenset(
        other for pair in FORBIDDEN_PAIRS if role in pair for other in pair if other != role
    )


@dataclass(frozen=True)
class Grant:
    """A role, in the whole competition, in one round or for one county."""

    role: str
    round_id: str | None = None
    county: str | None = None


@dataclass(frozen=True)
class Visitor:
    """The person an act or a read is done for.

    Attributes
    ----------
    person_id, competition_id : str or None
        None for the public.
    name : str
    grants : tuple of Grant
    seat_hash : str or None
        Which sign-in this is; None for the command line and the public.
    machine_of : str or None
        The person on whose device this one confirms by PIN.
    """

    person_id: str | None = None
    competition_id: str | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()
    seat_hash: str | None = None
    machine_of: str | None = None

    def roles_in(self, round_id: str | None) -> frozenset[str]:
        """The roles that count in a round (or in the competition, for None)."""
        if self.person_id is None:
            return frozenset({"public"})
        return frozenset(
            grant.role for grant in self.grants if grant.round_id in (None, round_id)
        ) | {"public"}

    @property
    def roles(self) -> frozenset[str]:
        """Every role held anywhere, for the menu; acts ask ``roles_in``."""
        return frozenset(grant.role for grant in self.grants) | {"public"}


PUBLIC = Visitor()
