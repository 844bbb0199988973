"""Corrections and reviews: what the tests of rights call, and what they find prepared."""

from dataclasses import replace
from typing import Any

from competition.corrections import requests, reviews, signed_forms, signing_rules
from competition.corrections.chairing import chair_desk
from competition.corrections.listing import corrections_of
from competition.results.chair_signing import certificate_summary
from competition.rights import ACTS
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from tests.competition.event import later

AT = later(3600)
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(64)
WAITING = ("confirm_correction", "aside_by_chair", "aside_by_supervisor", "own")


def _ask(p: Any, who: Any, kind: str, entrant: int, judge: int) -> str:
    about = {"entrant": p.event.entrants[entrant], "judge": p.event.judges[judge]}
    return requests.request_correction(
        p.event.store, who, p.round_id, kind, about, reason="亲属", at=AT
    )


def prepare(p: Any) -> None:
    """A late recusal that waits, two sheets to be set aside, and one asked for by mistake."""
    second = p.event.visitor("second")
    p.ids["confirm_correction"] = _ask(p, second, "recusal", 4, 3)
    p.ids["aside_by_chair"] = _ask(p, p.visitors["chair"], "set_aside", 4, 4)
    p.ids["aside_by_supervisor"] = _ask(p, p.visitors["supervisor"], "set_aside", 4, 5)
    p.ids["own"] = _ask(p, second, "recusal", 5, 3)
    p.ids["by_form"] = _ask(p, second, "recusal", 5, 6)
    _by_form(p, second, "by_form")


def _by_form(p: Any, who: Any, name: str) -> object:
    signer = p.event.people["supervisor"]
    return signed_forms.confirm_by_form(
        p.event.store, who, p.ids[name], signer, "表.png", PHOTO, at=AT
    )


def settle(p: Any) -> None:
    """Take back all corrections that wait."""
    askers = dict.fromkeys(WAITING, p.event.visitor("second"))
    askers |= {
        "aside_by_chair": p.visitors["chair"],
        "aside_by_supervisor": p.visitors["supervisor"],
    }
    for name, asker in askers.items():
        requests.withdraw_correction(p.event.store, asker, p.ids[name], reason="误提", at=AT)


def prepare_review(p: Any) -> None:
    """A review that waits for its answer."""
    p.ids["review"] = _review(p, p.event.visitor("second"))


def _review(p: Any, who: Any) -> str:
    return reviews.enter_review(
        p.event.store,
        who,
        p.round_id,
        p.event.entrants[3],
        ground="arithmetic",
        claim="总分算错",
        asked_by="某村",
        at=AT,
    )


def _may(p: Any, who: Any, act: str) -> bool:
    with p.event.store.reading() as tx:
        state = tx.value("SELECT state FROM rounds WHERE id = :r", r=p.round_id)
    return bool(who.roles_in(p.round_id) & set(ACTS[act].roles)) and state in ACTS[act].states


def _enter_review(p: Any, who: Any) -> object:
    """A round is closed first for whoever may then ask: else there is no score to review."""
    if _may(p, who, "enter_review"):
        with p.event.store.writing() as tx:
            tx.run("UPDATE rounds SET closed_at = '2022-03-18T01:30:00.000Z'")
    return _review(p, who)


def _answer_review(p: Any, who: Any) -> object:
    """A review is entered first for whoever may then answer it."""
    if _may(p, who, "answer_review"):
        p = replace(p, ids={**p.ids, "review": _enter_review(p, p.event.visitor("second"))})
    return reviews.answer_review(
        p.event.store, who, p.ids["review"], finding="stands", answer="算术无误", at=AT
    )


def _answer(p: Any, who: Any, name: str) -> object:
    return requests.answer_correction(p.event.store, who, p.ids[name], approve=True, at=AT)


def _aside(p: Any, who: Any) -> object:
    by_supervisor = "chair" in who.roles
    return _answer(p, who, "aside_by_supervisor" if by_supervisor else "aside_by_chair")


def _withdraw(p: Any, who: Any) -> object:
    """What the visitor asked for just before, where the visitor may."""
    key = p.ids["own"]
    if _may(p, who, "withdraw_correction"):
        staff = bool(who.roles & {"organizer", "scorekeeper"})
        key = _ask(p, who, "recusal" if staff else "set_aside", 3, 4)
    return requests.withdraw_correction(p.event.store, who, key, reason="误提", at=AT)


def _rules(p: Any, who: Any) -> object:
    view = rounds.round_view(p.event.store, p.event.organizer, p.round_id)
    with p.event.store.reading() as tx:
        rubric = tx.rows(
            "SELECT id, position, name, points, maximum, step, weight, phase, anchors "
            "FROM criteria WHERE round_id = :r ORDER BY position",
            r=p.round_id,
        )
    rules = RoundRules.from_json(view["rules"]).to_json().replace('"top":2', '"top":3')
    about = {"rules": rules, "rubric": rubric}
    return requests.request_correction(
        p.event.store, who, p.round_id, "rules", about, reason="名额有变", at=AT
    )


def _sign(p: Any, who: Any) -> object:
    if _may(p, who, "sign_rules"):
        with p.event.store.writing() as tx:
            tx.run("UPDATE rounds SET rules_version = 2")
    return signing_rules.sign_rules(p.event.store, who, p.round_id, signed="各代表队", at=AT)


ACT_CALLS = {
    "request_correction": lambda p, w: _ask(p, w, "recusal", 3, 4),
    "set_aside_sheet": lambda p, w: _ask(p, w, "set_aside", 3, 4),
    "change_rules": _rules,
    "confirm_correction": lambda p, w: _answer(p, w, "confirm_correction"),
    "confirm_set_aside": _aside,
    "confirm_by_form": lambda p, w: _by_form(p, w, "confirm_correction"),
    "withdraw_correction": _withdraw,
    "sign_rules": _sign,
    "enter_review": _enter_review,
    "answer_review": _answer_review,
}


READ_CALLS = {
    "signed_forms": (lambda p, w: signed_forms.photograph(p.event.store, w, p.ids["by_form"]),),
    "corrections": (lambda p, w: corrections_of(p.event.store, w, p.round_id),),
    "certificate_summary": (lambda p, w: certificate_summary(p.event.store, w, p.round_id),),
    "chair_desk": (lambda p, w: chair_desk(p.event.store, w, p.round_id),),
    "reviews": (lambda p, w: reviews.reviews_of(p.event.store, w, p.round_id),),
}
