"""A correction in words: about whom it is, and each change with old and new."""

from competition.corrections.effects import Effect, Move
from competition.corrections.listing import Change, Correction
from competition.rounds.rule_words import rule_texts
from competition.saying import listed
from words import t


def heading(one: Correction, lang: str) -> str:
    """About which entrant and judge, or from which entrant on."""
    parts = []
    if one.entrant is not None:
        place = one.entrant
        number = t("list.number", lang, number=place["number"])
        parts.append(" ".join(filter(None, [number, place["village"] or place["township"]])))
    if one.seat is not None:
        parts.append(t("organizers.seat", lang, number=f"{one.seat:02d}"))
    if one.first is not None:
        parts.append(t("correction.from", lang, number=one.first))
    return " · ".join(parts)


def changes(one: Correction, lang: str) -> list[tuple[str, str, str]]:
    """Each change: what it is, old, new."""
    if one.rules is not None and one.rules_before is not None:
        return _rules(one, lang)
    return [
        (_label(change, lang), _value(change, change.old, lang), _value(change, change.new, lang))
        for change in one.changes
    ]


def _rules(one: Correction, lang: str) -> list[tuple[str, str, str]]:
    """Changed rules as sentences, as they are read out; changed criteria by column."""
    if one.rules is None or one.rules_before is None:
        return []
    old, new = (rule_texts(rules, {}, lang) for rules in (one.rules_before, one.rules))
    said = [
        (t(f"organizers.rules.line.{name}", lang), old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    ]
    rubric = [
        (_label(change, lang), change.old, change.new)
        for change in one.changes
        if change.name == "criterion" and change.column != "anchors"
    ]
    anchored = any(change.column == "anchors" for change in one.changes)
    anchors = [(t("correction.label.anchors", lang), "", t("correction.anchors", lang))]
    return said + rubric + (anchors if anchored else [])


def _label(change: Change, lang: str) -> str:
    if change.name == "mark":
        return change.about
    if change.name == "criterion":
        column = t(f"correction.label.{change.column}", lang)
        return t("correction.of", lang, about=change.about, column=column)
    return t(f"correction.label.{change.name}", lang)


def _value(change: Change, value: str, lang: str) -> str:
    if change.name in ("entrant", "other"):
        return t("list.number", lang, number=value)
    if change.name == "assignment":
        return t(f"correction.assignment.{value}", lang)
    if change.name == "holder":
        return t("organizers.seat", lang, number=f"{int(value):02d}")
    if change.name == "sheets":
        numbers = [t("list.number", lang, number=number) for number in value.split()]
        return listed(numbers, lang) if numbers else t("correction.no_sheets", lang)
    return value


def effect_lines(effect: Effect | None, lang: str) -> list[str]:
    """Who would move, what the hall has shown of it, and where too few judges would be left.

    A person who may see no standing now reads one sentence without any.
    """
    if effect is None:
        return [t("correction.effect.unseen", lang)]
    lines = [
        t(f"correction.effect.{change}", lang, names=listed(_moves(effect, change, lang), lang))
        for change in ("in", "out", "up", "down", "score")
        if effect.of(change)
    ]
    if not lines:
        lines.append(t("correction.effect.none", lang))
    elif effect.shown:
        shown = [t("list.number", lang, number=one.number) for one in effect.shown]
        lines.append(t("correction.effect.shown", lang, names=listed(shown, lang)))
    else:
        lines.append(t("correction.effect.unshown", lang))
    if effect.short:
        few = [t("list.number", lang, number=number) for number in effect.short]
        lines.append(t("correction.effect.short", lang, names=listed(few, lang)))
    return lines


def _moves(effect: Effect, change: str, lang: str) -> list[str]:
    return [_move(one, lang) for one in effect.of(change)]


def _move(one: Move, lang: str) -> str:
    none = t("correction.effect.no_score", lang)
    values = {"number": one.number, "old": one.old or none, "new": one.new or none}
    if one.old_rank == one.new_rank or one.old_rank is None or one.new_rank is None:
        return t("correction.effect.scored", lang, **values)
    ranks = {"old_rank": one.old_rank, "new_rank": one.new_rank}
    return t("correction.effect.moved", lang, **values, **ranks)
