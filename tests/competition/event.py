"""A small event entered through the acts: 5 entrants, 7 judges of whom one is in reserve.

Session 1 hears entrants 1 to 3 with judges 1 to 5 and the reserve 7, session 2 hears 4 and 5
with judges 2 to 6.  Judge 3 works in the county of entrant 2 and is recused for it.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from competition.acting import Act
from competition.lineup import entrants, panel
from competition.marks import deductions, own_work, pad_marks, reopening
from competition.marks.echoes import Answer
from competition.marks.errors import StaleMark
from competition.marks.sheets import MarkChange
from competition.people import links, people
from competition.results import readings, rulings, standings
from competition.rounds import rounds
from competition.rounds.rubric import Criterion, criteria_of, set_rubric
from competition.rounds.rules import RoundRules
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from db import Store
from db import sheets as sheet_rows
from examples.certifying import certify_by_two
from scoring import Rules
from tests.competition.registry import (
    ceremony_rows,
    clock_rows,
    composite_rows,
    document_rows,
    filing_rows,
    hall_rows,
    import_rows,
    pad_rows,
    prize_rows,
    programme_rows,
    reading_rows,
    standby_rows,
    vote_rows,
)

AT = datetime(2022, 3, 18, 1, 0, tzinfo=UTC)
STAFF = ("scorekeeper", "checker", "timekeeper", "supervisor", "host", "county", "leader", "office")
QUICK = RoundRules(scoring=Rules(top=2, draws=100), grace_seconds=120)
TIMED = replace(QUICK, hall="scores", present_seconds=480, answer_seconds=300)
"""Scores announced one by one, and time taken."""
COUNTIES = ("石屏县", "建水县", "弥勒市", "泸西县", "元阳县")
RUBRIC = (
    Criterion("规划实用性", "60", step="0.5"),
    Criterion("现场展示", "40", step="0.1"),
)
_taps = count(1)
_PROCESS = secrets.token_hex(4)
"""Part of a tap's id: another worker may have made the taps of the template."""
SITS = {1: (1, 2, 3, 4, 5, 7), 2: (2, 3, 4, 5, 6)}
HEARS = {1: (1, 2, 3), 2: (4, 5)}
RESERVE = 7


