"""评委报告 / Judges report: by number, after closing; names only on a logged click."""

import streamlit as st

from competition.errors import Refused
from competition.results.judges_report import JudgesReport, judges_report, reveal_judges
from competition.saying import sentence, way_out
from organizers import substituting
from organizers.asking import act_buttons, answer, ask
from organizers.results import pictured
from organizers.results.analysis import judge_rows
from ui.access import Visit, enter_page
from ui.frame import Action, empty, page_title
from ui.html import element
from ui.long_table import long_table
from ui.tables import Column
from words import t

NAMES = "judges-revealed"


def page(now: Visit) -> None:
    """The chart of severities, the table, what each figure means."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.judges_report.{key}", now.lang, **values)

    try:
        report = judges_report(now.store, now.who, now.round_id, at=now.at)
    except Refused as problem:
        page_title(say("title"))
        empty(say("none"), sentence(problem, now.lang))
        st.html(element("p", way_out(problem, now.lang), cls="a-reason"))
        return
    names = _names(now)
    act = Action("hide", say("hide")) if names else Action("reveal", say("reveal"))
    pressed = page_title(say("title"), note=say("note", judges=len(report.lines)), actions=[act])
    if pressed == "reveal":
        ask("reveal_judges")
    if pressed == "hide":
        st.session_state.pop(NAMES, None)
        st.rerun()
    st.html(element("p", say("policy"), cls="a-policy"))
    _show(now, report, names)
    answer(now, {"reveal_judges": (say("reveal_title"), lambda: _reveal(now))})


def _names(now: Visit) -> dict[int, str]:
    """Names by seat, after they were requested here; of this round only."""
    round_id, names = st.session_state.get(NAMES, ("", {}))
    return names if round_id == now.round_id else {}


def _show(now: Visit, report: JudgesReport, names: dict[int, str]) -> None:
    columns, rows = judge_rows.table(report, names, now.lang)
    caption = t("organizers.judges_report.caption", now.lang)
    meanings = element("dl", *judge_rows.meanings(now.lang), cls="a-meanings")
    with st.container(key="judges-head", horizontal=True, gap="large", wrap=True):
        for one in pictured.of_judges(report, now.lang):
            pictured.show(now, report.standings, one)
        st.html(meanings, width="stretch")
    with st.container(key="judges"):
        long_table(
            now,
            "judges",
            t("organizers.judges_report.title", now.lang),
            [Column(heading, align) for heading, align in columns],
            rows,
            read="judges_report",
            caption=caption,
        )
    substituting.show(now, report.standings.substitutions)


def _reveal(now: Visit) -> None:
    text = t("organizers.judges_report.reveal_text", now.lang)
    st.html(element("p", text, cls="a-reason"))
    act_buttons(
        now,
        t("organizers.judges_report.reveal_confirm", now.lang),
        "reveal_judges",
        lambda at: st.session_state.update(
            {NAMES: (now.round_id, reveal_judges(now.store, now.who, now.round_id, at=at))}
        ),
    )


page(enter_page("judges_report", page="organizers.judges_report"))
