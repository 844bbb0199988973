"""What the map shows: a measure and a day, both kept in the address."""

from datetime import date, timedelta

import streamlit as st

from competition.programme.measures import MEASURES
from overview.choice import DAY, Choice
from ui.access import Visit, saying
from words import t

_say = saying("overview.map")
MEASURE = "measure"
FIRST = "filed"
WEEK = timedelta(days=7)


def pick_measure(now: Visit) -> str:
    """The measure to colour by, kept in the address."""
    wanted = st.query_params.get(MEASURE, FIRST)
    begun = wanted if wanted in MEASURES else FIRST

    def chosen() -> None:
        st.query_params[MEASURE] = str(st.session_state["overview-measure"])

    st.session_state["overview-measure"] = begun
    return str(
        st.selectbox(
            _say(now, "measure"),
            list(MEASURES),
            format_func=lambda key: t(f"programme.measure.{key}", now.lang),
            key="overview-measure",
            label_visibility="collapsed",
            width=240,
            on_change=chosen,
        )
    )


def weeks(choice: Choice, today: str) -> list[str]:
    """The days to slide over: each week from the programme's issue, the day chosen, and today."""
    first, last = date.fromisoformat(choice.programme["begins_on"]), date.fromisoformat(today)
    spell = [first + n * WEEK for n in range(60)]
    days = {day.isoformat() for day in spell if day < last}
    return sorted({*days, choice.day, today} - {day for day in (today,) if day < first.isoformat()})


def pick_week(now: Visit, choice: Choice) -> None:
    """A slider over the weeks, by arrow keys too; the day goes into the address."""
    today = now.at.date().isoformat() if choice.is_today else max(choice.day, _last(now))
    days = weeks(choice, choice.day if choice.is_today else today)
    if len(days) < 2:
        return

    def chosen() -> None:
        st.query_params[DAY] = str(st.session_state["overview-day"])

    st.session_state["overview-day"] = choice.day
    st.select_slider(
        _say(now, "week"),
        days,
        format_func=str,
        key="overview-day",
        on_change=chosen,
    )


def _last(now: Visit) -> str:
    return now.at.date().isoformat()
