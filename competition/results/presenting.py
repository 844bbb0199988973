"""The presenter's paper: their score, repeatable by hand, with judges by number only."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from competition.errors import Missing
from competition.results.certification import (
    Certificate,
    latest_certified,
    require_recomputed,
    stands,
)
from competition.results.explained_sheets import Uncounted
from competition.results.explaining import Explanation, explanation, explanations
from competition.results.standings import current
from competition.results.strengths import CriterionStanding, strongest, weakest
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store
from scoring import METHODS, Decision
from scoring.recipes.recipe import figure


@dataclass(frozen=True)
class JudgeTotal:
    """A judge's total by seat number, what the printed rule did with it, and what it counts.

    ``value`` is None where the sheet was left out, and where the official method may not be
    shown sheet by sheet. ``stands_for`` is the seat that a judge in reserve had taken over,
    ``came`` how the sheet came if it was typed in for the judge: ``dictated`` or ``paper``.
    """

    seat: int
    total: Decimal
    fate: str
    value: Decimal | None
    stands_for: int | None = None
    came: str = ""


@dataclass(frozen=True)
class PresenterSheet:
    """One page for the presenter: no judge's name, no severity, no marks of other entrants.

    Attributes
    ----------
    judges : tuple of JudgeTotal
        Every counted sheet's total.
    uncounted : tuple of Uncounted
        Seats that did not count, without the reason.
    method : str
        The official method.
    sum, n : Decimal, int
        Of all counted totals: their mean is `mean`.
    mean : Decimal
    correction : Decimal
        What the official method adds to the mean for the strictness of the judges met; 0 for
        the printed rules, where it is left out.
    deduction, score : Decimal
    decisions : tuple of Decision
        The cuts this entrant was part of.
    strongest, weakest : tuple of CriterionStanding
    version, sha256, head : int, str, str
        The certified edition it stands on.
    agrees : bool
        Whether the figures here are those of that edition; else nothing may be handed out.
    """

    explanation: Explanation
    judges: tuple[JudgeTotal, ...]
    uncounted: tuple[Uncounted, ...]
    method: str
    sum: Decimal
    n: int
    mean: Decimal
    correction: Decimal
    deduction: Decimal
    score: Decimal
    decisions: tuple[Decision, ...]
    strongest: tuple[CriterionStanding, ...]
    weakest: tuple[CriterionStanding, ...]
    version: int
    sha256: str
    head: str
    certified_at: str
    agrees: bool

    @property
    def is_shown_whole(self) -> bool:
        """Whether the official score follows from the totals shown alone."""
        return METHODS[self.method].printed


def presenter_sheet(
    store: Store, who: Visitor, round_id: str, entrant_id: str, *, at: datetime
) -> PresenterSheet:
    """The presenter's version of an explanation: for the staff, after certifying.

    Raises
    ------
    Forbidden, NotNow
        As the table of rights says.
    Missing
        If the entrant has no official score.
    """
    del at
    with store.reading() as tx:
        row = require_read(tx, who, "presenter_sheet", round_id)
        result = current(tx, store, row)
        why = explanation(tx, result, entrant_id)
        certificate = latest_certified(tx, round_id)
        return _sheet(why, certificate, agrees=stands(result, certificate))


def presenter_sheets(
    store: Store, who: Visitor, round_id: str, *, at: datetime
) -> tuple[PresenterSheet, ...]:
    """Of every entrant with an official score, by number on stage: read and checked once.

    Raises
    ------
    Forbidden, NotNow
        As `presenter_sheet`.
    CertificateDiffers
        If the stored marks give another result.
    """
    del at
    with store.reading() as tx:
        row = require_read(tx, who, "presenter_sheet", round_id)
        result = current(tx, store, row)
        certificate = latest_certified(tx, round_id)
        require_recomputed(result, certificate)
        ranked = [one for one in explanations(tx, store, result) if one.official is not None]
        return tuple(_sheet(one, certificate, agrees=True) for one in ranked)


def _sheet(why: Explanation, certificate: Certificate, *, agrees: bool) -> PresenterSheet:
    official = why.official
    if official is None:
        raise Missing(what="entrant")
    # A printed rule tells nothing of how strict a judge is: its every step may be shown.
    whole = METHODS[official.method].printed
    parts = {part.judge: part for part in official.parts if whole}
    total = sum((sheet.total for sheet in why.sheets), Decimal(0))
    mean = figure(Fraction(total) / len(why.sheets), official.places)
    judges = tuple(
        JudgeTotal(
            sheet.seat,
            sheet.total,
            parts[sheet.judge].fate if whole else "",
            parts[sheet.judge].value if whole else None,
            sheet.stands_for,
            sheet.came,
        )
        for sheet in why.sheets
    )
    return PresenterSheet(
        explanation=why,
        judges=judges,
        uncounted=tuple(Uncounted(one.seat, one.state, "") for one in why.uncounted),
        method=official.method,
        sum=total,
        n=len(why.sheets),
        mean=mean,
        correction=Decimal(0) if whole else official.gross - mean,
        deduction=official.deduction,
        score=official.score,
        decisions=why.decisions,
        strongest=strongest(why.criteria),
        weakest=weakest(why.criteria),
        version=certificate["version"],
        sha256=certificate["sha256"],
        head=certificate["head"],
        certified_at=certificate["at"],
        agrees=agrees,
    )
