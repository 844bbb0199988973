"""What the assignment promises, in sentences: loads, losses it bears, precision, recusals."""

import math

import streamlit as st

from competition.lineup.plan import SHEET_SD, Plan, plan
from ui.access import Visit, saying
from ui.html import card, element

_say = saying("organizers.promises")


def promises(now: Visit) -> None:
    """Show the promises where judges have entrants; nothing before."""
    made = plan(now.store, now.who, now.round_id)
    if made is None:
        return
    lines = element("ul", *[element("li", text) for text in sentences(now, made)])
    st.html(card(_say(now, "title"), element("div", lines, cls="a-pad")))


def sentences(now: Visit, made: Plan) -> list[str]:
    """One sentence for each quantity that there is."""
    facts = made.strength
    loads = _from_to(now, facts.load_low, facts.load_high)
    judges = _from_to(now, facts.judges_low, facts.judges_high)
    said = [
        _say(now, "loads", sheets=facts.sheets, judge=loads),
        _say(now, "judges", judges=judges),
    ]
    if facts.parts > 1:
        said.append(_say(now, "parts", parts=facts.parts))
    else:
        key = "may_be_lost" if facts.may_be_lost else "none_lost"
        said.append(_say(now, key, sheets=facts.may_be_lost))
    if not math.isnan(made.known_to):
        said.append(_say(now, "known_to", points=f"{made.known_to:.1f}", sd=f"{SHEET_SD:g}"))
    if made.recused:
        said.append(_say(now, "recused", pairs=made.recused))
    return said


def _from_to(now: Visit, low: int, high: int) -> str:
    return str(low) if low == high else _say(now, "from_to", low=low, high=high)
