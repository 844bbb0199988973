"""How a seat was given, in one arithmetic sentence, and the act that still clears an open one."""

from dataclasses import dataclass, replace
from typing import Any

from competition.results.standing_lines import Line
from competition.results.standings import RoundStandings
from competition.saying import listed
from scoring import Decision, Sentence, decision_sentences
from scoring.rank.pairs import Pair
from words import has, t

WAITING = ("awaiting_ruling", "awaiting_lots", "awaiting_reading", "unresolved")
ENTRANTS = ("first", "second")


@dataclass(frozen=True)
class Said:
    """A decision as people read it.

    Attributes
    ----------
    text : str
        One arithmetic sentence, or a few.
    steps : tuple of str
        Keys that said nothing, each with its reason.
    clears : str
        What settles it; empty where it is settled.
    """

    text: str
    steps: tuple[str, ...]
    clears: str


def decisions_said(result: RoundStandings, lang: str) -> list[Said]:
    """Every cut of a standing in words, those that wait first, clear ones left out.

    A cut at which nothing was close says nothing that the table does not.
    """
    decisions = [d for d in result.ranked.ranking.selection.decisions if d.status != "clear"]
    ordered = sorted(decisions, key=lambda decision: decision.status not in WAITING)
    return [said(result, decision, lang) for decision in ordered if decision.pair is not None]


def said(result: RoundStandings, decision: Decision, lang: str) -> Said:
    """A decision in words, entrants by number and village."""
    parts = [_part(result, decision, part, lang) for part in decision_sentences(decision)]
    skipped = [
        t(
            "results.decision.skipped",
            lang,
            by=key_words(result, step.key, step.detail, lang),
            reason=t(f"reason.{step.reason}", lang) if has(f"reason.{step.reason}", lang) else "",
        )
        for step in decision.steps
        if step.reason and step.reason not in WAITING
    ]
    clears = ""
    if decision.status in WAITING:
        clears = t(f"results.decision.clears.{decision.status}", lang)
    return Said("".join(parts).strip(), tuple(skipped), clears)


def _part(result: RoundStandings, decision: Decision, part: Sentence, lang: str) -> str:
    values = {name: _value(result, name, value, lang) for name, value in part.values.items()}
    if "names" in values:
        values["names"] = listed([name(result, e, lang) for e in decision.waiting], lang)
    return t(part.code, lang, **values)


def _value(result: RoundStandings, key: str, value: Any, lang: str) -> Any:
    if key in ENTRANTS:
        return name(result, value, lang)
    if key == "criterion":
        return result.criteria.get(value, value)
    if isinstance(value, list):
        return listed([str(part) for part in value], lang)
    return value


def name(result: RoundStandings, entrant_id: str, lang: str) -> str:
    """27号板板桥村: number and village, or township."""
    line = result.line(entrant_id)
    return str(entrant_id) if line is None else line_name(line, lang)


def line_name(line: Line, lang: str) -> str:
    """27号板板桥村."""
    place = line.village or line.township or line.county
    if line.number is None:
        return place
    number = t("list.number", lang, number=line.number)
    return t("results.named", lang, number=number, place=place)


def key_words(result: RoundStandings, key: str, detail: str, lang: str) -> str:
    """A tie-break key in words, with its criterion."""
    words = t(f"key.{key}", lang)
    if not detail:
        return words
    return t("results.decision.on", lang, by=words, criterion=result.criteria.get(detail, detail))


def touches(decision: Decision, entrant_id: str) -> bool:
    """Whether an entrant was part of a cut."""
    pair = decision.pair
    return entrant_id in decision.zone or (
        pair is not None and entrant_id in (pair.first, pair.second)
    )


def concerning(result: RoundStandings, decision: Decision, line: Line) -> Decision:
    """A cut as it concerns one entrant: beside the last one in, or the first one out."""
    pair = decision.pair
    if pair is None or line.entrant_id in (pair.first, pair.second):
        return decision
    inside = line.entrant_id in decision.admitted
    other = result.line(pair.second if inside else pair.first)
    if other is None or other.official is None or line.official is None:
        return decision
    first, second = (line, other) if inside else (other, line)
    return replace(decision, pair=_beside(pair, first, second))


def _beside(pair: Pair, first: Line, second: Line) -> Pair:
    assert first.official is not None
    assert second.official is not None
    return replace(
        pair,
        first=first.entrant_id,
        second=second.entrant_id,
        official=(first.official, second.official),
        points=first.official - second.official,
    )
