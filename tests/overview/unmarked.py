"""Digits of a page that are no figure: dates, codes, names by number, what a person typed.

What is left after these is a figure that a page forgot to mark, and that no query is asked for.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from db import Store
from tests.overview.asked import Reader
from words import texts

NAMES = {"number", "step", "version", "year", "day", "due", "on", "issued"}
NAMES |= {"low", "high", "megabytes", "budget", "most"}
"""Placeholders of words that name a thing, a day or a limit; all others may count."""
ROOMS = ("overview.", "programme.", "exports.", "prize.", "round_state.", "ui.", "list.")
DAY = re.compile(r"(?<!\d)(?:20\d\d-)?[01]\d-[0-3]\d(?: [0-2]\d:[0-5]\d)?(?!\d)")
CODE = re.compile(r"(?<!\d)53\d{4}(?:\d{6})?(?!\d)")
YEAR = re.compile(r"^\W*20\d\d\W*$")
MADE = re.compile(r"[0-9a-f-]{16,}|20\d\d-\d\d-\d\dT[\d:.]+Z")
"""An id, a hash or a time of the app's: no person typed it."""
SLOT = re.compile(r"(\{\w+\})")
CLAUSE = re.compile("[\uff0c\u3002\uff1b\uff08,;(]")
"""Ends a clause: a page may show the first alone."""
DIGIT = re.compile(r"\d")
NUMBER = r"\d[\d.-]*"
WORD = re.compile(r"[^\W\d]|[^\x00-\x7f]|[%/+]")
SPACE = re.compile(r"^(\\ )+|(\\ )+$")


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """The longest of several that fits; nothing where there is none."""
    return re.compile("|".join(sorted(patterns, key=len, reverse=True)) or "(?!)")


@cache
def named(lang: str) -> re.Pattern[str]:
    """Pieces of words around a name by number, such as 步骤{step}; and digits of the words."""
    keys = (key for key in texts(lang) if key.startswith(ROOMS))
    return any_of({piece for key in keys for piece in _pieces(texts(lang)[key])})


def _pieces(text: str) -> Iterator[str]:
    """A text between its counts: each piece that names a number and has a word beside it."""
    piece, is_naming = "", False
    for part in [*SLOT.split(text), "{end}"]:
        if not SLOT.fullmatch(part):
            piece += re.escape(part)
        elif part[1:-1] in NAMES:
            piece, is_naming = piece + NUMBER, True
        else:
            plain = piece.replace(NUMBER, "")
            if WORD.search(plain) and (is_naming or DIGIT.search(plain)):
                yield SPACE.sub("", piece)
            piece, is_naming = "", False


def written(store: Store) -> re.Pattern[str]:
    """Texts of the database that hold a digit, and their clauses; the longest first."""
    found: set[str] = set()
    with store.reading() as tx:
        tables = tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        for table in (row["name"] for row in tables if row["name"] != "events"):
            for values in tx.columns(f"SELECT * FROM {table}").values():
                short = {one for one in values if isinstance(one, str) and len(one) < 400}
                found |= {one for one in short if not MADE.fullmatch(one)}
    parts = {
        part.strip() for one in found if DIGIT.search(one) for part in (one, *CLAUSE.split(one))
    }
    return any_of(
        re.escape(one) for one in parts if DIGIT.search(one) and re.search(r"[^\W\d]", one)
    )


def unmarked(page: Reader, typed: re.Pattern[str], lang: str) -> list[str]:
    """Texts beside the marked figures that have a digit which nothing explains.

    A chart's title says again what the page's table marks.
    """
    shown = {text for _, text in page.figures}
    left = [one for one in page.drawn if not set(re.findall(r"\d[\d.,]*", one)) <= shown]
    for text in page.texts:
        rest = text
        for pattern in (typed, DAY, CODE, named(lang), YEAR):
            rest = pattern.sub("", rest) if DIGIT.search(rest) else ""
        if DIGIT.search(rest):
            left.append(text)
    return left
