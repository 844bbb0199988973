"""What the chair signs: the award list of the standing that another person signed first."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from competition.blind import hides_from, seen_by
from competition.errors import Refused
from competition.results.blockers import blockers
from competition.results.certification import Certificate, latest_certified
from competition.results.certifying import Signature, signature_of, signed_hash
from competition.results.composing import ComposedPart
from competition.results.findings import findings
from competition.results.standings import Line, RoundStandings, current
from competition.rights import require_read
from competition.states import AFTER_CERTIFYING
from competition.visitor import Visitor
from db import Store, Transaction, certifications, entrants, people
from db.shapes import RoundRow


@dataclass(frozen=True)
class Placed:
    """An entrant at its place; its names are empty where the round is blind for the chair."""

    place: int | None
    rank: int | None
    tied: bool
    number: int | None
    county: str
    township: str
    village: str
    official: Decimal | None


@dataclass(frozen=True)
class Summary:
    """What the chair sees before signing, and keeps seeing afterwards.

    Attributes
    ----------
    sha256, head : str
        Of what is signed; once certified, of the certificate.
    first : Signature
        Who signed first.
    is_void : bool
        Whether the standing is another by now: the first signature counts no more.
    blocked : int
        How many things keep it from being certified.
    blockers : tuple of Refused
        Those things; none where names are hidden.
    listed : tuple of Placed
        The award list in its order.
    last_in, first_out : Placed or None
        Both sides of the line.
    sheets, missing : int
        The sheets that count, and those that are missing.
    parts : tuple of ComposedPart
        Of a composite, which has no sheets; none of a round.
    result : RoundStandings or None
        The standing, for the words of its decisions; None where names are hidden.
    version : int or None
        Of the certificate; None before there is one.
    by : tuple of str
        Who signed the certificate.
    """

    sha256: str
    head: str
    first: Signature | None
    is_void: bool
    blocked: int
    blockers: tuple[Refused, ...]
    listed: tuple[Placed, ...]
    last_in: Placed | None
    first_out: Placed | None
    sheets: int
    missing: int
    parts: tuple[ComposedPart, ...]
    result: RoundStandings | None
    version: int | None = None
    by: tuple[str, ...] = ()


def certificate_summary(store: Store, who: Visitor, round_id: str) -> Summary | None:
    """What the chair is to sign, or what was certified; None before the first signature."""
    with store.reading() as tx:
        row = require_read(tx, who, "certificate_summary", round_id)
        if row["state"] in AFTER_CERTIFYING:
            return _certified(tx, store, who, row)
        last = certifications.last(tx, round_id)
        if last is None:
            return None
        result = current(tx, store, row)
        digest, waits = signed_hash(tx, result), blockers(tx, store, who, result)
        return Summary(
            sha256=digest,
            head=result.head,
            first=signature_of(tx, last),
            is_void=last["sha256"] != digest,
            blocked=len(waits),
            blockers=() if hides_from(who, row) else tuple(waits),
            **_shown(tx, who, row, result),
        )


def _certified(tx: Transaction, store: Store, who: Visitor, row: RoundRow) -> Summary:
    certificate = latest_certified(tx, row["id"])
    return Summary(
        sha256=certificate["sha256"],
        head=certificate["head"],
        first=None,
        is_void=False,
        blocked=0,
        blockers=(),
        version=certificate["version"],
        by=_by(tx, certificate),
        **_shown(tx, who, row, current(tx, store, row)),
    )


def _by(tx: Transaction, certificate: Certificate) -> tuple[str, ...]:
    signed = certifications.of_snapshot(tx, certificate["id"])
    ids = [certificate["person_id"], *filter(None, [signed and signed["second_by"]])]
    return tuple(people.name_of(tx, one) for one in ids)


def _shown(tx: Transaction, who: Visitor, row: RoundRow, result: RoundStandings) -> dict[str, Any]:
    """The list and its line, as the chair may see the entrants."""
    seen = {one["id"]: one for one in seen_by(who, row, entrants.in_round(tx, row["id"]))}

    def placed(line: Line | None) -> Placed | None:
        if line is None:
            return None
        place = seen[line.entrant_id]
        names: dict[str, Any] = {name: place[name] for name in ("county", "township", "village")}
        figures = (line.place, line.rank, line.tied, line.number)
        return Placed(*figures, **names, official=line.official)

    listed = sorted(
        (line for line in result.lines if line.selected),
        key=lambda line: (line.place is None, line.place, line.by_number),
    )
    at_line = findings(result)
    return {
        "listed": tuple(filter(None, map(placed, listed))),
        "last_in": placed(at_line.last_in),
        "first_out": placed(at_line.first_out),
        "sheets": result.sheets,
        "missing": result.missing,
        "parts": result.parts,
        "result": None if hides_from(who, row) else result,
    }
