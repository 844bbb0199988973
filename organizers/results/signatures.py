"""What keeps a result from being certified, or who has signed it and who is to sign."""

import streamlit as st

from competition.errors import Refused
from competition.results.certifying import ToSign
from competition.saying import sentence, way_out
from organizers import naming, second
from organizers.asking import ask
from organizers.offers import can
from organizers.results.certifying import SHORT
from ui.access import Visit, saying
from ui.html import element
from ui.icons import state_label
from ui.ways import to_page
from words import t

_say = saying("organizers.certify")

PAGES = {
    "close_round": "organizers.overview",
    "waive_tablet": "organizers.devices",
    "confirm_correction": "organizers.waiting",
    "answer_review": "organizers.reviews",
    "sign_rules": "organizers.corrections",
    "enter_ruling": "organizers.standings",
    "enter_reading": "organizers.standings",
    "confirm_ruling": "organizers.standings",
    "confirm_reading": "organizers.standings",
    "confirm_deduction": "organizers.stage",
    "answer_change": "organizers.transcribing",
}
"""The act that clears a blocker to the page where it is done."""
BY_CODE = {
    "verifier_disagrees": "organizers.log",
    "data_unclean": "organizers.log",
    "tablets_awaited": "organizers.devices",
}
"""The same by the refusal's code, where no act of a page clears it."""
HERE = "organizers.standings"


def panel(now: Visit, shown: ToSign) -> None:
    """List what is in the way; where nothing is, the signatures and the buttons for them."""
    with st.container(key="signatures", border=True):
        title = "blocked" if shown.blockers else "signed" if shown.signed else "ready"
        st.html(element("h2", _say(now, f"panel.{title}"), cls="a-h2"))
        if shown.is_void:
            word = state_label("attention", now.lang, word=_say(now, "void"))
            st.html(element("p", word))
        for place, error in enumerate(shown.blockers):
            _blocker(now, place, error)
        if not shown.blockers:
            _signatures(now, shown)


def _blocker(now: Visit, place: int, error: Refused) -> None:
    label = state_label("attention", now.lang, word=sentence(error, now.lang))
    st.html(element("div", label, element("div", way_out(error, now.lang), cls="a-reason")))
    page = BY_CODE.get(error.code) or PAGES.get(error.clears or "", HERE)
    if page != HERE:
        to_page(page, t(f"{page}.title", now.lang), mark=f"blocker-{place}")


def _signatures(now: Visit, shown: ToSign) -> None:
    """What is signed, by whom it was, and who signs next."""
    facts = [_say(now, "both", sha256=shown.sha256[:SHORT])]
    if shown.signed is not None:
        at = naming.clock(now, shown.signed.at, day=True)
        facts.append(_say(now, "first", name=shown.signed.by, at=at))
    st.html(element("p", " ".join(facts), cls="a-reason"))
    with st.container(horizontal=True, gap="small", wrap=True):
        if shown.signed is None:
            if can(now, "sign_certificate"):
                _button(now, "sign_certificate", shown, primary=True)
            if can(now, "certify_alone") and not shown.has_second:
                _button(now, "certify_alone", shown)
        elif shown.signed.by_id != now.who.person_id and can(now, "certify"):
            _button(now, "certify", shown, primary=True)
        else:
            about = _say(now, "both", sha256=shown.sha256[:SHORT])
            second.offer(now, "certificate", shown.sha256, by=shown.signed.by_id, about=about)


def _button(now: Visit, act: str, shown: ToSign, *, primary: bool = False) -> None:
    st.button(
        _say(now, f"act.{act}", sha256=shown.sha256[:SHORT]),
        key=f"act-{act}",
        type="primary" if primary else "secondary",
        on_click=ask,
        args=(act,),
        kwargs={"sha256": shown.sha256},
    )
