"""The certificate on the chair's page: what is signed, and the second signature."""

from fractions import Fraction

import streamlit as st

from competition.results.certifying import certify
from competition.results.chair_signing import Placed, Summary, certificate_summary
from competition.results.decision_words import decisions_said
from competition.results.errors import StaleStanding
from competition.rights import refusal
from competition.rounds.composites import percent
from competition.saying import listed, sentence
from exports import seal
from ui.access import Visit, acting, saying
from ui.html import definition, element
from ui.icons import state_label
from ui.tables import Column, list_table
from words import t

_say = saying("judges.certificate")
PRESSED = "certificate-pressed"
SHORT = 12


def show(now: Visit) -> bool:
    """The list to be signed, or as it was certified; whether there is one."""
    pressed = st.session_state.pop(PRESSED, None)
    if refusal(now.store, now.who, "certificate_summary", now.round_id) is not None:
        return False
    one = certificate_summary(now.store, now.who, now.round_id)
    if one is None:
        return False
    with st.container(key="certificate", border=True):
        title = "signed" if one.version is not None else "title"
        st.html(element("h2", _say(now, title, version=one.version), cls="j-h2"))
        if pressed is not None:
            _sign(now, one, *pressed)
        st.html(definition(_facts(now, one)))
        st.html(_table(now, one))
        if one.version is None:
            _below(now, one)
    return True


def _sign(now: Visit, one: Summary, sha256: str, head: str) -> None:
    """Sign what the page showed when the button was pressed, and nothing newer."""
    with acting(now.lang) as problems:
        certify(now.store, now.who, now.round_id, sha256=sha256, at=now.at)
    if not problems:
        st.rerun()
    if any(isinstance(problem, StaleStanding) for problem in problems):
        shown = {"old": sha256[:SHORT], "old_head": seal.shown(head)}
        current = {"new": one.sha256[:SHORT], "new_head": seal.shown(one.head)}
        st.html(element("p", _say(now, "changed", **shown, **current), cls="a-reason"))


def _facts(now: Visit, one: Summary) -> list[tuple[object, object]]:
    """Who signed, what counts, both sides of the line, the decisions there, code and head."""
    by = [one.first.by] if one.first else list(one.by)
    facts = [(_say(now, "by"), listed(by, now.lang)), _counted(now, one)]
    for name, line in (("last_in", one.last_in), ("first_out", one.first_out)):
        if line is not None:
            said = _say(now, "at_line", rank=line.rank, score=line.official, who=_who(now, line))
            facts.append((_say(now, name), said))
    if one.result is not None:
        decided = decisions_said(one.result, now.lang)
        facts += [(_say(now, "decided"), decision.text) for decision in decided]
    facts.append((_say(now, "code"), element("code", one.sha256, cls="a-hash")))
    facts.append((_say(now, "head"), element("code", seal.shown(one.head), cls="a-hash")))
    return facts


def _counted(now: Visit, one: Summary) -> tuple[object, object]:
    """The sheets; of a composite its parts with their weights and certificates."""
    if not one.parts:
        key = "sheets_missing" if one.missing else "sheets"
        return _say(now, "counted"), _say(now, key, sheets=one.sheets, missing=one.missing)
    parts = [
        _say(
            now,
            "part" if part.version is not None else "part_outside",
            part=part.title,
            weight=percent(Fraction(part.weight)),
            version=part.version,
        )
        for part in one.parts
    ]
    return _say(now, "parts"), listed(parts, now.lang)


def _who(now: Visit, line: Placed) -> str:
    number = "" if line.number is None else t("list.number", now.lang, number=line.number)
    return " ".join(filter(None, [number, line.village or line.township, line.county]))


def _table(now: Visit, one: Summary) -> object:
    columns = [
        Column(_say(now, "column.place"), "right"),
        Column(_say(now, "column.entrant")),
        Column(_say(now, "column.rank"), "right"),
        Column(_say(now, "column.score"), "right"),
    ]
    tied = "ui.standings.tied"
    rows = [
        [
            line.place or "—",
            _who(now, line),
            t(tied, now.lang, rank=line.rank) if line.tied else line.rank,
            line.official,
        ]
        for line in one.listed
    ]
    return list_table(columns, rows, now.lang)


def _below(now: Visit, one: Summary) -> None:
    """What is in the way of the signature, or the button for it."""
    if one.is_void or one.blocked:
        key = "void" if one.is_void else "blocked"
        said = _say(now, key, count=one.blocked)
        st.html(element("p", state_label("attention", now.lang, word=said)))
        for error in one.blockers:
            st.html(element("p", sentence(error, now.lang), cls="a-reason"))
    elif one.first is not None and one.first.by_id == now.who.person_id:
        st.html(element("p", _say(now, "own"), cls="j-note"))
    elif refusal(now.store, now.who, "certify", now.round_id) is None:
        st.html(element("p", _say(now, "consequence"), cls="j-note"))
        st.button(
            _say(now, "sign", code=one.sha256[:SHORT]),
            key="sign-certificate",
            type="primary",
            width="stretch",
            on_click=_press,
            args=(one.sha256, one.head),
        )


def _press(sha256: str, head: str) -> None:
    st.session_state[PRESSED] = (sha256, head)