@dataclass
class Event:
    """Who and what was entered; entrants and judges by their numbers."""

    store: Store
    organizer: Visitor
    token: str
    people: dict[str, str] = field(default_factory=dict)
    judges: dict[int, str] = field(default_factory=dict)
    entrants: dict[int, str] = field(default_factory=dict)
    sessions: dict[int, str] = field(default_factory=dict)
    criteria: list[str] = field(default_factory=list)
    round_id: str = ""
    composite_id: str = ""
    vote_id: str = ""

    def visitor(self, who: str | int) -> Visitor:
        """A member of the staff by role, or a judge by number, as the database knows them."""
        person_id = self.judges[who] if isinstance(who, int) else self.people[who]
        with self.store.reading() as tx:
            return visitor_of(tx, person_id)

    def change(
        self, criterion: int, value: str | None, *, rev: int = 0, client_id: str = ""
    ) -> MarkChange:
        """One tap on a criterion, by its position from 0; each tap has an id of its own."""
        made = client_id or f"tap-{_PROCESS}-{next(_taps)}"
        mark = None if value is None else int(Decimal(value) * 1000)
        return MarkChange(self.criteria[criterion], mark, made, rev)

    def take(self, judge: int, entrant: int, *changes: MarkChange, at: datetime = AT) -> Answer:
        """A judge's taps on an entrant's sheet, each answered by itself."""
        return pad_marks.record_marks(
            self.store,
            self.visitor(judge),
            round_id=self.round_id,
            entrant_id=self.entrants[entrant],
            changes=changes,
            at=at,
        )

    def record(self, judge: int, entrant: int, *changes: MarkChange, at: datetime = AT) -> Answer:
        """A judge's taps on an entrant's sheet; the first refusal or conflict is raised."""
        answer = self.take(judge, entrant, *changes, at=at)
        for result in answer["results"]:
            if "error" in result:
                raise result["error"]
            if result["outcome"] == "conflict":
                raise StaleMark
        return answer

    def outcome(self, judge: int, entrant: int, change: MarkChange, *, at: datetime = AT) -> str:
        """What becomes of one tap: done, requested, conflict or refused."""
        return self.take(judge, entrant, change, at=at)["results"][0]["outcome"]

    def submit(
        self,
        judge: int,
        entrant: int,
        seen: Mapping[str, int] | None = None,
        *,
        at: datetime = AT,
        change_id: str = "",
    ) -> Answer:
        """A judge's submission of an entrant's sheet, as seen; at first as it is stored."""
        who, key = self.visitor(judge), (self.round_id, self.entrants[entrant])
        held = own_work.own_sheet(self.store, who, *key, at=at)["marks"]
        stored = {one: mark["value"] for one, mark in held.items() if mark["value"] is not None}
        return pad_marks.submit_sheet(
            self.store,
            who,
            round_id=key[0],
            entrant_id=key[1],
            change_id=change_id or f"tap-{_PROCESS}-{next(_taps)}",
            seen=stored if seen is None else seen,
            at=at,
        )

    def fill(
        self, judge: int, entrant: int, values: Sequence[str], *, at: datetime = AT
    ) -> dict[str, Any]:
        """A whole sheet, marked and submitted."""
        taps = [self.change(n, value) for n, value in enumerate(values)]
        self.record(judge, entrant, *taps, at=at)
        return self.submit(judge, entrant, at=at)

    def fill_all(
        self, *, but: Sequence[tuple[int, int]] = (), base: Mapping[int, str] | None = None
    ) -> None:
        """Every expected sheet but some; entrants in order 1, 2, … unless given otherwise."""
        firsts = base or {n: f"{56 - 3 * n}" for n in self.entrants}
        with self.store.writing():
            for judge, entrant in self.pairs():
                if (judge, entrant) not in but:
                    second = f"{30 + judge / 10:.1f}"
                    self.fill(judge, entrant, (firsts[entrant], second))

    def pairs(self) -> list[tuple[int, int]]:
        """Judge and entrant of every expected pair that counts."""
        return [
            (judge, entrant)
            for session, judges in SITS.items()
            for entrant in HEARS[session]
            for judge in judges
            if judge != RESERVE and (judge, entrant) != (3, 2)
        ]

    def hold(self, who: str | int, role: str) -> None:
        """Give a person a second role that no act gives: as an older database may have it."""
        person_id = self.judges[who] if isinstance(who, int) else self.people[who]
        with self.store.writing() as tx:
            grant = {"id": f"held-{role}", "person_id": person_id, "role": role}
            tx.put("grants", {**grant, "round_id": None, "county": None})
            Act(tx, self.organizer, "grant_role", AT).record("role_granted", person_id)

    def release(self, who: str | int, role: str) -> None:
        """Take away what `hold` gave."""
        person_id = self.judges[who] if isinstance(who, int) else self.people[who]
        with self.store.writing() as tx:
            tx.remove("grants", id=f"held-{role}")
            Act(tx, self.organizer, "revoke_role", AT).record("role_revoked", person_id)

    def leave_alone(self, person_id: str) -> None:
        """Take every role but a judge's from all others, so that nobody else may sign."""
        with self.store.writing() as tx:
            rows = tx.rows(
                "SELECT * FROM grants WHERE role <> 'judge' AND person_id <> :p", p=person_id
            )
            for row in rows:
                tx.remove("grants", id=row["id"])
            Act(tx, self.organizer, "revoke_role", AT).record("role_revoked", person_id)

    def sheet(self, judge: int, entrant: int) -> str:
        """The id of a stored sheet."""
        with self.store.reading() as tx:
            found = sheet_rows.of_pair(
                tx, self.round_id, self.entrants[entrant], self.judges[judge]
            )
        assert found is not None
        return str(found["id"])

    def close(self, *, reason: str = "", at: datetime = AT) -> None:
        """Close the round."""
        rounds.close_round(self.store, self.organizer, self.round_id, at=at, reason=reason)

    def standing(self, *, at: datetime = AT) -> standings.RoundStandings:
        """The standing as the organizer sees it."""
        return standings.standings(self.store, self.organizer, self.round_id, at=at)

    def certify(self, *, at: datetime = AT) -> dict[str, Any]:
        """Certify what the organizer sees, by organizer and supervisor."""
        self.standing(at=at)
        second = self.visitor("supervisor")
        return certify_by_two(self.store, self.organizer, second, self.round_id, at=at)


def begin(store: Store, *, title: str = "擂台赛") -> Event:
    """A competition with its staff."""
    organizer, token = links.begin(store, title=title, organizer="赛务·杨一", at=AT)
    event = Event(store, organizer, token)
    event.people["organizer"] = str(organizer.person_id)
    for role in STAFF:
        event.people[role] = people.add_person(store, organizer, name=f"{role}·李", at=AT)
        people.grant_role(store, organizer, event.people[role], role, at=AT)
    event.people["second"] = people.add_person(store, organizer, name="赛务·杨二", at=AT)
    people.grant_role(store, organizer, event.people["second"], "organizer", at=AT)
    return event


