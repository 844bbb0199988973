"""成绩 / Standings: both scores, ranks and the line; certified from here."""

import streamlit as st

from competition.results.certification import (
    SignedCertificate,
    certified,
    require_recomputed,
    stands,
    waiting,
)
from competition.results.certifying import to_sign
from competition.results.errors import CertificateDiffers
from competition.results.findings import findings
from competition.results.standings import RoundStandings
from organizers import second, substituting
from organizers.asking import answer, ask
from organizers.offers import can, offer
from organizers.results import certifying, signatures
from organizers.results.lists import papers
from organizers.results.standing import standing_or_reason
from organizers.results.standings import composite_view, decided, readings, rulings
from organizers.results.standings import view as standing_view
from organizers.results.standings.claims import claims, meanings, standing_bounds
from ui import glossary
from ui.access import Visit, enter_page
from ui.frame import Action, page_title, refused
from ui.html import element, provisional_tag, sentences, tag
from ui.ways import go
from words import t


def page(now: Visit) -> None:
    """Show the standing, or in plain words why there is none yet."""
    result = standing_or_reason(
        now, "organizers.standings.none", title="organizers.standings.title"
    )
    if result is None:
        _way_back(now)
        return
    certificate = None
    if result.round["certified_at"] is not None:
        certificate = certified(now.store, now.who, now.round_id)
    tied = waiting(now.store, now.who, now.round_id)
    _title(now, result)
    if certificate is not None:
        certifying.certificate_card(now, certificate, agrees=stands(result, certificate))
    else:
        with st.spinner(t("organizers.certify.verifying", now.lang)):
            shown = to_sign(now.store, now.who, now.round_id)
        signatures.panel(now, shown)
    at_line = findings(result)
    st.html(sentences(claims(now.lang, result)))
    bounds = standing_bounds(result, now.lang)
    if bounds:
        st.html(element("p", bounds, cls="a-reason"))
    drawn = standing_view.show(now, result)
    meaning = (
        composite_view.meanings(now, result)
        if result.parts
        else meanings(now.lang, result, with_intervals=drawn)
    )
    st.html(element("div", *meaning, element("p", glossary.link(now.lang)), cls="a-meaning"))
    said = decided.panel(result, now.lang)
    if said is not None:
        st.html(said)
    substituting.show(now, result.substitutions)
    readings.panel(now, result)
    rulings.panel(now, result, tied)
    if at_line.gained or at_line.lost:
        standing_view.show_slope(now, result)
    answer(
        now,
        {
            **certifying.dialogs(now, result, at_line, tied),
            "revoke_certificate": certifying.revoke_dialog(now),
            "export": (
                t("organizers.standings.export_title", now.lang),
                lambda: _downloads(now, result, certificate),
            ),
            **readings.dialogs(now, result),
            **rulings.dialogs(now, result),
            **second.dialogs(now),
        },
    )


def _way_back(now: Visit) -> None:
    """Offer to withdraw a certificate that can no longer be shown."""
    if not can(now, "revoke_certificate"):
        return
    composite_view.withdrawn(now)
    label = t("organizers.act.revoke_certificate", now.lang)
    st.button(label, key="act-revoke_certificate", on_click=ask, args=("revoke_certificate",))
    answer(now, {"revoke_certificate": certifying.revoke_dialog(now)})


def _downloads(now: Visit, result: RoundStandings, certificate: SignedCertificate | None) -> None:
    """Offer the table of scores; nothing of a certificate that the marks do not give."""
    try:
        if certificate is not None:
            require_recomputed(result, certificate)
    except CertificateDiffers as problem:
        refused(problem, now.lang)
        return
    sheet = (
        papers.certified_sheet(result, certificate, now.lang)
        if certificate
        else papers.shown_sheet(result, now.lang)
    )
    papers.downloads(now, sheet, "standings", primary="xlsx")


def _title(now: Visit, result: RoundStandings) -> None:
    is_certified = result.round["certified_at"] is not None
    acts = [Action("export", t("organizers.act.export", now.lang))]
    if can(now, "sheets"):
        acts.insert(0, Action("why", t("organizers.why.title", now.lang)))
    if is_certified:
        state = tag(t(f"round_state.{result.round['state']}", now.lang), state="done", tone="ok")
        acts += offer(now, "revoke_certificate")
    else:
        state = provisional_tag(now.lang)
    note = t(
        "organizers.standings.note",
        now.lang,
        entrants=len(result.lines),
        judges=len(result.judges),
        sheets=result.sheets,
    )
    if result.parts:
        note = composite_view.note(now, result)
    if result.missing:
        note += t("organizers.standings.note_missing", now.lang, missing=result.missing)
    pressed = page_title(
        t("organizers.standings.title", now.lang), state=state, note=note, actions=acts
    )
    if pressed == "why":
        go("organizers.why")
    if pressed:
        ask(pressed)


page(enter_page("standings", page="organizers.standings"))
