"""大屏 / Hall screen: what the hall sees, the next announcements, and the standings behind it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from competition import clock
from competition.errors import Refused
from competition.results.standings import Line, standings
from competition.rounds.rules import RoundRules
from competition.saying import sentence
from competition.stage import hall_links, hall_pages, screens
from competition.stage.hall import hall
from competition.stage.turns import Turn, Turns, turns
from organizers import naming
from organizers.address import server_address
from organizers.asking import Dialog, act_buttons, answer, ask, live, rests
from organizers.live.hall import announcing
from organizers.offers import can, offer
from ui.access import Visit, acting, enter_page, saying
from ui.frame import page_title
from ui.html import Markup, card, element, provisional_tag
from ui.tables import Column, list_table
from words import t

_say = saying("organizers.board")

FRESH = "hall-link-fresh"
SCREENS = ("auto", "waiting", "list", "score")
PICTURE = 318  # height of the hall's screen on the page, in pixels
BEYOND = 5  # entrants listed below the line
SHOWN = 7  # of the order of announcing
BEFORE = 2  # announced ones listed above the next


def page(now: Visit) -> None:
    """The hall screen beside the list, redrawn every two seconds."""
    acts = offer(now, "make_hall_link") + offer(now, "revoke_hall_links")
    pressed = page_title(_say(now, "title"), note=_rule(now), actions=acts)
    if pressed:
        ask(pressed)
    left, right = st.columns([52, 48], gap="small")
    with left:
        _screen(now)
        live(now, _control)
    with right:
        live(now, _behind)
    answer(now, announcing.dialogs(now) | _dialogs(now))


def _rule(now: Visit) -> str:
    return _say(now, f"rule.{hall(now.store, now.who, now.round_id).content['hall']}")


def _screen(now: Visit) -> None:
    """The hall's page itself, small: it keeps itself up to date."""
    address = f"/hall/{now.round_id}?lang={now.lang}"
    with st.container(key="hall-now", border=True):
        opens = element("a", _say(now, "open"), href=address, target="_blank", rel="noopener")
        st.html(element("h2", element("span", _say(now, "now")), opens, cls="a-h2 a-apart"))
        st.iframe(address, height=PICTURE, alt=_say(now, "now"))
        _bell(now)


def _bell(now: Visit) -> None:
    """The button that lets the hall's screens ring, where a time is taken."""
    rules = RoundRules.from_json(now.round["rules"]) if now.round else RoundRules()
    if not (rules.is_timed and can(now, "try_bell")):
        return
    with st.container(key="bell", horizontal=True, gap="small", vertical_alignment="center"):
        if st.button(_say(now, "bell"), key="try-bell"):
            with acting(now.lang):
                screens.try_bell(now.store, now.who, now.round_id, at=clock.now(now.store))
        st.html(element("p", _say(now, "bell_text"), cls="a-reason"))


def _control(now: Visit) -> None:
    """What the screen shows, and the next announcement; of constant height."""
    with st.container(key="board-control"):
        announcing.box(now, resting=rests())
        if announcing.announces(now):
            _turn(now)
            _choose(now, turns(now.store, now.who, now.round_id))


def _turn(now: Visit) -> None:
    """The pages of the list, where it has several."""
    shown = hall(now.store, now.who, now.round_id).content
    if shown["scene"] != "list" or shown.get("pages", 1) < 2 or not can(now, "turn_page"):
        return
    page, pages = shown["page"], shown["pages"]
    with st.container(
        key="board-pages", horizontal=True, gap="small", vertical_alignment="center", wrap=False
    ):
        _page_button(now, "back", page - 1, disabled=shown["frozen"] or page == 1)
        st.html(
            element("b", _say(now, "page", page=page, pages=pages), cls="a-item"), width="content"
        )
        _page_button(now, "on", page + 1, disabled=shown["frozen"] or page == pages)


def _page_button(now: Visit, name: str, page: int, *, disabled: bool) -> None:
    if st.button(_say(now, f"page_{name}"), key=f"page-{name}", disabled=disabled):
        with acting(now.lang) as problems:
            hall_pages.turn_page(now.store, now.who, now.round_id, page, at=now.at)
        if not problems:
            st.rerun()


def _choose(now: Visit, turns: Turns) -> None:
    """Buttons for what the screen shows: by itself, waiting, the list, one announced score."""
    if not can(now, "set_screen"):
        return
    with st.container(key="board-screens", horizontal=True, gap="small", wrap=True):
        for shows in SCREENS[:-1]:
            if st.button(_say(now, f"screen.{shows}"), key=f"screen-{shows}"):
                _set(now, shows)
        names = {turn.entrant_id: turn for turn in turns.announced}
        chosen = st.selectbox(
            _say(now, "screen.score"),
            list(names),
            index=None,
            format_func=lambda key: _named(now, names[key]),
            key=f"screen-score-{len(names)}",
            placeholder=_say(now, "screen.score"),
            label_visibility="collapsed",
            width=190,
        )
        if st.button(_say(now, "screen.show"), key="screen-show", disabled=chosen is None):
            _set(now, "score", str(chosen))


