"""What a county that took part reads after the contest: own feedback, and released plans.

Only what was released, of the certificate that is in force; another county's feedback never.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from competition.documents.document_kinds import ENDINGS
from competition.documents.keeping import handed_out
from competition.documents.materials import Document, DocumentFile
from competition.errors import Missing
from competition.filing.scope import counties_of
from competition.programme.learning import CountyLesson, lessons_of
from competition.programme.releasing import is_released
from competition.programme.results import judged_results
from competition.results.certification import latest_certified
from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings
from competition.results.strengths import (
    CriterionMeans,
    CriterionStanding,
    criterion_means,
    criterion_standings,
)
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction, documents, exchanges
from db.exchanges import ExchangeRow
from db.shapes import RoundRow


@dataclass(frozen=True)
class OwnVillage:
    """An entrant of the county, criterion by criterion beside the field."""

    line: Line
    criteria: tuple[CriterionStanding, ...]


@dataclass(frozen=True)
class SharedPlan:
    """A winner's plan; ``strong`` are criteria on which it is ahead and the county is weak.

    A document that was added after the release is not of it.
    """

    exchange_id: str
    line: Line
    strong: tuple[str, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class CountyExchange:
    """What one county reads of one round."""

    round: str
    version: int
    lesson: CountyLesson
    villages: tuple[OwnVillage, ...]
    plans: tuple[SharedPlan, ...]


def exchange(store: Store, who: Visitor) -> list[CountyExchange]:
    """What was released to the visitor's counties, round by round."""
    with store.reading() as tx:
        require_read(tx, who, "exchange")
        released: list[CountyExchange] = []
        for row, result in judged_results(tx, store, who):
            released += _of_round(tx, who, row, result)
        return released


def _of_round(
    tx: Transaction, who: Visitor, row: RoundRow, result: RoundStandings
) -> Iterator[CountyExchange]:
    certificate = latest_certified(tx, row["id"])
    released = exchanges.of_snapshot(tx, certificate["id"])
    if not is_released(tx, row["id"]):
        return
    means = criterion_means(result)
    for lesson in lessons_of(row, result):
        if lesson.county_code not in counties_of(who):
            continue
        own = [one for one in result.lines if one.code[:6] == lesson.county_code]
        yield CountyExchange(
            round=row["title"],
            version=certificate["version"],
            lesson=lesson,
            villages=tuple(
                OwnVillage(one, criterion_standings(means, one.entrant_id))
                for one in own
                if one.official is not None
            ),
            plans=tuple(_plans(tx, result, means, lesson, released)),
        )


def _plans(
    tx: Transaction,
    result: RoundStandings,
    means: Sequence[CriterionMeans],
    lesson: CountyLesson,
    released: Sequence[ExchangeRow],
) -> Iterator[SharedPlan]:
    weak = [one.name for one in lesson.weakest]
    means = [one for one in means if one.name in weak]
    for row in released:
        line = result.line(row["entrant_id"]) if row["entrant_id"] else None
        if line is None:
            continue
        strong = [
            one.name
            for one in means
            if line.entrant_id in one.means and one.means[line.entrant_id] > one.field
        ]
        files = tuple(
            Document(one["id"], one["name"], ENDINGS[one["media_type"]], one["size"])
            for one in documents.of_entrant(tx, line.entrant_id)
            if one["added_at"] <= row["released_at"]
        )
        yield SharedPlan(row["id"], line, tuple(strong), files)


def open_exchanged(store: Store, who: Visitor, exchange_id: str, document_id: str) -> DocumentFile:
    """A document of a released plan, for a county that took part.

    Raises
    ------
    Missing
        If the plan is not released to the visitor, or the document is another's.
    DocumentGone
        If its file is missing.
    """
    given = {
        document.id
        for one in exchange(store, who)
        for plan in one.plans
        if plan.exchange_id == exchange_id
        for document in plan.documents
    }
    with store.reading() as tx:
        row = documents.find(tx, document_id)
        if document_id not in given or row is None:
            raise Missing(what="document")
        return handed_out(store, row["sha256"], row["media_type"], "plan")
