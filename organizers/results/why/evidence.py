"""What stands beside a rank as evidence: for the organisers alone, it decides nothing."""

import math

from competition.results.explaining import Explanation
from competition.results.recipe_words import MINUS
from words import t

STEP = 5


def lines(why: Explanation, lang: str) -> list[str]:
    """Standard errors, shared judges and p of the cut; the chance of a seat."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.why.line_at.{key}", lang, **values)

    said = []
    last = why.standings.numbers.ranking.selection.decisions[-1]
    pair = last.pair
    if pair is not None and why.line.entrant_id in (pair.first, pair.second):
        test = say("test_none")
        if pair.shared:
            test = say("test", p=f"{pair.p:.2f}") if pair.testable else say("test_few")
        seds = "0" if math.isnan(pair.seds) else signless(pair.seds)
        said.append(say("evidence", seds=seds, shared=pair.shared, test=test))
    chance = float(why.standings.numbers.p_top[why.line.entrant_id])
    if not math.isnan(chance):
        said.append(say("chance", top=why.standings.top, chance=in_steps(chance)))
    return said


def signless(value: float) -> str:
    """A size to two decimals."""
    return f"{abs(value):.2f}"


def in_steps(chance: float) -> int:
    """A chance in per cent, in steps of five: finer would say more than the model knows."""
    return STEP * round(100 * chance / STEP)


def criteria(why: Explanation) -> list[tuple[str, tuple[str, str, str]]]:
    """Name, own mean, the field's, and the lead, to two decimals."""
    return [
        (
            one.name,
            (
                f"{one.mean:.2f}",
                f"{one.field:.2f}",
                f"{round(one.mean, 2) - round(one.field, 2):+.2f}".replace("-", MINUS),
            ),
        )
        for one in why.criteria
    ]
