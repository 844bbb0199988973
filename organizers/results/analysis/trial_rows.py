"""An answer to a what-if as the page shows it: the finding, then the rows around the line."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal

from competition.results.forecasting import Forecast
from competition.results.recipe_words import number
from competition.results.standing_lines import Line
from competition.results.what_if import Moved, WhatIf
from organizers import naming
from ui.html import Markup, element, join, sentences
from ui.icons import state_label
from words import has, t

Align = Literal["left", "right", "center"]
BELOW = 6
"""Rows shown below the hypothetical line where nothing changes."""


def finding(answer: WhatIf, lang: str) -> Markup:
    """How many seats would change, and whose."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.what_if.{key}", lang, **values)

    parts: list[tuple[object, object]] = []
    seats = max(len(answer.gained), len(answer.lost))
    if seats:
        gained = _names([one.line for one in answer.gained], lang) or say("nobody")
        lost = _names([one.line for one in answer.lost], lang) or say("nobody")
        parts.append((say("changes", seats=seats), say("changes_who", gained=gained, lost=lost)))
    else:
        parts.append((say("same"), say("same_proof")))
    parts.append((say("changed"), " · ".join(changed(answer, lang))))
    return sentences(parts)


def _names(lines: Sequence[Line], lang: str) -> str:
    named = [f"{naming.number(line.number, lang)} {naming.title(asdict(line))}" for line in lines]
    return t("list.between", lang).join(named)


def changed(answer: WhatIf, lang: str) -> list[str]:
    """What was changed, in words."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.what_if.with.{key}", lang, **values)

    asked, parts = answer.hypothesis, []
    if asked.official:
        parts.append(say("official", method=t(f"method.{asked.official}", lang)))
    if asked.top:
        parts.append(say("top", top=asked.top))
    if asked.at_cut:
        parts.append(say("at_cut", way=t(f"organizers.what_if.cut_{asked.at_cut}", lang)))
    if asked.band:
        parts.append(say("band", band=asked.band))
    if asked.without:
        seats = [naming.seat(seat, lang) for seat in asked.without]
        parts.append(say("without", judges=t("list.between", lang).join(seats)))
    for name, before, after in answer.weights:
        if name == asked.criterion:
            parts.append(say("weight", criterion=name, before=number(before), after=number(after)))
    return parts


def table(answer: WhatIf, lang: str) -> tuple[list[tuple[object, Align]], list[Sequence[object]]]:
    """The hypothetical order beside the real one, down to some rows below the line."""

    def say(key: str) -> str:
        return t(f"organizers.what_if.column.{key}", lang)

    headings: list[tuple[object, Align]] = [
        (say("rank"), "right"),
        (say("number"), "right"),
        (say("entrant"), "left"),
        (say("score"), "right"),
        (say("now_rank"), "right"),
        (say("now_score"), "right"),
        (say("now"), "left"),
        (say("then"), "left"),
        (say("change"), "left"),
    ]
    top = answer.hypothesis.top or answer.standings.top
    shown = [
        one
        for at, one in enumerate(answer.moved)
        if at < top + BELOW or one.change or one.line.selected
    ]
    return headings, [_row(one, lang) for one in shown]


def _row(one: Moved, lang: str) -> Sequence[object]:
    now, then = one.line, one.then
    place = asdict(now)
    change: Markup | str = ""
    if one.change:
        change = element("b", t(f"organizers.what_if.{one.change}", lang))
    return [
        _rank(then, lang),
        naming.number(now.number, lang),
        join([element("b", naming.title(place)), element("small", naming.around(place))], " "),
        "" if then.official is None else number(then.official),
        _rank(now, lang),
        "" if now.official is None else number(now.official),
        _state(now, lang),
        _state(then, lang),
        change,
    ]


def _rank(line: Line, lang: str) -> str:
    if line.rank is None:
        return ""
    return t("ui.standings.tied", lang, rank=line.rank) if line.tied else str(line.rank)


def _state(line: Line, lang: str) -> Markup:
    if line.rank is None:
        state = "unranked"
    elif line.waiting:
        state = "awaiting"
    elif line.in_zone:
        state = "zone_in" if line.selected else "zone_out"
    else:
        state = "above" if line.selected else "below"
    return element("span", state_label(state, lang, size=14), cls="a-quiet")


def expected(forecast: Forecast, lang: str) -> Markup:
    """What the simulation expects, claim by claim with its evidence."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.what_if.expect.{key}", lang, **values)

    ways = [
        say("way", share=round(100 * share), by=_way(key, lang))
        for key, share in forecast.decided.items()
    ]
    clear = round(100 * forecast.decided.get("clear", 0.0))
    by_county = "_by_county" if forecast.has_quotas else ""
    claims = [
        (say(f"decided{by_county}", share=100 - clear), t("list.between", lang).join(ways)),
        (say("zone", zone=f"{forecast.zone:.1f}"), say("zone_proof", trials=forecast.trials)),
        (
            say(f"correct{by_county}", correct=f"{forecast.correct:.1f}", top=forecast.top),
            say("correct_proof"),
        ),
    ]
    if forecast.has_quotas:
        claims.append((say("county", seats=f"{forecast.by_county:.1f}"), say("county_proof")))
    return sentences(claims)


def _way(key: str, lang: str) -> str:
    if key == "clear":
        return t("organizers.what_if.expect.clear", lang)
    name = key.partition(":")[0]
    return t(f"key.{name}", lang) if has(f"key.{name}", lang) else name
