"""What stands beside a rank as evidence: for the organisers alone, it decides nothing."""

import math

import pandas as pd

from competition.results.explaining import Explanation
from ui.standings_row import figure
from words import t

STEP = 5


def lines(why: Explanation, lang: str) -> list[str]:
    """Standard errors, shared judges and p of each cut at the entrant; the chance of belonging."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.why.line_at.{key}", lang, **values)

    said, entrant = [], why.line.entrant_id
    for decision in why.standings.numbers.cut.decisions:
        pair = decision.pair
        if pair is None or entrant not in (pair.first, pair.second):
            continue
        if not math.isnan(pair.seds):
            said.append(say("seds", seds=signless(pair.seds)))
        test = say("test_none")
        if pair.shared:
            test = say("test", p=f"{pair.p:.2f}") if pair.testable else say("test_few")
        said.append(say("evidence", shared=pair.shared, test=test))
    figures = why.standings.numbers.entrants.loc[[entrant]].to_dict("records")[0]
    if not any(pd.isna(figures[name]) for name in ("p_top", "rank_low", "rank_high")):
        low, high = int(figures["rank_low"]), int(figures["rank_high"])
        ranks = say("one_rank" if low == high else "ranks", low=low, high=high)
        chance = say(
            f"chance_{how_sure(float(figures['p_top']))}", chance=in_steps(float(figures["p_top"]))
        )
        said.append(say("chance", top=why.standings.top, chance=chance, ranks=ranks))
    return said


def signless(value: float) -> str:
    """A size to two decimals."""
    return f"{abs(value):.2f}"


def in_steps(chance: float) -> int:
    """A chance in per cent, in steps of five: finer would say more than the model knows."""
    return STEP * round(100 * chance / STEP)


def how_sure(chance: float) -> str:
    """Whether a chance in steps is about, over or under the last step that is printed."""
    return {100: "over", 0: "under"}.get(in_steps(chance), "about")


def criteria(why: Explanation) -> list[tuple[str, tuple[str, str, str]]]:
    """Name, the entrant's mean, the field's, and the lead, to two decimals."""
    return [
        (
            one.name,
            (
                f"{one.mean:.2f}",
                f"{one.field:.2f}",
                figure(round(one.mean, 2) - round(one.field, 2), 2, signed=True),
            ),
        )
        for one in why.criteria
    ]
