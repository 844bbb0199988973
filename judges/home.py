"""Page: who the judge is, which sessions are theirs, how marking goes, and one button."""

import streamlit as st

from competition.invented import invented
from competition.marks.own_work import OwnSession, own_sessions, own_work
from competition.shapes import Seat
from judges import ruling_box
from judges.top import top
from ui.access import Visit, enter_page
from ui.browser import in_wechat
from ui.frame import empty
from ui.html import Markup, element, join, sample_tag
from ui.icons import state_label
from words import t

STEPS = ("stage", "key", "saved", "submit")


def main() -> None:
    """Draw the page in one column, for a phone held upright as for a tablet."""
    now = enter_page("own_sheets", density="judge", top=False, page="judges.home")
    work = own_work(now.store, now.who, now.round_id, at=now.at)
    with st.container(key="narrow"):
        st.html(element("h1", t("judges.home.title", now.lang), cls="a-hidden") + top(now))
        st.html(_me(now, work["seat"]))
        ruling_box.show(now)
        if not work["sheets"]:
            empty(t("judges.home.none_title", now.lang), t("judges.home.none_text", now.lang))
            return
        st.html(_steps(len(work["criteria"]), now.lang))
        with st.container(key="go"):
            if st.button(t("judges.home.go", now.lang), type="primary", width="stretch"):
                st.switch_page("judges/pad.py")
        if st.button(t("judges.home.sheets", now.lang), key="sheets-list", width="stretch"):
            st.switch_page("judges/my_sheets.py")
        if "chair" in now.who.roles_in(now.round_id) and st.button(
            t("judges.home.chair", now.lang), key="chair-page", width="stretch"
        ):
            st.switch_page("judges/chair.py")
        _below(now)


def _me(now: Visit, seat: Seat | None) -> Markup:
    who = now.who.name if seat is None else _seat(seat, now.lang)
    lines = [
        element("div", _session(session, now.lang))
        for session in own_sessions(now.store, now.who, now.round_id)
    ]
    named = [now.who.name] if now.who.name != who else []
    venue = now.competition["venue"] if now.competition else ""
    named += [t("role.judge", now.lang), *([venue] if venue else [])]
    lines.insert(0, element("div", join(named, " · ")))
    you = element("div", t("judges.home.you_are", now.lang))
    if seat is not None and seat["reserve"]:
        lines.append(element("div", t("judges.home.reserve", now.lang)))
    return element("div", you, element("h2", who), *lines, cls="j-me")


def _seat(seat: Seat, lang: str) -> str:
    return t("judges.seat", lang, seat=f"{seat['number']:02d}")


def _session(session: OwnSession, lang: str) -> str:
    key = "session_one" if session["count"] == 1 else "sessions"
    words = t(
        f"judges.home.{key}",
        lang,
        session=session["title"],
        first=session["first"],
        last=session["last"],
    )
    starts = session["starts_at"]
    when = [t("judges.home.starts", lang, time=starts)] if starts else []
    return "\u3000".join([words, *when, *([session["venue"]] if session["venue"] else [])])


def _steps(count: int, lang: str) -> Markup:
    rows = [
        element(
            "div",
            element("b", str(i)),
            element("span", t(f"judges.home.step_{step}", lang, count=count)),
        )
        for i, step in enumerate(STEPS, start=1)
    ]
    return element("div", *rows, cls="j-steps")


def _below(now: Visit) -> None:
    lang = now.lang
    checks = element(
        "div",
        state_label("done", lang, word=t("judges.home.connected", lang)),
        state_label("marking", lang, word=t("judges.home.auto_lock", lang)),
        cls="j-checks",
    )
    stay = "judges.wechat.stay" if in_wechat() else "judges.home.one_browser"
    note = element("p", t(stay, lang), cls="j-note")
    not_me = element("div", t("judges.home.not_you", lang), cls="j-notme")
    kind = invented(now.competition)
    sample = element("div", sample_tag(lang, kind), cls="j-center") if kind else ""
    st.html(checks + note + not_me + sample)


main()
