"""The trial of rules: other rules beside the result; before opening, what to expect of them."""

from collections.abc import Iterator

import streamlit as st

from competition.errors import Refused
from competition.results.forecasting import Forecast, forecast, scenario_of
from competition.results.standings import RoundStandings
from competition.results.what_if import Hypothesis, what_if
from competition.saying import sentence
from organizers import naming
from organizers.results.analysis import trial_fields as what_if_fields
from organizers.results.analysis import trial_rows as what_if_rows
from organizers.results.standing import standing_or_reason
from ui.access import Visit, enter_page, visit
from ui.frame import empty, page_title, refused
from ui.html import element, tag
from ui.tables import Column, list_table
from words import t

TRIALS = 60
SEED = 2022
EXPECTED = "what-to-expect"


def page(now: Visit) -> None:
    """Ask for a change and show which seats it would move."""
    _title(now)
    result = standing_or_reason(now, "organizers.what_if.none")
    if result is None:
        return
    asked = what_if_fields.ask(result, now.lang)
    if asked.is_empty:
        st.html(element("p", t("organizers.what_if.ask", now.lang), cls="a-reason"))
        return
    _answer(now, result, asked)


def _title(now: Visit) -> None:
    mark = tag(
        t("organizers.what_if.mark", now.lang),
        state="provisional",
        dashed=True,
        tone="wait a-strong",
    )
    page_title(
        t("organizers.what_if.title", now.lang),
        state=mark,
        note=t("organizers.what_if.note", now.lang),
    )


def _answer(now: Visit, result: RoundStandings, asked: Hypothesis) -> None:
    try:
        answer = what_if(now.store, now.who, now.round_id, asked, at=now.at)
    except Refused as problem:
        refused(problem, now.lang)
        return
    with st.container(key="what-if", gap="small"):
        st.html(what_if_rows.finding(answer, now.lang))
        headings, rows = what_if_rows.table(answer, now.lang)
        st.html(
            list_table(
                [Column(heading, align) for heading, align in headings],
                rows,
                now.lang,
                caption=t("organizers.what_if.mark", now.lang),
            )
        )
        at = naming.clock(now, result.as_of, day=True)
        kept = t("organizers.what_if.kept", now.lang, at=at, seq=result.seq)
        st.html(element("p", kept, cls="a-reason"))


def before_opening(now: Visit) -> None:
    """What invented contests of this size say about the rules that were chosen."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.what_if.expect.{key}", now.lang, **values)

    _title(now)
    try:
        scenario, rules = scenario_of(now.store, now.who, now.round_id, at=now.at)
    except Refused as problem:
        empty(say("none"), sentence(problem, now.lang))
        return
    key = (now.round_id, scenario, rules)
    kept, expected = st.session_state.get(EXPECTED, (None, None))
    st.html(element("p", say("about", entrants=scenario.entrants, judges=scenario.judges)))
    if scenario.seen is None:
        st.html(element("p", say("dealt", each=scenario.each), cls="a-reason"))
    if kept != key and st.button(say("run", trials=TRIALS), key="act-expect", type="primary"):
        expected = _simulate(now.lang, forecast(scenario, rules, trials=TRIALS, seed=SEED))
        st.session_state[EXPECTED] = (key, expected)
        st.rerun()
    if kept == key and expected is not None:
        st.html(what_if_rows.expected(expected, now.lang))


def _simulate(lang: str, steps: Iterator[Forecast]) -> Forecast | None:
    bar = st.progress(0.0, text=t("organizers.what_if.expect.running", lang))
    last: Forecast | None = None
    for last in steps:
        bar.progress(last.trials / TRIALS)
    bar.empty()
    return last


def enter() -> None:
    """Before opening there is nothing to change yet: then what to expect; else what if."""
    row = visit().round
    if row is not None and row["state"] == "draft":
        before_opening(enter_page("forecast"))
    else:
        page(enter_page("what_if", page="organizers.what_if"))


enter()
