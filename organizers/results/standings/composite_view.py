"""What the standings page shows of a composite only: the picture of its line, and its facts."""

from math import isnan

import streamlit as st

from charts.around import around
from competition.results.standings import RoundStandings
from organizers.results.standing_rows import line_rows
from ui.access import Visit, saying
from ui.drawn import show_chart
from ui.html import Markup, element
from ui.icons import state_label
from ui.theme import current_palette, theme

_say = saying("organizers.standings.composite")

WIDTH = 420


def note(now: Visit, result: RoundStandings) -> str:
    """How many entrants and parts there are."""
    return _say(now, "note", entrants=len(result.lines), parts=len(result.parts))


def picture(now: Visit, result: RoundStandings) -> None:
    """Composites near the line, the line between the last in and the first out, the open zone."""
    rows = line_rows(result, now.lang)
    decision = result.ranked.ranking.selection.decisions[-1]
    if rows.empty or decision.last_in is None or decision.first_out is None:
        return
    line = float(decision.last_in + decision.first_out) / 2
    spread = max(float(rows["high"].max() - rows["low"].min()), 0.1) if _has_error(result) else 0.1
    low, high = rows["value"].min(), rows["value"].max()
    if _has_error(result):
        low, high = rows["low"].min(), rows["high"].max()
    values = {"top": result.top, "width": decision.width}
    show_chart(
        ("composite", now.round_id, result.seq, now.lang, theme()),
        lambda: around(
            rows,
            now.lang,
            current_palette(),
            kind="composite",
            values=values,
            domain=(float(low) - spread / 20, float(high) + spread / 20),
            line=line,
            width=WIDTH,
        ),
    )


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
