"""What follows a certificate: what the tests of rights call, and what each act finds done."""

from collections.abc import Callable
from typing import Any

from competition.documents.documents import add_document
from competition.programme import exchanging, releasing
from competition.results import deciding, objecting, public, publishing, versions
from competition.rights import ACTS
from tests.competition.event import later
from tests.competition.registry import settling

AT = later(3600)
TYPED = {
    "begins": "2022-03-10",
    "ends": "2022-03-17",
    "contact": "0873-0000000",
    "objecting": "书面，写明姓名和理由",
    "meeting": "领导小组会议",
    "day": "2022-03-18",
    "number": "红擂〔2022〕1号",
}
BEFORE = {
    "announce": (),
    "post_notice": ("announced",),
    "decide": ("announced", "noticed"),
    "commend": ("announced", "noticed", "decided"),
    "ask_version": ("announced",),
    "enter_objection": ("announced", "noticed"),
    "release_feedback": ("announced",),
    "release_plan": ("announced",),
}
"""An act to the facts it finds."""
SETTLED: dict[str, dict[str, Any]] = {
    "version_requests": {"reason": "漏记扣分", "withdrawn_reason": "误提"},
    "list_changes": {"reason": "取消资格", "withdrawn_reason": "误录"},
    "objections": {
        "raised_by": "某村",
        "claim": "面积不实",
        "received_on": "2022-03-11",
        "entered_at": "2022-03-18T02:00:00.000Z",
        "finding": "dismissed",
        "answer": "已核实",
        "answered_at": "2022-03-18T03:00:00.000Z",
    },
}
"""A row of each kind that waits for no answer: for those who are refused one."""


def may(p: Any, who: Any, act: str) -> bool:
    """Whether a role of the visitor's and the state of the round allow an act."""
    with p.event.store.reading() as tx:
        state = tx.value("SELECT state FROM rounds WHERE id = :r", r=p.round_id)
    return bool(who.roles_in(p.round_id) & set(ACTS[act].roles)) and state in ACTS[act].states


def _find(p: Any, act: str) -> None:
    """The facts that an act finds; a round that is closed again was certified before."""
    with p.event.store.writing() as tx:
        was = tx.value("SELECT state FROM rounds WHERE id = :r", r=p.round_id)
        if was == "closed":
            settling.certify(p)
        for kind in BEFORE[act]:
            _publish(p, p.event.organizer, kind)
        if was == "closed":
            tx.run("UPDATE rounds SET state = 'closed' WHERE id = :r", r=p.round_id)


def _publish(p: Any, who: Any, kind: str) -> None:
    """One fact, on the newest certificate."""
    with p.event.store.reading() as tx:
        found = tx.value(
            "SELECT sha256 FROM snapshots WHERE round_id = :r AND kind = 'certify' "
            "ORDER BY version DESC",
            r=p.round_id,
        )
    where = (p.event.store, who, p.round_id, kind, TYPED)
    publishing.publish(*where, sha256=str(found), at=AT)


def _publishing(act: str, kind: str) -> Callable[[Any, Any], object]:
    def call(p: Any, who: Any) -> object:
        if may(p, who, act):
            _find(p, act)
        return _publish(p, who, kind)

    return call


def _ask(p: Any, who: Any) -> str:
    if may(p, who, "ask_version"):
        _find(p, "ask_version")
    return versions.ask_version(p.event.store, who, p.round_id, reason="漏记扣分", at=AT)


def change(p: Any, who: Any) -> str:
    """A change of the list, entered."""
    return deciding.enter_list_change(
        p.event.store, who, p.round_id, p.event.entrants[1], None, reason="取消资格", at=AT
    )


def _object(p: Any, who: Any) -> str:
    if may(p, who, "enter_objection"):
        _find(p, "enter_objection")
    return objecting.enter_objection(
        p.event.store,
        who,
        p.round_id,
        raised_by="某村",
        claim="面积不实",
        received_on="2022-03-11",
        at=AT,
    )


def _waiting(p: Any, who: Any, act: str, enter: Callable[[Any, Any], str], key: str) -> str:
    """What the second organizer entered, for whoever may answer it; else what is settled."""
    return enter(p, p.event.visitor("second")) if may(p, who, act) else key


def _answer(p: Any, who: Any) -> object:
    key = _waiting(p, who, "answer_objection", _object, "objections")
    return objecting.answer_objection(
        p.event.store, who, key, finding="dismissed", answer="已核实", at=AT
    )


