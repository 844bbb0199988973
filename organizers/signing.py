"""What waits for the visitor's signature: entered by another person, to be confirmed here."""

from collections.abc import Callable

import streamlit as st

from competition.corrections.listing import Correction, corrections_of
from competition.errors import Refused
from competition.marks import pending
from competition.marks.change_requests import change_requests
from competition.marks.desk import desk
from competition.marks.outside_lists import outside
from competition.marks.transcription import transcriptions
from competition.results.certifying import first_signature
from competition.results.deciding import lists
from competition.results.second_reading import second_reading
from competition.results.versions import version_requests
from organizers.offers import can
from ui.access import Visit
from ui.html import element
from ui.icons import state_label
from ui.ways import to_page
from words import t

PAGES = {
    "deduction": "organizers.stage",
    "reopening": "organizers.stage",
    "transcription": "organizers.transcribing",
    "change": "organizers.transcribing",
    "ruling": "organizers.standings",
    "reading": "organizers.standings",
    "outside": "organizers.outside",
    "correction": "organizers.waiting",
    "set_aside": "organizers.waiting",
    "certificate": "organizers.standings",
    "list_change": "organizers.decided",
    "version": "organizers.publishing",
}
"""A kind of signature to the page where it is given."""
ACTS = {
    "deduction": "confirm_deduction",
    "reopening": "answer_reopening",
    "transcription": "answer_transcription",
    "change": "answer_change",
    "ruling": "confirm_ruling",
    "reading": "confirm_reading",
    "outside": "answer_outside",
    "correction": "confirm_correction",
    "set_aside": "confirm_set_aside",
    "certificate": "certify",
    "list_change": "confirm_list_change",
    "version": "confirm_version",
}


def _entered_by(now: Visit, kind: str) -> list[str]:
    """Who entered each thing of a kind that waits."""
    where = (now.store, now.who, now.round_id)
    readers: dict[str, Callable[[], list[str]]] = {
        "deduction": lambda: [
            one.entered_by_id for one in pending.deductions(*where) if one.state == "waiting"
        ],
        "reopening": lambda: [one.asked_by_id for one in desk(*where, at=now.at).requests],
        "transcription": lambda: [
            str(row["typed_by"]) for row in transcriptions(*where) if row["state"] == "typed"
        ],
        "change": lambda: [
            str(row["asked_by"]) for row in change_requests(*where) if row["state"] == "asked"
        ],
        "ruling": lambda: [
            one.entered_by_id for one in pending.rulings(*where) if one.state == "waiting"
        ],
        "correction": lambda: [one.asked_by_id for one in _corrections(now, "confirm_correction")],
        "set_aside": lambda: [one.asked_by_id for one in _corrections(now, "confirm_set_aside")],
        "reading": lambda: [
            one.entered_by_id for one in second_reading(*where).entered if one.state == "waiting"
        ],
    }
    readers["certificate"] = lambda: _first_signature(now)
    readers["list_change"] = lambda: [
        one.entered_by_id for one in lists(*where).changes if one.state == "waiting"
    ]
    readers["version"] = lambda: [
        one.entered_by_id for one in version_requests(*where) if one.state == "waiting"
    ]
    readers["outside"] = lambda: [one.entered_by_id for one in outside(*where).waiting]
    try:
        return readers[kind]()
    except Refused:
        return []


def _first_signature(now: Visit) -> list[str]:
    """Who signed the result first, where nothing has changed since."""
    signed = first_signature(now.store, now.who, now.round_id)
    return [signed.by_id] if signed else []


def _corrections(now: Visit, act: str) -> list[Correction]:
    """The corrections that wait for this act."""
    asked = corrections_of(now.store, now.who, now.round_id, waiting=True)
    return [one for one in asked if one.answers == act]


def waiting(now: Visit) -> dict[str, int]:
    """How much of each kind waits for this visitor; what they entered is another's to sign."""
    counts = {
        kind: sum(person != now.who.person_id for person in _entered_by(now, kind))
        for kind, act in ACTS.items()
        if can(now, act)
    }
    return {kind: count for kind, count in counts.items() if count}


def box(now: Visit, counts: dict[str, int]) -> None:
    """Draw what waits, each kind with its figure and the way to where it is signed."""
    with st.container(key="signing", border=True):
        title = t("organizers.check.sign.title", now.lang)
        st.html(element("h2", state_label("attention", now.lang, word=title), cls="a-h2"))
        for kind, count in counts.items():
            label = f"{t(f'organizers.check.sign.{kind}', now.lang)} {count}"
            with st.container(key=f"sign-{kind}"):
                to_page(PAGES[kind], label, mark=kind)
