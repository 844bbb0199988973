"""The dialog that proposes who takes the sheets of an absent judge, and hands them over."""

import math

import streamlit as st

from competition.lineup import handing_over
from competition.lineup.handing_over import Effect, Handing, Proposal
from competition.marks.progress import Progress
from organizers import naming
from organizers.asking import Dialog, act_buttons, reason_field
from ui.access import Visit, acting, saying
from ui.html import Markup, element
from ui.tables import Column, list_table

_say = saying("organizers.handing_over")


def dialogs(now: Visit, progress: Progress) -> dict[str, Dialog]:
    """The dialog of sheets handed over."""
    return {"hand_over_sheets": (_say(now, "title"), lambda: _hand_over(now, progress))}


def _hand_over(now: Visit, progress: Progress) -> None:
    leaving = _choose(now, progress)
    proposals: list[Proposal] = []
    with acting(now.lang):
        proposals.append(handing_over.proposal(now.store, now.who, now.round_id, leaving))
    if not proposals:
        return
    proposal = proposals[0]
    # The act names the proposal that the pressed button stood under, not this run's newer one.
    key = f"handing-shown-{leaving}"
    shown = st.session_state.get(key, proposal.digest)
    st.session_state[key] = proposal.digest
    st.html(element("div", *_shown(now, proposal)))
    if not proposal.handings and not proposal.left:
        return
    reason = reason_field(now, "hand_over_sheets", hint=_say(now, "hint"))
    act_buttons(
        now,
        _say(now, "confirm", count=len(proposal.handings)),
        "hand_over_sheets",
        lambda at: handing_over.hand_over_sheets(
            now.store,
            now.who,
            now.round_id,
            shown=shown,
            reason=reason,
            leaving=leaving,
            at=at,
        ),
    )


def _choose(now: Visit, progress: Progress) -> str | None:
    """The judge who leaves; without one, only sheets recorded absent are handed over."""
    st.html(element("p", _say(now, "text"), cls="a-reason"))
    owing = {one["seat"]: one["person_id"] for one in progress.missing}
    names = {None: _say(now, "recorded")} | {
        person_id: naming.seat(seat, now.lang) for seat, person_id in sorted(owing.items())
    }
    chosen: str | None = st.selectbox(
        _say(now, "leaving"), list(names), format_func=names.__getitem__, key="handing-leaving"
    )
    return chosen


def _shown(now: Visit, proposal: Proposal) -> list[Markup]:
    lines: list[Markup] = []
    if not proposal.handings and not proposal.left:
        return [element("p", _say(now, "none"), cls="a-reason")]
    if proposal.handings:
        lines.append(_table(now, proposal))
    if proposal.left:
        numbers = naming.numbers([one["number"] for one in proposal.left], now.lang)
        lines.append(element("p", _say(now, "left", numbers=numbers), cls="a-reason"))
    said = effects(now, proposal.without, proposal.after)
    listed = element("ul", *[element("li", text) for text in said])
    lines.append(element("div", listed, cls="a-pad"))
    return lines


def _table(now: Visit, proposal: Proposal) -> Markup:
    """A line for each judge who takes sheets."""
    by_taker: dict[int, list[Handing]] = {}
    for one in proposal.handings:
        by_taker.setdefault(one.taking["number"], []).append(one)
    rows = [
        [
            element("b", naming.seat(seat, now.lang), " ", _role(now, taken[0])),
            naming.numbers([one.entrant["number"] for one in taken], now.lang),
            len(taken),
            proposal.loads[seat],
        ]
        for seat, taken in by_taker.items()
    ]
    columns = [
        Column(_say(now, "column.taking")),
        Column(_say(now, "column.entrants")),
        Column(_say(now, "column.count"), "right"),
        Column(_say(now, "column.load"), "right"),
    ]
    return list_table(columns, rows, now.lang)


def _role(now: Visit, one: Handing) -> Markup:
    return element("small", _say(now, "reserve") if one.taking["reserve"] else "")


def effects(now: Visit, without: Effect | None, after: Effect | None) -> list[str]:
    """What is promised without and with the sheets handed over."""
    if without is None or after is None:
        return []
    before, then = without.strength, after.strength
    said = [
        _say(now, "judges", before=before.judges_low, after=then.judges_low),
        _say(now, "loads", low=then.load_low, high=then.load_high),
    ]
    if then.parts > 1:
        return [*said, _say(now, "parts", parts=then.parts)]
    lost = "may_be_lost_parted" if before.parts > 1 else "may_be_lost"
    said.append(_say(now, lost, before=before.may_be_lost, after=then.may_be_lost))
    if not math.isnan(without.known_to) and not math.isnan(after.known_to):
        points = {"before": f"{without.known_to:.1f}", "after": f"{after.known_to:.1f}"}
        said.append(_say(now, "known_to", **points))
    return said
