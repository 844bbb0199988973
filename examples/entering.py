"""Enters an invented event through the acts of competition."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from competition.lineup import entrants
from competition.people import links, people
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from db import Store
from examples import entering_rounds
from examples.entering_rounds import Act, Cast
from examples.event import SampleEvent, SampleNextRound, SampleRound
from scoring import Rules

BATCH = 64
"""Acts a transaction: each is one event, and the disk is waited for once."""


@dataclass
class Entered:
    """Ids of everything entered, by the sample's keys.

    Attributes
    ----------
    organizer, supervisor, host, scorekeeper : Visitor
    tokens : dict
        Person's id to the token of their link.
    judges : dict
        Judge's number to person's id.
    entrants : dict
        Code to entrant's id.
    rounds : dict
        The sample round's key to the round's id.
    samples : dict
        The sample round's key to the drawn round.
    places : dict
        Code to the village's name, or the township's.
    counties : dict
        County's code to the token of its link.
    programme : dict
        ``office`` and ``leader`` to the token of their link.
    """

    organizer: Visitor
    supervisor: Visitor
    host: Visitor
    scorekeeper: Visitor
    tokens: dict[str, str]
    judges: dict[int, str] = field(default_factory=dict)
    entrants: dict[str, str] = field(default_factory=dict)
    rounds: dict[str, str] = field(default_factory=dict)
    samples: dict[str, SampleRound] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    counties: dict[str, str] = field(default_factory=dict)
    programme: dict[str, str] = field(default_factory=dict)

    @property
    def cast(self) -> Cast:
        """The people and entrants of a round."""
        staff = (self.organizer, self.supervisor, self.host, self.scorekeeper)
        return Cast(*staff, self.judges, self.entrants)


def enter(
    store: Store,
    event: SampleEvent,
    *,
    at: datetime,
    names: dict[str, str],
    marks: bool = True,
    rules: Rules | None = None,
    step: Callable[[], object] = lambda: None,
) -> Entered:
    """Enter a whole sample event, each round opened, with its marks.

    A round with a closing reason is closed and certified; the next round has the entrants that
    its certified result selects.

    Parameters
    ----------
    at
        Start of the event; earlier rounds are before it, marks follow at a judge's pace.
    names
        Names of the staff by role: organizer, supervisor, host, scorekeeper.
    marks
        Whether to fill the sheets; otherwise only open the rounds that need no result.
    rules
        Scoring rules that replace those of every round.
    step
        Called after each sheet, to show progress.
    """
    listed = [row for row in event.rounds if isinstance(row, SampleRound)]
    start = at + min([timedelta(), *(row.begins for row in listed)])
    with store.writing():
        entered = _staff(store, event, names, start)
        _people(store, event, entered, start)
    acts: list[Act] = []
    selected: dict[str, list[str]] = {}
    for row in event.rounds:
        if isinstance(row, SampleNextRound):
            if row.after not in selected:
                continue
            sample = row.draw(selected[row.after])
        else:
            sample = row
        round_id = _open(store, entered, sample, at, rules)
        if not marks:
            continue
        happened = entering_rounds.happenings(store, entered.cast, sample, round_id, at)
        if sample.closing:
            last = _perform(store, happened, step)
            end = last + timedelta(hours=1)
            selected[sample.key] = entering_rounds.close_and_certify(
                store, entered.cast, sample, round_id, end
            )
        else:
            acts += happened
    if acts:
        _perform(store, acts, step)
    return entered


def _open(
    store: Store, entered: Entered, sample: SampleRound, at: datetime, rules: Rules | None
) -> str:
    before = at + min(timedelta(), sample.begins)
    with store.writing():
        round_id = entering_rounds.set_up(store, entered.cast, sample, before, rules)
    entered.rounds[sample.key] = round_id
    entered.samples[sample.key] = sample
    return round_id


def _perform(store: Store, acts: Iterable[Act], step: Callable[[], object]) -> datetime:
    """Do acts in order of time; return the time of the last."""
    ordered = sorted(acts, key=lambda act: act.at)
    for first in range(0, len(ordered), BATCH):
        with store.writing():
            for act in ordered[first : first + BATCH]:
                act.do()
                if act.is_sheet:
                    step()
    return ordered[-1].at


def _staff(store: Store, event: SampleEvent, names: dict[str, str], at: datetime) -> Entered:
    organizer, secret = links.begin(
        store,
        title=event.title,
        organizer=names["organizer"],
        at=at,
        sample=event.is_sample,
        venue="",
        starts_on=at.date().isoformat(),
    )
    tokens = {str(organizer.person_id): secret}
    staff: dict[str, Visitor] = {}
    for role in ("supervisor", "host", "scorekeeper"):
        person_id = people.add_person(store, organizer, name=names[role], at=at)
        people.grant_role(store, organizer, person_id, role, at=at)
        tokens[person_id] = links.make_link(store, organizer, person_id, at=at)
        with store.reading() as tx:
            staff[role] = visitor_of(tx, person_id)
    return Entered(
        organizer=organizer,
        supervisor=staff["supervisor"],
        host=staff["host"],
        scorekeeper=staff["scorekeeper"],
        tokens=tokens,
    )


def _people(store: Store, event: SampleEvent, entered: Entered, at: datetime) -> None:
    who = entered.organizer
    counties = {row.county_code: row.county for row in event.entrants}
    for judge in event.judges:
        person_id = people.add_person(
            store,
            who,
            name=judge.name,
            at=at,
            unit=judge.unit,
            county=counties.get(judge.county_of_work or "", ""),
            native_county=counties.get(judge.native_county, ""),
        )
        entered.judges[judge.number] = person_id
        entered.tokens[person_id] = links.make_link(store, who, person_id, at=at)
    for row in event.entrants:
        entered.places[row.code] = row.village or row.township
        entered.entrants[row.code] = entrants.add_entrant(
            store,
            who,
            code=row.code,
            county=row.county,
            township=row.township,
            village=row.village,
            title=row.plan_title,
            presenter=row.presenter,
            post=row.post,
            unit=row.unit,
            at=at,
        )