def _confirm_version(p: Any, who: Any) -> object:
    key = _waiting(p, who, "confirm_version", _ask, "version_requests")
    return versions.confirm_version(p.event.store, who, key, at=AT)


def _withdraw_version(p: Any, who: Any) -> object:
    key = _waiting(p, who, "withdraw_version_request", _ask, "version_requests")
    return versions.withdraw_version_request(p.event.store, who, key, reason="误提", at=AT)


def _confirm_change(p: Any, who: Any) -> object:
    key = _waiting(p, who, "confirm_list_change", change, "list_changes")
    return deciding.confirm_list_change(p.event.store, who, key, at=AT)


def _withdraw_change(p: Any, who: Any) -> object:
    key = _waiting(p, who, "withdraw_list_change", change, "list_changes")
    return deciding.withdraw_list_change(p.event.store, who, key, reason="误录", at=AT)


def _release(p: Any, who: Any) -> object:
    if may(p, who, "release_feedback"):
        _find(p, "release_feedback")
    return releasing.release_feedback(p.event.store, who, p.round_id, at=AT)


def _release_plan(p: Any, who: Any) -> object:
    entrant = p.event.entrants[1]
    if may(p, who, "release_plan"):
        _find(p, "release_plan")
        store, organizer = p.event.store, p.event.organizer
        winners = releasing.exchange_of(store, organizer, p.round_id).winners
        entrant = winners[0].entrant_id
        add_document(store, organizer, entrant, "获奖规划.pdf", b"%PDF-1.7\nplan", at=AT)
    return releasing.release_plan(p.event.store, who, p.round_id, entrant, "书面同意", at=AT)


def _withdraw_exchange(p: Any, who: Any) -> object:
    key = "exchanges"
    if may(p, who, "withdraw_exchange"):
        _release(p, p.event.visitor("second"))
        shown = releasing.exchange_of(p.event.store, p.event.organizer, p.round_id).feedback
        assert shown is not None
        key = shown.id
    return releasing.withdraw_exchange(p.event.store, who, key, reason="误开", at=AT)


def begin(p: Any) -> None:
    """A settled row of each kind, whose id is its table's name."""
    with p.event.store.writing() as tx:
        for table, more in SETTLED.items():
            row = {
                "id": table,
                "round_id": p.round_id,
                "snapshot_id": tx.value("SELECT id FROM snapshots WHERE kind = 'certify'"),
                "entered_by": p.event.people["second"],
                **({"entrant_id": p.event.entrants[1]} if table == "list_changes" else {}),
                **({"answered_by": p.event.people["supervisor"]} if table == "objections" else {}),
                **more,
            }
            values = ", ".join(f":{name}" for name in row)
            tx.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})", **row)
        tx.run(
            """INSERT INTO exchanges SELECT 'exchanges', round_id, id, NULL, '', :p, :t, '误开'
            FROM snapshots WHERE kind = 'certify'""",
            p=p.event.people["second"],
            t="2022-03-18T02:00:00.000Z",
        )


ACT_CALLS = {
    "announce": _publishing("announce", "announced"),
    "post_notice": _publishing("post_notice", "noticed"),
    "decide": _publishing("decide", "decided"),
    "commend": _publishing("commend", "commended"),
    "ask_version": _ask,
    "confirm_version": _confirm_version,
    "withdraw_version_request": _withdraw_version,
    "enter_list_change": change,
    "confirm_list_change": _confirm_change,
    "withdraw_list_change": _withdraw_change,
    "enter_objection": _object,
    "release_feedback": _release,
    "release_plan": _release_plan,
    "withdraw_exchange": _withdraw_exchange,
    "answer_objection": _answer,
}
READ_CALLS = {
    "versions": (
        lambda p, w: versions.versions(p.event.store, w, p.round_id),
        lambda p, w: versions.version_requests(p.event.store, w, p.round_id),
    ),
    "exchange": (lambda p, w: exchanging.exchange(p.event.store, w),),
    "exchange_releases": (lambda p, w: releasing.exchange_of(p.event.store, w, p.round_id),),
    "objections": (lambda p, w: objecting.objections_of(p.event.store, w, p.round_id),),
    "public_results": (
        lambda p, w: public.public_results(p.event.store, w),
        lambda p, w: public.public_state(p.event.store, w),
    ),
}
AWARDS = (
    lambda p, w: publishing.course(p.event.store, w, p.round_id),
    lambda p, w: deciding.lists(p.event.store, w, p.round_id),
)
