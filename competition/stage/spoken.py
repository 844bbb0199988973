"""What is read aloud: figures in Chinese characters, and pinyin over hard characters."""

import unicodedata
from functools import cache

from words import t

LANG = "zh"
UNITS = 10_000
HARD_FROM = 0xD8
"""First byte in GB 2312 of its second level: the characters few people meet in print."""


def in_characters(figure: str) -> str:
    """A figure as it is read out: 91.14 as nine-ten-one point one four, in characters."""
    whole, _, decimals = figure.partition(".")
    digits = _digits()
    text = _whole(int(whole))
    if decimals:
        text += t("spoken.point", LANG) + "".join(digits[int(one)] for one in decimals)
    return text


def _whole(number: int) -> str:
    """A whole number below ten thousand."""
    digits, units = _digits(), t("spoken.units", LANG).split("|")
    if number < 10:
        return digits[number]
    if number >= UNITS:
        return "".join(digits[int(one)] for one in str(number))
    parts: list[str] = []
    for at, one in enumerate(str(number)):
        place = len(str(number)) - 1 - at
        if one != "0":
            parts.append(digits[int(one)] + (units[place - 1] if place else ""))
        elif parts and parts[-1] != digits[0]:
            parts.append(digits[0])
    text = "".join(parts).rstrip(digits[0])
    return text.removeprefix(digits[1]) if 10 <= number < 20 else text


@cache
def _digits() -> tuple[str, ...]:
    return tuple(t("spoken.digits", LANG).split("|"))


def with_pinyin(text: str) -> list[tuple[str, str]]:
    """Each character with its reading where it is hard, else with an empty one.

    Hard are those outside of the first level of GB 2312, and those that place names here read
    otherwise than people elsewhere would.
    """
    return [(sign, _reading(sign)) for sign in text]


@cache
def _reading(sign: str) -> str:
    own = _own_readings().get(sign, "")
    if own or not _is_hard(sign):
        return own
    from pypinyin import Style, lazy_pinyin  # reads its 47,000 phrases when imported

    return "".join(lazy_pinyin(sign, Style.TONE, "ignore"))


def in_brackets(text: str) -> str:
    """A text with the reading in brackets after each hard character: for paper."""
    marked = [
        t("spoken.read_as", LANG, sign=sign, reading=reading) if reading else sign
        for sign, reading in with_pinyin(text)
    ]
    return "".join(marked)


@cache
def _own_readings() -> dict[str, str]:
    pairs = (pair.split("=") for pair in t("spoken.readings", LANG).split("|"))
    return {sign: reading for sign, reading, *_ in pairs}


def is_character(sign: str) -> bool:
    """True for a Chinese character."""
    return unicodedata.name(sign, "").startswith("CJK UNIFIED IDEOGRAPH")


def _is_hard(sign: str) -> bool:
    if not is_character(sign):
        return False
    try:
        return sign.encode("gb2312")[0] >= HARD_FROM
    except UnicodeEncodeError:
        return True
