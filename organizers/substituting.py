"""The dialog that asks for a judge in reserve in a seat, and how such changes are shown.

The change is a correction: a second person confirms it.
"""

from collections.abc import Iterable

import streamlit as st

from competition.corrections.requests import request_correction
from competition.lineup.seat_candidates import Holder, Taker, seat_holders
from competition.lineup.seat_words import seat_change
from competition.lineup.substituting import Substitution
from competition.saying import in_a_row
from organizers import naming
from organizers.asking import Dialog, act_buttons, ask, reason_field
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.html import card, element
from words import t

_say = saying("organizers.substitute")


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialog of a change of seat."""
    return {"substitute": (_say(now, "title"), lambda: _substitute(now))}


def button(now: Visit) -> None:
    """The button of the dialog, for those who may ask for it in an open round."""
    is_open = now.round is not None and now.round["state"] == "open"
    if not is_open or not can(now, "request_correction"):
        return
    if st.button(_say(now, "ask"), key="act-substitute"):
        ask("substitute")
        st.rerun()


def show(now: Visit, substitutions: Iterable[Substitution]) -> None:
    """Every change of a seat with its reason, when and by whom; nothing where there is none."""
    lines = [
        element(
            "p",
            t(
                "seat_change.by",
                now.lang,
                change=seat_change(one, now.lang),
                at=naming.clock(now, one.at),
                by=one.by,
            ),
            cls="a-reason",
        )
        for one in substitutions
    ]
    if lines:
        st.html(card(t("seat_change.heading", now.lang), element("div", *lines, cls="a-pad")))


def _substitute(now: Visit) -> None:
    holders: list[Holder] = []
    with acting(now.lang) as problems:
        holders += [
            one
            for one in seat_holders(now.store, now.who, now.round_id)
            if one.takers and one.firsts
        ]
    if problems or not holders:
        st.html(element("p", "" if problems else _say(now, "none"), cls="a-reason"))
        return
    holder, taker, first = _ask(now, holders)
    concerned = holder.firsts[holder.firsts.index(first) :]
    st.html(element("p", _effects(now, taker, concerned), cls="a-reason"))
    reason = reason_field(now, "substitute", hint=_say(now, "hint"))
    act_buttons(
        now,
        _say(now, "confirm"),
        "substitute",
        lambda at: request_correction(
            now.store,
            now.who,
            now.round_id,
            "reserve",
            {"judge": holder.person_id, "taking": taker.person_id, "first": first},
            reason=reason,
            at=at,
        ),
    )


def _ask(now: Visit, holders: list[Holder]) -> tuple[Holder, Taker, int]:
    """The seat, the judge who takes it over, and the first entrant of the new holder."""
    st.html(element("p", _say(now, "text"), cls="a-reason"))
    with st.container(horizontal=True, gap="small"):
        holder: Holder = st.selectbox(
            _say(now, "holder"),
            holders,
            format_func=lambda one: _holder(now, one),
            key="substitute-holder",
        )
        taker: Taker = st.selectbox(
            _say(now, "taker"),
            holder.takers,
            format_func=lambda one: _taker(now, one.number, holder),
            key=f"substitute-taker-{holder.number}",
        )
        first = st.selectbox(
            _say(now, "first"),
            holder.firsts,
            index=holder.firsts.index(holder.at_hand or holder.firsts[0]),
            format_func=lambda number: naming.number(number, now.lang),
            key=f"substitute-first-{holder.number}",
        )
    return holder, taker, int(first)


def _effects(now: Visit, taker: Taker, concerned: tuple[int, ...]) -> str:
    """The entrants concerned, and those for which the new holder is recused."""
    effects = _concerns(now, concerned)
    empty = [number for number in concerned if number in taker.recused]
    if not empty:
        return effects
    seat, numbers = naming.seat(taker.number, now.lang), naming.numbers(empty, now.lang)
    return in_a_row([effects, _say(now, "recused", seat=seat, numbers=numbers)], now.lang)


def _concerns(now: Visit, numbers: tuple[int, ...]) -> str:
    few, last = numbers[:6], numbers[-1]
    names = naming.numbers(few, now.lang)
    if len(numbers) > len(few):
        names = _say(now, "from_to", first=few[0], last=last)
    return _say(now, "concerns", count=len(numbers), names=names)


def _holder(now: Visit, one: Holder) -> str:
    seat = naming.seat(one.number, now.lang)
    if one.number == one.seat:
        return seat
    return t("seat_change.sitter", now.lang, name=seat, seat=f"{one.seat:02d}")


def _taker(now: Visit, number: int, holder: Holder) -> str:
    key = "taker_own" if number == holder.seat else "taker_reserve"
    return _say(now, key, seat=naming.seat(number, now.lang))
