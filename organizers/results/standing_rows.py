"""A computed standing as the table and the chart of the page take it."""

from collections.abc import Callable
from fractions import Fraction

import pandas as pd

from competition.results.standings import Line, RoundStandings
from competition.rounds.composites import percent
from organizers import naming
from ui.standings_table import StandingRow
from words import t


def in_order(result: RoundStandings) -> list[Line]:
    """The lines by rank; of equal ranks the selected ones first, in the order of their places."""
    return sorted(
        result.lines,
        key=lambda line: (line.rank is None, line.rank, not line.selected, line.place or 0),
    )


def table_rows(
    result: RoundStandings,
    lang: str,
    *,
    link: Callable[[str], str] = lambda _: "",
    first: int | None = None,
) -> list[StandingRow]:
    """The rows of the standings table, in the order of the standing.

    Parameters
    ----------
    link
        An entrant's id to the address of its explanation.
    first
        How many rows; all if None.
    """
    scored = [line for line in result.lines if line.counted and result.trims]
    short = {line.entrant_id for line in scored if not line.comparable}
    if len(short) == len(scored):
        short = set()  # a sentence under the table says it once
    return [
        _row(line, result, lang, is_short=line.entrant_id in short, link=link(line.entrant_id))
        for line in in_order(result)[:first]
    ]


def _row(
    line: Line, result: RoundStandings, lang: str, *, is_short: bool, link: str
) -> StandingRow:
    place = vars(line)
    adjusted = result.official_is_adjusted
    return StandingRow(
        number=line.number,
        code=line.code,
        title=naming.title(place),
        place=naming.around(place),
        official=line.official,
        rank=line.rank,
        tied=line.tied,
        other=line.announced if adjusted else line.adjusted,
        other_rank=line.announced_rank if adjusted else line.adjusted_rank,
        other_tied=line.announced_tied if adjusted else line.adjusted_tied,
        verdict=line.verdict,
        word=verdict_word(line, lang),
        seat=line.place if line.selected else None,
        counted=line.counted,
        expected=line.expected,
        differs=line.entrant_id in result.differing,
        link=link,
        deduction=line.deduction or None,
        note=t("organizers.standings.not_comparable", lang) if is_short else "",
        parts=tuple(part.scores.get(line.entrant_id) for part in result.parts),
    )


def verdict_word(line: Line, lang: str) -> str:
    """The word of an outcome, where it is not the verdict's: a seat that waits for readings."""
    return t("key.awaiting_reading", lang) if line.awaits_reading else ""


def part_heads(result: RoundStandings) -> list[tuple[str, str]]:
    """Title and weight of each part of a composite, as heads of columns."""
    return [(part.title, percent(Fraction(part.weight))) for part in result.parts]


def line_rows(result: RoundStandings, lang: str) -> pd.DataFrame:
    """Composites near the line, each with half a standard error of a difference to either side.

    Two spans that do not touch are more than one such error apart.
    """
    ranked = [line for line in in_order(result) if line.official is not None]
    at = [place for place, line in enumerate(ranked) if line.selected or line.in_zone]
    last = max(at, default=0)
    near = ranked[max(0, min(at, default=0), last - AROUND) : last + AROUND + 1]
    half = result.ranked.ranking.sed / 2
    return pd.DataFrame(
        [
            {
                "label": label(line, lang),
                "who": f"{label(line, lang)} {naming.around(vars(line))}",
                "said": str(line.official),
                "figure": str(line.official),
                "value": (score := float(line.official or "nan")),
                "low": score - half,
                "high": score + half,
                "state": state_of(line),
            }
            for line in near
        ]
    )


AROUND = 12
"""Entrants on either side of the line that its picture shows."""
STATE = {"above": "above", "below": "below"}


def label(line: Line, lang: str) -> str:
    """An entrant's number and village: its row in a chart."""
    return f"{naming.number(line.number, lang)} {naming.title(vars(line))}"


def state_of(line: Line) -> str:
    """A ranked entrant's disc in a chart: above, zone or below."""
    return STATE.get(line.verdict, "zone")


def interval_rows(result: RoundStandings, lang: str, *, together: bool = False) -> pd.DataFrame:
    """Rank and rank interval of every ranked entrant, as the chart takes them.

    Empty where the marks do not allow intervals.

    Parameters
    ----------
    together
        The intervals that hold for all entrants at once, instead of each entrant's.
    """
    ranked = [line for line in in_order(result) if line.rank is not None]
    ids = [line.entrant_id for line in ranked]
    if together:
        frame = result.numbers.rank_sets.reindex(ids)
    else:
        frame = result.numbers.entrants.loc[ids, ["rank_low", "rank_high"]]
        frame.columns = pd.Index(["low", "high"])
    if frame.isna().to_numpy().any():
        return pd.DataFrame()
    return pd.DataFrame(
        [
            {
                "label": label(line, lang),
                "place": naming.around(vars(line)),
                "rank": line.rank,
                "low": low,
                "high": high,
                "state": state_of(line),
            }
            for line, low, high in zip(
                ranked, frame["low"].astype(int), frame["high"].astype(int), strict=True
            )
        ]
    )


def slope_rows(result: RoundStandings, lang: str) -> pd.DataFrame:
    """Both ranks of every entrant, as the slope chart takes them."""
    adjusted = result.official_is_adjusted
    rows = []
    for line in result.lines:
        by_other = line.selected != (line.entrant_id in result.differing)
        rows.append(
            {
                "label": label(line, lang),
                "before": line.announced_rank,
                "after": line.adjusted_rank,
                "before_tied": line.announced_tied,
                "after_tied": line.adjusted_tied,
                "selected_before": by_other if adjusted else line.selected,
                "selected_after": line.selected if adjusted else by_other,
            }
        )
    return pd.DataFrame(rows)
