"""A second person confirms on this device: a button where something waits, and its dialog."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from competition import Store
from competition.corrections import requests
from competition.corrections.effects import effect
from competition.corrections.saying import effect_lines
from competition.errors import Refused
from competition.marks import change_requests, deductions, outside, reopening, transcription
from competition.people.confirming import Second, confirm_here, seconds
from competition.results import certifying, deciding, readings, rulings, versions
from competition.saying import listed, sentence
from competition.visitor import Visitor
from organizers.asking import Dialog, ask, close_when_done, done
from organizers.offers import can
from ui.access import Visit
from ui.forms import Form, Values
from ui.html import element
from words import t

Do = Callable[[Visit, Visitor, str, bool, datetime], object]


@dataclass(frozen=True)
class Kind:
    """One kind of thing that waits for a second person.

    Attributes
    ----------
    act : str
        Key of ``rights.ACTS``.
    yes, no : str
        Words of its answers; an empty ``no`` where a refusal wants a reason, and so is given
        on the second person's own page.
    """

    act: str
    do: Do
    yes: str
    no: str = ""


KINDS: dict[str, Kind] = {
    "deduction": Kind(
        "confirm_deduction",
        lambda now, who, key, _, at: deductions.confirm_deduction(now.store, who, key, at=at),
        "deduction",
    ),
    "ruling": Kind(
        "confirm_ruling",
        lambda now, who, key, _, at: rulings.confirm_ruling(now.store, who, key, at=at),
        "ruling",
    ),
    "reading": Kind(
        "confirm_reading",
        lambda now, who, key, _, at: readings.confirm_reading(now.store, who, key, at=at),
        "reading",
    ),
    "outside": Kind(
        "answer_outside",
        lambda now, who, key, yes, at: outside.answer_outside(
            now.store, who, key, approve=yes, at=at
        ),
        "outside",
        "outside_refuse",
    ),
    "reopening": Kind(
        "answer_reopening",
        lambda now, who, key, yes, at: reopening.answer_reopening(
            now.store, who, key, approve=yes, at=at
        ),
        "approve",
        "refuse",
    ),
    "change": Kind(
        "answer_change",
        lambda now, who, key, yes, at: change_requests.answer_change(
            now.store, who, key, approve=yes, at=at
        ),
        "approve",
        "refuse",
    ),
    "transcription": Kind(
        "answer_transcription",
        lambda now, who, key, yes, at: transcription.answer_transcription(
            now.store, who, key, approve=yes, at=at
        ),
        "transcription",
        "discard",
    ),
    "correction": Kind(
        "confirm_correction",
        lambda now, who, key, _, at: requests.answer_correction(
            now.store, who, key, approve=True, at=at
        ),
        "correction",
    ),
    "certificate": Kind(
        "certify",
        lambda now, who, key, _, at: certifying.certify(
            now.store, who, now.round_id, sha256=key, at=at
        ),
        "certificate",
    ),
    "list_change": Kind(
        "confirm_list_change",
        lambda now, who, key, _, at: deciding.confirm_list_change(now.store, who, key, at=at),
        "ruling",
    ),
    "version": Kind(
        "confirm_version",
        lambda now, who, key, _, at: versions.confirm_version(now.store, who, key, at=at),
        "ruling",
    ),
    "set_aside": Kind(
        "confirm_set_aside",
        lambda now, who, key, _, at: requests.answer_correction(
            now.store, who, key, approve=True, at=at
        ),
        "correction",
    ),
}


def _say(now: Visit, key: str, **values: object) -> str:
    return t(f"organizers.second.{key}", now.lang, **values)


def offer(now: Visit, kind: str, key: str, *, by: str, about: str) -> None:
    """Offer it to a visitor who may not sign this alone, where there is a second person.

    Parameters
    ----------
    key
        Id of what waits.
    by
        The person who proposed it.
    about
        What the dialog names.
    """
    act = KINDS[kind].act
    signs = can(now, act) and by != now.who.person_id
    if signs or not can(now, "confirm_here") or not _seconds(now, kind, by):
        return
    if st.button(_say(now, "offer"), key=f"second-{key}"):
        ask("confirm_here", kind=kind, key=key, by=by, about=about)
        st.rerun()


def _seconds(now: Visit, kind: str, by: str) -> list[Second]:
    return seconds(now.store, now.who, KINDS[kind].act, now.round_id, without=by, at=now.at)


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialog in which the second person is named and types the PIN."""
    return {"confirm_here": (_say(now, "title"), lambda **about: _body(now, **about))}


def _body(now: Visit, *, kind: str, key: str, by: str, about: str) -> None:
    close_when_done("confirm_here")
    st.html(element("p", element("b", about)))
    st.html(element("p", _say(now, "text", name=now.who.name), cls="a-reason"))
    _effect(now, kind, key)
    by_id = {one.person_id: one for one in _seconds(now, kind, by)}
    ready = [one.person_id for one in by_id.values() if one.state == "ready"]
    form = Form(now, f"second-{key}", watch=False)
    form.pick(
        "second",
        _say(now, "who"),
        list(by_id),
        ready[0] if len(ready) == 1 else None,
        lambda person_id: name_of(now, by_id[person_id], by_id[person_id].state),
        placeholder=_say(now, "choose"),
    )
    form.secret("pin", _say(now, "pin"), hint=_say(now, "hint"))
    what = KINDS[kind]
    form.send(_say(now, what.yes), _act(now, kind, key, yes=True), after=done)
    if what.no:
        no = _act(now, kind, key, yes=False)
        form.send(_say(now, what.no), no, key="no", primary=False, after=done)


def _effect(now: Visit, kind: str, key: str) -> None:
    """Who would move if a correction were confirmed now, before it is."""
    if kind not in ("correction", "set_aside"):
        return

    def do(copy: Store, person: Visitor) -> None:
        KINDS[kind].do(replace(now, store=copy), person, key, True, now.at)

    try:
        lines = effect_lines(
            effect(now.store, now.who, now.round_id, do, key=key, at=now.at), now.lang
        )
    except Refused as error:
        lines = [t("correction.effect.refused", now.lang, why=sentence(error, now.lang))]
    head = element("b", t("correction.effect.title", now.lang))
    st.html(element("div", head, *[element("p", line) for line in lines], cls="a-effect"))


def name_of(now: Visit, one: Second, state: str) -> str:
    """A second person with the roles to which the act is open, and what hinders the PIN."""
    roles = listed([t(f"role.{role}", now.lang) for role in one.roles], now.lang)
    return _say(now, state, name=one.name, roles=roles)


def _act(now: Visit, kind: str, key: str, *, yes: bool) -> Callable[[Values, datetime], object]:
    def act(values: Values, at: datetime) -> None:
        confirm_here(
            now.store,
            now.who,
            str(values["second"]),
            str(values["pin"]),
            lambda second: KINDS[kind].do(now, second, key, yes, at),
            act=KINDS[kind].act,
            round_id=now.round_id,
            at=at,
        )

    return act
