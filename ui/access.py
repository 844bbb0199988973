"""The visitor of a page, and the visitor's right to it: every page begins with `enter_page`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import streamlit as st

from competition import DatabaseError, Store, clock, sign_ins
from competition.errors import NoRound, NotNow, Refused
from competition.heads import shown_head
from competition.invented import invented
from competition.people import people
from competition.rights import refusal
from competition.rounds import rounds
from competition.shapes import Competition, RoundRow
from competition.standby import fencing, passes
from competition.visitor import PUBLIC, Visitor
from ui.entry_notice import entry_notice
from ui.faults import machine_notice, superseded_notice
from ui.frame import refused, top_line
from ui.here import the_store
from ui.language import language
from ui.later import later
from ui.lost import say_when_lost
from ui.pin_notice import pin_notice
from ui.printed import print_frame
from ui.theme import Density, page_style
from ui.ways import parts_of_entry
from words import t

COOKIE = "arena_seat"
ROUND = "round"
"""Parameter of an address: the round its page is about."""
CHOSEN_ROUND = "round-choice"
"""Where a browser tab keeps the round of its last page, for a link without one."""


@dataclass(frozen=True)
class Visit:
    """One run of a page: for whom, in which language, of which round, at what time.

    Attributes
    ----------
    ended : Refused or None
        Why the cookie's sign-in has ended.
    of_round : bool
        Whether the page is about the round, not the whole competition.
    """

    store: Store
    who: Visitor
    lang: str
    at: datetime
    competition: Competition | None
    rounds: tuple[RoundRow, ...]
    round: RoundRow | None
    ended: Refused | None = None
    of_round: bool = True

    @property
    def round_id(self) -> str:
        """The id of the round chosen; empty when there is none."""
        return str(self.round["id"]) if self.round else ""


class Say(Protocol):
    """Words of one room, in the visitor's language."""

    def __call__(self, now: Visit, key: str, **values: object) -> str:
        """The text of a key below the room, with its values."""


def saying(room: str) -> Say:
    """Return the words of a room: ``saying("organizers.log")(now, "title")``."""

    def say(now: Visit, key: str, **values: object) -> str:
        return t(f"{room}.{key}", now.lang, **values)

    return say


def visit() -> Visit:
    """Identify the visitor by the cookie of this browser."""
    store = the_store()
    at = clock.now(store)
    ended: Refused | None = None
    try:
        who = sign_ins.who_is(store, st.context.cookies.get(COOKIE), at=at)
    except Refused as error:
        who, ended = PUBLIC, error
    lang = language(sign_ins.language(store, who))
    if who.person_id is None:
        return Visit(store, who, lang, at, None, (), None, ended)
    try:
        competition = people.current_competition(store, who)
        mine = tuple(rounds.rounds_of(store, who))
    except Refused as error:
        return Visit(store, PUBLIC, lang, at, None, (), None, error)
    return Visit(store, who, lang, at, competition, mine, _chosen(mine, who), ended)


def _chosen(mine: tuple[RoundRow, ...], who: Visitor) -> RoundRow | None:
    """The round in the address, else of the tab's last page; at first the open one, or the last.

    Only an organizer is shown a round in preparation before another that has begun.
    """
    by_id = {row["id"]: row for row in mine}
    for wanted in (st.query_params.get(ROUND), st.session_state.get(CHOSEN_ROUND)):
        if wanted in by_id:
            return by_id[str(wanted)]
    return rounds.round_at_first(
        mine, sees_drafts="organizer" in who.roles, reads="judge" in who.roles
    )


