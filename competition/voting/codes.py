"""The codes on the cards: sixteen signs, of which the last four follow from the others by a key.

Who does not know the key of a vote guesses at 80 bits; the code alone shows that it was mistyped or
guessed, and the database is never asked. Only a code's hash is kept.
"""

import hmac
import secrets
import unicodedata

from competition.ids import digest

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U."""
LENGTH = 16
GROUP = CHECKED = 4
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def mint_code(key: bytes) -> str:
    """A new code of a vote: 60 random bits, and 20 that check them."""
    free = _signs(secrets.randbits(5 * (LENGTH - CHECKED)), LENGTH - CHECKED)
    return free + _check(free, key)


def _signs(bits: int, count: int) -> str:
    return "".join(SIGNS[(bits >> 5 * at) & 31] for at in range(count))


def _check(free: str, key: bytes) -> str:
    return _signs(int.from_bytes(hmac.digest(key, free.encode(), "sha256")[:4]), CHECKED)


def in_groups(code: str) -> str:
    """A code as it is printed: four signs at a time."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def hash_of(typed: str, key: bytes = b"") -> str:
    """The hash of a code as scanned or typed; empty for what cannot be one.

    Without a key, as of a vote whose cards were made by an earlier version, each code may be one.
    """
    plain = unicodedata.normalize("NFKC", typed[:64]).upper().translate(MISREAD)
    code = "".join(sign for sign in plain if sign in SIGNS)
    is_code = len(code) == LENGTH and (not key or code[-CHECKED:] == _check(code[:-CHECKED], key))
    return digest(code) if is_code else ""
