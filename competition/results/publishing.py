"""宣布, 公示, 审定, 通报表彰: facts beside a certificate, each an act, in the declared order.

They are no ladder. Each fact stands by itself for one version of a certificate; the declared order
only says which one another needs first.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from competition import typed
from competition.acting import Act, acting
from competition.countersigning import state_of
from competition.errors import Blank
from competition.ids import mint
from competition.results.carrying import carried
from competition.results.certification import Certificate, latest_certified, require_recomputed
from competition.results.errors import (
    CarriedWait,
    ChangesWait,
    EndsBefore,
    NoticeGoesOn,
    NotYet,
    ObjectionsWait,
    StaleStanding,
)
from competition.results.standings import current
from competition.rights import require_read
from competition.rounds.prize_plans import PrizePlan
from competition.times import local, stamp
from competition.visitor import Visitor
from db import Store, Transaction, competitions, people, publications
from db.canonical import canonical

ACTS = {
    "announced": "announce",
    "noticed": "post_notice",
    "decided": "decide",
    "commended": "commend",
}
"""A fact to its act."""
NEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    "announce_first": {
        "announced": (),
        "noticed": ("announced",),
        "decided": ("noticed",),
        "commended": ("decided",),
    },
    "notice_first": {
        "noticed": (),
        "decided": ("noticed",),
        "announced": ("decided",),
        "commended": ("decided",),
    },
}
"""By the declared order: which facts a fact needs."""
FIELDS: dict[str, tuple[str, ...]] = {
    "announced": (),
    "noticed": ("begins", "ends", "contact", "objecting"),
    "decided": ("meeting", "day"),
    "commended": ("number", "day"),
}
"""What is typed with each."""
DAYS = frozenset({"begins", "ends", "day"})


@dataclass(frozen=True)
class Fact:
    """One fact beside a certificate; ``missing`` are the facts it still needs."""

    kind: str
    at: str
    by: str
    details: Mapping[str, str]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """Where a certificate stands: its facts in the declared order."""

    version: int
    sha256: str
    facts: tuple[Fact, ...]

    def fact(self, kind: str) -> Fact:
        """One of them."""
        return next(fact for fact in self.facts if fact.kind == kind)


def course(store: Store, who: Visitor, round_id: str) -> Course:
    """Where the newest certificate of a round stands."""
    with store.reading() as tx:
        require_read(tx, who, "award_list", round_id)
        certificate = latest_certified(tx, round_id)
        rows, needs = publications.of_snapshot(tx, certificate["id"]), _needs(certificate)
        return Course(
            version=certificate["version"],
            sha256=certificate["sha256"],
            facts=tuple(_fact(tx, kind, rows, needs) for kind in needs),
        )


def _fact(
    tx: Transaction,
    kind: str,
    rows: Mapping[str, publications.PublicationRow],
    needs: Mapping[str, tuple[str, ...]],
) -> Fact:
    row = rows.get(kind)
    missing = tuple(one for one in needs[kind] if one not in rows)
    if row is None:
        return Fact(kind, "", "", {}, missing)
    person = people.find(tx, row["person_id"])
    by = str(person["name"]) if person else ""
    return Fact(kind, row["at"], by, json.loads(row["details"]), missing)


def _needs(certificate: Certificate) -> dict[str, tuple[str, ...]]:
    plan = certificate["content"].get("prizes")
    order = PrizePlan.of(plan).order if plan else PrizePlan().order
    return NEEDS[order]


def publish(
    store: Store,
    who: Visitor,
    round_id: str,
    kind: str,
    values: Mapping[str, str],
    *,
    sha256: str,
    at: datetime,
) -> None:
    """Announce, post the notice, decide or commend.

    Parameters
    ----------
    kind : str
        Key of `ACTS`.
    sha256 : str
        Hash of the certificate that the page showed.

    Raises
    ------
    StaleStanding
        If there is a newer certificate.
    NotYet
        If the declared order wants another act first; names it.
    NoticeGoesOn, ObjectionsWait, ChangesWait, CarriedWait
        If it cannot be decided yet.
    BadFields
        With the refusal of each field.
    """
    with acting(store, who, ACTS[kind], round_id, at=at) as (act, tx):
        certificate = latest_certified(tx, round_id)
        if certificate["sha256"] != sha256:
            raise StaleStanding
        require_recomputed(current(tx, store, act.round), certificate)
        done = publications.of_snapshot(tx, certificate["id"])
        if kind in done:
            return act.unchanged()
        missing = [one for one in _needs(certificate)[kind] if one not in done]
        if missing:
            raise NotYet(kind=kind, needs=missing[0], clears=ACTS[missing[0]])
        if kind == "decided":
            _require_decidable(act, certificate, done)
        row: publications.PublicationRow = {
            "id": mint(),
            "round_id": round_id,
            "snapshot_id": certificate["id"],
            "kind": kind,
            "details": canonical(_read(kind, values)),
            "person_id": str(who.person_id),
            "at": stamp(act.at),
        }
        tx.put("publications", row)
        act.record(f"result_{kind}", certificate["id"])


def _read(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """What is typed with a fact, every field of it required."""
    form, details = typed.Typed(values), {}
    for field in FIELDS[kind]:
        reader = typed.day if field in DAYS else typed.line(longest=500)
        details[field] = form.read(field, reader, "")
        if not details[field] and field not in form.problems:
            form.refuse(field, Blank(field=field))
    if not form.problems and details.get("ends", "") < details.get("begins", ""):
        form.refuse("ends", EndsBefore(field="ends"))
    form.done()
    return details


def _require_decidable(
    act: Act, certificate: Certificate, done: Mapping[str, publications.PublicationRow]
) -> None:
    """Refuse to decide while the notice runs, an objection waits, or a change is not signed."""
    notice = json.loads(done["noticed"]["details"])
    zone = str(competitions.get(act.tx, act.round["competition_id"])["timezone"])
    if local(stamp(act.at), zone).date().isoformat() <= notice["ends"]:
        raise NoticeGoesOn(until=notice["ends"])
    waiting = [
        one for one in publications.objections(act.tx, act.round["id"]) if one["finding"] is None
    ]
    if waiting:
        raise ObjectionsWait(count=len(waiting), clears="answer_objection")
    changes = publications.list_changes(act.tx, certificate["id"])
    unsigned = [one for one in changes if state_of(one) == "waiting"]
    if unsigned:
        raise ChangesWait(count=len(unsigned), clears="confirm_list_change")
    left = [one for one in carried(act.tx, act.round["id"], certificate) if not one.is_answered]
    if left:
        raise CarriedWait(count=len(left), clears="enter_list_change")