def enter_page(
    read: str,
    *,
    of_round: bool = True,
    density: Density = "organizer",
    top: bool = True,
    page: str = "",
) -> Visit:
    """Begin a page: its style, its top line, and a stop with plain words if it is refused.

    Parameters
    ----------
    read : str
        Row of ``competition.rights.READS`` the page needs.
    of_round : bool
        Whether the page shows one round (else the whole competition).
    top : bool
        Whether to draw the usual top line; a refusal always has one.
    page : str
        Where its words are, e.g. ``organizers.stage``, if it can be too early for the page.
    """
    now = replace(visit(), of_round=of_round)
    page_style(density, lang=now.lang)
    if top:
        _top(now, of_round=of_round, short=density == "judge")
    round_id = now.round_id or None if of_round else None
    reason = now.ended or refusal(now.store, now.who, read, round_id)
    if reason is not None:
        if not top:
            _top(now, of_round=of_round, short=density == "judge")
        if page and isinstance(reason, NotNow | NoRound):
            later(page, read, reason, now.lang, leads="organizer" in now.who.roles)
        else:
            refused(reason, now.lang, head="ui.closed_page")
        st.stop()
    superseded_notice(now.store, now.lang)
    if "organizer" in now.who.roles:
        machine_notice(now.store, now.lang)
    entry_notice(
        now.store, now.who, now.lang, now.competition["timezone"] if now.competition else "UTC"
    )
    pin_notice(now.store, now.who, now.lang)
    return now


def say_lost(now: Visit) -> None:
    """Let the page say once its connection is lost, and go on at a laptop that took over."""
    second = fencing.elsewhere(now.store, now.who.competition_id)
    way = passes.pass_of(now.store, now.who) if second else None
    say_when_lost(now.lang, second, way, over=bool(now.store.superseded))


def choose_round(round_id: str) -> None:
    """Show this round from the next run on: in this tab, and in its address."""
    st.session_state[CHOSEN_ROUND] = round_id
    st.query_params[ROUND] = round_id


def keep_in_address(now: Visit) -> None:
    """Write the round shown into the address.

    Otherwise a reload after another round was opened or this one was closed would show the
    other one. A judge's address keeps none: a tablet follows the round that is open.
    """
    if now.round is None:
        return
    st.session_state[CHOSEN_ROUND] = now.round_id
    if st.query_params.get(ROUND) != now.round_id:
        st.query_params[ROUND] = now.round_id


def _top(now: Visit, *, of_round: bool, short: bool) -> None:
    where = [now.competition["title"]] if now.competition else []
    several = of_round and len(now.rounds) > 1
    if of_round and now.round and not several:
        where.append(now.round["title"])
    top_line(
        where,
        now.lang,
        beside=(lambda: _round_choice(now)) if several else None,
        sample=invented(now.competition),
        short=short,
        on_language=lambda lang: sign_ins.choose_language(now.store, now.who, lang),
    )
    say_lost(now)
    if not short:
        parts_of_entry(now.lang)
        printed: Mapping[str, Any] = now.round if of_round and now.round else {}
        print_frame(
            [now.competition["title"] if now.competition else "", printed.get("title", "")],
            now.lang,
            sample=invented(now.competition),
            code=str(printed.get("rules_hash") or "") if printed.get("opened_at") else "",
            record=shown_head(now.store, now.who),
        )


def _round_choice(now: Visit) -> None:
    """The rounds of the competition to choose from; the choice goes along to other pages."""
    titles = {row["id"]: row["title"] for row in now.rounds}

    st.session_state["round-picker"] = now.round_id
    st.selectbox(
        t("ui.round.choose", now.lang),
        list(titles),
        format_func=lambda round_id: titles[round_id],
        key="round-picker",
        label_visibility="collapsed",
        width=260,
        on_change=lambda: choose_round(st.session_state["round-picker"]),
    )


@contextmanager
def acting(lang: str) -> Iterator[list[Refused | DatabaseError]]:
    """Do an act; a refusal is shown in plain words where the block stands, and collected."""
    problems: list[Refused | DatabaseError] = []
    try:
        yield problems
    except (Refused, DatabaseError) as error:
        problems.append(error)
        refused(error, lang)
