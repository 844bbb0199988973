"""Certifying a result: what is repeated before it, and what stands after it."""

import streamlit as st

from competition.results.certification import SignedCertificate, certify, revoke_certificate
from competition.results.decision_words import decisions_said
from competition.results.findings import Findings
from competition.results.standings import RoundStandings
from competition.saying import listed
from exports import seal
from organizers import naming
from organizers.asking import Dialog, act_buttons, reason_field
from organizers.unannounced import announcements_left, say_unannounced
from ui.access import Visit
from ui.html import card, definition, element
from ui.icons import state_label
from words import t

SAID = 4
"""Decisions at the line that the dialog repeats."""


def certify_dialog(
    now: Visit, result: RoundStandings, at_line: Findings, tied: list[int | str]
) -> Dialog:
    """The dialog that repeats what is about to be certified."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.certify.{key}", now.lang, **values)

    def body(seq: int) -> None:
        sheets = say("sheets", sheets=result.sheets)
        if result.missing:
            sheets = say("sheets_missing", sheets=result.sheets, missing=result.missing)
        at = naming.clock(now, result.as_of, day=True)
        facts = [
            (say("top"), say("top_value", top=result.top, selected=at_line.selected)),
            (say("line"), _line(now, at_line)),
            _counted(now, result) if result.parts else (say("counted"), sheets),
            (say("ties"), naming.numbers(tied, now.lang) if tied else say("no_ties")),
            *((say("decided"), one.text) for one in decisions_said(result, now.lang)[:SAID]),
            (
                say("event"),
                say("event_value", at=at, seq=seq),
            ),
        ]
        st.html(definition(facts))
        say_unannounced(now, announcements_left(now), mark="certify")
        st.html(element("p", say("consequence"), cls="a-reason"))
        act_buttons(
            now,
            say("confirm"),
            "certify",
            lambda at: certify(now.store, now.who, now.round_id, seq=seq, at=at),
        )

    return say("title"), body


def _counted(now: Visit, result: RoundStandings) -> tuple[str, str]:
    """The parts of a composite: each round's certificate, and how many outside scores there are."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.certify.{key}", now.lang, **values)

    shown = [
        say("part_round", part=part.title, version=part.version, sha256=part.sha256[:12])
        if part.source_id
        else say("part_outside", part=part.title, count=len(part.scores))
        for part in result.parts
    ]
    return say("parts"), listed(shown, now.lang)


def _line(now: Visit, at_line: Findings) -> str:
    shown = [line for line in (at_line.last_in, at_line.first_out) if line is not None]
    parts = [
        t(
            "organizers.certify.line_part",
            now.lang,
            rank=line.rank,
            number=naming.number(line.number, now.lang),
            score=line.official,
        )
        for line in shown
    ]
    return t("organizers.certify.line_between", now.lang).join(parts)


def revoke_dialog(now: Visit) -> Dialog:
    """The dialog that takes a certificate back; the snapshot stays."""

    def body() -> None:
        st.html(element("p", t("organizers.certify.revoke_text", now.lang), cls="a-reason"))
        reason = reason_field(now, "revoke_certificate")
        act_buttons(
            now,
            t("organizers.certify.revoke_confirm", now.lang),
            "revoke_certificate",
            lambda at: revoke_certificate(now.store, now.who, now.round_id, reason=reason, at=at),
        )

    return t("organizers.certify.revoke_title", now.lang), body


def certificate_card(now: Visit, certificate: SignedCertificate, *, agrees: bool) -> None:
    """Show edition, hash, time and who; and say so should the figures shown differ from it."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.certify.{key}", now.lang, **values)

    facts = [
        (say("version"), say("version_value", version=certificate["version"])),
        (say("at"), naming.clock(now, certificate["at"], day=True)),
        (say("by"), certificate["by"]),
        ("SHA-256", element("code", certificate["sha256"], cls="a-hash")),
        (say("head"), element("code", seal.shown(certificate["head"]), cls="a-hash")),
    ]
    pairs = [element("div", element("dt", term), element("dd", value)) for term, value in facts]
    body = [element("dl", *pairs, cls="a-in-line")]
    if not agrees:
        key = "parts_changed" if certificate["content"].get("parts") else "disagrees"
        warning = state_label("attention", now.lang, word=say(key))
        body.append(element("div", warning, cls="a-pad"))
    st.html(card(say("card"), *body))
