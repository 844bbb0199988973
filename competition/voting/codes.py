"""The codes on the cards: 80 random bits as sixteen signs; only their hash is kept."""

import secrets
import unicodedata

from competition.ids import digest

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U."""
LENGTH = 16
GROUP = 4
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def mint_code() -> str:
    """A new code of 80 random bits."""
    bits = secrets.randbits(5 * LENGTH)
    return "".join(SIGNS[(bits >> 5 * at) & 31] for at in range(LENGTH))


def in_groups(code: str) -> str:
    """A code as it is printed: four signs at a time."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def hash_of(typed: str) -> str:
    """The hash of a code as scanned or typed; empty for what cannot be one."""
    plain = unicodedata.normalize("NFKC", typed[:64]).upper().translate(MISREAD)
    code = "".join(sign for sign in plain if sign in SIGNS)
    return digest(code) if len(code) == LENGTH else ""
