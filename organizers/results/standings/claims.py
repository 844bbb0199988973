"""What a standing says, in sentences: its findings over the table, and what each score means."""

from competition.results.findings import is_moving
from competition.results.standings import RoundStandings
from competition.saying import in_a_row, listed
from exports.explanation import announced_name
from organizers import naming
from scoring import Sentence, headlines
from ui.html import Markup, element
from words import t

CAUTIONS = ("unfair_method", "not_comparable", "no_degrees_of_freedom")
LATER = ("judges", "belonging")
"""Findings that take as long as ranking: of a big round they wait until it is closed."""


def claims(lang: str, result: RoundStandings) -> list[tuple[object, object]]:
    """The findings, each a claim and what it rests on: the line, judges, recusals, and so on."""
    moving = is_moving(result)
    said: list[tuple[object, object]] = [
        (
            _words(lang, result, finding.claim),
            in_a_row([_words(lang, result, proof) for proof in finding.proofs], lang),
        )
        for finding in headlines(result.ranked, leave_out=LATER if moving else ())
    ]
    if moving:
        key = "organizers.standings.claim"
        said.insert(1, (t(f"{key}.not_tried", lang), t(f"{key}.not_yet_proof", lang)))
    return said


def _words(lang: str, result: RoundStandings, sentence: Sentence) -> str:
    values = {name: _value(lang, result, name, value) for name, value in sentence.values.items()}
    return t(sentence.code, lang, **values)


def _value(lang: str, result: RoundStandings, name: str, value: object) -> object:
    """Ids as people know them; judges stay unnamed until the round is closed."""
    if name == "decider":
        return t(f"key.{value}", lang)
    if name == "part":
        return result.criteria[str(value)]
    if not isinstance(value, tuple):
        return value
    if name == "entrants":
        lines = [line for line in result.lines if line.entrant_id in value]
        return naming.numbers([line.called for line in lines], lang)
    if name == "judges" and result.round["state"] == "open":
        return t("organizers.standings.claim.some_judges", lang, count=len(value))
    if name == "judges":
        seats = sorted(result.judges[judge] for judge in value)
        return listed([naming.seat(seat, lang) for seat in seats], lang)
    return listed([str(one) for one in value], lang)


def meanings(lang: str, result: RoundStandings, *, with_intervals: bool) -> list[Markup]:
    """What each score means, one sentence each, and what a reader must be warned of."""
    rules = result.rules.scoring
    printed = rules.official if not result.official_is_adjusted else "trimmed"
    official = "adjusted" if result.official_is_adjusted else "announced"
    values = {
        "high": rules.trim_high,
        "low": rules.trim_low,
        "decimals": rules.decimals,
        "announced": t(f"results.score.{announced_name(result.round)}", lang),
    }
    lines = [
        t(f"organizers.standings.means.{printed}", lang, **values),
        t("organizers.standings.means.adjusted", lang, **values),
        t(f"organizers.standings.means.official_{official}", lang, **values),
    ]
    if rules.official not in ("trimmed", "least_squares"):
        lines.append(
            t(f"method.{rules.official}", lang) + " — " + t(f"method_note.{rules.official}", lang)
        )
    if with_intervals:
        lines.append(t("organizers.standings.means.intervals", lang))
    for caution in result.ranked.warnings:
        if caution.code in CAUTIONS and (result.trims or caution.code != "not_comparable"):
            lines.append(t(f"warning.{caution.code}", lang, **caution.values))
    return [element("p", line) for line in lines]


def standing_bounds(result: RoundStandings, lang: str) -> str:
    """While sheets are missing: how many are settled, whatever comes or as severities stand."""
    if not result.missing:
        return ""
    states = result.numbers.bounds["state"].tolist()
    return t(
        f"organizers.standings.bounds_{'hold' if result.numbers.bounds_hold else 'stand'}",
        lang,
        missing=result.missing,
        **{state: states.count(state) for state in ("safe", "contention", "out")},
    )
