"""总览 / Overview: where the competition stands, and the one act that comes next."""

from dataclasses import replace

import streamlit as st

from competition.marks.progress import Progress, progress
from competition.rights import refusal
from competition.rounds.checks import readiness
from competition.rounds.composite_words import round_sentences
from competition.rounds.composites import is_composite
from competition.rounds.rounds import RoundView, round_view
from organizers import composite_overview, naming, next_steps, practising, signing
from organizers.asking import answer, ask
from organizers.figures import figures
from organizers.offers import offer
from organizers.prepare import empty_event, opening, ready
from organizers.unannounced import announcements_left
from ui.access import Visit, enter_page, saying
from ui.faults import room
from ui.frame import Action, page_title
from ui.html import card, definition, element, tag
from words import t

_say = saying("organizers.overview")


def page(now: Visit) -> None:
    """Show the round, or what can be done where there is none."""
    if now.round is None:
        empty_event.nothing_yet(now)
        return
    view = round_view(now.store, now.who, now.round_id)
    sheets = None
    if refusal(now.store, now.who, "progress", now.round_id) is None:
        sheets = progress(now.store, now.who, now.round_id, at=now.at)
    leads = "organizer" in now.who.roles
    checks = readiness(now.store, now.who, now.round_id) if view["state"] == "draft" else ()
    _title(now, view)
    unsigned = signing.waiting(now)
    if unsigned:
        signing.box(now, unsigned)
    st.html(figures(_figures(now, view, sheets)))
    with st.container(key="overview-body"):
        left, right = st.columns([3, 2], gap="small")
    with right:
        if leads:
            practising.box(now, view)
        if leads and view["practice_of"] is None:
            next_steps.box(now, next_steps.steps_of(now, view, checks, sheets))
    with left:
        if checks:
            ready.box(now, view, checks)
        elif view["state"] == "open":
            ready.printed(now)
        st.html(_rules(now, view))
        st.html(element("p", room(now.store, now.lang), cls="a-reason"))
    answer(now, opening.dialogs(now, sheets, announcements_left(now)))


def _title(now: Visit, view: RoundView) -> None:
    lacking = ""
    if view["missing"]:
        names = [t(f"ready.{key}", now.lang) for key in view["missing"]]
        lacking = t("error.not_ready", now.lang, missing=t("list.between", now.lang).join(names))
    acts: list[Action] = []
    if view["state"] == "draft":
        acts = offer(now, "open_round", primary=True, reason=lacking)
    elif view["state"] == "open":
        acts = offer(now, "close_round", primary=True)
    elif view["state"] == "closed":
        acts = offer(now, "reopen_round")
    if is_composite(view):
        acts = [
            replace(act, label=t(f"organizers.act.{act.key}_composite", now.lang)) for act in acts
        ]
    else:
        acts += practising.offers(now, view)
    state = tag(
        naming.round_state(view, now.lang),
        state="done" if view["state"] == "certified" else "next",
        tone="ok" if view["state"] == "certified" else "",
    )
    pressed = page_title(_say(now, "title"), state=state, actions=acts)
    if pressed == "begin_practice":
        practising.press(now)
    elif pressed:
        ask(pressed)


def _figures(
    now: Visit, view: RoundView, sheets: Progress | None
) -> list[tuple[object, object, object]]:
    if is_composite(view):
        return composite_overview.figures(now, view)
    sessions = _say(now, "figure.sessions", count=len(view["sessions"]))
    shown: list[tuple[object, object, object]] = [
        (_say(now, "figure.entrants"), view["entrants"], sessions if view["sessions"] else ""),
        (_say(now, "figure.judges"), view["judges"], ""),
        (
            _say(now, "figure.criteria"),
            len(view["criteria"]),
            _say(now, "figure.maximum", maximum=view["maximum"]) if view["criteria"] else "",
        ),
    ]
    if sheets is None:
        return shown
    missing = len(sheets.missing)
    note = _say(now, "figure.missing", count=missing) if missing else _say(now, "figure.all_in")
    shown.append((_say(now, "figure.sheets"), f"{sheets.submitted}/{sheets.expected}", note))
    shown.append(
        (
            _say(now, "figure.excused"),
            sheets.counts["recused"] + sheets.counts["absent"],
            _say(
                now,
                "figure.excused_note",
                recused=sheets.counts["recused"],
                absent=sheets.counts["absent"],
            ),
        )
    )
    return shown


def _rules(now: Visit, view: RoundView) -> object:
    names = {one["id"]: one["name"] for one in view["criteria"]}
    stage, category = (f"round_stage.{view['stage']}", f"category.{view['category']}")
    about = f"{t(stage, now.lang)} · {t(category, now.lang)}"
    facts = [
        (_say(now, "rule.round"), about),
        *round_sentences(view, names, now.lang),
        (_say(now, "rule.hash"), element("code", view["rules_hash"], cls="a-hash")),
    ]
    fixed = _say(now, "rule.free_composite" if is_composite(view) else "rule.free")
    if view["opened_at"]:
        fixed = _say(now, "rule.fixed", at=naming.clock(now, view["opened_at"], day=True))
    body = element("div", definition(facts), cls="a-pad a-meant")
    return card(_say(now, "rule.title"), body, note=fixed)


page(enter_page("overview"))
