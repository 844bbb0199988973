"""Changes of seats in words: on screens with the reason, on papers without it."""

from collections.abc import Iterable

from competition.lineup.substituting import Substitution
from words import t


def seat_change(one: Substitution, lang: str, *, why: bool = True) -> str:
    """One change of a seat in a sentence, with its reason or without."""
    key = "return" if one.is_return else "change" if one.leaving == one.seat else "again"
    text = t(
        f"seat_change.{key}",
        lang,
        first=one.first,
        seat=f"{one.seat:02d}",
        leaving=f"{one.leaving:02d}",
        taking=f"{one.taking:02d}",
    )
    return t("seat_change.why", lang, change=text, reason=one.reason) if why else text


def seat_changes(substitutions: Iterable[Substitution], lang: str) -> tuple[str, ...]:
    """Every change of a seat as a paper prints it."""
    return tuple(seat_change(one, lang, why=False) for one in substitutions)


def sitter(seat: int, stands_for: int | None, lang: str) -> str:
    """A judge by number, with the seat taken over where there is one."""
    name = t("organizers.seat", lang, number=f"{seat:02d}")
    if stands_for is None:
        return name
    return t("seat_change.sitter", lang, name=name, seat=f"{stands_for:02d}")
