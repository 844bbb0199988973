"""成绩 / Standings: both scores, ranks and the line; certified from here."""

from typing import Literal

import streamlit as st

from charts.rank_intervals import rank_intervals
from charts.slope import slope
from competition.certification import certified, stands, waiting
from competition.errors import Refused
from competition.findings import Findings, LeaveOneOut, findings
from competition.saying import sentence, way_out
from competition.standings import RoundStandings, standings
from organizers import certifying, naming, papers, rulings
from organizers.asking import answer, ask
from organizers.offers import offer
from organizers.standing_rows import interval_rows, slope_rows, table_rows
from ui.access import Visit, enter_page
from ui.frame import Action, beside, empty, page_title
from ui.html import Markup, element, join, provisional_tag, sentences, tag
from ui.icons import icon
from ui.standings_table import standings_table
from ui.theme import current_palette
from words import t

Line = Literal["advancing", "final"]
ADVANCING = ("preliminary", "second")
# Pixels of the chart beside the table: longer words leave it less.
PLOT = {"zh": 244, "en": 162}
CAUTIONS = ("unfair_method", "not_comparable", "no_degrees_of_freedom")


def page(now: Visit) -> None:
    """Show the standing, or in plain words why there is none yet."""
    try:
        found = standings(now.store, now.who, now.round_id, at=now.at)
    except Refused as problem:
        page_title(t("organizers.standings.title", now.lang))
        empty(
            t(f"organizers.standings.none.{problem.code}", now.lang),
            sentence(problem, now.lang),
        )
        st.html(element("p", way_out(problem, now.lang), cls="a-reason"))
        return
    certificate = None
    if found.round["certified_at"] is not None:
        certificate = certified(now.store, now.who, now.round_id)
    tied = waiting(now.store, now.who, now.round_id)
    _title(now, found, tied)
    if certificate is not None:
        certifying.certificate_card(now, certificate, agrees=stands(found, certificate))
    at_line = findings(found)
    st.html(sentences(_claims(now.lang, found, at_line)))
    line: Line = "advancing" if found.round["stage"] in ADVANCING else "final"
    table = standings_table(
        table_rows(found, now.lang),
        now.lang,
        official="adjusted" if found.official_is_adjusted else "announced",
        decimals=found.rules.scoring.decimals,
        top=found.top,
        line=line,
    )
    intervals = interval_rows(found, now.lang)
    if intervals.empty:
        st.html(table)
    else:
        chart = rank_intervals(
            intervals,
            now.lang,
            current_palette(),
            top=found.top,
            line=line,
            bare=True,
            width=PLOT[now.lang],
        )
        beside(table, chart)
    meanings = _meanings(now.lang, found, with_intervals=not intervals.empty)
    st.html(element("div", *meanings, cls="a-meaning"))
    rulings.panel(now, found, tied)
    if at_line.gained or at_line.lost:
        chart = slope(
            slope_rows(found, now.lang),
            now.lang,
            current_palette(),
            top=found.top,
            line=line,
        )
        st.altair_chart(chart, theme=None, width="content")
    sheet = (
        papers.certified_sheet(found, certificate, now.lang)
        if certificate
        else papers.shown_sheet(found, now.lang)
    )
    answer(
        {
            "certify": certifying.certify_dialog(now, found, at_line, tied),
            "revoke_certificate": certifying.revoke_dialog(now),
            "export": (
                t("organizers.standings.export_title", now.lang),
                lambda: papers.downloads(sheet, now.lang, primary="xlsx"),
            ),
            **rulings.dialogs(now, found),
        }
    )


def _title(now: Visit, found: RoundStandings, tied: list[int]) -> None:
    waits = ""
    if tied:
        waits = t("error.awaiting_ruling", now.lang, entrants=naming.numbers(tied, now.lang))
    is_certified = found.round["certified_at"] is not None
    acts = [Action("export", t("organizers.act.export", now.lang))]
    if is_certified:
        state = tag(t(f"round_state.{found.round['state']}", now.lang), state="done", tone="ok")
        acts += offer(now, "revoke_certificate")
    else:
        state = provisional_tag(now.lang)
        acts += offer(now, "certify", primary=True, reason=waits)
    note = t(
        "organizers.standings.note",
        now.lang,
        entrants=len(found.lines),
        judges=len(found.judges),
        sheets=found.sheets,
    )
    if found.missing:
        note += t("organizers.standings.note_missing", now.lang, missing=found.missing)
    pressed = page_title(
        t("organizers.standings.title", now.lang), state=state, note=note, actions=acts
    )
    if pressed:
        ask(pressed, **({"seq": found.seq} if pressed == "certify" else {}))


