"""When the page of the day changes: by what happens, and by time alone."""

from collections.abc import Hashable, Iterator
from datetime import datetime, timedelta

import streamlit as st

from competition.stage.live import Live
from competition.stage.moment import moment
from organizers import standby_line
from organizers.live.desk import stick_box
from organizers.live.desk.next_box import SAID, SAID_FOR
from organizers.live.desk.todo import MARKING_TIME
from organizers.offers import can
from ui.access import Visit


def sign(now: Visit) -> Hashable:
    """All that the page is drawn of, but for times that are shown to the minute."""
    seen = moment(now.store, now.who, now.round_id, at=now.at)
    if not can(now, "tablets"):
        return seen
    second = standby_line.line(now, standby_line.seen(now))
    return seen, second, stick_box.line(now, stick_box.seen(now))


def until(now: Visit, shown: Live) -> datetime:
    """The next minute, or an earlier moment at which a wait is too long or a refusal goes."""
    return min(one for one in _moments(now, shown) if one > now.at)


def _moments(now: Visit, shown: Live) -> Iterator[datetime]:
    yield now.at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    if shown.since is not None:
        yield shown.since + MARKING_TIME + timedelta.resolution
    said = st.session_state.get(SAID)
    if said is not None:
        yield said[0] + SAID_FOR
