"""What a standing says, in sentences: three claims over the table, and what each score means."""

from competition.results.findings import Findings, LeaveOneOut, is_moving
from competition.results.standings import RoundStandings
from organizers import naming
from ui.html import Markup, element, join
from ui.icons import icon
from words import t

CAUTIONS = ("unfair_method", "not_comparable", "no_degrees_of_freedom")


def claims(lang: str, found: RoundStandings, at_line: Findings) -> list[tuple[object, object]]:
    """The three sentences: seats at issue, one judge fewer, seats on which both scores differ."""
    return [
        _cut_claim(lang, found, at_line),
        _left_out_claim(lang, found, at_line.left_out),
        _differing_claim(lang, found, at_line),
    ]


def _cut_claim(lang: str, found: RoundStandings, at_line: Findings) -> tuple[str, str]:
    def say(key: str, **values: object) -> str:
        by = t(f"organizers.standings.by.{_official(found)}", lang)
        return t(f"organizers.standings.claim.{key}", lang, top=found.top, by=by, **values)

    if at_line.zone:
        return _zone_claim(lang, at_line)
    last_in, first_out = at_line.last_in, at_line.first_out
    if last_in is None or first_out is None:
        return say("all_in", selected=at_line.selected), say("all_in_proof")
    return (
        say("gap", gap=at_line.gap, rank=last_in.rank),
        say(
            "gap_proof",
            last_in=naming.number(last_in.number, lang),
            in_score=last_in.official,
            first_out=naming.number(first_out.number, lang),
            out_score=first_out.official,
        ),
    )


def _zone_claim(lang: str, at_line: Findings) -> tuple[str, str]:
    def say(key: str, **values: object) -> str:
        return t(f"organizers.standings.claim.{key}", lang, **values)

    low, high = at_line.zone[-1].official, at_line.zone[0].official
    pool = say("pool_tied" if low == high else "pool", entrants=len(at_line.zone))
    last = at_line.seats_open == 1
    rest = say("rest_last" if last else "rest", seats=at_line.seats_open, rank=at_line.selected)
    proof = say("zone_tied" if low == high else "zone_proof", low=low, high=high, half=at_line.half)
    if at_line.key:
        proof += say("zone_key", decider=t(f"key.{at_line.key}", lang))
    key = "zone" if at_line.above else "zone_all"
    return say(key, above=at_line.above, rest=rest, pool=pool), proof


def _left_out_claim(lang: str, found: RoundStandings, out: LeaveOneOut) -> tuple[str, str]:
    def say(key: str, **values: object) -> str:
        return t(f"organizers.standings.claim.{key}", lang, **values)

    if not out.tried:
        return say("not_tried"), say("not_yet_proof" if is_moving(found) else "not_tried_proof")
    if not out.most:
        return say("robust"), say("robust_proof", judges=out.tried)
    worst = t("list.between", lang).join(naming.seat(number, lang) for number in out.worst)
    if found.round["state"] == "open":
        worst = say("some_judges", count=len(out.worst))
    return (
        say("fragile", count=out.most),
        say(
            "fragile_proof" if out.some else "fragile_proof_alike",
            worst=worst,
            most=out.most,
            some=out.some,
            none=out.none,
        ),
    )


def _differing_claim(
    lang: str, found: RoundStandings, at_line: Findings
) -> tuple[str, str | Markup]:
    def say(key: str, **values: object) -> str:
        return t(f"organizers.standings.claim.{key}", lang, top=found.top, **values)

    if not (at_line.gained or at_line.lost):
        return say("same"), say("same_proof")
    proof = say(
        f"differ_proof_{_official(found)}",
        gained=naming.numbers([line.number for line in at_line.gained], lang) or say("nobody"),
        lost=naming.numbers([line.number for line in at_line.lost], lang) or say("nobody"),
    )
    seats = max(len(at_line.gained), len(at_line.lost))
    return say("differ", seats=seats), join(
        [proof, say("marked"), icon("differs", 12), say("stop")]
    )


def _official(found: RoundStandings) -> str:
    return "adjusted" if found.official_is_adjusted else "announced"


def meanings(lang: str, found: RoundStandings, *, with_intervals: bool) -> list[Markup]:
    """What each score means, one sentence each, and what a reader must be warned of."""
    rules = found.rules.scoring
    printed = rules.official if not found.official_is_adjusted else "trimmed"
    values = {"high": rules.trim_high, "low": rules.trim_low, "decimals": rules.decimals}
    lines = [
        t(f"organizers.standings.means.{printed}", lang, **values),
        t("organizers.standings.means.adjusted", lang, **values),
        t(f"organizers.standings.means.official_{_official(found)}", lang, **values),
    ]
    if rules.official not in ("trimmed", "least_squares"):
        lines.append(
            t(f"method.{rules.official}", lang) + " — " + t(f"method_note.{rules.official}", lang)
        )
    if with_intervals:
        lines.append(t("organizers.standings.means.intervals", lang))
    for caution in found.numbers.warnings:
        if caution.code in CAUTIONS and (found.trims or caution.code != "not_comparable"):
            lines.append(t(f"warning.{caution.code}", lang, **caution.values))
    return [element("p", line) for line in lines]


def standing_bounds(found: RoundStandings, lang: str) -> str:
    """While sheets are missing: how many are settled whatever the rest will say."""
    if not found.missing:
        return ""
    states = found.numbers.bounds["state"].tolist()
    return t(
        "organizers.standings.bounds",
        lang,
        missing=found.missing,
        **{state: states.count(state) for state in ("safe", "contention", "out")},
    )