def draft(store: Store, *, rules: RoundRules = QUICK, title: str = "擂台赛") -> Event:
    """The event with its round in draft, ready to be opened."""
    with store.writing() as tx:
        event = begin(store, title=title)
        who = event.organizer
        event.round_id = rounds.create_round(store, who, title="村级决赛", at=AT, rules=rules)
        set_rubric(store, who, event.round_id, RUBRIC, at=AT)
        event.criteria = [row["id"] for row in criteria_of(tx, event.round_id)]
        for number in range(1, 8):
            county = COUNTIES[1] if number == 3 else ""
            event.judges[number] = people.add_person(
                store, who, name=f"评委·赵{number}", county=county, unit=f"州局{number}", at=AT
            )
            panel.seat_judge(
                store,
                who,
                event.round_id,
                event.judges[number],
                number=number,
                at=AT,
                reserve=number == RESERVE,
                chair=number == 1,
            )
        _enter(event)
    return event


def _enter(event: Event) -> None:
    store, who, round_id = event.store, event.organizer, event.round_id
    for session, hears in HEARS.items():
        event.sessions[session] = rounds.add_session(
            store, who, round_id, title=f"第{session}场", at=AT
        )
        for number in hears:
            event.entrants[number] = entrants.add_entrant(
                store,
                who,
                code=f"53250{number}100200",
                county=COUNTIES[number - 1],
                township="西庄镇",
                village="龙潭村",
                title=f"规划{number}",
                presenter=f"汇报·钱{number}",
                post="书记",
                unit=f"某单位{number}",
                at=AT,
            )
            entrants.enter_entrant(
                store,
                who,
                round_id,
                event.entrants[number],
                number=number,
                session_id=event.sessions[session],
                at=AT,
            )
    for session, judges in SITS.items():
        panel.set_panel(
            store,
            who,
            round_id,
            event.sessions[session],
            [event.judges[n] for n in judges],
            at=AT,
        )


def opened(store: Store, *, rules: RoundRules = QUICK, title: str = "擂台赛") -> Event:
    """The event with its round open and no mark yet."""
    event = draft(store, rules=rules, title=title)
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    return event


def closed(store: Store, *, rules: RoundRules = QUICK) -> Event:
    """The event with every sheet submitted, and its round closed."""
    event = opened(store, rules=rules)
    event.fill_all()
    event.close()
    return event


def later(seconds: float) -> datetime:
    """Some seconds after the event's hour."""
    return AT + timedelta(seconds=seconds)


def certified(store: Store) -> Event:
    """The event with a row in every table, certified."""
    event = opened(store, rules=TIMED)
    who, round_id = event.organizer, event.round_id
    document_rows.enter(event, at=AT)
    import_rows.enter(event, at=AT)
    filing_rows.enter(event, at=AT)
    standby_rows.enter(event, at=AT)
    programme_rows.enter(event, at=AT)
    panel.declare_recusal(
        store, who, round_id, event.entrants[4], event.judges[6], reason="参与编制", at=AT
    )
    panel.mark_absent(
        store, who, round_id, event.entrants[5], event.judges[2], reason="迟到", at=AT
    )
    event.fill_all(but=[(6, 4), (2, 5), (5, 3)])
    hall_rows.enter(event, at=AT)
    ceremony_rows.enter(event, at=AT)
    clock_rows.enter(event, at=AT)
    pad_rows.enter(event, at=AT)
    prize_rows.enter(event, at=AT)
    asked = reopening.ask_reopening(
        store, event.visitor(1), event.sheet(1, 1), reason="看错", at=later(300)
    )
    reopening.answer_reopening(
        store, event.visitor("supervisor"), asked, approve=False, at=later(301)
    )
    cost = deductions.deduct(
        store, event.visitor("timekeeper"), round_id, event.entrants[1], "0.1", reason="超时", at=AT
    )
    deductions.confirm_deduction(store, event.visitor("supervisor"), cost, at=AT)
    event.close(at=later(400))
    composite_rows.enter_whole(event, at=later(400))
    vote_rows.hold_whole(event, at=later(400))
    ruling = rulings.enter_ruling(
        store,
        who,
        round_id,
        [event.entrants[4], event.entrants[5]],
        kind="comparable",
        reason="议定",
        at=later(401),
    )
    rulings.confirm_ruling(store, event.visitor("supervisor"), ruling, at=later(402))
    reader = people.add_person(store, who, name="复评·冯", at=later(403))
    reading = reading_rows.enter(event, "reading", 4, reader, at=later(404))
    supervisor = event.visitor("supervisor")
    readings.withdraw_reading(store, supervisor, reading, reason="误录", at=later(405))
    event.certify(at=later(500))
    ceremony_rows.enter_certified(event, at=later(501))
    return event
