"""The rules of a composite in sentences: the sum, its parts, the line."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from competition import fields
from competition.rounds.composites import percent
from competition.rounds.rule_words import sentences, shared_texts
from competition.rounds.rules import RoundRules
from competition.rounds.vote_rules import VoteRules
from db.shapes import PartRow
from words import t


def round_sentences(
    view: Mapping[str, Any], criteria: Mapping[str, str], lang: str
) -> list[tuple[str, str]]:
    """The rules of a round or of a composite, heading and sentence of each."""
    rules = RoundRules.from_json(view["rules"])
    if view["parts"]:
        return composite_sentences(rules, view["parts"], lang)
    return sentences(rules, criteria, lang)


def composite_sentences(
    rules: RoundRules, parts: Sequence[PartRow], lang: str
) -> list[tuple[str, str]]:
    """Heading and sentence of each rule, in the order they are read out."""
    texts = composite_texts(rules, parts, lang)
    return [(t(f"organizers.rules.line.{name}", lang), text) for name, text in texts.items()]


def composite_texts(rules: RoundRules, parts: Sequence[PartRow], lang: str) -> dict[str, str]:
    """The sentence of each rule by the rule's name."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.composite.{key}", lang, **values)

    titles = {part["id"]: part["title"] for part in parts}
    shared = shared_texts(rules, titles, lang)
    outside = [_outside(part, lang) for part in parts if part["source_id"] is None]
    texts = {
        "official": say("sum_text", sum=sum_words(parts, lang)) + say("missing_text"),
        "outside": "".join(outside),
        "decimals": say("decimals_text", decimals=rules.scoring.decimals),
        **{name: shared[name] for name in ("top", "keys", "quota", "published")},
    }
    return {name: text for name, text in texts.items() if text}


def sum_words(parts: Sequence[PartRow], lang: str) -> str:
    """The weighted sum in words, each part with its weight."""
    terms = [
        t(
            "organizers.composite.term",
            lang,
            part=part["title"],
            weight=percent(Fraction(part["weight"])),
        )
        for part in parts
    ]
    return t("organizers.composite.plus", lang).join(terms)


def _outside(part: PartRow, lang: str) -> str:
    assert part["maximum"] is not None
    assert part["step"] is not None
    maximum = fields.decimal_text(part["maximum"], part["step"])
    step = fields.decimal_text(part["step"], part["step"])
    if part["vote"] is None:
        key = "organizers.composite.outside_text"
        return t(key, lang, part=part["title"], maximum=maximum, step=step)
    vote = VoteRules.from_json(part["vote"])
    texts = [
        t("organizers.composite.vote_text", lang, part=part["title"], most=vote.most),
        t(f"organizers.composite.vote_opens.{vote.opens}", lang),
        t(f"organizers.composite.vote_scale.{vote.scale}", lang, maximum=maximum, step=step),
        t(f"organizers.composite.vote_hall.{vote.hall}", lang),
    ]
    return "".join(texts)
