"""Why this composite?  One entrant's parts, weights, products, sum, and the one rounding."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from competition.errors import Missing, OnlyComposite
from competition.results import decision_words
from competition.results.certification import (
    Certificate,
    latest_certified,
    require_recomputed,
    stands,
)
from competition.results.explaining import across
from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings, current, note_view
from competition.rights import require_read
from competition.rounds.composites import percent
from competition.states import AFTER_CERTIFYING
from competition.visitor import Visitor
from db import Store
from scoring import Decision


@dataclass(frozen=True)
class Term:
    """A part of one entrant: published score, exact weight, exact product; None where missing.

    ``source`` names the round's certificate: its version; None of an outside part.
    """

    title: str
    weight: str
    score: Decimal | None
    product: Decimal | None
    version: int | None


@dataclass(frozen=True)
class ComposedExplanation:
    """All parts of one entrant's composite.

    Attributes
    ----------
    total : Decimal or None
        The exact sum of the products, before the one rounding; None where a part is missing.
    decisions, across
        As of a round.
    certificate : Certificate or None
        The edition in force.
    agrees : bool
        Whether the figures here are those of that edition; True before there is one.
    """

    standings: RoundStandings
    line: Line
    terms: tuple[Term, ...]
    total: Decimal | None
    decisions: tuple[Decision, ...]
    across: Line | None
    certificate: Certificate | None
    agrees: bool

    @property
    def distance(self) -> Decimal | None:
        """Official points to the other side of the line."""
        if self.across is None or self.line.official is None or self.across.official is None:
            return None
        return self.line.official - self.across.official


def explain_composite(
    store: Store, who: Visitor, round_id: str, entrant_id: str, *, at: datetime
) -> ComposedExplanation:
    """Why an entrant of a composite stands where it does: for the staff, after closing.

    Raises
    ------
    OnlyComposite, Forbidden, NotNow
    Missing
        If the entrant is not in the composite.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "sheets", round_id)
        result = current(tx, store, row)
        if not result.parts:
            raise OnlyComposite
        is_certified = row["state"] in AFTER_CERTIFYING
        certificate = latest_certified(tx, round_id) if is_certified else None
        explained = composed_explanation(result, entrant_id, certificate)
    note_view(store, who, result, "sheets", at=at)
    return explained


def composed_explanation(
    result: RoundStandings, entrant_id: str, certificate: Certificate | None
) -> ComposedExplanation:
    """The parts of one entrant's composite; they add up to the published figure."""
    line = result.line(entrant_id)
    if line is None:
        raise Missing(what="entrant")
    terms = tuple(
        Term(
            title=part.title,
            weight=percent(Fraction(part.weight)),
            score=(score := part.scores.get(entrant_id)),
            product=None if score is None else Decimal(part.weight) * score,
            version=part.version,
        )
        for part in result.parts
    )
    products = [term.product for term in terms if term.product is not None]
    return ComposedExplanation(
        standings=result,
        line=line,
        terms=terms,
        total=sum(products, Decimal(0)) if len(products) == len(terms) else None,
        decisions=tuple(
            decision_words.concerning(result, decision, line)
            for decision in result.ranked.ranking.selection.decisions
            if decision_words.touches(decision, entrant_id)
        ),
        across=across(result, line),
        certificate=certificate,
        agrees=certificate is None or stands(result, certificate),
    )


@dataclass(frozen=True)
class Summary:
    """A composite with every entrant explained, in the order of its standing.

    ``version`` is None before it is certified.
    """

    standings: RoundStandings
    explained: tuple[ComposedExplanation, ...]
    version: int | None
    sha256: str
    head: str


def composite_summary(store: Store, who: Visitor, round_id: str, *, at: datetime) -> Summary:
    """Every entrant of a composite: for the staff, after closing; the view is logged.

    Raises
    ------
    OnlyComposite, Forbidden, NotNow
    CertificateDiffers
        If it is certified and its parts give another result.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "sheets", round_id)
        result = current(tx, store, row)
        if not result.parts:
            raise OnlyComposite
        is_certified = row["state"] in AFTER_CERTIFYING
        certificate = latest_certified(tx, round_id) if is_certified else None
        if certificate is not None:
            require_recomputed(result, certificate)
        explained = tuple(
            composed_explanation(result, line.entrant_id, certificate) for line in result.lines
        )
    note_view(store, who, result, "sheets", at=at)
    if certificate is None:
        return Summary(result, explained, None, "", result.head)
    edition = certificate["version"], certificate["sha256"], certificate["head"]
    return Summary(result, explained, *edition)
