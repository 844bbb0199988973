"""总览 / Overview: where the competition stands, and the one act that comes next."""

from typing import Any

import streamlit as st

from competition.marks.progress import Progress, progress
from competition.rights import refusal
from competition.rounds.rounds import round_view
from competition.rounds.rules import RoundRules
from organizers import naming
from organizers.address import reaches_tablets, server_address
from organizers.asking import answer, ask
from organizers.figures import checks, figures, steps
from organizers.offers import offer
from organizers.prepare import opening
from organizers.prepare import round_page as preparing
from ui.access import Visit, enter_page
from ui.frame import Action, page_title
from ui.html import Markup, card, definition, element, tag
from ui.ways import to_page
from words import t

READY = tuple(preparing.PAGE_OF)
WAYS = {
    "import": "organizers.import_page",
    "step": "organizers.setup",
    "sample": "",
}
SETTLED = ("certified", "announced", "noticed", "decided", "commended")


def page(now: Visit) -> None:
    """Show the round, or what can be done where there is none."""
    if now.round is None:
        nothing_yet(now)
        return
    view = round_view(now.store, now.who, now.round_id)
    sheets = None
    if refusal(now.store, now.who, "progress", now.round_id) is None:
        sheets = progress(now.store, now.who, now.round_id, at=now.at)
    _title(now, view)
    st.html(figures(_figures(now, view, sheets)))
    left, right = st.columns([3, 2], gap="small")
    with left:
        if view["state"] == "draft":
            st.html(_ready(now, view))
            if view["missing"]:
                preparing.next_step(now, view, "organizers.overview")
        st.html(_rules(now, view))
    with right:
        st.html(card(_say(now, "next"), steps(_steps(now, view, sheets))))
    answer(now, opening.dialogs(now, sheets))


def _say(now: Visit, key: str, **values: object) -> str:
    return t(f"organizers.overview.{key}", now.lang, **values)


def _title(now: Visit, view: dict[str, Any]) -> None:
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
    state = tag(
        t(f"round_state.{view['state']}", now.lang),
        state="done" if view["state"] in SETTLED else "next",
        tone="ok" if view["state"] in SETTLED else "",
    )
    pressed = page_title(_say(now, "title"), state=state, note=view["title"], actions=acts)
    if pressed:
        ask(pressed)


def _figures(
    now: Visit, view: dict[str, Any], sheets: Progress | None
) -> list[tuple[object, object, object]]:
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


def _ready(now: Visit, view: dict[str, Any]) -> object:
    missing = view["missing"]
    first = missing[0] if missing else ""
    rows = []
    for key in READY:
        state = "done" if key not in missing else "next" if key == first else "not_begun"
        word = t(f"ui.state.{state}", now.lang)
        rows.append((state, t(f"ready.{key}", now.lang), _say(now, f"ready.{key}"), word))
    if RoundRules.from_json(view["rules"]).blind:
        told = _say(now, "ready.blind", count=view["with_documents"], of=view["entrants"])
        name = t("organizers.rules.line.blind", now.lang)
        rows.append(("zone", name, told, _say(now, "ready.blind_word")))
    note = _say(now, "ready.count", done=len(READY) - len(missing), of=len(READY))
    return card(_say(now, "ready.title"), checks(rows, now.lang), note=note)


def _rules(now: Visit, view: dict[str, Any]) -> object:
    rules = RoundRules.from_json(view["rules"])
    scoring = rules.scoring
    facts = [
        (
            _say(now, "rule.round"),
            f"{t('round_stage.' + view['stage'], now.lang)} · "
            f"{t('category.' + view['category'], now.lang)}",
        ),
        (_say(now, "rule.official"), t(f"method.{scoring.official}", now.lang)),
        (_say(now, "rule.top"), _say(now, "rule.top_value", top=scoring.top)),
        (
            _say(now, "rule.trim"),
            _say(now, "rule.trim_value", high=scoring.trim_high, low=scoring.trim_low),
        ),
        (_say(now, "rule.decimals"), _say(now, "rule.decimals_value", n=scoring.decimals)),
        (_say(now, "rule.recusal"), _say(now, f"rule.recusal_{rules.recusal_level}")),
        (_say(now, "rule.grace"), _say(now, "rule.grace_value", n=rules.grace_seconds)),
        (_say(now, "rule.published"), _say(now, f"rule.published_{rules.published}")),
        (_say(now, "rule.hash"), element("code", view["rules_hash"], cls="a-hash")),
    ]
    fixed = _say(now, "rule.free")
    if view["opened_at"]:
        fixed = _say(now, "rule.fixed", at=naming.clock(now, view["opened_at"], day=True))
    body = element("div", definition(facts), cls="a-pad")
    return card(_say(now, "rule.title"), body, note=fixed)


def _steps(now: Visit, view: dict[str, Any], sheets: Progress | None) -> list[object]:
    """What comes next, by the state of the round."""
    missing = len(sheets.missing) if sheets is not None else 0
    state = view["state"] if view["state"] in ("draft", "open", "closed") else "settled"
    keys = {
        "draft": ("complete",) * bool(view["missing"]) + ("open", "links"),
        "open": ("collect",) * bool(missing) + ("close", "certify"),
        "closed": ("rule", "certify", "award"),
        "settled": ("export", "keep"),
    }[state]
    return [_say(now, f"step.{key}", missing=missing) for key in keys]


def nothing_yet(now: Visit) -> None:
    """A competition without a round: what can be done now, and nothing that cannot."""
    address = server_address()
    heading = element("h2", _say(now, "empty.title"))
    st.html(element("section", heading, element("p", _say(now, "empty.text")), cls="a-empty"))
    with st.container(key="ways"):
        columns = st.columns(3, gap="small", border=True)
        for column, way, path in zip(columns, WAYS, WAYS.values(), strict=True):
            with column:
                st.html(_way(now, way, "" if path else element("code", "python3 arena.py demo")))
                if path:
                    to_page(path, _say(now, f"empty.{way}.go"))
    reached = reaches_tablets(address)
    rows = [
        (
            "done" if reached else "next",
            _say(now, "empty.address"),
            _say(now, "empty.address_ok" if reached else "empty.address_here", address=address),
        ),
        (
            "done",
            _say(now, "empty.competition"),
            now.competition["title"] if now.competition else "",
        ),
        ("next", _say(now, "empty.round"), _say(now, "empty.round_text")),
        *(
            ("not_begun", t(f"ready.{key}", now.lang), _say(now, f"ready.{key}"))
            for key in ("entrants", "rubric", "seats")
        ),
    ]
    shown = [(state, name, text, t(f"ui.state.{state}", now.lang)) for state, name, text in rows]
    note = _say(now, "ready.count", done=sum(r[0] == "done" for r in rows), of=len(rows))
    st.html(card(_say(now, "ready.title"), checks(shown, now.lang), note=note, cls="a-wide-box"))


def _way(now: Visit, way: str, *more: object) -> Markup:
    head = element("h3", _say(now, f"empty.{way}.title"))
    return element("div", head, element("p", _say(now, f"empty.{way}.text")), *more, cls="a-way")


page(enter_page("competition"))
