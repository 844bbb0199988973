"""Parts of a page that draw themselves again: every few seconds, or once their state changes."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from competition import DatabaseError, clock
from competition.errors import Refused
from competition.stage.moment import record_now
from organizers.asking import RESTS
from ui.access import Visit, acting
from ui.fragments import draw_again

PART = "watched-part"
LONGEST_REST = 10.0
"""Seconds; a page that is dear to draw is this old at most."""
DRAWN = "watched-drawn"
"""Where a browser tab keeps of what its watched part was drawn."""

Draw = Callable[[Visit], datetime | None]
"""Draws a part; returns when it is out of date though nothing happens, None for never."""
Sign = Callable[[Visit], Hashable]
"""Something cheap that differs once the part would be drawn differently."""


@dataclass(frozen=True)
class Drawn:
    """What a part was drawn of, and until when that is good."""

    sign: Hashable
    until: datetime | None
    rests: float = 0.0
    """Seconds of this process's steady clock until which it is not drawn again for others' acts."""

    def is_good(self, sign: Hashable, at: datetime) -> bool:
        """Whether the part would be drawn the same."""
        return self.sign == sign and (self.until is None or at < self.until)


def live(now: Visit, draw: Callable[[Visit], None], *, every: float = 2) -> None:
    """Redraw a part of the page every few seconds, with the time of each drawing.

    A refusal (the sign-in ended, the round moved on) is shown in place of the part.
    """

    @st.fragment(run_every=every)
    def part() -> None:
        with acting(now.lang):
            draw(replace(now, at=clock.now(now.store)))

    part()


def by_record(read: str) -> Sign:
    """The sign of a part that only acts change, for those who may read something of the round."""
    return lambda now: record_now(now.store, now.who, read, now.round_id)


def watched(now: Visit, draw: Draw, sign: Sign, *, every: float = 2, rest: float = 20) -> None:
    """As `live`, but look every few seconds and redraw the part only where its sign has changed.

    So no button is replaced under a finger by one that says the same. After a drawing the part
    rests ``rest`` times as long as that took of the processor: marks that pour in are not kept
    waiting by pages that show them. The visitor's own acts are drawn at once.
    A page has one such part.
    """

    @st.fragment(key=PART)
    def part() -> None:
        with acting(now.lang):
            draw_now(_at_this_moment(now), draw, sign, rest=rest)

    @st.fragment(run_every=every)
    def watch() -> None:
        if is_rested() and not is_good(_at_this_moment(now), sign):
            draw_again(PART)

    part()
    watch()


def _at_this_moment(now: Visit) -> Visit:
    return replace(now, at=clock.now(now.store))


def draw_now(now: Visit, draw: Draw, sign: Sign, *, rest: float = 0) -> None:
    """Draw a part and remember of what: the sign is taken first, so that no change is missed.

    Acts that rest are offered again at the next look; a part that was refused is asked for again.
    """
    st.session_state.pop(DRAWN, None)
    is_resting = bool(st.session_state.get(RESTS))
    seen, begun = sign(now), time.thread_time()
    until = draw(now)
    if not is_resting:
        seconds = min(rest * (time.thread_time() - begun), LONGEST_REST)
        st.session_state[DRAWN] = Drawn(seen, until, time.monotonic() + seconds)


def is_rested() -> bool:
    """Whether the part may be drawn again for what others did."""
    drawn: Drawn | None = st.session_state.get(DRAWN)
    return drawn is None or time.monotonic() >= drawn.rests


def is_good(now: Visit, sign: Sign) -> bool:
    """Whether the part would be drawn as it was."""
    drawn: Drawn | None = st.session_state.get(DRAWN)
    try:
        return drawn is not None and drawn.is_good(sign(now), now.at)
    except (Refused, DatabaseError):
        return False  # the drawing says why