def _set(now: Visit, shows: str, entrant_id: str = "") -> None:
    with acting(now.lang):
        screens.set_screen(
            now.store, now.who, now.round_id, shows, entrant_id=entrant_id, at=now.at
        )


def _place(turn: Turn) -> Mapping[str, Any]:
    return {"village": turn.village, "township": turn.township, "county": turn.county}


def _named(now: Visit, turn: Turn) -> str:
    return f"{naming.number(turn.number, now.lang)} {naming.title(_place(turn))} {turn.final}"


def _behind(now: Visit) -> None:
    """The list of announcements, and the standing for those who may read it."""
    with st.container(key="board-behind"):
        if announcing.announces(now):
            view = turns(now.store, now.who, now.round_id)
            st.html(_turn_list(now, view))
        if can(now, "standings"):
            st.html(_standing(now))


def _turn_list(now: Visit, turns: Turns) -> Markup:
    rows = []
    for turn in turns.order:
        place = _place(turn)
        name = element(
            "span", element("b", naming.title(place)), element("small", naming.around(place))
        )
        rows.append(
            element(
                "div",
                element("b", t("ui.standings.number_of", now.lang, number=turn.number), cls="a-no"),
                name,
                announcing.word(now, turn),
                cls="a-order a-here" if turn == turns.coming else "a-order",
            )
        )
    note = t(
        "organizers.announcing.count", now.lang, told=len(turns.announced), of=len(turns.order)
    )
    at = turns.order.index(turns.coming) if turns.coming else len(rows)
    first = max(0, min(at - BEFORE, len(rows) - SHOWN))
    folded: Markup | str = ""
    if first:
        earlier = element("summary", t("organizers.stage.earlier", now.lang, count=first))
        folded = element("details", earlier, *rows[:first], cls="a-more")
    shown = element("div", *rows[first:], cls="a-scrolls")
    return card(_say(now, "turns"), folded, shown, note=note)


def _standing(now: Visit) -> Markup:
    """The standing as it is, computed once per change."""
    try:
        result = standings(now.store, now.who, now.round_id, at=now.at)
    except Refused as error:
        return card(_say(now, "standing"), element("p", sentence(error, now.lang), cls="a-pad"))
    by = "adjusted" if result.official_is_adjusted else "announced"
    columns = [
        Column(_say(now, "column.rank"), "right"),
        Column(_say(now, "column.number"), "right"),
        Column(_say(now, "column.entrant")),
        Column(_say(now, "column.judges"), "right"),
        Column(t(f"organizers.standings.by.{by}", now.lang), "right"),
    ]
    rows = [_row(line, now.lang) for line in result.lines[: result.top + BEYOND]]
    waits = provisional_tag(now.lang) if result.round["certified_at"] is None else ""
    title = element("span", _say(now, "standing"), " ", waits)
    note = _say(now, "of", shown=len(rows), of=len(result.lines), missing=result.missing)
    return card(title, list_table(columns, rows, now.lang), note=note)


def _row(line: Line, lang: str) -> list[object]:
    place = {"village": line.village, "township": line.township, "county": line.county}
    rank = "" if line.rank is None else f"{line.rank}{'=' if line.tied else ''}"
    name = element("span", naming.title(place), " ", element("small", naming.around(place)))
    score = t("ui.standings.no_score", lang) if line.official is None else str(line.official)
    return [rank, line.number, name, f"{line.counted}/{line.expected}", element("b", score)]


def _dialogs(now: Visit) -> dict[str, Dialog]:
    return {
        "make_hall_link": (_say(now, "link_title"), lambda: _link(now)),
        "revoke_hall_links": (_say(now, "revoke_title"), lambda: _revoke(now)),
    }


def _link(now: Visit) -> None:
    fresh = st.session_state.pop(FRESH, None)
    if fresh is not None:
        st.html(element("p", _say(now, "link_once"), cls="a-item"))
        st.code(fresh, language=None, wrap_lines=True)
        return
    st.html(element("p", _say(now, "link_text"), cls="a-item"))

    def make(at: Any) -> None:
        secret = hall_links.make_hall_link(now.store, now.who, now.round_id, at=at)
        st.session_state[FRESH] = f"{server_address()}/h/{secret}"

    act_buttons(now, _say(now, "link_confirm"), "make_hall_link", make, stay=True)


def _revoke(now: Visit) -> None:
    st.html(element("p", _say(now, "revoke_text"), cls="a-item"))
    act_buttons(
        now,
        _say(now, "revoke_confirm"),
        "revoke_hall_links",
        lambda at: hall_links.revoke_hall_links(now.store, now.who, now.round_id, at=at),
    )


page(enter_page("hall", page="organizers.board"))
