"""The rules of a round in sentences: what is read out, and what opening will freeze."""

from collections.abc import Mapping, Sequence

from competition.rounds import overtime
from competition.rounds.rules import RoundRules
from competition.saying import in_a_row, listed
from scoring import Groups
from scoring.input.rules import EVERY, Quota
from words import t


def sentences(rules: RoundRules, criteria: Mapping[str, str], lang: str) -> list[tuple[str, str]]:
    """Heading and sentence of each rule, in the order they are read out.

    Parameters
    ----------
    criteria : Mapping
        Id of a criterion to its name.
    """
    texts = rule_texts(rules, criteria, lang)
    return [(_say(f"line.{name}", lang), text) for name, text in texts.items()]


def rule_texts(rules: RoundRules, criteria: Mapping[str, str], lang: str) -> dict[str, str]:
    """The sentence of each rule by the rule's name, in the order they are read out."""
    shared = shared_texts(rules, criteria, lang)
    texts = {
        "official": _official(rules, lang),
        "decimals": _decimals(rules, lang),
        **{name: shared[name] for name in ("top", "keys", "quota")},
        "recusal": t(f"organizers.rules.recusal.{rules.recusal_level}.text", lang),
        "grace": _say("grace_text", lang, seconds=rules.grace_seconds),
        "hall": _hall(rules, lang),
        "published": shared["published"],
        "time": _time(rules, lang),
        "overtime": _overtime(rules, lang),
        "blind": _say("blind_text", lang) if rules.blind else "",
        "floor": _say("floor_text", lang, floor=rules.floor) if rules.floor else "",
    }
    return {name: text for name, text in texts.items() if text}


def shared_texts(rules: RoundRules, criteria: Mapping[str, str], lang: str) -> dict[str, str]:
    """The sentences of the rules that a composite has too, whose parts are its criteria."""
    return {
        "top": _cut(rules, lang),
        "keys": _keys(rules, criteria, lang),
        "quota": _quota(rules.scoring.groups, lang),
        "published": t(f"organizers.rules.published.{rules.published}.text", lang),
    }


def _say(key: str, lang: str, **values: object) -> str:
    return t(f"organizers.rules.{key}", lang, **values)


def _official(rules: RoundRules, lang: str) -> str:
    scoring = rules.scoring
    if scoring.official == "trimmed":
        values = {"high": scoring.trim_high, "low": scoring.trim_low, "needed": scoring.trim_needs}
        level = _say(f"trim_level.{scoring.trim_level}.text", lang)
        return _say("official_trimmed", lang, **values) + level
    method = t(f"method.{scoring.official}", lang)
    return _say(
        "official_other", lang, method=method, note=t(f"method_note.{scoring.official}", lang)
    )


def _hall(rules: RoundRules, lang: str) -> str:
    text = t(f"organizers.rules.hall.{rules.hall}.text", lang)
    if rules.releases and rules.held_first:
        text += _say("held_text", lang, count=rules.held_first)
    if rules.releases and rules.announce != "each":
        text += _say(f"announce_text.{rules.announce}", lang)
    return text


def _time(rules: RoundRules, lang: str) -> str:
    limits = {"present": rules.present_seconds, "answer": rules.answer_seconds}
    timed = {name: spelled(seconds, lang) for name, seconds in limits.items() if seconds}
    if not timed:
        return ""
    return _say(f"time_text_{'both' if len(timed) > 1 else next(iter(timed))}", lang, **timed)


def spelled(seconds: int, lang: str) -> str:
    """A limit in words: 8 分钟, 7 分 30 秒."""
    minutes, rest = divmod(seconds, 60)
    key = "time_exact" if rest else "time_minutes"
    return _say(key, lang, minutes=minutes, seconds=rest)


def _overtime(rules: RoundRules, lang: str) -> str:
    if rules.overtime_by == "none":
        return ""
    if rules.overtime_by == "minute":
        return _say("overtime_minute", lang, points=rules.overtime)
    steps = [
        _say("overtime_more" if last is None else "overtime_step", lang, **values)
        for first, last, points in overtime.steps(rules.overtime)
        for values in [{"first": first, "last": last, "points": points}]
    ]
    return _say("overtime_steps", lang, steps=_say("keys_between", lang).join(steps))


def _decimals(rules: RoundRules, lang: str) -> str:
    scoring = rules.scoring
    if scoring.sheet_decimals is None:
        return _say("decimals_text_free", lang, decimals=scoring.decimals)
    values = {"decimals": scoring.decimals, "sheet": scoring.sheet_decimals}
    return _say("decimals_text", lang, **values)


def _cut(rules: RoundRules, lang: str) -> str:
    scoring = rules.scoring
    values = {"top": scoring.top, "band": scoring.band, "max": scoring.band_max}
    text = _say("top_text", lang, top=scoring.top)
    text += _say(f"at_cut.{scoring.at_cut}.text", lang, **values)
    if scoring.at_cut == "statistical" and scoring.band_max is not None:
        text += _say("band_max_text", lang, **values)
    return text


def _keys(rules: RoundRules, criteria: Mapping[str, str], lang: str) -> str:
    names = []
    for key in rules.scoring.keys:
        if key == "first_criteria":
            names += [
                _say("key_criterion", lang, criterion=criteria[one])
                for one in rules.scoring.first_criteria
                if one in criteria
            ]
        elif key != rules.scoring.official:
            names.append(_say(f"key.{key}", lang))
    return _say("keys_text", lang, keys=_say("keys_between", lang).join(names)) if names else ""


def _quota(groups: Groups, lang: str) -> str:
    parts = [
        _limits(name, quota, lang)
        for name, quota in (("floor", groups.floors), ("cap", groups.caps))
        if quota
    ]
    return in_a_row(parts, lang) or _say("quota_none_text", lang)


def _limits(name: str, quota: Quota, lang: str) -> str:
    """One number for all, and the counties that have another, those of one number together."""
    if not isinstance(quota, Mapping):
        return _say(f"quota_{name}_text", lang, n=quota)
    each = quota.get(EVERY)
    together: dict[int, list[str]] = {}
    for county, number in quota.items():
        if county != EVERY:
            together.setdefault(number, []).append(county)
    parts = [
        _say(
            f"quota_{name}_{_how(number, counties)}",
            lang,
            counties=listed(counties, lang),
            n=number,
        )
        for number, counties in sorted(together.items(), reverse=True)
    ]
    own = _say("quota_between", lang).join(parts)
    if each is None:
        return _say(f"quota_{name}_only", lang, own=own)
    return _say(f"quota_{name}_but", lang, n=each, own=own)


def _how(number: int, counties: Sequence[str]) -> str:
    if not number:
        return "nothing"
    return "own_each" if len(counties) > 1 else "own"