def _claims(lang: str, found: RoundStandings, at_line: Findings) -> list[tuple[object, object]]:
    """The three sentences: seats at issue, one judge fewer, seats on which both scores differ."""
    return [
        _cut_claim(lang, found, at_line),
        _left_out_claim(lang, found, at_line.left_out),
        _differing_claim(lang, found, at_line),
    ]


def _cut_claim(lang: str, found: RoundStandings, at_line: Findings) -> tuple[str, str]:
    def say(key: str, **values: object) -> str:
        by = t(f"organizers.standings.by.{_official(found)}", lang)
        return t(f"organizers.standings.claim.{key}", lang, top=found.top, by=by, **values)

    if at_line.zone:
        return (
            say(
                "zone",
                selected=at_line.selected,
                above=at_line.above,
                seats=at_line.seats_open,
                entrants=len(at_line.zone),
            ),
            say(
                "zone_proof",
                low=at_line.zone[-1].official,
                high=at_line.zone[0].official,
                half=at_line.half,
            )
            + (say("zone_key", decider=t(f"key.{at_line.key}", lang)) if at_line.key else ""),
        )
    last_in, first_out = at_line.last_in, at_line.first_out
    if last_in is None or first_out is None:
        return say("all_in", selected=at_line.selected), say("all_in_proof")
    return (
        say("gap", gap=at_line.gap, rank=last_in.rank),
        say(
            "gap_proof",
            last_in=naming.number(last_in.number, lang),
            in_score=last_in.official,
            first_out=naming.number(first_out.number, lang),
            out_score=first_out.official,
        ),
    )


def _left_out_claim(lang: str, found: RoundStandings, out: LeaveOneOut) -> tuple[str, str]:
    def say(key: str, **values: object) -> str:
        return t(f"organizers.standings.claim.{key}", lang, **values)

    if not out.tried:
        return say("not_tried"), say("not_tried_proof")
    if not out.most:
        return say("robust"), say("robust_proof", judges=out.tried)
    worst = t("list.between", lang).join(naming.seat(number, lang) for number in out.worst)
    if found.round["state"] == "open":
        worst = say("some_judges", count=len(out.worst))
    return (
        say("fragile", most=out.most),
        say(
            "fragile_proof" if out.some else "fragile_proof_alike",
            worst=worst,
            most=out.most,
            some=out.some,
            none=out.none,
        ),
    )


def _differing_claim(
    lang: str, found: RoundStandings, at_line: Findings
) -> tuple[str, str | Markup]:
    def say(key: str, **values: object) -> str:
        return t(f"organizers.standings.claim.{key}", lang, top=found.top, **values)

    if not (at_line.gained or at_line.lost):
        return say("same"), say("same_proof")
    proof = say(
        f"differ_proof_{_official(found)}",
        gained=naming.numbers([line.number for line in at_line.gained], lang) or say("nobody"),
        lost=naming.numbers([line.number for line in at_line.lost], lang) or say("nobody"),
    )
    seats = max(len(at_line.gained), len(at_line.lost))
    return say("differ", seats=seats), join(
        [proof, say("marked"), icon("differs", 12), say("stop")]
    )


def _official(found: RoundStandings) -> str:
    return "adjusted" if found.official_is_adjusted else "announced"


def _meanings(lang: str, found: RoundStandings, *, with_intervals: bool) -> list[Markup]:
    """What each score means, one sentence each, and what a reader must be warned of."""
    rules = found.rules.scoring
    printed = rules.official if not found.official_is_adjusted else "trimmed"
    values = {"high": rules.trim_high, "low": rules.trim_low, "decimals": rules.decimals}
    lines = [
        t(f"organizers.standings.means.{printed}", lang, **values),
        t("organizers.standings.means.adjusted", lang, **values),
        t(f"organizers.standings.means.official_{_official(found)}", lang, **values),
    ]
    if rules.official not in ("trimmed", "least_squares"):
        lines.append(
            t(f"method.{rules.official}", lang) + " — " + t(f"method_note.{rules.official}", lang)
        )
    if with_intervals:
        lines.append(t("organizers.standings.means.intervals", lang))
    for caution in found.numbers.warnings:
        if caution.code in CAUTIONS:
            lines.append(t(f"warning.{caution.code}", lang, **caution.values))
    return [element("p", line) for line in lines]


page(enter_page("standings"))
