"""How alike two Chinese names are: by sound first, then by characters.

Most wrong characters in a typed name are homophones. Toneless pinyin finds nearly all of them;
the nearest name by edit distance is right for fewer than half.
"""

from functools import cache

SAME_SOUND, NEAR_SOUND, NEAR_SIGHT = 0, 1, 2
BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
"""Sounds that the south-west does not tell apart."""
SHORT = 3


def likeness(one: str, other: str) -> tuple[int, int] | None:
    """A rank, smaller for more alike; None for names that differ too much."""
    if not one or not other:
        return None
    distance = edits(one, other, most=2)
    if _sound(one) == _sound(other):
        return (SAME_SOUND, distance)
    if _blurred(one) == _blurred(other):
        return (NEAR_SOUND, distance)
    allowed = 1 if min(len(one), len(other)) <= SHORT else 2
    if distance <= allowed and not (distance == 1 and min(len(one), len(other)) < SHORT - 1):
        return (NEAR_SIGHT, distance)
    return None


@cache
def _sound(name: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # reads its 47,000 phrases when imported

    return tuple(lazy_pinyin(name))


@cache
def _blurred(name: str) -> tuple[str, ...]:
    def blur(sound: str) -> str:
        for before, after in BLURRED:
            sound = sound.replace(before, after)
        return "n" + sound[1:] if sound.startswith("l") else sound

    return tuple(map(blur, _sound(name)))


def edits(one: str, other: str, *, most: int) -> int:
    """Characters to insert, remove or replace; ``most + 1`` for any larger number."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for at, a in enumerate(one, start=1):
        before, row[0] = row[0], at
        for to, b in enumerate(other, start=1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (a != b))
    return min(row[-1], most + 1)
