"""Enters a plan through the acts of competition, in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from competition import Store
from competition.lineup import importing, learnt
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from intake.errors import PlanStopped, RoundThere
from intake.plan import Plan
from intake.round_entry import RoundEntry
from words import t


@dataclass(frozen=True)
class Entered:
    """Counts of an entered plan.

    Attributes
    ----------
    round_id, round_title, state : str
        The new round; closed if it has past scores, else still in draft.
    entrants, judges : int
        New in the competition; ``known_…`` existed before and are used again.
    in_round : int
        Entrants of the round.
    incomplete : int
        Sheets kept with their marks that do not count.
    """

    round_id: str
    round_title: str
    state: str
    entrants: int
    known_entrants: int
    in_round: int
    judges: int
    known_judges: int
    criteria: int
    sessions: int
    recused: int
    absent: int
    sheets: int
    incomplete: int
    marks: int

    def to_dict(self) -> dict[str, Any]:
        """The counts as a JSON-ready dict."""
        return asdict(self)


def enter(
    store: Store,
    who: Visitor,
    plan: Plan,
    *,
    at: datetime,
    round_title: str = "",
    rules: RoundRules | None = None,
    lang: str = "",
    round_id: str = "",
    columns: Mapping[str, str] | None = None,
    panel_title: str = "",
    besides: Callable[[], None] | None = None,
) -> Entered:
    """Enter a plan into the visitor's competition, in one transaction.

    It becomes a new round, or is added to a round in draft: lists may come one after another. A
    plan without entrants, rubric and panels adds judges to the competition's list only.

    Entrants and judges that are there are used again, and brought up to date where no round of
    theirs has been opened, see `intake.comparing`. A round with past scores is opened, filled and
    closed; one without stays in draft.

    Parameters
    ----------
    round_title : str
        The round's title; by default its stage.
    rules : RoundRules, optional
        The rules of the round; the level of recusals is always the plan's.
    lang : str
        Language of titles and reasons; by default the workbook's.
    round_id : str
        A round in draft to add to; empty for a new round.
    columns : mapping, optional
        Headers that a person assigned to a field, to be remembered.
    panel_title : str
        Title of the one session made for all where neither plan nor round assigns a judge; empty
        for no such session.
    besides : callable, optional
        Enters what else belongs to the import, as documents, so that it is undone with it.

    Raises
    ------
    PlanStopped
        If the plan has stops.
    RoundThere
        If the competition has a round with this title; prevents entering a workbook twice.
    competition.errors.Refused
        As each act; nothing is written then.
    """
    if plan.stops:
        raise PlanStopped(count=len(plan.stops))
    lang = lang or plan.lang
    title = round_title or t(f"intake.round_title.{plan.stage}", lang)
    has_round = bool(round_id or plan.entrants or plan.rubric)
    since = importing.event_number(store, who)
    with store.writing():
        titles = {row["id"]: row["title"] for row in rounds.rounds_of(store, who)}
        if has_round and not round_id and title in titles.values():
            raise RoundThere(title=title)
        if plan.places:
            learnt.set_places(store, who, plan.places, name=plan.name or title, at=at)
        entry = RoundEntry(store, who, plan, at, lang)
        if round_id:
            entry.add_to_round(round_id)
        elif has_round:
            entry.start_round(title, rules or RoundRules())
        if has_round:
            entry.seat_everybody()
            entry.set_panels()
            if panel_title:
                entry.assign_all(panel_title)
        marks = entry.fill() if plan.sheets else 0
        if besides is not None:
            besides()
        importing.record_import(
            store,
            who,
            name=plan.name or title,
            round_id=entry.round_id,
            made_round=has_round and not round_id,
            since=since,
            columns=columns or {},
            before=entry.before,
            at=at,
        )
    learnt.keep_columns(store, who, columns or {})
    counts = plan.counts
    return Entered(
        round_id=entry.round_id,
        round_title=titles.get(round_id, title) if has_round else "",
        state="closed" if plan.sheets else "draft",
        entrants=len(plan.entrants) - len(entry.compared.entrants),
        known_entrants=len(entry.compared.entrants),
        in_round=counts["in_round"],
        judges=len(plan.judges) - len(entry.compared.people),
        known_judges=len(entry.compared.people),
        criteria=counts["criteria"],
        sessions=counts["sessions"],
        recused=counts["recused"],
        absent=counts["absent"] if plan.sheets else 0,
        sheets=counts["sheets"],
        incomplete=counts["incomplete"],
        marks=marks,
    )
