"""A practice before the first entrant: the round's judges mark an invented one; nothing counts."""

from dataclasses import replace
from datetime import datetime

from competition.acting import Act, acting, changed
from competition.ids import mint
from competition.lineup.errors import NoPractice
from competition.people.people import put_grant
from competition.rounds import practising
from competition.rounds.errors import NotReady
from competition.rounds.rules import RoundRules
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, entrants, panel, setup
from db import rounds as rows
from scoring import Groups
from words import t

CODE = "000000000000"
NUMBER = 999
"""The code and the number of the invented entrant: none that a real one is given."""


def begin_practice(store: Store, who: Visitor, round_id: str, *, at: datetime) -> str:
    """Begin a practice of a round, or return the one that runs; its id.

    It has the round's rules, rubric, judges, reserves and roles, and one invented entrant, and
    is open at once; tablets and the hall show it until it is ended or the round is opened.

    Raises
    ------
    NotReady
        If the round has no rubric or no judges.
    """
    with acting(store, who, "begin_practice", round_id, at=at) as (act, tx):
        there = practising.running(tx, round_id)
        if there is not None:
            act.unchanged()
            return there["id"]
        lacking = {
            "rubric": not rows.criteria(tx, round_id),
            "seats": not panel.seats(tx, round_id),
        }
        if any(lacking.values()):
            raise NotReady(missing=[name for name, lacks in lacking.items() if lacks])
        practice_id = mint()
        _put_round(act, practice_id)
        session_id = _put_session(act, practice_id)
        entrant_id = _put_entrant(act, practice_id, session_id)
        _put_seats(act, practice_id, session_id, entrant_id)
        act.record("practice_begun", practice_id, round_id=practice_id)
    return practice_id


def end_practice(store: Store, who: Visitor, round_id: str, *, at: datetime) -> None:
    """End the practice of a round; its marks stay in the log and count nowhere.

    Raises
    ------
    NoPractice
        If none runs.
    """
    with acting(store, who, "end_practice", round_id, at=at) as (act, tx):
        practice = practising.running(tx, round_id)
        if practice is None:
            raise NoPractice
        practising.end(act, practice)


def _put_round(act: Act, practice_id: str) -> None:
    """The round's own row with its rubric; keys that name criteria and quotas are left out."""
    tx, row = act.tx, act.round
    rules = RoundRules.from_json(row["rules"])
    scoring = replace(rules.scoring, first_criteria=(), groups=Groups(), seed=None)
    chosen = replace(rules, scoring=scoring, held_first=0, announce="each").to_json()
    practice = changed(
        row,
        id=practice_id,
        practice_of=row["id"],
        position=len(rows.ever(tx, row["competition_id"])) + 1,
        title=t("practice.title", "zh", round=row["title"]),
        rules=chosen,
        rules_version=1,
        state="open",
        frozen=0,
        opened_at=stamp(act.at),
        closed_at=None,
        certified_at=None,
    )
    tx.put("rounds", practice)
    for criterion in rows.criteria(tx, row["id"]):
        tx.put("criteria", changed(criterion, id=mint(), round_id=practice_id))
    fixed = rows.rules_hash(tx, practice_id, chosen)
    tx.put("rounds", changed(practice, rules_hash=fixed))


def _put_session(act: Act, practice_id: str) -> str:
    session_id = mint()
    act.tx.put(
        "sessions",
        {
            "id": session_id,
            "round_id": practice_id,
            "position": 1,
            "title": t("practice.session", "zh"),
            "venue": "",
            "starts_at": "",
        },
    )
    return session_id


def _put_entrant(act: Act, practice_id: str, session_id: str) -> str:
    """The competition's one invented entrant, in the practice's order."""
    tx, competition_id, title = act.tx, str(act.who.competition_id), t("practice.plan", "zh")
    there = entrants.by_code(tx, competition_id, CODE, title)
    entrant_id = str(there["id"]) if there else mint()
    if there is None:
        tx.put(
            "entrants",
            {
                "id": entrant_id,
                "competition_id": competition_id,
                "code": CODE,
                "county": t("practice.county", "zh"),
                "township": "",
                "village": t("practice.village", "zh"),
                "title": title,
                "presenter": "",
                "post": "",
                "unit": "",
            },
        )
    tx.put(
        "round_entrants",
        {
            "round_id": practice_id,
            "entrant_id": entrant_id,
            "session_id": session_id,
            "number": NUMBER,
            "stage": "waiting",
            "seconds_used": None,
        },
    )
    return entrant_id


def _put_seats(act: Act, practice_id: str, session_id: str, entrant_id: str) -> None:
    """Seats, the panel, what each judge is expected to mark, and every role of the round."""
    tx = act.tx
    for seat in panel.seats(tx, act.round["id"]):
        person_id = seat["person_id"]
        kept = {name: seat[name] for name in ("person_id", "number", "reserve")}
        tx.put("seats", {**kept, "round_id": practice_id, "presence": "not_arrived"})
        tx.put("panels", {"session_id": session_id, "person_id": person_id})
        key = {"round_id": practice_id, "entrant_id": entrant_id, "person_id": person_id}
        tx.put("assignments", {**key, "state": "expected", "reason": ""})
    for grant in setup.grants_of_round(tx, act.round["id"]):
        put_grant(tx, grant["person_id"], grant["role"], practice_id)
