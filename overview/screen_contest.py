"""The contest's panels of 一屏: rounds with their sheets, and prizes by county."""

from collections.abc import Sequence

from competition.programme.contest import Awarded, Contest, RoundProgress
from competition.programme.overview import Overview
from overview.choice import link
from overview.figures import about, marked, said
from ui.access import Visit, saying
from ui.html import Markup, card, element, join
from ui.icons import state_label
from ui.tables import Column, list_table
from words import t

_say = saying("overview.screen")
STATES = {"certified": "locked", "open": "marking", "closed": "next"}
A_VILLAGE = 12
"""Digits of a village's code; of a township there is no page."""


def rounds(now: Visit, view: Overview, games: Contest) -> Markup:
    """Each round: entrants and how many are chosen, sheets in, its state."""
    if not games.rounds:
        return Markup("")
    rows = [
        (
            element("b", one.title),
            _size(now, one),
            _sheets(one),
            state_label(
                STATES.get(one.state, "not_begun"),
                now.lang,
                word=t(f"round_state.{one.state}", now.lang),
                size=14,
            ),
        )
        for one in games.rounds
    ]
    columns = [
        Column(_say(now, "round")),
        Column(_say(now, "size")),
        Column(_say(now, "sheets"), "right"),
        Column(_say(now, "state")),
    ]
    missing = sum(one.expected - one.submitted for one in games.rounds if one.state == "open")
    title = said(now.lang, "overview.screen.contest_missing", count=marked(missing, "missing"))
    head = title if missing else _say(now, "contest")
    table = list_table(columns, rows, now.lang, stacks=True)
    return card(head, table, note=about(now, "contest", view))


def _size(now: Visit, one: RoundProgress) -> Markup:
    """Entrants, and how many the rules choose; each leads to its list."""
    count = link(marked(one.entrants, "entrants", one.id), "overview.village", contest=one.id)
    top = marked(one.top, "top", one.id)
    if one.state == "certified":
        top = link(top, "overview.village", contest=one.id, which="chosen")
    return said(now.lang, "overview.screen.entrants", count=count, top=top)


def _sheets(one: RoundProgress) -> Markup:
    """Sheets in and expected; what is missing leads to its entrants."""
    text = join(
        [
            marked(f"{one.submitted:,}", "submitted", one.id),
            marked(f"{one.expected:,}", "expected", one.id),
        ],
        "/",
    )
    if one.submitted == one.expected:
        return text
    return link(text, "overview.village", contest=one.id, which="missing")


def awards(now: Visit, view: Overview, games: Contest) -> Markup:
    """What each county was given: a column a round, each prize with its villages."""
    ids, names = list(games.giving), games.giving
    rows = []
    for one in view.counties:
        won = games.of_county(one.code)
        count = marked(len(won), "won", one.code)
        cells = [_given(now, [each for each in won if each.round_id == key]) for key in ids]
        rows.append((element("b", one.county), count, *cells))
    columns = [
        Column(_say(now, "county")),
        Column(_say(now, "won"), "right"),
        *(Column(names[key]) for key in ids),
    ]
    table = list_table(columns, rows, now.lang)
    if not ids:
        table = element("p", _say(now, "none_given"), cls="a-reason o-said")
    return card(_say(now, "awards"), table, note=about(now, "awards", view))


def _given(now: Visit, won: Sequence[Awarded]) -> Markup | str:
    if not won:
        return _say(now, "none_won")
    between = t("list.between", now.lang)
    prizes = dict.fromkeys(one.prize for one in won)
    parts = []
    for prize in prizes:
        places = join((_place(one) for one in won if one.prize == prize), between)
        parts.append(join([element("b", prize), places], " ") if prize else places)
    return join(parts, "\N{IDEOGRAPHIC SPACE}" if now.lang == "zh" else "; ")


def _place(one: Awarded) -> Markup:
    if len(one.code) < A_VILLAGE:
        return element("span", one.township)
    return link(one.village, "overview.village", code=one.code)
