"""What the standings page says of a composite only."""

from math import isnan

import streamlit as st

from competition.results.standings import RoundStandings
from ui.access import Visit, saying
from ui.html import Markup, element
from ui.icons import state_label

_say = saying("organizers.standings.composite")


def note(now: Visit, result: RoundStandings) -> str:
    """How many entrants and parts there are."""
    return _say(now, "note", entrants=len(result.lines), parts=len(result.parts))


def _has_error(result: RoundStandings) -> bool:
    return not isnan(result.ranked.ranking.sed)


def meanings(now: Visit, result: RoundStandings) -> list[Markup]:
    """How the composite is made, its band, and what a reader must be warned of."""
    ranking = result.ranked.ranking
    rules = result.rules.scoring
    lines = [_say(now, "sum", decimals=rules.decimals)]
    if any(not part.source_id for part in result.parts):
        lines.append(_say(now, "outside"))
    if _has_error(result) and ranking.sed > 0:
        lines.append(_say(now, "sed", sed=f"{ranking.sed:.2f}"))
    shown = [element("p", line) for line in lines]
    if result.late:
        label = state_label("attention", now.lang, word=_say(now, "late", reason=result.late))
        shown.append(element("p", label))
    return shown


def withdrawn(now: Visit) -> None:
    """Say over a certified composite that it cannot be shown: a part is no longer certified."""
    st.html(element("p", state_label("attention", now.lang, word=_say(now, "stale"))))
