"""Certifying a result: what is repeated before it, and what stands after it."""

from collections.abc import Callable

import streamlit as st

from competition.results.certification import SignedCertificate, revoke_certificate
from competition.results.certifying import certify, certify_alone, sign_certificate
from competition.results.decision_words import decisions_said
from competition.results.findings import Findings
from competition.results.standings import RoundStandings
from competition.saying import listed
from exports import seal
from organizers import naming
from organizers.asking import Dialog, act_buttons, reason_field
from organizers.unannounced import announcements_left, say_unannounced
from ui.access import Visit, saying
from ui.html import card, definition, element
from ui.icons import state_label
from words import t

_say = saying("organizers.certify")

SIGNS: dict[str, Callable[..., object]] = {
    "sign_certificate": sign_certificate,
    "certify": certify,
    "certify_alone": certify_alone,
}
SHORT = 12
SAID = 4
"""Decisions at the line that the dialog repeats."""


def dialogs(
    now: Visit, result: RoundStandings, at_line: Findings, tied: list[int | str]
) -> dict[str, Dialog]:
    """The dialogs in which each of the two people, or one alone, signs what is repeated there."""

    def sign(what: str) -> Dialog:
        def body(sha256: str) -> None:
            _facts(now, result, at_line, tied, sha256)
            do, where = SIGNS[what], (now.store, now.who, now.round_id)
            reason = {"reason": reason_field(now, what)} if what == "certify_alone" else {}
            act_buttons(
                now,
                _say(now, f"confirm.{what}"),
                what,
                lambda at: do(*where, sha256=sha256, at=at, **reason),
            )

        return _say(now, f"title.{what}"), body

    return {what: sign(what) for what in SIGNS}


def _facts(
    now: Visit, result: RoundStandings, at_line: Findings, tied: list[int | str], sha256: str
) -> None:
    """What is about to be certified, repeated."""
    sheets = _say(now, "sheets", sheets=result.sheets)
    if result.missing:
        sheets = _say(now, "sheets_missing", sheets=result.sheets, missing=result.missing)
    at = naming.clock(now, result.as_of, day=True)
    facts = [
        (_say(now, "top"), _say(now, "top_value", top=result.top, selected=at_line.selected)),
        (_say(now, "line"), _line(now, at_line)),
        _counted(now, result) if result.parts else (_say(now, "counted"), sheets),
        (_say(now, "ties"), naming.numbers(tied, now.lang) if tied else _say(now, "no_ties")),
        *((_say(now, "decided"), one.text) for one in decisions_said(result, now.lang)[:SAID]),
        (_say(now, "event"), _say(now, "event_value", at=at, seq=result.seq)),
        (_say(now, "signs"), element("code", sha256[:SHORT], cls="a-hash")),
        (_say(now, "head"), element("code", seal.shown(result.head), cls="a-hash")),
    ]
    st.html(definition(facts))
    say_unannounced(now, announcements_left(now), mark="certify")
    st.html(element("p", _say(now, "consequence"), cls="a-reason"))


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
        (say("by"), listed(list(certificate["by"]), now.lang)),
        *[(say("alone"), certificate["alone"])] * bool(certificate["alone"]),
        ("SHA-256", element("code", certificate["sha256"], cls="a-hash")),
        (say("head"), element("code", seal.shown(certificate["head"]), cls="a-hash")),
    ]
    if certificate["content"].get("parts"):
        facts.append((say("second"), say("second_rounds")))
    if certificate["content"]["rules"]["scoring"]["official"] in ("huber", "precision"):
        facts.append((say("second"), say("second_steps")))
    pairs = [element("div", element("dt", term), element("dd", value)) for term, value in facts]
    body = [element("dl", *pairs, cls="a-in-line")]
    if not agrees:
        key = "parts_changed" if certificate["content"].get("parts") else "disagrees"
        warning = state_label("attention", now.lang, word=say(key))
        body.append(element("div", warning, cls="a-pad"))
    st.html(card(say("card"), *body))
